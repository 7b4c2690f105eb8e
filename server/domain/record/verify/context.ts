/** What the steps share. Nothing of the bundle is believed before the step that checks it. */
import type { Archive } from '../bundle/read-archive.ts';
import type { HmacSha256 } from '../commitments.ts';
import type { MeetingHistory } from '../history/meeting-history.ts';
import type { VerifySignature } from '../keys.ts';
import type { Tally } from '../../../protocol/tally.ts';
import type { Sha256 } from '../merkle.ts';
import type { MerkleTree } from '../tree.ts';
import type { CheckpointNote } from '../notes/checkpoint.ts';
import type { Policy } from '../notes/policy.ts';
import type { TimeStamp } from '../timestamp/time-stamp.ts';
import type { Facts, Findings, Note } from './report.ts';
import type { RollBook } from './roll-book.ts';

/** Node and the browser bring their own. */
export interface VerifierCrypto {
  readonly sha256: Sha256;
  readonly hmacSha256: HmacSha256;
  readonly verifySignature: VerifySignature;
  /** Missing where there is no WebCrypto: an old browser with the page from a file. @throws TimeStampError */
  readonly verifyTimeStamp?: (check: {
    readonly token: Uint8Array;
    readonly data: Uint8Array;
    readonly roots: readonly Uint8Array[];
  }) => Promise<TimeStamp>;
}

/** Lets others have their turn, and shows how far a long step has come. */
export type Pause = (done: number, total: number) => Promise<void> | undefined;

/** What came from outside the bundle, as text. */
export interface TrustedInputs {
  /** Already read: a file that cannot be read is the caller's, not the record's fault. */
  readonly policy?: Policy;
  /** DER of the time-stamp authority's roots, at least one. */
  readonly timeStampRoots?: readonly Uint8Array[];
  /** A signed checkpoint that somebody kept. */
  readonly checkpoint?: string;
  /** A tlog-proof that a voter kept. */
  readonly receipt?: string;
}

/** The entries, once they have been read strictly. */
export interface LedgerRecord {
  readonly origin: string;
  readonly size: number;
  readonly tree: MerkleTree;
  readonly history: MeetingHistory;
}

export interface VerifyContext {
  readonly archive: Archive;
  readonly trusted: TrustedInputs;
  readonly crypto: VerifierCrypto;
  readonly pause: Pause;
  /** Set by the step `entries`. */
  record?: LedgerRecord;
  /** Set by the step `root`: the checkpoint over all entries. */
  head?: CheckpointNote;
  /** Set by the step `rolls`. */
  rolls?: RollBook;
  /** Set by the step `signatures`. */
  isWitnessed?: boolean;
  /** Device keys that are not sound; set by the step `keys`. What they signed is not looked at. */
  readonly weakKeys: Set<string>;
  /** Votes counted again, by the number of the entry `tally`. */
  readonly tallies: Map<string, Tally>;
  readonly notes: Note[];
}

export interface StepResult {
  readonly findings: Findings;
  readonly facts: Facts;
}

/** Undefined: not made, for want of what it is made from. */
export type StepRun = (context: VerifyContext) => Promise<StepResult | undefined>;

/** The entries as an earlier step left them; a step that needs them is not run without. */
export function requireRecord({ record }: VerifyContext): LedgerRecord {
  if (!record) throw new Error('a step of the verifier ran before the entries were read');
  return record;
}

export function requireRolls({ rolls }: VerifyContext): RollBook {
  if (!rolls) throw new Error('a step of the verifier ran before the rolls were read');
  return rolls;
}

/** Items worked on before others get their turn. */
export const PAUSE_EVERY = 250;
