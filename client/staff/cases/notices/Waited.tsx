import { chinaDay } from '../../../format/time.ts';
import { useWords } from '../../parts/use-words.ts';

const DAY_MS = 86_400_000;

interface WaitedProps {
  readonly issuedAt: string;
  /** The server's. */
  readonly today: string;
}

/** Since when a proof of the delivery is waited for, in days of the calendar. */
export function Waited({ issuedAt, today }: WaitedProps) {
  const { t } = useWords();
  const days = (Date.parse(today) - Date.parse(chinaDay(Date.parse(issuedAt)))) / DAY_MS;
  return <>{days < 1 ? t('staff.notices.sinceToday') : t('staff.notices.days', { days })}</>;
}
