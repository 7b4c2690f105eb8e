import type { EnteredBallotView } from '../../../server/protocol/rest/entered-ballot-routes.ts';
import { Mark, type MarkShape } from '../parts/Mark.tsx';
import { useWords } from '../parts/use-words.ts';

const SHAPES: Record<EnteredBallotView['state'], MarkShape> = {
  waiting: 'waiting',
  confirming: 'warning',
  differs: 'warning',
  recorded: 'done',
  void: 'blocks',
  withdrawn: 'blocks',
};

/** Where an entered ballot stands, and what is out of order with it. */
export function PaperState({ row }: { readonly row: EnteredBallotView }) {
  const { t } = useWords();
  const isLate = !row.isVoteOpen && (row.state === 'waiting' || row.state === 'differs');
  return (
    <>
      <Mark shape={SHAPES[row.state]} word={t(`staff.papers.state.${row.state}`)} />
      {row.outcome?.kind === 'cast' ? (
        <small className="muted"> {t('vote.numberOf', { seq: row.outcome.seq })}</small>
      ) : null}
      {isLate ? <p className="paper-warning">{t('staff.papers.voteClosed')}</p> : null}
      {row.outcome?.reason ? <p className="muted">{row.outcome.reason}</p> : null}
      {row.outcome !== null && !(row.told?.isSent === true && row.told.reaches) ? (
        <p className="paper-warning">{t('staff.papers.notTold')}</p>
      ) : null}
      {row.objection === null ? null : (
        <p className="paper-warning">{t('staff.papers.objected', { text: row.objection.text })}</p>
      )}
    </>
  );
}
