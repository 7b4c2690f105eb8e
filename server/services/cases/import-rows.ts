/** From the rows of a file to the entries of a claims table, with ids that outlive the file. */
import { createHash } from 'node:crypto';
import {
  assignCreditorIds,
  indexCreditors,
  type ClaimEntry,
  type CreditorEntry,
  type KnownCreditor,
  type TableFingerprints,
} from '../../domain/claims-table.ts';
import type { ImportedClaim, ImportedCreditor } from '../../domain/claims/types.ts';
import { mapInSlices } from './in-slices.ts';

export interface ImportedRows {
  readonly creditors: readonly ImportedCreditor[];
  readonly claims: readonly ImportedClaim[];
}

/** Number → hash over all that the row says; the place of the row does not count. */
export async function fingerprintRows(rows: ImportedRows): Promise<TableFingerprints> {
  const creditors = new Map(rows.creditors.map((creditor) => [creditor.key, creditor]));
  const pairs = await mapInSlices(rows.claims, (claim) => {
    const text = contentOf(claim, creditors.get(claim.creditorKey));
    const fingerprint = createHash('sha256').update(text).digest('base64url');
    return { isInvestor: claim.nature === 'INVESTOR', pair: [claim.claimNo, fingerprint] as const };
  });
  const ofKind = (wanted: boolean) =>
    new Map(pairs.flatMap(({ isInvestor, pair }) => (isInvestor === wanted ? [pair] : [])));
  return { claims: ofKind(false), investors: ofKind(true) };
}

function contentOf(claim: ImportedClaim, creditor: ImportedCreditor | undefined): string {
  const { rowNumber: _row, creditorKey: _key, ...claimFields } = claim;
  const { rowNumber: _firstRow, key: _ownKey, ...creditorFields } = creditor ?? {};
  return JSON.stringify([sortedFields(claimFields), sortedFields(creditorFields)], (_name, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

/** In a fixed order, so that a later version of the reader does not make every row look changed. */
const sortedFields = (fields: object) =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));

export interface EntriesRequest {
  readonly rows: ImportedRows;
  readonly known: readonly KnownCreditor[];
  readonly nextId: () => string;
}

export interface TableEntries {
  readonly creditors: readonly CreditorEntry[];
  readonly claims: readonly ClaimEntry[];
}

/** Builds what is stored. */
export async function toEntries({ rows, known, nextId }: EntriesRequest): Promise<TableEntries> {
  const ids = assignCreditorIds(rows.creditors, indexCreditors(known), nextId);
  const fingerprints = await fingerprintRows(rows);
  const idOf = (key: string): string => {
    const id = ids.get(key);
    if (id === undefined) throw new Error('a claim refers to a creditor that the table does not have');
    return id;
  };
  const claims = await mapInSlices(rows.claims, ({ creditorKey, ...claim }): ClaimEntry => ({
    ...claim,
    creditorId: idOf(creditorKey),
    fingerprint: fingerprints[claim.nature === 'INVESTOR' ? 'investors' : 'claims'].get(claim.claimNo) ?? '',
  }));
  const own = groupByCreditor(claims);
  const creditors = await mapInSlices(rows.creditors, ({ key, ...creditor }): CreditorEntry => {
    const creditorId = idOf(key);
    return { ...creditor, creditorId, ...sumsOf(own.get(creditorId) ?? []) };
  });
  return { creditors, claims };
}

function groupByCreditor(claims: readonly ClaimEntry[]): ReadonlyMap<string, ClaimEntry[]> {
  const groups = new Map<string, ClaimEntry[]>();
  for (const claim of claims) {
    const group = groups.get(claim.creditorId);
    if (group === undefined) groups.set(claim.creditorId, [claim]);
    else group.push(claim);
  }
  return groups;
}

function sumsOf(entries: readonly ClaimEntry[]) {
  const claims = entries.filter(({ nature }) => nature !== 'INVESTOR');
  const sum = (pick: (claim: ClaimEntry) => bigint | undefined) =>
    claims.reduce((total, claim) => total + (pick(claim) ?? 0n), 0n);
  const contributions = entries.filter(({ nature }) => nature === 'INVESTOR');
  return {
    natures: [...new Set(entries.map(({ nature }) => nature))].sort(),
    contributionFen: contributions.reduce((total, { confirmedFen }) => total + (confirmedFen ?? 0n), 0n),
    claims: claims.length,
    recourseFor: claims.flatMap(({ recourseFor }) => recourseFor ?? []).sort(),
    filedFen: sum(({ filedFen }) => filedFen),
    confirmedFen: sum(({ confirmedFen }) => confirmedFen),
    temporaryFen: sum(({ temporaryFen }) => temporaryFen),
  };
}
