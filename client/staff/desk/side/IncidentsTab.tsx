import { Empty } from 'antd';
import { clockTime } from '../../../format/time.ts';
import { useRoom } from '../../../state/room.ts';
import { useWords, wordOr } from '../../parts/use-words.ts';

const NO_INCIDENTS: readonly never[] = [];

/** Last incidents of the record, newest first. */
export function IncidentsTab() {
  const { t } = useWords();
  const items = useRoom((store) => store.state.incidents?.items) ?? NO_INCIDENTS;
  if (items.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('staff.incidents.none')} />;
  }
  return (
    <ul className="side-list">
      {items.map(({ at, code }, index) => (
        <li key={`${at}/${code}/${index}`}>
          <time className="num">{clockTime(at)}</time>
          <span className="side-text">{wordOr(t, `staff.incident.${code}`, { code })}</span>
        </li>
      ))}
    </ul>
  );
}
