import { Button } from 'antd';
import type { RollPreview } from '../../../../../server/protocol/vote/roll-views.ts';
import type { GroupNotFormed } from '../../../../../server/protocol/tally.ts';
import type { ResolutionSlice } from '../../../../../server/protocol/room-slices.ts';
import { Amount } from '../../../../components/Amount.tsx';
import { SettingsList } from '../../../../components/verdict/VerdictBasis.tsx';
import { Mark, type MarkShape } from '../../../parts/Mark.tsx';
import { useWords } from '../../../parts/use-words.ts';
import { YuanCell } from '../../../parts/YuanCell.tsx';
import { ProxyLine } from './ProxyLine.tsx';
import { votesByClasses } from './confirmed-roll.ts';

interface Line {
  readonly key: string;
  readonly shape: MarkShape;
  readonly params: Readonly<Record<string, number>>;
}

/** Investors whose rights the plan adjusts must have a group; with nobody in it the vote cannot be opened. */
const isMissing = ({ group, reason }: GroupNotFormed) => group === 'INVESTOR' && reason === 'EMPTY';

function linesOf(roll: RollPreview, resolution: ResolutionSlice): readonly Line[] {
  const documents = resolution.documents.length;
  const lines: Line[] = [
    {
      key: roll.units > 0 ? 'roll' : 'rollEmpty',
      shape: roll.units > 0 ? 'done' : 'blocks',
      params: { heads: roll.heads },
    },
    {
      key: documents > 0 ? 'documents' : 'noDocuments',
      shape: documents > 0 ? 'done' : 'warning',
      params: { documents },
    },
  ];
  if (roll.groupsNotFormed.some(isMissing)) {
    lines.push({ key: 'investorsMissing', shape: 'blocks', params: {} });
  }
  if (roll.unsecuredFen === '0' && !votesByClasses(roll))
    lines.push({ key: 'noUnsecured', shape: 'warning', params: {} });
  if (roll.temporaryUnits > 0) {
    lines.push({ key: 'temporary', shape: 'warning', params: { units: roll.temporaryUnits } });
  }
  return lines;
}

/** Where classes vote: units and amounts of each group, and the groups that do not vote and why. */
function GroupsTable({ roll }: { readonly roll: RollPreview }) {
  const { t } = useWords();
  if (!votesByClasses(roll) && roll.groupsNotFormed.length === 0) return null;
  return (
    <table className="sums">
      <caption>{t('staff.preCheck.groups')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('staff.preCheck.group')}</th>
          <th scope="col">{t('staff.tally.heads')}</th>
          <th scope="col">{t('staff.tally.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {roll.groups.map(({ group, units, amountFen }) => (
          <tr key={group}>
            <th scope="row">{t(`group.${group}`)}</th>
            <td>{units}</td>
            <td>
              <YuanCell fen={amountFen} />
            </td>
          </tr>
        ))}
        {roll.groupsNotFormed.map(({ group, reason }) => (
          <tr key={group}>
            <th scope="row">{t(`group.${group}`)}</th>
            <td colSpan={2}>
              {t(`staff.preCheck.notFormed.${isMissing({ group, reason }) ? 'MISSING' : reason}`)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface PreCheckProps {
  readonly roll: RollPreview;
  readonly resolution: ResolutionSlice;
  readonly onReload: () => void;
}

/** The check before a vote: the roll as it would be frozen now, who is not on it and why. */
export function PreCheck({ roll, resolution, onReload }: PreCheckProps) {
  const { t } = useWords();
  return (
    <div className="pre-check">
      <h3>{t('staff.preCheck.title')}</h3>
      <ul className="checklist">
        {linesOf(roll, resolution).map(({ key, shape, params }) => (
          <li key={key}>
            <Mark shape={shape} word={t(`staff.checkState.${shape}`)} />
            <span>{t(`staff.preCheck.${key}`, params)}</span>
          </li>
        ))}
        <ProxyLine />
      </ul>
      <dl className="facts">
        <div>
          <dt>{t('staff.preCheck.heads')}</dt>
          <dd>{roll.heads}</dd>
        </div>
        <div>
          <dt>{t('staff.preCheck.amount')}</dt>
          <dd>
            <Amount fen={roll.amountFen} />
          </dd>
        </div>
        <div>
          <dt>{t('staff.preCheck.unsecured')}</dt>
          <dd>
            <Amount fen={roll.unsecuredFen} />
          </dd>
        </div>
        {roll.temporaryFen === '0' ? null : (
          <div>
            <dt>{t('staff.preCheck.temporaryAmount')}</dt>
            <dd>
              <Amount fen={roll.temporaryFen} />
            </dd>
          </div>
        )}
      </dl>
      <GroupsTable roll={roll} />
      <SettingsList settings={roll.settings} />
      {roll.excluded.length === 0 ? null : (
        <p className="muted">
          {t('staff.preCheck.excluded')}
          {roll.excluded
            .map(({ reason, creditors }) =>
              t('staff.preCheck.excludedItem', {
                reason: t(`staff.noVote.${reason}`, { defaultValue: reason }),
                creditors,
              }),
            )
            .join('；')}
        </p>
      )}
      <Button size="small" onClick={onReload}>
        {t('staff.preCheck.again')}
      </Button>
    </div>
  );
}
