/** The creditors of a case as its team reads them: masked by default (个人信息保护法 arts. 6, 51). */
import { maskCreditor, type CreditorEntry } from '../../domain/claims-table.ts';
import { NATURES, type EntryNature } from '../../domain/claims/types.ts';
import { DomainError } from '../../domain/errors.ts';
import { toWireFen } from '../../domain/money.ts';
import type { CreditorRow } from '../../protocol/rest/case-routes.ts';
import { requireCaseRole } from '../case-access.ts';
import type { CaseStore, ClaimsStore, CreditorQuery } from '../ports/master-data-ports.ts';
import type { Session } from '../session.ts';
import { requireCase } from './require-case.ts';

export interface CreditorsListDeps {
  readonly cases: CaseStore;
  readonly claims: Pick<ClaimsStore, 'pageOfCreditors'>;
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
      return { ...page, rows: page.rows.map(toCreditorRow) };
    },
  };
}

function toCreditorRow(creditor: CreditorEntry): CreditorRow {
  const masked = maskCreditor(creditor);
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
    contributionFen: toWireFen(creditor.contributionFen),
  };
}
