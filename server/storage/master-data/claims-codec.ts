import type { ClaimEntry, CreditorEntry, KnownCreditor } from '../../domain/claims-table.ts';
import { fromStoredFenOrNull, toStoredFen, toStoredFenOrNull } from './fen-codec.ts';
import type { StoredInt64 } from './fen-codec.ts';
import type { ClaimRowStored, CreditorRowStored } from './schemas.ts';

/** Optional amounts of a claim, all of them int64 or null. */
const OPTIONAL_AMOUNTS = [
  'principalFen',
  'interestFen',
  'otherFiledFen',
  'confirmedFen',
  'temporaryFen',
  'securedPriorityFen',
  'rejectedFen',
  'deferredFen',
] as const satisfies readonly (keyof ClaimEntry)[];
const CLAIM_AMOUNTS: ReadonlySet<string> = new Set([...OPTIONAL_AMOUNTS, 'filedFen']);
const CREDITOR_AMOUNTS: ReadonlySet<string> = new Set([
  'filedFen',
  'confirmedFen',
  'temporaryFen',
  'contributionFen',
]);
/** Where a row lies; no part of the entry. */
const OF_THE_ROW: ReadonlySet<string> = new Set(['_id', 'caseId', 'version']);
const BEFORE_IT_EXISTED = { recourseFor: [], contributionFen: 0n } satisfies Partial<CreditorEntry>;

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

/** Of a row read whole, or of the fields that were asked for. */
export function fromCreditorRow<F extends keyof CreditorEntry>(
  row: CreditorRowStored,
  fields?: readonly F[],
): Pick<CreditorEntry, F> {
  const entry = fromStored(row, CREDITOR_AMOUNTS);
  // Rows of tables imported by earlier programs lack what did not exist then.
  for (const [field, value] of Object.entries(BEFORE_IT_EXISTED)) {
    if (fields === undefined || (fields as readonly string[]).includes(field)) entry[field] ??= value;
  }
  return entry as unknown as Pick<CreditorEntry, F>;
}

export function toKnownCreditor(row: CreditorRowStored): KnownCreditor {
  const { creditorId, creditorNo, name, idType, idNo } = row;
  return { creditorId, creditorNo: creditorNo ?? undefined, name, idType, idNo } as KnownCreditor;
}

export function toClaimRow(place: Place, entry: ClaimEntry): ClaimRowStored {
  const amounts = OPTIONAL_AMOUNTS.map((field) => [field, toStoredFenOrNull(entry[field])]);
  return {
    _id: `${place.version}/${entry.claimNo}`,
    ...place,
    ...nullsForUndefined(entry),
    ...Object.fromEntries(amounts),
    filedFen: toStoredFen(entry.filedFen),
  } as ClaimRowStored;
}

/** Of a row read whole, or of the fields that were asked for. */
export function fromClaimRow<F extends keyof ClaimEntry>(row: ClaimRowStored): Pick<ClaimEntry, F> {
  return fromStored(row, CLAIM_AMOUNTS) as unknown as Pick<ClaimEntry, F>;
}

/** One pass and one object a row: a table has 100 000 of them, read while others are served. */
function fromStored(row: Readonly<Record<string, unknown>>, amounts: ReadonlySet<string>) {
  const entry: Record<string, unknown> = {};
  for (const field of Object.keys(row)) {
    if (OF_THE_ROW.has(field)) continue;
    const value = row[field] ?? undefined;
    entry[field] = amounts.has(field) ? fromStoredFenOrNull(value as StoredInt64 | undefined) : value;
  }
  return entry;
}

function nullsForUndefined(entry: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).map(([field, value]) => [field, value ?? null]));
}
