/**
 * What the verifier says: one line a step, each PASS, FAIL or NOT CHECKED, and one conclusion. The same
 * report is printed by the command and shown by the page (record.md 12).
 */
import type { VerifyCode } from './codes.ts';

/** In the order in which they are made. */
export const STEP_IDS = [
  'container',
  'entries',
  'root',
  'signatures',
  'checkpoints',
  'timeStamps',
  'continuation',
  'rolls',
  'documents',
  'keys',
  'votes',
  'ballots',
  'tally',
  'verdict',
  'minutes',
  'privates',
  'receipt',
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** What is wrong, and where: an entry's number, a file's name. Never a private value. */
export interface Finding {
  readonly code: VerifyCode;
  readonly at: string;
}

/** Figures of a step for its sentence, already as text. */
export type Facts = Readonly<Record<string, string>>;

export interface StepReport {
  readonly id: StepId;
  readonly status: 'PASS' | 'FAIL' | 'NOT_CHECKED';
  /** The first ones; `count` has them all. */
  readonly findings: readonly Finding[];
  readonly count: number;
  readonly facts: Facts;
}

/**
 * `SELF_CONSISTENT_ONLY`: everything fits together, but nothing from outside says that it is the record:
 * an operator could have made all of it anew under another key.
 */
export type Conclusion = 'VERIFIED' | 'SELF_CONSISTENT_ONLY' | 'FAILED';

export interface Report {
  readonly conclusion: Conclusion;
  /** Enough witnesses by a policy of which any two quorums share one. */
  readonly isWitnessed: boolean;
  readonly steps: readonly StepReport[];
  /** What a reader should know though nothing is wrong: names of `notes` in the words, with a number. */
  readonly notes: readonly Note[];
}

/** Things that the record shows openly and that somebody has to judge. */
export const NOTE_IDS = [
  'continued',
  'lateEvidence',
  'unsignedBallots',
  'enteredBallots',
  'voidedBallots',
  'staffSignIns',
  'keysBoundAgain',
  'credentialResets',
  'incidents',
  'interruptions',
  'earlyClosings',
  'rollCorrections',
  'corrections',
  'erasedValues',
] as const;
export type NoteId = (typeof NOTE_IDS)[number];

export interface Note {
  readonly id: NoteId;
  readonly count: string;
}

/** Findings kept for each step: of fifty thousand changed ballots the first twenty say enough. */
const KEPT_FINDINGS = 20;

/** Collects what one step finds. */
export interface Findings {
  add(code: VerifyCode, at?: string): void;
  readonly kept: readonly Finding[];
  readonly count: number;
}

export function createFindings(): Findings {
  const kept: Finding[] = [];
  let count = 0;
  return {
    add(code, at = '') {
      count += 1;
      if (kept.length < KEPT_FINDINGS) kept.push({ code, at });
    },
    kept,
    get count() {
      return count;
    },
  };
}
