/**
 * A ballot that reached the administrator on paper, by mail, SMS or e-mail, or that was cast on site, and that
 * staff enter (司法解释三 art. 11(1): 通信等非现场方式; 法发〔2020〕14号: two people take down the electronic data
 * of such votes). One person enters it with its scan, another enters the choice again without seeing the first
 * one's; only what both read alike becomes a ballot. When it was received is written down as stated and decides
 * nothing: the order of the ledger does.
 */
import type { ErrorCode, ErrorParams } from '../../protocol/errors.ts';
import type { Channel } from '../../protocol/entry-parts.ts';
import type { EnteredBallotState } from '../../protocol/rest/entered-ballot-routes.ts';
import type { ChoiceRead, Role } from '../../protocol/scalars.ts';

/** Days that the creditor has to object to what was entered, from being told; no statute sets them. */
export const ENTRY_OBJECTION_DAYS = 3;

/** One person's reading of the ballot. */
export interface Reading {
  readonly personId: string;
  readonly role: Role;
  readonly choice: ChoiceRead;
  /** RFC 3339. */
  readonly at: string;
}

export interface EnteredBallot {
  readonly entryId: string;
  readonly caseId: string;
  readonly meetingId: string;
  readonly resolutionId: string;
  readonly round: string;
  readonly unitId: string;
  readonly creditorId: string;
  readonly channel: Channel;
  readonly statedReceivedAt: string;
  readonly scanSha256: string;
  /** Made by the server with the entry, so that a repeated confirmation is the same ballot. */
  readonly nonce: string;
  readonly state: EnteredBallotState;
  readonly first: Reading;
  readonly second: Reading | null;
  /** Pairs of readings that differed. */
  readonly differences: readonly { readonly first: Reading; readonly second: Reading }[];
  readonly outcome: EntryOutcome | null;
  readonly withdrawn: { readonly personId: string; readonly at: string; readonly reason: string } | null;
  /** When the creditor was told and whether the provider took the message; null before. */
  readonly told: {
    readonly at: string;
    readonly isSent: boolean;
    /** It went to a provider. Absent in what older versions kept, which had no provider of SMS: the outbox alone. */
    readonly reaches?: boolean;
  } | null;
  readonly objectUntil: string | null;
  readonly objection: EntryObjection | null;
  /** Grows with every change. */
  readonly revision: number;
}

/** What stands in the ledger for it. */
export interface EntryOutcome {
  readonly kind: 'cast' | 'void';
  readonly seq: string;
  readonly ts: string;
  /** Why it does not count, in words; null for a ballot that does. */
  readonly reason: string | null;
}

export interface EntryObjection {
  readonly personId: string;
  readonly at: string;
  readonly text: string;
  /** Entry of the ledger; null until it is there. */
  readonly seq: string | null;
}

export type ConfirmationVerdict =
  | { readonly kind: 'agree' }
  | { readonly kind: 'differ' }
  | { readonly kind: 'refuse'; readonly code: ErrorCode; readonly params?: ErrorParams };

/** The second reading. `confirming` is one that was agreed on and whose end was not seen: it may be repeated. */
export function judgeConfirmation(
  entry: Pick<EnteredBallot, 'state' | 'first'>,
  second: { readonly personId: string; readonly choice: ChoiceRead },
): ConfirmationVerdict {
  if (entry.state !== 'waiting' && entry.state !== 'confirming') {
    return { kind: 'refuse', code: 'ENTRY_STATE', params: { state: entry.state } };
  }
  if (entry.first.personId === second.personId) return { kind: 'refuse', code: 'SECOND_PERSON_REQUIRED' };
  return entry.first.choice === second.choice ? { kind: 'agree' } : { kind: 'differ' };
}

/** May the creditor still object to it? */
export function judgeEntryObjection(
  entry: Pick<EnteredBallot, 'outcome' | 'objectUntil' | 'objection'>,
  nowMs: number,
): { readonly code: ErrorCode; readonly params?: ErrorParams } | undefined {
  if (!entry.outcome || entry.objectUntil === null) return { code: 'ENTRY_STATE' };
  if (entry.objection?.seq) return { code: 'ENTRY_STATE', params: { state: 'objected' } };
  const isLate = entry.objection === null && nowMs > Date.parse(entry.objectUntil);
  return isLate ? { code: 'OBJECTION_TOO_LATE', params: { until: entry.objectUntil } } : undefined;
}
