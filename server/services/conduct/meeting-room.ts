/**
 * One meeting while it is conducted: its writer, the folded state, the frozen rolls and the live counts.
 * Everything in it that others see follows from durable entries.
 */
import { emptyMeetingState, type MeetingState, type ResolutionState } from '../../domain/meeting/state.ts';
import { applyEntry } from '../../domain/meeting/apply.ts';
import { buildRoll, votingAmounts, type Roll } from '../../domain/roll.ts';
import { settingsFor } from '../../domain/rules/freeze-rule.ts';
import { isResolutionTypeId, resolutionTypes } from '../../domain/rules/registry.ts';
import type { Entry } from '../../protocol/entries.ts';
import type { RollRow } from '../../protocol/roll.ts';
import type { Command } from './command.ts';
import type { ClaimsBook, MeetingFacts } from './conduct-data.ts';
import { indexPreview, indexRoll, type FrozenRoll } from './frozen-roll.ts';
import { createLiveCount, type LiveCount } from './live-count.ts';

/** The writer of one meeting as the conduct uses it (implemented by meeting-writer.ts). */
export interface MeetingLog {
  /** Decides at the head of the queue, appends, and answers once that is durable. */
  submit<R>(command: Command<R>): Promise<R>;
  close(): Promise<void>;
}

export interface MeetingRoom {
  readonly meetingId: string;
  facts: MeetingFacts;
  /** Folded from durable entries only. */
  readonly state: MeetingState;
  submit<R>(command: Command<R>): Promise<R>;
  /** Claims table in force, for attendance and rolls not yet frozen. */
  book: ClaimsBook;
  /** Voting amount of every creditor on the claims table, fen. */
  amounts: ReadonlyMap<string, bigint>;
  /** Frozen roll of the present round, or undefined before opening. */
  rollOf(resolutionId: string): FrozenRoll | undefined;
  /** The roll as it is or, before opening, as it would be. */
  rollOrPreview(resolution: ResolutionState): FrozenRoll;
  liveCountOf(resolutionId: string): LiveCount | undefined;
  /** Hands over a roll about to be frozen, so that it need not be read back when its entry is durable. */
  expectRoll(root: string, roll: FrozenRoll): void;
  /** Takes up another claims table (an import during the meeting). */
  setBook(book: ClaimsBook): void;
  onEntries(listener: (entries: readonly Entry[]) => void): () => void;
  /** Ballots received and not yet handed to the writer; closing waits for them. */
  ballotsOnTheWay: number;
  /** Set when wall clock and monotonic clock came apart: automatic closing waits for the host. */
  isClockSuspect: boolean;
  close(): Promise<void>;
}

export interface RoomDeps {
  readonly meetingId: string;
  readonly facts: MeetingFacts;
  readonly book: ClaimsBook;
  /** Rows of a frozen roll by its root. */
  readonly readRoll: (resolutionId: string, round: string, version: string) => Promise<readonly RollRow[]>;
  /**
   * Opens the log: calls `fold` for every entry there is and, later, for every durable one in order.
   * `afterBatch` follows each durable batch.
   */
  readonly openLog: (hooks: LogHooks) => Promise<MeetingLog>;
}

export interface LogHooks {
  readonly state: MeetingState;
  readonly fold: (entry: Entry, leafHash: string) => void;
  readonly afterBatch: (entries: readonly Entry[]) => void;
}

export async function openMeetingRoom(deps: RoomDeps): Promise<MeetingRoom> {
  const state = emptyMeetingState();
  const rolls = new Map<string, FrozenRoll>();
  const previews = new Map<string, FrozenRoll>();
  const liveCounts = new Map<string, LiveCount>();
  const listeners = new Set<(entries: readonly Entry[]) => void>();
  const pendingRolls = new Map<string, FrozenRoll>();

  function fold(entry: Entry, leafHash: string): void {
    applyEntry(state, entry, leafHash);
    if (entry.t === 'ballot.open') startCount(entry.body.resolutionId);
    if (entry.t === 'ballot.cast') {
      const { resolutionId, unitId, choice } = entry.body.ballot;
      liveCounts.get(resolutionId)?.addBallot(unitId, choice);
    }
    if (entry.t === 'ballot.close') liveCounts.delete(entry.body.resolutionId);
    if (entry.t === 'presence' && entry.body.creditorId !== undefined) {
      for (const count of liveCounts.values()) count.addSignIn(entry.body.creditorId);
    }
  }

  /** A vote that has just been opened here has its roll at hand; one of an earlier life is read below. */
  function startCount(resolutionId: string): void {
    const resolution = state.resolutions.get(resolutionId);
    const roll = pendingRolls.get(resolution?.roll?.root ?? '');
    if (!resolution || !roll) return;
    rolls.set(resolutionId, roll);
    liveCounts.set(resolutionId, createLiveCount(resolution, roll, state));
  }

  async function takeUpRolls(): Promise<void> {
    for (const [resolutionId, resolution] of state.resolutions) {
      if (!resolution.roll || !resolution.opened || rolls.has(resolutionId)) continue;
      const { round, version } = resolution.roll;
      const roll = indexRoll(version, await deps.readRoll(resolutionId, round, version));
      rolls.set(resolutionId, roll);
      if (!resolution.closed) liveCounts.set(resolutionId, createLiveCount(resolution, roll, state));
    }
  }

  const log = await deps.openLog({
    state,
    fold,
    afterBatch: (entries) => listeners.forEach((listener) => listener(entries)),
  });
  await takeUpRolls();

  const room: MeetingRoom = {
    meetingId: deps.meetingId,
    facts: deps.facts,
    state,
    submit: (command) => log.submit(command),
    book: deps.book,
    amounts: amountsOf(deps.book),
    rollOf: (resolutionId) => rolls.get(resolutionId),
    rollOrPreview(resolution) {
      const { resolutionId, type } = resolution.published;
      const frozen = rolls.get(resolutionId);
      if (frozen) return frozen;
      let preview = previews.get(type);
      if (!preview) {
        preview = indexPreview(previewRoll(room.book, type));
        previews.set(type, preview);
      }
      return preview;
    },
    liveCountOf: (resolutionId) => liveCounts.get(resolutionId),
    setBook(book) {
      room.book = book;
      room.amounts = amountsOf(book);
      previews.clear();
    },
    onEntries(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ballotsOnTheWay: 0,
    isClockSuspect: false,
    expectRoll: (root, roll) => void pendingRolls.set(root, roll),
    close: () => log.close(),
  };
  return room;
}

/** The roll of a resolution type on the claims table as it stands. */
export function previewRoll(book: ClaimsBook, type: string): Roll {
  if (!isResolutionTypeId(type)) throw new Error(`resolution type ${type} is not registered`);
  const resolutionType = resolutionTypes[type];
  return buildRoll(book.claims, resolutionType.rule, settingsFor(resolutionType));
}

/** Voting amount of everybody on the claims table; nothing for what is not determined. */
function amountsOf(book: ClaimsBook): Map<string, bigint> {
  const amounts = new Map<string, bigint>([...book.creditors.keys()].map((id) => [id, 0n]));
  for (const claim of book.claims) {
    const amount = amounts.get(claim.creditorId) ?? 0n;
    amounts.set(claim.creditorId, amount + votingAmounts(claim).amountFen);
  }
  return amounts;
}
