import { useTranslation } from 'react-i18next';
import type { UnitRight } from '../../server/protocol/room.ts';
import type { ResolutionSlice } from '../../server/protocol/room-slices.ts';
import { Amount } from '../components/Amount.tsx';
import { ProxyTerms } from './ProxyTerms.tsx';

/** 普通债权、有财产担保债权 */
export function useNatures(): (right: UnitRight) => string {
  const { t } = useTranslation();
  return (right) => right.natures.map((nature) => t(`nature.${nature}`)).join(t('common.listComma'));
}

/** What one unit counts in one item and why; or exactly why it does not count, and what can be done. */
export function RightLine({
  right,
  resolution,
}: {
  readonly right: UnitRight;
  readonly resolution: ResolutionSlice;
}) {
  const { t } = useTranslation();
  const natures = useNatures();
  return (
    <div className="right-line">
      <p>
        <strong>{right.creditorName}</strong>{' '}
        <span className="muted">{right.group === 'ALL' ? natures(right) : t(`group.${right.group}`)}</span>
      </p>
      {right.mayVote ? (
        <>
          <p>{t('rights.headsCounted', { count: Number(right.heads) })}</p>
          <p>
            {t('rights.amountCounted')} <Amount fen={right.countedFen} />
          </p>
          {right.countedFen !== right.amountFen && (
            <p className="muted">
              {t('rights.securedNotCounted', { article: resolution.article })} {t('rights.votingAmount')}{' '}
              <Amount fen={right.amountFen} />
            </p>
          )}
          {right.isTemporary && <p className="muted">{t('rights.temporary')}</p>}
        </>
      ) : (
        <>
          <p>
            <span className="tag">{t('rights.noVote')}</span>{' '}
            {t(`noVote.${right.reason ?? 'UNKNOWN'}`, { defaultValue: t('noVote.UNKNOWN') })}
          </p>
          <p className="muted">
            {t(`noVoteRemedy.${right.reason ?? 'UNKNOWN'}`, { defaultValue: t('noVoteRemedy.UNKNOWN') })}
          </p>
        </>
      )}
      {right.proxy !== undefined && <ProxyTerms proxy={right.proxy} />}
      {resolution.status === 'published' && <p className="muted">{t('rights.preliminary')}</p>}
    </div>
  );
}

/** 计入金额 where it is less than the amount on the roll: with it the tests are measured (arts. 64, 65). */
export function CountedAmount({ right }: { readonly right: UnitRight }) {
  const { t } = useTranslation();
  if (right.countedFen === right.amountFen) return null;
  return (
    <p className="muted">
      {t('rights.amountCounted')} <Amount fen={right.countedFen} />
    </p>
  );
}
