import type { LiveTallySlice } from '../../../../server/protocol/room-slices.ts';
import { useWords } from '../../parts/use-words.ts';
import { YuanCell } from '../../parts/YuanCell.tsx';
import { StandingTest } from './StandingTest.tsx';

interface FiguresRowProps {
  readonly label: string;
  readonly heads: string | number;
  readonly fen: string;
}

function FiguresRow({ label, heads, fen }: FiguresRowProps) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{heads}</td>
      <td>
        <YuanCell fen={fen} />
      </td>
    </tr>
  );
}

/** How the vote stands, for the host alone: ballots by heads and amount, both tests against their thresholds. */
export function LiveTally({ tally }: { readonly tally: LiveTallySlice }) {
  const { t } = useWords();
  return (
    <section className="live-tally" aria-label={t('staff.tally.title')}>
      <table className="sums">
        <caption>{t('staff.tally.hostOnly')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('staff.tally.choice')}</th>
            <th scope="col">{t('staff.tally.heads')}</th>
            <th scope="col">{t('staff.tally.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {(['for', 'against', 'abstain'] as const).map((choice) => (
            <FiguresRow
              key={choice}
              label={t(`staff.tally.${choice}`)}
              heads={tally[choice].heads}
              fen={tally[choice].fen}
            />
          ))}
        </tbody>
        <tfoot>
          <FiguresRow label={t('staff.tally.cast')} heads={tally.castHeads} fen={tally.castFen} />
          <FiguresRow label={t('staff.tally.notCast')} heads={tally.notCastHeads} fen={tally.notCastFen} />
        </tfoot>
      </table>
      {tally.groups.map(({ group, heads, amount }) => (
        <div key={group} className="standing-tests">
          {group !== 'ALL' && <h3>{t(`group.${group}`)}</h3>}
          {heads && <StandingTest test={heads} unit="heads" />}
          {amount && <StandingTest test={amount} unit="amount" />}
        </div>
      ))}
    </section>
  );
}
