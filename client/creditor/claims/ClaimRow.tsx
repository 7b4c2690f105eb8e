import { useTranslation } from 'react-i18next';
import type { ClaimRowView } from '../../../server/protocol/rest/objection-routes.ts';
import { Amount } from '../../components/Amount.tsx';
import { LinkButton } from '../../components/Button.tsx';

interface ClaimRowProps {
  readonly row: ClaimRowView;
  /** Path of the form; undefined while nothing can be filed. */
  readonly objectAt: string | undefined;
  /** One below what stands above it. */
  readonly heading?: 'h2' | 'h3';
}

/** One row of the claims table: what was filed, what the administrator confirmed and, for the own side, why. */
export function ClaimRow({ row, objectAt, heading: Heading = 'h3' }: ClaimRowProps) {
  const { t } = useTranslation();
  const reasons = row.isOwn && row.note !== null && row.note !== '' ? row.note : undefined;
  return (
    <li
      className="card claim"
      aria-label={t('claims.rowOf', { name: row.creditorName, claimNo: row.claimNo })}
    >
      <Heading>{row.creditorName}</Heading>
      <p className="claim__tags">
        <span className="muted">{row.claimNo}</span>
        <span className="tag">{t(`claims.status.${row.status}`)}</span>
        {row.objections > 0 && <span className="tag">{t('claims.objected', { count: row.objections })}</span>}
      </p>
      <dl className="claim__figures">
        <dt>{t('claims.nature')}</dt>
        <dd>{t(`nature.${row.nature}`)}</dd>
        <dt>{t('claims.filed')}</dt>
        <dd>
          <Amount fen={row.filedFen} />
        </dd>
        <dt>{t('claims.confirmed')}</dt>
        <dd>{row.confirmedFen === null ? t('claims.notConfirmed') : <Amount fen={row.confirmedFen} />}</dd>
        {row.securedPriorityFen !== null && row.securedPriorityFen !== '0' && (
          <>
            <dt>{t('claims.secured')}</dt>
            <dd>
              <Amount fen={row.securedPriorityFen} />
            </dd>
          </>
        )}
        {row.temporaryFen !== null && row.temporaryFen !== '0' && (
          <>
            <dt>{t('claims.temporary')}</dt>
            <dd>
              <Amount fen={row.temporaryFen} />
            </dd>
          </>
        )}
        {reasons !== undefined && (
          <>
            <dt>{t('claims.note')}</dt>
            <dd>{reasons}</dd>
          </>
        )}
      </dl>
      {objectAt !== undefined && <LinkButton to={objectAt}>{t('claims.object')}</LinkButton>}
    </li>
  );
}
