import { Link } from 'react-router';
import { useRoom } from '../../../state/room.ts';
import { useWords } from '../../parts/use-words.ts';

/** 核查债权 at the desk: how many objections there are, and the way to their queue; nothing is counted as votes. */
export function VerificationCounts() {
  const { t } = useWords();
  const verification = useRoom((store) => store.state.verification);
  const meetingId = useRoom((store) => store.state.meeting?.meetingId ?? '');
  if (verification === undefined) return null;
  const { filed, open } = verification;
  return (
    <div className="verification-counts">
      <p role="status">{t('claims.result', { filed, open })}</p>
      <Link to={`/staff/meetings/${meetingId}/objections`}>{t('staff.objections.queue', { open })}</Link>
    </div>
  );
}
