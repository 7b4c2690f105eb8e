import { useId } from 'react';
import { Link } from 'react-router';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../../components/Amount.tsx';
import { dateTime } from '../../../format/time.ts';
import { chooseDraft } from '../../../state/ballots.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { useMeeting } from '../../use-meeting.ts';
import { useUnitLabel } from '../use-ballot.ts';
import { CHOICES, type BulkRow } from './use-bulk.ts';

interface BulkRowItemProps {
  readonly row: BulkRow;
  readonly isTicked: boolean;
  readonly onTick: (isTicked: boolean) => void;
}

/** One principal: ticked for a common choice or chosen by itself; or what was cast; or why it cannot be voted. */
export function BulkRowItem({ row, isTicked, onTick }: BulkRowItemProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const unitLabel = useUnitLabel();
  const name = useId();
  const { right, key, draft, isOpen } = row;
  const { proxy } = right;
  const heading = (
    <>
      <strong>{right.creditorName}</strong> <span className="muted">{unitLabel(right)}</span>
    </>
  );
  return (
    <li className="bulk-row" aria-label={`${right.creditorName} ${unitLabel(right)}`}>
      {isOpen ? (
        <label className="bulk-tick">
          <input type="checkbox" checked={isTicked} onChange={(event) => onTick(event.target.checked)} />
          <span>{heading}</span>
        </label>
      ) : (
        <p>{heading}</p>
      )}
      {right.mayVote && (
        <p className="bulk-row__amount">
          <Amount fen={right.amountFen} />
          {proxy !== undefined && proxy.expiresAt !== null && (
            <span className="muted"> {t('proxy.until', { time: dateTime(proxy.expiresAt, language) })}</span>
          )}
        </p>
      )}
      {isOpen ? (
        <div className="bulk-choices" role="radiogroup" aria-label={right.creditorName}>
          {CHOICES.map((choice) => (
            <label key={choice} className="bulk-choice">
              <input
                type="radio"
                name={name}
                checked={draft === choice}
                onChange={() => chooseDraft(key, choice)}
              />
              {t(`choice.${choice}`)}
            </label>
          ))}
        </div>
      ) : (
        <RowState row={row} />
      )}
    </li>
  );
}

function RowState({ row: { right, receipt, progress } }: { readonly row: BulkRow }) {
  const { t } = useTranslation();
  const { base } = useMeeting();
  if (receipt !== undefined) {
    return (
      <p>
        <span aria-hidden="true">✓ </span>
        {t('bulk.cast', { choice: t(`choice.${receipt.choice}`), seq: receipt.seq })}{' '}
        <Link to={`${base}/vote/${receipt.resolutionId}/${right.unitId}/receipt`}>
          {t('myBallots.receipt')}
        </Link>
      </p>
    );
  }
  if (progress?.kind === 'sending') return <p>◌ {t('vote.unsent')}</p>;
  if (progress?.kind === 'refused') return <p>! {t('vote.notCounted')}</p>;
  if (right.mayVote) return <p className="muted">{t('vote.noBallot.notOpen')}</p>;
  return (
    <p className="muted">
      <span className="tag">{t('rights.noVote')}</span>{' '}
      {t(`noVote.${right.reason ?? 'UNKNOWN'}`, { defaultValue: t('noVote.UNKNOWN') })}
    </p>
  );
}
