import { yuanWithUnit } from '../../format/money.ts';
import { useWords } from '../parts/use-words.ts';

interface VotingAmountProps {
  readonly unit: { readonly amountFen: string; readonly countedFen: string };
}

/** What a unit votes with; what of its claims does not count stands beside it, so that the roll is recognised. */
export function VotingAmount({ unit }: VotingAmountProps) {
  const { t, language } = useWords();
  const { amountFen, countedFen } = unit;
  return (
    <>
      <span className="num">{yuanWithUnit(countedFen, language)}</span>
      {amountFen === countedFen ? null : (
        <small className="muted">
          {' '}
          {t('staff.papers.onRoll', { amount: yuanWithUnit(amountFen, language) })}
        </small>
      )}
    </>
  );
}
