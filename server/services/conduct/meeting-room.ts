/**
 * One meeting while it is conducted: its ledger, the frozen rolls and the live counts. Everything in it
 * that others see follows from durable entries.
 */
import { emptyMeetingState, type MeetingState, type ResolutionState } from '../../domain/meeting/state.ts';
import { applyEntry } from '../../domain/meeting/apply.ts';
import { votingAmounts } from '../../domain/roll/voting-amounts.ts';
import { buildRoll, type Roll } from '../../domain/roll.ts';
import { settingsFor } from '../../domain/rules/freeze-rule.ts';
import { isResolutionTypeId, resolutionTypes } from '../../domain/rules/registry.ts';
import type { Entry } from '../../protocol/entries.ts';
import type { RollRow } from '../../protocol/roll.ts';
import type { DurableEntry, LedgerFold, MeetingLedger } from '../ledger-port.ts';
import type { Command } from './commands/command.ts';
import type { ClaimsBook, MeetingFacts } from './conduct-data.ts';
import { indexPreview, indexRoll, type FrozenRoll } from './vote/frozen-roll.ts';
import { createLiveCount, type LiveCount } from './vote/live-count.ts';

export const meetingFold: LedgerFold<MeetingState> = { initial: emptyMeetingState, apply: applyEntry };

export interface MeetingRoom {
  readonly meetingId: string;
  facts: MeetingFacts;
  /** False while this process is not the writer: there is no state then. */
  readonly isOpen: boolean;
  /** Folded from durable entries only. @throws DomainError UNAVAILABLE while the ledger is not open */
  readonly state: MeetingState;
  /** Takes the ledger over again when this process had lost it. @throws DomainError UNAVAILABLE */
  wake(): Promise<void>;
  /** Appends by a command; opens the ledger again when this process had lost it. */
  submit<R>(command: Command<R>): Promise<R>;
  /** Claims table in force, for attendance and rolls not yet frozen. */
  readonly book: ClaimsBook;
  /** Voting amount of every creditor on the claims table, fen. */
  readonly amounts: ReadonlyMap<string, bigint>;
  /** Frozen roll of the present round, or undefined before opening. */
  rollOf(resolutionId: string): FrozenRoll | undefined;
  /** The roll as it is or, before opening, as it would be. */
  rollOrPreview(resolution: ResolutionState): FrozenRoll;
  liveCountOf(resolutionId: string): LiveCount | undefined;
  /** Hands over a roll about to be frozen, so that it need not be read back when its entry is durable. */
  expectRoll(root: string, roll: FrozenRoll): void;
  /** Takes up another claims table (an import during the meeting). */
  setBook(book: ClaimsBook): void;
  /** Called with each durable batch, and with none when the state was folded anew. */
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
  /** Not yet open. */
  readonly ledger: MeetingLedger<MeetingState>;
  /** Runs each time the ledger has been taken over, before anybody is served. */
  readonly afterOpening: (room: MeetingRoom) => Promise<void>;
  /** Rows of a frozen roll, from its chunks. */
  readonly readRoll: (freeze: NonNullable<ResolutionState['roll']>) => Promise<readonly RollRow[]>;
}

export async function openMeetingRoom(deps: RoomDeps): Promise<MeetingRoom> {
  const { ledger } = deps;
  const votes = createVotes(deps);
  const listeners = new Set<(entries: readonly Entry[]) => void>();
  const claims = createClaimsInForce(deps.book);
  let reopening: Promise<void> | undefined;
  /** False from the loss of the ledger until rolls and votes have followed its next opening. */
  let isTakenUp = false;
  ledger.onStepDown(() => void (isTakenUp = false));

  ledger.onDurable((durable) => {
    votes.follow(durable);
    const entries = durable.map(({ entry }) => entry);
    for (const listener of listeners) listener(entries);
  });

  /** Once for all who wait: the ledger is taken over again, and what hangs on its state is made anew. */
  function ensureOpen(): Promise<void> {
    if (ledger.isOpen && isTakenUp) return Promise.resolve();
    reopening ??= ledger
      .open()
      .then(() => votes.takeUp())
      .then(() => deps.afterOpening(room))
      .then(() => {
        isTakenUp = true;
        for (const listener of listeners) listener([]);
      })
      .finally(() => (reopening = undefined));
    return reopening;
  }

  const room: MeetingRoom = {
    meetingId: deps.meetingId,
    facts: deps.facts,
    get isOpen() {
      return ledger.isOpen;
    },
    get state() {
      return ledger.state;
    },
    wake: ensureOpen,
    async submit(command) {
      // While the ledger is being taken over the judgement of the outage comes first, by this very call.
      if (!ledger.isOpen) await ensureOpen();
      return ledger.submit(command);
    },
    get book() {
      return claims.book;
    },
    get amounts() {
      return claims.amounts;
    },
    rollOf: votes.rollOf,
    rollOrPreview: (resolution) =>
      votes.rollOf(resolution.published.resolutionId) ?? claims.previewOf(resolution),
    liveCountOf: votes.liveCountOf,
    expectRoll: votes.expectRoll,
    setBook: claims.replace,
    onEntries(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ballotsOnTheWay: 0,
    isClockSuspect: false,
    close: () => ledger.close(),
  };
  await ensureOpen();
  return room;
}

/** The claims table, with what follows from it: voting amounts, and rolls as they would be now, by type. */
function createClaimsInForce(initial: ClaimsBook) {
  const previews = new Map<string, FrozenRoll>();
  let book = initial;
  let amounts = amountsOf(book);
  return {
    get book() {
      return book;
    },
    get amounts() {
      return amounts;
    },
    previewOf({ published: { type } }: ResolutionState): FrozenRoll {
      const known = previews.get(type) ?? indexPreview(previewRoll(book, type));
      previews.set(type, known);
      return known;
    },
    replace(next: ClaimsBook): void {
      book = next;
      amounts = amountsOf(next);
      previews.clear();
    },
  };
}

/** Rolls and live counts beside the folded state: derived, and made anew when the state is. */
function createVotes({ ledger, readRoll }: RoomDeps) {
  const rolls = new Map<string, FrozenRoll>();
  const liveCounts = new Map<string, LiveCount>();
  const expected = new Map<string, FrozenRoll>();

  function start(resolutionId: string): void {
    const resolution = ledger.state.resolutions.get(resolutionId);
    const root = resolution?.roll?.root ?? '';
    const roll = expected.get(root);
    if (!resolution || !roll) return;
    expected.delete(root);
    rolls.set(resolutionId, roll);
    liveCounts.set(resolutionId, createLiveCount(resolution, roll, ledger.state));
  }

  return {
    rollOf: (resolutionId: string) => rolls.get(resolutionId),
    liveCountOf: (resolutionId: string) => liveCounts.get(resolutionId),
    expectRoll: (root: string, roll: FrozenRoll) => void expected.set(root, roll),
    follow(durable: readonly DurableEntry[]): void {
      for (const { entry } of durable) {
        if (entry.t === 'ballot.open') start(entry.body.resolutionId);
        if (entry.t === 'ballot.close') liveCounts.delete(entry.body.resolutionId);
        if (entry.t === 'ballot.cast') {
          const { resolutionId, unitId, choice } = entry.body.ballot;
          liveCounts.get(resolutionId)?.addBallot(unitId, choice);
        }
        if (entry.t === 'presence' && entry.body.creditorId !== undefined) {
          for (const count of liveCounts.values()) count.addSignIn(entry.body.creditorId);
        }
      }
    },
    async takeUp(): Promise<void> {
      liveCounts.clear();
      rolls.clear();
      for (const [resolutionId, resolution] of ledger.state.resolutions) {
        if (!resolution.roll || !resolution.opened) continue;
        const roll = indexRoll(resolution.roll.version, await readRoll(resolution.roll));
        rolls.set(resolutionId, roll);
        if (!resolution.closed) liveCounts.set(resolutionId, createLiveCount(resolution, roll, ledger.state));
      }
    },
  };
}

/** The roll of a resolution type on the claims table as it stands. */
export function previewRoll(book: ClaimsBook, type: string): Roll {
  if (!isResolutionTypeId(type)) throw new Error(`resolution type ${type} is not registered`);
  const resolutionType = resolutionTypes[type];
  return buildRoll({
    claims: book.claims,
    rule: resolutionType.rule,
    settings: settingsFor(resolutionType),
  });
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
