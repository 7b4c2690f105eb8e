import { Alert } from 'antd';
import type { NoticesView } from '../../../../server/protocol/rest/notice-routes.ts';
import { useWords } from '../../parts/use-words.ts';

/** Messages that lie in the outbox must not be taken for sent ones. */
export function NotReaching({ reaches }: { readonly reaches: NoticesView['reaches'] }) {
  const { t } = useWords();
  if (reaches.sms && reaches.mail) return null;
  const kind = reaches.sms ? 'mail' : reaches.mail ? 'sms' : 'none';
  const title = `${t(`staff.notices.notReaching.${kind}`)} ${t('staff.notices.notReaching.hint')}`;
  return <Alert type="warning" showIcon title={title} />;
}
