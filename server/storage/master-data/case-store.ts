import { defaultCaseSettings } from '../../domain/rules/case-settings.ts';
import { EBL_2006_V1 } from '../../domain/rules/ebl-2006-v1.ts';
import type { ClaimSums, ClaimsTotals, Nature } from '../../domain/claims/types.ts';
import type { CaseMember } from '../../domain/master-data.ts';
import type {
  CaseRecord,
  CaseStore,
  ClaimsSwitch,
  PageOf,
  PageRequest,
} from '../../services/ports/master-data-ports.ts';
import { fromStoredFen, fromStoredFenOrNull, toStoredFen } from './fen-codec.ts';
import { isDuplicateKey, type CaseRow, type MasterDataModels, type StoredSums } from './schemas.ts';

/** Cases with their teams; a case is one document, so that a change of team or table is one write. */
export function createCaseStore({ cases }: MasterDataModels): CaseStore {
  const page = async (filter: Record<string, unknown>, request: PageRequest): Promise<PageOf<CaseRecord>> => {
    const [rows, total] = await Promise.all([
      cases
        .find(filter)
        .sort({ createdAt: -1, _id: 1 })
        .skip((request.page - 1) * request.pageSize)
        .limit(request.pageSize)
        .lean<CaseRow[]>(),
      cases.countDocuments(filter),
    ]);
    return { rows: rows.map(toRecord), total };
  };

  return {
    async create(record) {
      try {
        await cases.create([toRow(record)]);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async find(caseId) {
      const row = await cases.findById(caseId).lean<CaseRow>();
      return row === null ? undefined : toRecord(row);
    },
    listOfMember: (personId, request) => page({ 'members.personId': personId }, request),
    listOfProvince: (province, request) => page({ province }, request),
    putMember: (member) => putMember(cases, member),
    async switchClaims(change) {
      const { matchedCount } = await cases.updateOne(
        { _id: change.caseId, claimsVersion: change.fromVersion },
        { $set: claimsFields(change) },
      );
      return matchedCount === 1;
    },
    async changeSettings({ caseId, fromRevision, settings }) {
      // Cases of before the settings have no revision.
      const settingsRevision = fromRevision === 0 ? { $in: [0, null] } : fromRevision;
      const { matchedCount } = await cases.updateOne(
        { _id: caseId, settingsRevision },
        { $set: { settings, settingsRevision: fromRevision + 1 } },
      );
      return matchedCount === 1;
    },
    async changeDates(caseId, dates) {
      await cases.updateOne({ _id: caseId }, { $set: { dates } });
    },
    async versionsInForce() {
      const rows = await cases
        .find({ claimsVersion: { $ne: null } }, { claimsVersion: 1 })
        .lean<Pick<CaseRow, 'claimsVersion'>[]>();
      return rows.flatMap(({ claimsVersion }) => claimsVersion ?? []);
    },
  };
}

async function putMember(cases: MasterDataModels['cases'], member: CaseMember): Promise<void> {
  const { caseId, personId, role } = member;
  const changed = await cases.updateOne(
    { _id: caseId, 'members.personId': personId },
    { $set: { 'members.$.role': role } },
  );
  if (changed.matchedCount === 1) return;
  await cases.updateOne(
    { _id: caseId, 'members.personId': { $ne: personId } },
    { $push: { members: { personId, role } } },
  );
}

function claimsFields(change: ClaimsSwitch) {
  return {
    claimsVersion: change.toVersion,
    claimsFileSha256: change.fileSha256,
    claimsTotals: toStoredTotals(change.totals),
  };
}

function toRow(record: CaseRecord): CaseRow {
  const { caseId, members, claimsTotals, ...fields } = record;
  return {
    _id: caseId,
    ...fields,
    claimsTotals: claimsTotals === null ? null : toStoredTotals(claimsTotals),
    members: members.map(({ personId, role }) => ({ personId, role })),
  };
}

function toRecord(row: CaseRow): CaseRecord {
  const { _id: caseId, members, claimsTotals, settings, settingsRevision, dates, ...fields } = row;
  return {
    ...fields,
    caseId,
    settings: settings ?? defaultCaseSettings(EBL_2006_V1),
    settingsRevision: settingsRevision ?? 0,
    ...(dates && { dates }),
    claimsTotals: claimsTotals === null ? null : fromStoredTotals(claimsTotals),
    members: members.map(({ personId, role }) => ({ caseId, personId, role })),
  };
}

function toStoredTotals(totals: ClaimsTotals) {
  const byNature = Object.entries(totals.byNature).map(([nature, sums]) => [nature, toStoredSums(sums)]);
  return {
    overall: toStoredSums(totals.overall),
    byNature: Object.fromEntries(byNature) as Record<string, StoredSums>,
    investors: {
      persons: totals.investors.persons,
      contributionFen: toStoredFen(totals.investors.contributionFen),
    },
  };
}

function fromStoredTotals(stored: NonNullable<CaseRow['claimsTotals']>): ClaimsTotals {
  const byNature = Object.entries(stored.byNature).map(([nature, sums]) => [nature, fromStoredSums(sums)]);
  return {
    overall: fromStoredSums(stored.overall),
    byNature: Object.fromEntries(byNature) as Record<Nature, ClaimSums>,
    investors: {
      persons: stored.investors?.persons ?? 0,
      contributionFen: fromStoredFenOrNull(stored.investors?.contributionFen) ?? 0n,
    },
  };
}

function toStoredSums(sums: ClaimSums): StoredSums {
  return {
    rows: sums.rows,
    creditors: sums.creditors,
    filedFen: toStoredFen(sums.filedFen),
    confirmedFen: toStoredFen(sums.confirmedFen),
    temporaryFen: toStoredFen(sums.temporaryFen),
    voteFen: toStoredFen(sums.voteFen),
    unsecuredFen: toStoredFen(sums.unsecuredFen),
  };
}

function fromStoredSums(stored: StoredSums): ClaimSums {
  return {
    rows: stored.rows,
    creditors: stored.creditors,
    filedFen: fromStoredFen(stored.filedFen),
    confirmedFen: fromStoredFen(stored.confirmedFen),
    temporaryFen: fromStoredFen(stored.temporaryFen),
    voteFen: fromStoredFen(stored.voteFen),
    unsecuredFen: fromStoredFen(stored.unsecuredFen),
  };
}
