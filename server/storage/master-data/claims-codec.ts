import type { ClaimEntry, CreditorEntry, KnownCreditor } from '../../domain/claims-table.ts';
import { fromStoredFen, fromStoredFenOrNull, toStoredFen, toStoredFenOrNull } from './fen-codec.ts';
import type { StoredInt64 } from './fen-codec.ts';
import type { ClaimRowStored, CreditorRowStored } from './schemas.ts';

/** Optional amounts of a claim, all of them int64 or null. */
const CLAIM_AMOUNTS = [
  'principalFen',
  'interestFen',
  'otherFiledFen',
  'confirmedFen',
  'temporaryFen',
  'securedPriorityFen',
  'rejectedFen',
  'deferredFen',
] as const satisfies readonly (keyof ClaimEntry)[];

interface Place {
  readonly caseId: string;
  readonly version: string;
}

export function toCreditorRow(place: Place, entry: CreditorEntry): CreditorRowStored {
  return {
    _id: `${place.version}/${entry.creditorId}`,
    ...place,
    ...nullsForUndefined(entry),
    creditorId: entry.creditorId,
    creditorNo: entry.creditorNo ?? null,
    natures: [...entry.natures],
    recourseFor: [...entry.recourseFor],
    filedFen: toStoredFen(entry.filedFen),
    confirmedFen: toStoredFen(entry.confirmedFen),
    temporaryFen: toStoredFen(entry.temporaryFen),
    contributionFen: toStoredFen(entry.contributionFen),
  };
}

export function fromCreditorRow(row: CreditorRowStored): CreditorEntry {
  const { _id, caseId: _caseId, version: _version, ...fields } = row;
  return {
    ...undefinedForNulls(fields),
    recourseFor: row.recourseFor ?? [],
    filedFen: fromStoredFen(row.filedFen),
    confirmedFen: fromStoredFen(row.confirmedFen),
    temporaryFen: fromStoredFen(row.temporaryFen),
    // Rows of tables imported before there were registers of investors have none.
    contributionFen: fromStoredFenOrNull(row.contributionFen) ?? 0n,
  } as unknown as CreditorEntry;
}

export function toKnownCreditor(row: CreditorRowStored): KnownCreditor {
  const { creditorId, creditorNo, name, idType, idNo } = row;
  return { creditorId, creditorNo: creditorNo ?? undefined, name, idType, idNo } as KnownCreditor;
}

export function toClaimRow(place: Place, entry: ClaimEntry): ClaimRowStored {
  const amounts = CLAIM_AMOUNTS.map((field) => [field, toStoredFenOrNull(entry[field])]);
  return {
    _id: `${place.version}/${entry.claimNo}`,
    ...place,
    ...nullsForUndefined(entry),
    ...Object.fromEntries(amounts),
    filedFen: toStoredFen(entry.filedFen),
  } as ClaimRowStored;
}

export function fromClaimRow(row: ClaimRowStored): ClaimEntry {
  const { _id, caseId: _caseId, version: _version, ...fields } = row;
  const amounts = CLAIM_AMOUNTS.map((field) => [
    field,
    fromStoredFenOrNull(row[field] as StoredInt64 | null),
  ]);
  return {
    ...undefinedForNulls(fields),
    ...Object.fromEntries(amounts),
    filedFen: fromStoredFen(row['filedFen'] as StoredInt64),
  };
}

function nullsForUndefined(entry: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).map(([field, value]) => [field, value ?? null]));
}

function undefinedForNulls(row: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([field, value]) => [field, value ?? undefined]));
}
