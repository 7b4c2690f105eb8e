import { useNavigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import { ClosingTime } from '../components/ClosingTime.tsx';
import { matterOf } from '../format/matter.ts';
import { useArmed } from '../components/use-armed.ts';
import { actsForMany, votesToCast, type OpenVote } from '../state/rights.ts';
import { useMeeting } from './use-meeting.ts';
import './vote-call.css';

/** Where 去表决 leads: to the ballot, to the page of many principals, or to the list of a creditor's own units. */
export function votePath(base: string, { resolution, units }: OpenVote): string {
  const [only, another] = units;
  if (actsForMany(units)) return `${base}/votes/${resolution.resolutionId}`;
  if (only === undefined || another !== undefined) return `${base}/my-ballots`;
  return `${base}/vote/${resolution.resolutionId}/${only.unitId}`;
}

/** A tap that was meant for what lay here before the vote opened does nothing. */
const ARMED_AFTER_MS = 600;

/** ▣ 表决已开始 [去表决] 还剩 09:58 — stays until the vote is cast or closed. */
export function VoteCall({ vote }: { readonly vote: OpenVote }) {
  const { t } = useTranslation();
  const { base } = useMeeting();
  const { closesAt } = vote.resolution;
  const title = matterOf(vote.resolution, t);
  const navigate = useNavigate();
  const isArmed = useArmed(ARMED_AFTER_MS);
  return (
    <section className="vote-call" role="status" aria-label={t('vote.started', { title })}>
      <p className="vote-call__title">
        <span aria-hidden="true">▣ </span>
        {t('vote.started', { title })}
      </p>
      {closesAt !== null && <ClosingTime closesAt={closesAt} />}
      <button
        type="button"
        className="button button--primary"
        aria-disabled={!isArmed}
        onClick={() => isArmed && void navigate(votePath(base, vote))}
      >
        {t('vote.go')}
      </button>
    </section>
  );
}

/** The vote that closes first and still waits for this person, if any. */
export function useFirstVote(): OpenVote | undefined {
  const { state, personal } = useMeeting();
  return votesToCast(state, personal)[0];
}
