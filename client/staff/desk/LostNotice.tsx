import { Alert } from 'antd';
import { useRoom } from '../../state/room.ts';
import { useWords } from '../parts/use-words.ts';

/** The truth about the connection: commands cannot be given, votes at the server go on. */
export function LostNotice() {
  const { t } = useWords();
  const connection = useRoom((store) => store.connection);
  if (connection !== 'lost') return null;
  return <Alert type="warning" showIcon role="alert" title={t('staff.desk.lost')} />;
}
