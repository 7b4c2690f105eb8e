/**
 * Who is present for a vote: a sign-in counts that stands before the close entry and came by the effective time of
 * closing (司法解释三 art. 11; domain rules 2.1, E6). The two differ where an outage lay over the deadline: the vote is
 * closed afterwards as of its deadline, and who has signed in meanwhile must not enlarge the heads of that vote.
 */
export interface SignedInAt {
  /** Number of the entry, decimal. */
  readonly seq: string;
  /** RFC 3339. */
  readonly ts: string;
}

export interface Closed {
  readonly seq: string;
  readonly body: { readonly effectiveAt: string };
}

/** Whether a sign-in was in time for a vote that was closed so. */
export function createPresenceTest({ seq, body }: Closed): (signIn: SignedInAt) => boolean {
  const closeSeq = Number(seq);
  const endsAtMs = Date.parse(body.effectiveAt);
  return (signIn) => Number(signIn.seq) < closeSeq && Date.parse(signIn.ts) <= endsAtMs;
}
