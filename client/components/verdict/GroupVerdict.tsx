import { useTranslation } from 'react-i18next';
import type { GroupVerdictView, VerdictView } from '../../../server/protocol/vote/slices.ts';
import { yuan } from '../../format/money.ts';
import { Amount } from '../Amount.tsx';
import { TestBar } from './TestBar.tsx';

const LINES = ['for', 'against', 'abstain', 'silent', 'invalid', 'absent'] as const;

function FiguresTable({ group }: { readonly group: GroupVerdictView }) {
  const { t } = useTranslation();
  return (
    <table className="figures">
      <caption>{t('verdict.figures')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('verdict.choice')}</th>
          <th scope="col">{t('verdict.headsColumn')}</th>
          <th scope="col">{t('verdict.amountColumn')}</th>
        </tr>
      </thead>
      <tbody>
        {LINES.map((line) => {
          const figures = group[line];
          return (
            figures && (
              <tr key={line}>
                <th scope="row">{t(`verdict.standing.${line}`)}</th>
                <td>{figures.heads}</td>
                <td>{yuan(figures.fen)}</td>
              </tr>
            )
          );
        })}
      </tbody>
    </table>
  );
}

function Shortfall({ heads, amount }: GroupVerdictView) {
  const { t } = useTranslation();
  const missesHeads = heads !== null && !heads.passed && heads.shortfall !== '0';
  const missesAmount = amount !== null && !amount.passed && amount.shortfall !== '0';
  if (!missesHeads && !missesAmount) return null;
  return (
    <p className="verdict__shortfall">
      {t('verdict.shortfall')}
      {missesHeads && <strong>{t('verdict.heads', { count: Number(heads.shortfall) })}</strong>}
      {missesHeads && missesAmount && t('verdict.and')}
      {missesAmount && (
        <strong>
          <Amount fen={amount.shortfall} />
        </strong>
      )}
    </p>
  );
}

interface GroupVerdictProps {
  readonly group: GroupVerdictView;
  readonly verdict: Pick<VerdictView, 'ruleId' | 'attendanceBasis'>;
}

/** One group with its tests and figures; it has a name and a word of its own where the vote is by classes. */
export function GroupVerdict({ group, verdict }: GroupVerdictProps) {
  const { t } = useTranslation();
  const isClass = group.group !== 'ALL';
  const level = isClass ? 'h4' : 'h3';
  // The total of a group is that of all claims where there are no groups (art. 62(2)).
  const ownBase = group.amountBase ?? 'unsecuredTotal';
  const amountBase = ownBase === 'groupTotal' && !isClass ? 'allClaims' : ownBase;
  const headsBase = isClass ? 'group' : verdict.ruleId;
  return (
    <section className={isClass ? 'verdict-group' : 'verdict-whole'}>
      {isClass && (
        <h3>
          {t(`group.${group.group}`)}
          <span className="tag">{t(`verdict.outcome.${group.outcome}`)}</span>
        </h3>
      )}
      {group.heads && (
        <TestBar
          test={group.heads}
          level={level}
          unit="heads"
          base={t(`verdict.headsBase.${headsBase}`, { defaultValue: t('verdict.headsBase.present') })}
        />
      )}
      {group.amount && (
        <TestBar
          test={group.amount}
          level={level}
          unit="amount"
          base={t(`verdict.amountBase.${amountBase}`)}
        />
      )}
      {group.outcome === 'FAILED' && <Shortfall {...group} />}
      <FiguresTable group={group} />
      <p className="muted">
        {t(`verdict.attendance.${verdict.attendanceBasis}`, { count: Number(group.presentHeads) })}
        {group.staffEnteredHeads !== '0' &&
          t('verdict.staffEntered', { count: Number(group.staffEnteredHeads) })}
      </p>
    </section>
  );
}
