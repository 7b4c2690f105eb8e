/**
 * One meeting while it is conducted: its ledger, the frozen rolls and the live counts. Everything in it
 * that others see follows from durable entries.
 */
import { emptyMeetingState, type MeetingState, type ResolutionState } from '../../domain/meeting/state.ts';
import { applyEntry } from '../../domain/meeting/apply.ts';
import { nextRoundOf } from '../../domain/meeting/rounds.ts';
import type { Roll } from '../../domain/roll.ts';
import type { Entry } from '../../protocol/entries.ts';
import type { RollRow } from '../../protocol/roll.ts';
import type { LedgerFold, MeetingLedger } from '../ledger-port.ts';
import { isRolledBack } from '../ledger/rolled-back.ts';
import { runSlices } from '../run-slices.ts';
import type { Command } from './commands/command.ts';
import type { ClaimsBook, MeetingFacts } from './conduct-data.ts';
import { createShownTexts, type ReadPrivates } from './reading/shown-texts.ts';
import { createClaimsInForce, type CreditorUnits } from './vote/claims-in-force.ts';
import { indexBuilt, type FrozenRoll } from './vote/frozen-roll.ts';
import type { LiveCount } from './vote/live-count.ts';
import type { RollRound } from './vote/roll-request.ts';
import { createVotes } from './vote/votes.ts';

export const meetingFold: LedgerFold<MeetingState> = { initial: emptyMeetingState, apply: applyEntry };

export interface MeetingRoom {
  readonly meetingId: string;
  facts: MeetingFacts;
  /** False while this process is not the writer: there is no state then. */
  readonly isOpen: boolean;
  /** The record is not what was signed: it is not written any more (record.md 5). */
  readonly isHalted: boolean;
  /** Folded from durable entries only. @throws DomainError UNAVAILABLE while the ledger is not open */
  readonly state: MeetingState;
  /** Takes the ledger over again when this process had lost it. @throws DomainError UNAVAILABLE */
  wake(): Promise<void>;
  /** Compares the record with a signed checkpoint that somebody has. @throws DomainError ROLLBACK */
  compare(checkpoint: string): Promise<void>;
  /** Appends by a command; opens the ledger again when this process had lost it. */
  submit<R>(command: Command<R>): Promise<R>;
  /** Claims table in force, for attendance and rolls not yet frozen. */
  readonly book: ClaimsBook;
  /** Voting amount of every creditor on the claims table, fen. */
  readonly amounts: ReadonlyMap<string, bigint>;
  /** Roll in force of the present round, or undefined before opening. */
  rollOf(resolutionId: string): FrozenRoll | undefined;
  /** The roll as it is or, before opening, as it would be. */
  rollOrPreview(resolution: ResolutionState): Promise<FrozenRoll>;
  /** The roll on the claims table now in force, for a round that is to be opened or a correction. */
  rollFor(resolution: ResolutionState, round: RollRound): Promise<Roll>;
  /** What one creditor has in the present round or, before opening, would have. */
  unitsOf(resolution: ResolutionState, creditorId: string): CreditorUnits;
  liveCountOf(resolutionId: string): LiveCount | undefined;
  /** Hands over a roll about to be frozen, so that it need not be read back when its entry is durable. */
  expectRoll(root: string, roll: FrozenRoll): void;
  forgetRoll(root: string): void;
  /** What was written under a commitment of the folded state; empty where it was erased. */
  textOf(commitment: string | undefined): string;
  /** Takes up another claims table (an import during the meeting). */
  setBook(book: ClaimsBook): void;
  /** Called with each durable batch, and with none when the state was folded anew. */
  onEntries(listener: (entries: readonly Entry[]) => void): () => void;
  /** Called once, when the record is found not to be what was signed. */
  onHalt(listener: () => void): void;
  /** Ballots received and not yet handed to the writer; closing waits for them. */
  ballotsOnTheWay: number;
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
  readonly readPrivates: ReadPrivates;
}

export async function openMeetingRoom(deps: RoomDeps): Promise<MeetingRoom> {
  const { ledger } = deps;
  const votes = createVotes({ state: () => ledger.state, readRoll: deps.readRoll });
  const texts = createShownTexts(deps.readPrivates);
  const listeners = new Set<(entries: readonly Entry[]) => void>();
  const settings = () => room.facts.case.settings;
  const claims = createClaimsInForce({ book: deps.book, settings });
  const halt = createHalt();
  ledger.onDurable((durable) => {
    votes.follow(durable);
    const entries = durable.map(({ entry }) => entry);
    for (const listener of listeners) listener(entries);
  });

  const ensureOpen = createTakeover(ledger, {
    async follow() {
      await votes.takeUp();
      await texts.takeUp(ledger.state);
      await deps.afterOpening(room);
    },
    announce() {
      for (const listener of listeners) listener([]);
    },
    fail: halt.follow,
  });

  const room: MeetingRoom = {
    meetingId: deps.meetingId,
    facts: deps.facts,
    get isOpen() {
      return ledger.isOpen;
    },
    get isHalted() {
      return halt.isHalted();
    },
    get state() {
      return ledger.state;
    },
    wake: ensureOpen,
    compare: (checkpoint) => ledger.compare(checkpoint).catch(halt.follow),
    async submit(command) {
      // While the ledger is being taken over the judgement of the outage comes first, by this very call.
      if (!ledger.isOpen) await ensureOpen();
      texts.expect(command.privates);
      return ledger.submit(command);
    },
    get book() {
      return claims.book;
    },
    get amounts() {
      return claims.amounts;
    },
    ...createRolls(votes, claims),
    textOf: texts.textOf,
    setBook: claims.replace,
    onEntries(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onHalt: halt.onHalt,
    ballotsOnTheWay: 0,
    close: () => ledger.close(),
  };
  await ensureOpen();
  return room;
}

interface TakeoverSteps {
  /** Makes anew what hangs on the ledger's state. */
  readonly follow: () => Promise<void>;
  /** Runs when the ledger is served again. */
  readonly announce: () => void;
  readonly fail: (error: unknown) => never;
}

/** Once for all who wait: the ledger is taken over again, and what hangs on its state is made anew. */
function createTakeover(ledger: MeetingLedger<MeetingState>, steps: TakeoverSteps): () => Promise<void> {
  let reopening: Promise<void> | undefined;
  /** False from the loss of the ledger until rolls and votes have followed its next opening. */
  let isTakenUp = false;
  ledger.onStepDown(() => void (isTakenUp = false));
  return () => {
    if (ledger.isOpen && isTakenUp) return Promise.resolve();
    reopening ??= ledger
      .open()
      .then(steps.follow)
      .then(() => {
        isTakenUp = true;
        steps.announce();
      })
      .catch(steps.fail)
      .finally(() => (reopening = undefined));
    return reopening;
  };
}

/** Who meets the rollback first, by opening or by comparing, is refused; everybody else is told by this. */
function createHalt() {
  const listeners = new Set<() => void>();
  let isHalted = false;
  return {
    isHalted: () => isHalted,
    onHalt: (listener: () => void) => void listeners.add(listener),
    follow(error: unknown): never {
      if (isRolledBack(error) && !isHalted) {
        isHalted = true;
        for (const listener of listeners) listener();
      }
      throw error;
    },
  };
}

type RollReading = Pick<
  MeetingRoom,
  'rollOf' | 'rollOrPreview' | 'rollFor' | 'unitsOf' | 'liveCountOf' | 'expectRoll' | 'forgetRoll'
>;

/** Rolls as they are frozen, and as they would be. */
function createRolls(
  votes: ReturnType<typeof createVotes>,
  claims: ReturnType<typeof createClaimsInForce>,
): RollReading {
  return {
    rollOf: votes.rollOf,
    async rollOrPreview(resolution) {
      const frozen = votes.rollOf(resolution.published.resolutionId);
      if (frozen) return frozen;
      const roll = await claims.rollFor(resolution, nextRoundOf(resolution) ?? { passedGroups: [] });
      return runSlices(indexBuilt('preview', roll));
    },
    rollFor: claims.rollFor,
    unitsOf(resolution, creditorId) {
      const frozen = votes.rollOf(resolution.published.resolutionId);
      if (!frozen) return claims.unitsOf(resolution, creditorId);
      const units = frozen.unitsOf(creditorId).flatMap((unitId) => frozen.units.get(unitId) ?? []);
      return { units, excluded: frozen.excludedOf(creditorId) };
    },
    liveCountOf: votes.liveCountOf,
    expectRoll: votes.expectRoll,
    forgetRoll: votes.forgetRoll,
  };
}
