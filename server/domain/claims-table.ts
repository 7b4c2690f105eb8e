/**
 * The claims table in force (债权表): creditors and claims with ids that outlive the file they came from.
 * 企业破产法 arts. 57, 58. Amounts are bigint fen. What is not decided here: whether a row is valid
 * (claims/), and what it counts for in a vote (roll.ts).
 */
import { maskCreditorName, maskIdentity, maskMobile } from './masking.ts';
import type { CreditorKind, IdType, ImportedClaim, ImportedCreditor, EntryNature } from './claims/types.ts';

/** Amounts of one or more claims, fen. */
export interface AmountSums {
  readonly filedFen: bigint;
  readonly confirmedFen: bigint;
  readonly temporaryFen: bigint;
}

/** A party of one version of the table, with what its claims add up to; contributions are no claims. */
export interface CreditorEntry extends Omit<ImportedCreditor, 'key'>, AmountSums {
  readonly creditorId: string;
  readonly natures: readonly EntryNature[];
  readonly claims: number;
  /** On the register of investors; fen. */
  readonly contributionFen: bigint;
  /** Principal claims behind which its recourse claims without a vote stand (art. 51(2)). */
  readonly recourseFor: readonly string[];
}

/** A claim of one version of the table. */
export interface ClaimEntry extends Omit<ImportedClaim, 'creditorKey'> {
  readonly creditorId: string;
  /** Hash over everything that the row says, of creditor and claim; equal rows have equal ones. */
  readonly fingerprint: string;
}

/** What is remembered of a creditor from any earlier version. */
export interface KnownCreditor {
  readonly creditorId: string;
  readonly creditorNo: string | undefined;
  readonly name: string;
  readonly idType: IdType;
  readonly idNo: string;
}

type Identified = Pick<KnownCreditor, 'creditorNo' | 'name' | 'idType' | 'idNo'>;

const identityKey = (creditor: Identified) => `${creditor.idType} ${creditor.idNo}`;
/** Numbers are handed out anew when a table is sorted; with the name they still mean the same party. */
const numberKey = (creditor: Identified) =>
  creditor.creditorNo === undefined ? undefined : `${creditor.creditorNo} ${creditor.name}`;

/** Finds the id under which a creditor has been known. */
export interface CreditorIndex {
  /** By identity paper; failing that (a corrected number), by creditor number together with the name. */
  find(creditor: Identified): string | undefined;
}

/**
 * Index over all earlier versions, newest first. A creditor number alone never carries an id over: people,
 * proxies and ballots hang on the id, and numbers move when rows do.
 */
export function indexCreditors(known: Iterable<KnownCreditor>): CreditorIndex {
  const byIdentity = new Map<string, string>();
  const byNumber = new Map<string, string>();
  for (const creditor of known) {
    setOnce(byIdentity, identityKey(creditor), creditor.creditorId);
    const key = numberKey(creditor);
    if (key !== undefined) setOnce(byNumber, key, creditor.creditorId);
  }
  return {
    find(creditor) {
      const key = numberKey(creditor);
      return byIdentity.get(identityKey(creditor)) ?? (key === undefined ? undefined : byNumber.get(key));
    },
  };
}

function setOnce(map: Map<string, string>, key: string, value: string): void {
  if (!map.has(key)) map.set(key, value);
}

/**
 * Gives every creditor of a table its id: the known one, or a new one. No two creditors get the same; who is
 * identified by paper comes before who is merely found by number and name.
 */
export function assignCreditorIds(
  creditors: readonly ImportedCreditor[],
  index: CreditorIndex,
  nextId: () => string,
): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const ids = new Map<string, string>();
  const give = (creditor: ImportedCreditor, id: string) => {
    taken.add(id);
    ids.set(creditor.key, id);
  };
  const byPaperOnly = (creditor: ImportedCreditor) => index.find({ ...creditor, creditorNo: undefined });
  for (const creditor of creditors) {
    const id = byPaperOnly(creditor);
    if (id !== undefined && !taken.has(id)) give(creditor, id);
  }
  for (const creditor of creditors) {
    if (ids.has(creditor.key)) continue;
    const id = index.find(creditor);
    give(creditor, id === undefined || taken.has(id) ? nextId() : id);
  }
  return ids;
}

/** Rows added, changed, removed and unchanged, by claim number. */
export interface TableDifference {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
}

/** Compares two tables, each as claim number → fingerprint. */
export function compareTables(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): TableDifference {
  let added = 0;
  let changed = 0;
  let unchanged = 0;
  for (const [claimNo, fingerprint] of after) {
    const earlier = before.get(claimNo);
    if (earlier === undefined) added += 1;
    else if (earlier === fingerprint) unchanged += 1;
    else changed += 1;
  }
  return { added, changed, unchanged, removed: before.size - changed - unchanged };
}

/** Numbers with their fingerprints, those of investors apart: a contribution is no claim (art. 85(2)). */
export interface TableFingerprints {
  readonly claims: ReadonlyMap<string, string>;
  readonly investors: ReadonlyMap<string, string>;
}

export const NO_FINGERPRINTS: TableFingerprints = { claims: new Map(), investors: new Map() };

/** An investor without a claim is no creditor: it has a vote in the group of investors and nowhere else (art. 85). */
export function isCreditor({ natures }: { readonly natures: readonly string[] }): boolean {
  return natures.some((nature) => nature !== 'INVESTOR');
}

/** The creditors among the parties of a table. */
export function creditorsAmong(parties: ReadonlyMap<string, { readonly natures: readonly string[] }>) {
  return {
    has(creditorId: string): boolean {
      const party = parties.get(creditorId);
      return party !== undefined && isCreditor(party);
    },
  };
}

const ORGANISATION_PAPERS: readonly IdType[] = ['USCC', 'ORGANISATION_CODE'];

/** Whether name and papers are those of a human being and are masked. In doubt they are. */
export function isIndividual(creditor: { readonly kind: CreditorKind; readonly idType: IdType }): boolean {
  if (creditor.kind === 'NATURAL_PERSON') return true;
  return creditor.idType !== 'OTHER' && !ORGANISATION_PAPERS.includes(creditor.idType);
}

/** Name, paper and telephone as they are shown by default. */
export function maskCreditor(creditor: CreditorEntry): { name: string; idNo: string; mobile: string } {
  return {
    name: maskCreditorName(creditor.name, isIndividual(creditor)),
    idNo: maskIdentity(creditor.idType, creditor.idNo),
    mobile: maskMobile(creditor.mobile),
  };
}
