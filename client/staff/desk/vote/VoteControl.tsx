import type { ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import { DocumentList } from '../../../components/DocumentList.tsx';
import { VerdictCard } from '../../../components/VerdictCard.tsx';
import { useWords } from '../../parts/use-words.ts';
import { useDeskRights } from '../desk-state.ts';
import { OpenVote } from './OpenVote.tsx';
import { InterruptedVote } from './InterruptedVote.tsx';
import { StartVote } from './StartVote.tsx';

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

/** One resolution at the desk, from before its vote to its verdict. */
export function VoteControl({ resolution, position }: VoteControlProps) {
  const { t } = useWords();
  const { isHost } = useDeskRights();
  return (
    <div className="vote-control">
      <p className="rule-line">
        {t(`staff.resolutionRule.${resolution.type}`, { defaultValue: '' })}{' '}
        <span className="muted">
          {t('staff.vote.rule', { rule: resolution.ruleId, article: resolution.article })}
        </span>
      </p>
      <ResolutionText resolution={resolution} />
      {resolution.status === 'published' && isHost ? (
        <StartVote resolution={resolution} position={position} />
      ) : null}
      {resolution.status === 'published' && !isHost ? <p>{t('staff.vote.notOpened')}</p> : null}
      {resolution.status === 'open' ? <OpenVote resolution={resolution} /> : null}
      {resolution.status === 'interrupted' ? <InterruptedVote resolution={resolution} /> : null}
      {resolution.status === 'closed' && resolution.verdict === null ? (
        <p role="status">{t('staff.vote.counting')}</p>
      ) : null}
      {resolution.verdict === null ? null : (
        <VerdictCard title={resolution.title} verdict={resolution.verdict} />
      )}
    </div>
  );
}
