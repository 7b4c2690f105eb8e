/** Who is due to attend (应到) and with what, by nature of claim; as the ledger keeps it for the minutes. */
import type { EntryBody } from '../protocol/entries.ts';
import type { Nature } from '../protocol/entry-parts.ts';
import { isCreditor } from './claims-table.ts';
import { votingAmounts } from './roll/voting-amounts.ts';
import type { RollClaim } from './roll.ts';

/** One version of the claims table. */
interface ClaimsBook {
  readonly claims: readonly RollClaim[];
  readonly creditors: ReadonlyMap<string, { readonly natures: readonly Nature[] }>;
}

export type Due = Required<Pick<EntryBody<'agenda.move'>, 'due' | 'dueCreditors'>>;
export type NatureAmount = NonNullable<EntryBody<'presence'>['byNature']>[number];

/** A creditor with claims of two natures stands in both lines, and once in the total; an investor in a line alone. */
export function dueOf(book: ClaimsBook): Due {
  const lines = new Map<Nature, { creditors: Set<string>; amountFen: bigint }>();
  for (const claim of book.claims) {
    const line = lines.get(claim.nature) ?? { creditors: new Set<string>(), amountFen: 0n };
    line.creditors.add(claim.creditorId);
    line.amountFen += votingAmounts(claim).amountFen;
    lines.set(claim.nature, line);
  }
  const due = [...lines].sort(byNature).map(([nature, { creditors, amountFen }]) => ({
    nature,
    creditors: String(creditors.size),
    amountFen: String(amountFen),
  }));
  const creditors = [...book.creditors.values()].filter(isCreditor);
  return { due, dueCreditors: String(creditors.length) };
}

const byNature = ([a]: readonly [Nature, unknown], [b]: readonly [Nature, unknown]) => (a < b ? -1 : 1);

/** One index a version of the claims table: thousands sign in within minutes. */
const indexes = new WeakMap<ClaimsBook, Map<string, Map<Nature, bigint>>>();

/** Voting amount of a creditor by nature, fen. */
export function natureAmountsOf(book: ClaimsBook, creditorId: string): NatureAmount[] {
  let index = indexes.get(book);
  if (!index) {
    index = indexByCreditor(book);
    indexes.set(book, index);
  }
  const amounts = [...(index.get(creditorId) ?? [])].sort(byNature);
  return amounts.map(([nature, amountFen]) => ({ nature, amountFen: String(amountFen) }));
}

function indexByCreditor(book: ClaimsBook): Map<string, Map<Nature, bigint>> {
  const index = new Map<string, Map<Nature, bigint>>();
  for (const claim of book.claims) {
    const own = index.get(claim.creditorId) ?? new Map<Nature, bigint>();
    own.set(claim.nature, (own.get(claim.nature) ?? 0n) + votingAmounts(claim).amountFen);
    index.set(claim.creditorId, own);
  }
  return index;
}
