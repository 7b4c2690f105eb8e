import { useParams } from 'react-router';
import { isVerification } from '../../../../server/protocol/resolution-types.ts';
import type { ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import { DocumentList } from '../../../components/DocumentList.tsx';
import { SettingsList } from '../../../components/verdict/VerdictBasis.tsx';
import { VerdictCard } from '../../../components/verdict/VerdictCard.tsx';
import { VerdictHistory } from '../../../components/verdict/VerdictHistory.tsx';
import { useWords } from '../../parts/use-words.ts';
import { useDeskRights } from '../desk-state.ts';
import { ElectionResult } from '../items/ElectionResult.tsx';
import { AdHocNotice } from './AdHocNotice.tsx';
import { CorrectRoll } from './CorrectRoll.tsx';
import { InterruptedVote } from './InterruptedVote.tsx';
import { ResultNotice } from './ResultNotice.tsx';
import { VerificationCounts } from './VerificationCounts.tsx';
import { OpenVote } from './OpenVote.tsx';
import { StartVote } from './opening/StartVote.tsx';

interface VoteControlProps {
  readonly resolution: ResolutionSlice;
  /** Of its agenda item, from 1. */
  readonly position: number;
}

function ResolutionText({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t } = useWords();
  return (
    <details className="resolution-text">
      <summary>{t('staff.vote.text', { title: resolution.title })}</summary>
      <p>{resolution.text}</p>
      <DocumentList documents={resolution.documents} />
    </details>
  );
}

/** A round that may be opened: the first, another after a failed or an ended one. */
function NextRound({ resolution, position }: VoteControlProps) {
  const { t } = useWords();
  const { isHost } = useDeskRights();
  const { nextRound, status } = resolution;
  if (nextRound === null) return null;
  const words = isVerification(resolution) ? 'verify' : 'vote';
  if (!isHost) return status === 'published' ? <p>{t(`staff.${words}.notOpened`)}</p> : null;
  return (
    <section className="next-round">
      {status === 'published' ? null : <h3>{t(`staff.${words}.nextRound`, { round: nextRound.round })}</h3>}
      {nextRound.groups === null ? null : (
        <p>
          {t('staff.vote.onlyGroups', {
            groups: nextRound.groups.map((group) => t(`group.${group}`)).join('、'),
          })}
        </p>
      )}
      <StartVote key={nextRound.round} resolution={resolution} position={position} nextRound={nextRound} />
    </section>
  );
}

/** One resolution at the desk, from before its vote to its verdict and what follows. */
export function VoteControl({ resolution, position }: VoteControlProps) {
  const { t } = useWords();
  const { isHost, mayRecordDecisions } = useDeskRights();
  const { meetingId } = useParams();
  const recordAt = mayRecordDecisions
    ? `/staff/meetings/${meetingId}/decisions/${resolution.resolutionId}`
    : undefined;
  const { status, verdict } = resolution;
  const isCounting = status === 'closed' && verdict === null;
  const isVerified = isVerification(resolution);
  return (
    <div className="vote-control">
      <p className="rule-line">
        {t(`staff.resolutionRule.${resolution.type}`, { defaultValue: '' })}{' '}
        <span className="muted">
          {t('staff.vote.rule', {
            rule: t(`staff.ruleName.${resolution.ruleId}`, {
              defaultValue: t('rule.short', { article: resolution.article }),
            }),
          })}
        </span>
      </p>
      <AdHocNotice resolution={resolution} />
      <ResolutionText resolution={resolution} />
      {status === 'open' ? <OpenVote resolution={resolution} /> : null}
      {status === 'interrupted' ? <InterruptedVote resolution={resolution} /> : null}
      {status === 'aborted' ? (
        <p role="status">{t(isVerified ? 'staff.verify.aborted' : 'staff.abort.done')}</p>
      ) : null}
      {isCounting ? (
        <p role="status">{t(isVerified ? 'staff.verify.counting' : 'staff.vote.counting')}</p>
      ) : null}
      {isVerified && status !== 'published' ? <VerificationCounts /> : null}
      {verdict === null ? null : (
        <VerdictCard
          title={resolution.title}
          verdict={verdict}
          rulings={resolution.rulings}
          recordAt={recordAt}
        />
      )}
      <ResultNotice resolution={resolution} />
      {verdict === null && !(isHost && resolution.nextRound !== null) ? (
        <SettingsList settings={resolution.settings} isFolded />
      ) : null}
      {isHost && !isVerified && status === 'closed' && verdict !== null ? (
        <CorrectRoll resolution={resolution} />
      ) : null}
      <ElectionResult resolution={resolution} />
      <VerdictHistory resolution={resolution} />
      <NextRound resolution={resolution} position={position} />
    </div>
  );
}
