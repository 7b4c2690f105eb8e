/**
 * Who is due and who is present (应到, 实到), as the minutes tell it and a verifier tells it again. Present is
 * who signed in; who counts as present in a vote is the vote's own frozen basis.
 */
import type { Nature } from '../../../protocol/entry-parts.ts';
import { entriesOf, type MeetingHistory, type Recorded } from './meeting-history.ts';

type SignIn = Recorded<'presence'>;

/** First sign-in of every creditor, and every sign-in. */
export interface Present {
  readonly all: readonly SignIn[];
  readonly byCreditor: ReadonlyMap<string, SignIn>;
}

export interface Sum {
  heads: number;
  fen: bigint;
}

export function presentCreditors(history: MeetingHistory): Present {
  const all = entriesOf(history, 'presence').filter(
    ({ body }) => body.event === 'sign-in' && body.creditorId !== undefined,
  );
  const byCreditor = new Map<string, SignIn>();
  for (const signIn of all) {
    const creditorId = signIn.body.creditorId ?? '';
    const first = byCreditor.get(creditorId);
    // The creditor's own sign-in outweighs one that staff entered before it.
    const isBetter = first?.body.enteredBy !== undefined && signIn.body.enteredBy === undefined;
    if (!first || isBetter) byCreditor.set(creditorId, signIn);
  }
  return { all, byCreditor };
}

/** Investors without a claim have a seat and no claim to be summed (企业破产法 art. 85). */
const isOfCreditors = ({ nature }: { readonly nature: Nature }) => nature !== 'INVESTOR';

/** Whether who signed in is an investor and no creditor. */
function isInvestorOnly({ byNature = [] }: SignIn['body']): boolean {
  return byNature.length > 0 && !byNature.some(isOfCreditors);
}

/** Creditors due and present in all; nobody is due before the meeting has begun. */
export function attendanceFigures(history: MeetingHistory): { due: Sum; present: Sum } {
  const begin = entriesOf(history, 'agenda.move').find(({ body }) => body.move === 'begin')?.body;
  const lines = (begin?.due ?? []).filter(isOfCreditors);
  const inLines = lines.reduce((sum, line) => sum + Number(line.creditors), 0);
  const due = {
    heads: Number(begin?.dueCreditors ?? inLines),
    fen: lines.reduce((sum, line) => sum + BigInt(line.amountFen), 0n),
  };
  const present: Sum = { heads: 0, fen: 0n };
  for (const { body } of presentCreditors(history).byCreditor.values()) {
    if (isInvestorOnly(body)) continue;
    present.heads += 1;
    present.fen += BigInt(body.amountFen ?? 0);
  }
  return { due, present };
}
