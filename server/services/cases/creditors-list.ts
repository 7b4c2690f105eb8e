/** The creditors of a case as its team reads them: masked by default (个人信息保护法 arts. 6, 51). */
import { maskCreditor, type ClaimEntry, type CreditorEntry } from '../../domain/claims-table.ts';
import { NATURES, type EntryNature } from '../../domain/claims/types.ts';
import { toRollAmounts } from '../../domain/claims/vote-amount.ts';
import { DomainError } from '../../domain/errors.ts';
import { toWireFen } from '../../domain/money.ts';
import { votingAmounts } from '../../domain/roll/voting-amounts.ts';
import type { CreditorRow } from '../../protocol/rest/case-routes.ts';
import { requireCaseRole } from '../case-access.ts';
import type { CaseStore, ClaimsStore, CreditorQuery } from '../ports/master-data-ports.ts';
import type { Session } from '../session.ts';
import { requireCase } from './require-case.ts';

export interface CreditorsListDeps {
  readonly cases: CaseStore;
  readonly claims: Pick<ClaimsStore, 'pageOfCreditors' | 'claimsOf'>;
}

export interface CreditorsListQuery extends Omit<CreditorQuery, 'nature'> {
  readonly caseId: string;
  readonly nature: string | undefined;
}

export interface CreditorsList {
  list(
    session: Session,
    query: CreditorsListQuery,
  ): Promise<{ rows: CreditorRow[]; total: number; onlyInvestors: number }>;
}

const ENTRY_NATURES: readonly EntryNature[] = [...NATURES, 'INVESTOR'];

export function createCreditorsList({ cases, claims }: CreditorsListDeps): CreditorsList {
  return {
    async list(session, { caseId, nature, ...query }) {
      const record = await requireCase(cases, caseId);
      requireCaseRole(record, session);
      const known = ENTRY_NATURES.find((candidate) => candidate === nature);
      if (nature !== undefined && known === undefined) {
        throw new DomainError('INVALID_REQUEST', { detail: 'querystring/nature' });
      }
      if (record.claimsVersion === null) return { rows: [], total: 0, onlyInvestors: 0 };
      const page = await claims.pageOfCreditors(record.claimsVersion, { ...query, nature: known });
      const ids = page.rows.map(({ creditorId }) => creditorId);
      const own = Map.groupBy(
        await claims.claimsOf(record.claimsVersion, ids),
        ({ creditorId }) => creditorId,
      );
      return { ...page, rows: page.rows.map((row) => toCreditorRow(row, own.get(row.creditorId) ?? [])) };
    },
  };
}

function toCreditorRow(creditor: CreditorEntry, own: readonly ClaimEntry[]): CreditorRow {
  const masked = maskCreditor(creditor);
  const claims = own.filter(({ nature }) => nature !== 'INVESTOR');
  const unsecured = claims.map((claim) => votingAmounts(toRollAmounts(claim)).unsecuredFen);
  return {
    creditorId: creditor.creditorId,
    creditorNo: creditor.creditorNo ?? '',
    name: masked.name,
    kind: creditor.kind,
    idNoMasked: masked.idNo,
    mobileMasked: masked.mobile,
    natures: [...creditor.natures],
    claims: creditor.claims,
    isAffiliate: creditor.isAffiliate,
    head: creditor.head ?? null,
    recourseFor: [...creditor.recourseFor],
    filedFen: toWireFen(creditor.filedFen),
    confirmedFen: toWireFen(creditor.confirmedFen),
    temporaryFen: toWireFen(creditor.temporaryFen),
    unsecuredFen: toWireFen(unsecured.reduce((sum, fen) => sum + fen, 0n)),
    isPriorityWaived: claims.some((claim) => claim.isPriorityWaived),
    contributionFen: toWireFen(creditor.contributionFen),
  };
}
