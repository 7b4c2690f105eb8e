/**
 * The claims table as a meeting keeps it in memory: what rolls, attendance and rosters ask of 50 000 creditors, and
 * no more. The few words and ids that every row repeats are kept once.
 */
import { isIndividual, type ClaimEntry, type CreditorEntry } from '../../domain/claims-table.ts';
import { toRollAmounts } from '../../domain/claims/vote-amount.ts';
import type { RollClaim } from '../../domain/roll.ts';
import type { ClaimsBook, CreditorFacts } from '../../services/conduct/conduct-data.ts';
import type { ClaimsStore } from '../../services/ports/master-data-ports.ts';
import { createPacer } from '../../services/run-slices.ts';

const CREDITOR_FIELDS = [
  'creditorId',
  'creditorNo',
  'name',
  'kind',
  'idType',
  'idNo',
  'mobile',
  'email',
  'natures',
  'proxy',
  'isAffiliate',
  'head',
] as const satisfies readonly (keyof CreditorEntry)[];

const CLAIM_FIELDS = [
  'creditorId',
  'nature',
  'group',
  'status',
  'confirmedFen',
  'temporaryFen',
  'securedPriorityFen',
  'isPriorityWaived',
  'recourseFor',
] as const satisfies readonly (keyof ClaimEntry)[];

type BookCreditor = Pick<CreditorEntry, (typeof CREDITOR_FIELDS)[number]>;
type BookClaim = Pick<ClaimEntry, (typeof CLAIM_FIELDS)[number]>;

/** Reads one version of the table. Others have their turn meanwhile. */
export async function readBook(
  claims: Pick<ClaimsStore, 'creditors' | 'claims'>,
  version: string,
): Promise<ClaimsBook> {
  const { facts, affiliates, joinedTo } = await readCreditors(claims, version);
  const pause = createPacer();
  const rollClaims: RollClaim[] = [];
  const byCreditor = new Map<string, RollClaim[]>();
  for await (const entry of claims.claims(version, CLAIM_FIELDS)) {
    const creditorId = facts.get(entry.creditorId)?.creditorId ?? entry.creditorId;
    const claim = toRollClaim({ ...entry, creditorId });
    const own = byCreditor.get(creditorId);
    rollClaims.push(claim);
    if (own === undefined) byCreditor.set(creditorId, [claim]);
    else own.push(claim);
    await pause();
  }
  const claimsOf = (creditorId: string) => byCreditor.get(creditorId) ?? [];
  return { creditors: facts, claims: rollClaims, claimsOf, affiliates, joinedTo };
}

async function readCreditors(claims: Pick<ClaimsStore, 'creditors'>, version: string) {
  const pause = createPacer();
  const once = createNatures();
  const facts = new Map<string, CreditorFacts>();
  const affiliates = new Set<string>();
  const byNumber = new Map<string, string>();
  const headNumbers = new Map<string, string>();
  for await (const creditor of claims.creditors(version, CREDITOR_FIELDS)) {
    const { creditorId, creditorNo, head } = creditor;
    facts.set(creditorId, toCreditorFacts({ ...creditor, natures: once(creditor.natures) }));
    if (creditor.isAffiliate) affiliates.add(creditorId);
    if (creditorNo !== undefined) byNumber.set(creditorNo, creditorId);
    if (head !== undefined) headNumbers.set(creditorId, head.creditorNo);
    await pause();
  }
  const joinedTo = new Map<string, string>();
  for (const [creditorId, headNo] of headNumbers) {
    const headId = byNumber.get(headNo);
    if (headId !== undefined) joinedTo.set(creditorId, headId);
  }
  return { facts, affiliates, joinedTo };
}

/** Equal lists of natures as one. */
function createNatures() {
  const known = new Map<string, BookCreditor['natures']>();
  return (natures: BookCreditor['natures']): BookCreditor['natures'] => {
    const key = natures.join();
    const first = known.get(key);
    if (first === undefined) known.set(key, natures);
    return first ?? natures;
  };
}

function toCreditorFacts(creditor: BookCreditor): CreditorFacts {
  const { creditorId, name, idNo, mobile, email, natures, proxy } = creditor;
  return {
    ...{ creditorId, name, isIndividual: isIndividual(creditor), idNumber: idNo, mobile, natures },
    ...(email !== undefined && { email }),
    ...(proxy !== undefined && { proxy }),
  };
}

/** A rejected claim is determined, at nothing; one that waits for its review is not determined (art. 59(2)). */
function toRollClaim(claim: BookClaim): RollClaim {
  const { creditorId, nature } = claim;
  const amounts = toRollAmounts(claim);
  const group = claim.group ?? undefined;
  const withoutAmount = claim.status === 'REJECTED' ? 0n : null;
  return {
    creditorId,
    nature,
    ...amounts,
    confirmedFen: amounts.confirmedFen ?? withoutAmount,
    group,
    isRecourseFiledInFull: claim.recourseFor !== undefined,
  };
}
