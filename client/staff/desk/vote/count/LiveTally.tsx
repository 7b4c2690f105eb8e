import type { LiveTallySlice } from '../../../../../server/protocol/room-slices.ts';
import type { LiveGroupView } from '../../../../../server/protocol/vote/slices.ts';
import { yuanWithUnit } from '../../../../format/money.ts';
import { useWords } from '../../../parts/use-words.ts';
import { YuanCell } from '../../../parts/YuanCell.tsx';
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

/** 还差 3 家、1,200,000.00 元: what is missing as it stands, or that both tests are met. */
function Missing({ heads, amount }: Pick<LiveGroupView, 'heads' | 'amount'>) {
  const { t, language } = useWords();
  const parts = [
    heads !== null && !heads.passed && t('staff.test.missingHeads', { heads: heads.shortfall }),
    amount !== null &&
      !amount.passed &&
      t('staff.test.missingAmount', { amount: yuanWithUnit(amount.shortfall, language) }),
  ].filter((part) => part !== false);
  return (
    <p className="live-missing">
      <strong>{parts.length === 0 ? t('staff.test.allReached') : parts.join(t('staff.test.and'))}</strong>
    </p>
  );
}

function GroupTally({ group }: { readonly group: LiveGroupView }) {
  const { t } = useWords();
  return (
    <section className="live-group" aria-label={t(`group.${group.group}`)}>
      {group.group === 'ALL' ? null : <h3>{t(`group.${group.group}`)}</h3>}
      <Missing heads={group.heads} amount={group.amount} />
      <table className="sums">
        <caption>{t('staff.tally.present', { units: group.units, present: group.presentHeads })}</caption>
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
              heads={group[choice].heads}
              fen={group[choice].fen}
            />
          ))}
        </tbody>
        <tfoot>
          <FiguresRow label={t('staff.tally.cast')} heads={group.castHeads} fen={group.castFen} />
          <FiguresRow label={t('staff.tally.notCast')} heads={group.notCastHeads} fen={group.notCastFen} />
          {group.invalid.heads === '0' ? null : (
            <FiguresRow
              label={t('staff.tally.invalid')}
              heads={group.invalid.heads}
              fen={group.invalid.fen}
            />
          )}
        </tfoot>
      </table>
      <div className="standing-tests">
        {group.heads && <StandingTest test={group.heads} unit="heads" />}
        {group.amount && <StandingTest test={group.amount} unit="amount" />}
      </div>
    </section>
  );
}

/** How the vote stands, for the host alone: each group with ballots, tests, and what is still missing. */
export function LiveTally({ tally }: { readonly tally: LiveTallySlice }) {
  const { t } = useWords();
  return (
    <section className="live-tally" aria-label={t('staff.tally.title')}>
      <p className="muted">{t('staff.tally.hostOnly')}</p>
      {tally.groups.map((group) => (
        <GroupTally key={group.group} group={group} />
      ))}
    </section>
  );
}
