import { isIndividual, type CreditorEntry } from '../../domain/claims-table.ts';
import type { ClaimRow, ClaimRowReader } from '../../services/ports/claim-rows-port.ts';
import type { CaseStore } from '../../services/ports/master-data-ports.ts';
import { fromStoredFen, fromStoredFenOrNull, type StoredInt64 } from '../master-data/fen-codec.ts';
import type { ClaimRowStored, CreditorRowStored, MasterDataModels } from '../master-data/schemas.ts';

/** A search that matches more creditors than these is to be narrowed. */
const CREDITORS_MAX = 500;
const BATCH_ROWS = 500;

export function createClaimRowReader(
  { claims, creditors }: MasterDataModels,
  cases: Pick<CaseStore, 'find'>,
): ClaimRowReader {
  const versionOf = async (caseId: string) => (await cases.find(caseId))?.claimsVersion ?? null;

  const named = nameRows(creditors);

  return {
    async ofCreditors(caseId, creditorIds) {
      const version = await versionOf(caseId);
      if (version === null || creditorIds.length === 0) return [];
      const filter = { ...claimsOf(version), creditorId: { $in: [...creditorIds] } };
      return named(version, await claims.find(filter).sort({ rowNumber: 1 }).lean<ClaimRowStored[]>());
    },
    async find(caseId, claimNo) {
      const version = await versionOf(caseId);
      if (version === null) return undefined;
      const [row] = await named(
        version,
        await claims.find({ ...claimsOf(version), claimNo }).lean<ClaimRowStored[]>(),
      );
      return row;
    },
    async page(caseId, { page, pageSize, search }) {
      const version = await versionOf(caseId);
      if (version === null) return { rows: [], total: 0 };
      const filter = await filterOf(version, search);
      const [rows, total] = await Promise.all([
        claims
          .find(filter)
          .sort({ rowNumber: 1 })
          .skip((page - 1) * pageSize)
          .limit(pageSize)
          .lean<ClaimRowStored[]>(),
        claims.countDocuments(filter),
      ]);
      return { rows: await named(version, rows), total };
    },
    async count(caseId) {
      const version = await versionOf(caseId);
      return version === null ? 0 : claims.countDocuments(claimsOf(version));
    },
    async *all(caseId) {
      const version = await versionOf(caseId);
      if (version === null) return;
      let batch: ClaimRowStored[] = [];
      const cursor = claims.find(claimsOf(version)).sort({ rowNumber: 1 }).lean<ClaimRowStored[]>();
      for await (const row of cursor.cursor({ batchSize: BATCH_ROWS })) {
        batch.push(row);
        if (batch.length < BATCH_ROWS) continue;
        yield* await named(version, batch);
        batch = [];
      }
      yield* await named(version, batch);
    },
  };

  async function filterOf(version: string, search: string | undefined): Promise<Record<string, unknown>> {
    const wanted = search?.trim() ?? '';
    if (wanted === '') return claimsOf(version);
    const pattern = new RegExp(wanted.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
    const found = await creditors
      .find({ version, name: pattern }, { creditorId: 1 })
      .limit(CREDITORS_MAX)
      .lean<Pick<CreditorRowStored, 'creditorId'>[]>();
    const ids = found.map(({ creditorId }) => creditorId);
    return { ...claimsOf(version), $or: [{ creditorId: { $in: ids } }, { claimNo: wanted.toUpperCase() }] };
  }
}

/** Contributions of investors are verified by nobody here: art. 58 is of claims. */
const claimsOf = (version: string) => ({ version, nature: { $ne: 'INVESTOR' } });

function toClaimRow(row: ClaimRowStored, creditor: CreditorEntry | undefined): ClaimRow {
  const amount = (field: string) => fromStoredFenOrNull(row[field] as StoredInt64 | null);
  return {
    claimNo: row.claimNo,
    creditorId: row.creditorId,
    creditorName: creditor?.name ?? '',
    isIndividual: creditor ? isIndividual(creditor) : true,
    nature: row['nature'] as ClaimRow['nature'],
    status: row['status'] as ClaimRow['status'],
    filedFen: fromStoredFen(row['filedFen'] as StoredInt64),
    confirmedFen: amount('confirmedFen'),
    temporaryFen: amount('temporaryFen'),
    securedPriorityFen: amount('securedPriorityFen'),
    note: (row['note'] as string | null) ?? undefined,
  };
}

/** Puts to each row what its creditor is called. */
function nameRows(creditors: MasterDataModels['creditors']) {
  return async function named(version: string, rows: readonly ClaimRowStored[]): Promise<ClaimRow[]> {
    const ids = [...new Set(rows.map(({ creditorId }) => creditorId))];
    const fields = { creditorId: 1, name: 1, kind: 1, idType: 1 };
    const found = await creditors
      .find({ version, creditorId: { $in: ids } }, fields)
      .lean<CreditorRowStored[]>();
    const byId = new Map(found.map((row) => [row.creditorId, row as unknown as CreditorEntry]));
    return rows.map((row) => toClaimRow(row, byId.get(row.creditorId)));
  };
}
