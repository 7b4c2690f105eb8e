/**
 * The rooms of this server. A room is opened when somebody first needs it, and at start for every
 * meeting that has not ended or has a vote waiting, so that it goes on where it was.
 */
import { DomainError } from '../../domain/errors.ts';
import { emptyMeetingState, type MeetingState, type ResolutionState } from '../../domain/meeting/state.ts';
import { needsCount } from '../../domain/meeting/rounds.ts';
import { parseCanonical } from '../../domain/record/canonical.ts';
import type { RollRow } from '../../protocol/roll.ts';
import { unlessRolledBack } from '../ledger/rolled-back.ts';
import { foldLedger } from '../ledger-fold.ts';
import type { LedgerStore, MeetingLedger, RollStore } from '../ledger-port.ts';
import { createPacer } from '../run-slices.ts';
import type { ConductData, MeetingFacts } from './conduct-data.ts';
import { meetingFold, openMeetingRoom, type MeetingRoom } from './meeting-room.ts';
import { createShownTexts, type TextOf } from './reading/shown-texts.ts';

export interface RoomsDeps {
  readonly data: ConductData;
  readonly ledgers: LedgerStore;
  readonly rolls: RollStore;
  /** The writer of one meeting, not yet open. */
  readonly createLedger: (meetingId: string, origin: string) => MeetingLedger<MeetingState>;
}

export interface ReadMeeting {
  readonly facts: MeetingFacts;
  readonly state: MeetingState;
  readonly textOf: TextOf;
  /** Where it is open on this server. */
  readonly room: MeetingRoom | undefined;
}

export interface Rooms {
  /** The room of a published meeting. @throws DomainError NOT_FOUND */
  open(meetingId: string): Promise<MeetingRoom>;
  /** The master data, without opening the room. @throws DomainError NOT_FOUND */
  factsOf(meetingId: string): Promise<MeetingFacts>;
  /** State for reading: of the open room, else folded without becoming the writer; so is a rolled-back record. */
  read(meetingId: string): Promise<ReadMeeting>;
  /** Opens what has to go on. */
  openUnfinished(): Promise<void>;
  openRooms(): readonly MeetingRoom[];
  /** Runs each time a room's ledger has been taken over, before anybody is served. */
  onOpened(listener: (room: MeetingRoom) => Promise<void>): void;
  /** After a new claims table or a change of the team: access and rights not yet frozen follow it. */
  refreshCase(caseId: string): Promise<void>;
  /** After a matter was added to it. */
  refreshMeeting(meetingId: string): Promise<void>;
  closeAll(): Promise<void>;
}

export function createRooms(deps: RoomsDeps): Rooms {
  const opening = new Map<string, Promise<MeetingRoom>>();
  const opened = new Map<string, MeetingRoom>();
  const listeners: ((room: MeetingRoom) => Promise<void>)[] = [];
  const { requireFacts, foldOnly, forget } = createReading(deps);

  async function openNow(meetingId: string): Promise<MeetingRoom> {
    const facts = await requireFacts(meetingId);
    if (facts.meeting.status !== 'published') throw new DomainError('MEETING_NOT_READY');
    const room = await openMeetingRoom({
      meetingId,
      facts,
      book: await deps.data.claimsBook(facts.case.caseId),
      afterOpening: async (taken) => {
        for (const listener of listeners) await listener(taken);
      },
      ledger: deps.createLedger(meetingId, facts.meeting.origin),
      readRoll: (freeze) => readRoll(deps.rolls, meetingId, freeze),
      readPrivates: (commitments) => deps.ledgers.readPrivates(meetingId, commitments),
    });
    opened.set(meetingId, room);
    return room;
  }

  const rooms: Rooms = {
    open(meetingId) {
      // What is written from now on would not be in what was remembered of its end.
      forget(meetingId);
      let pending = opening.get(meetingId);
      if (!pending) {
        pending = openNow(meetingId);
        opening.set(meetingId, pending);
        // A failed opening must not be remembered: the next caller tries again.
        pending.catch(() => opening.delete(meetingId));
      }
      return pending;
    },
    factsOf: async (meetingId) => opened.get(meetingId)?.facts ?? (await requireFacts(meetingId)),
    async read(meetingId) {
      const known = opened.get(meetingId);
      const room = known && (await unlessRolledBack(known.wake().then(() => known)));
      if (room) return { facts: room.facts, state: room.state, textOf: room.textOf, room };
      const facts = await requireFacts(meetingId);
      if (facts.meeting.status === 'published') return { facts, ...(await foldOnly(facts)), room: undefined };
      return { facts, state: emptyMeetingState(), textOf: () => '', room: undefined };
    },
    async openUnfinished() {
      for (const meetingId of await deps.data.publishedMeetingIds()) {
        const { state } = await foldOnly(await requireFacts(meetingId));
        // A record that was rolled back is read and not written; the others go on.
        if (!isOver(state)) await unlessRolledBack(rooms.open(meetingId));
      }
    },
    openRooms: () => [...opened.values()],
    onOpened: (listener) => void listeners.push(listener),
    ...createRefreshing(deps, opened, requireFacts),
    async closeAll() {
      const all = await Promise.allSettled(opening.values());
      await Promise.all(
        all.map((result) => (result.status === 'fulfilled' ? result.value.close() : undefined)),
      );
      opening.clear();
      opened.clear();
    },
  };
  return rooms;
}

/** Open rooms follow changes of the master data. */
function createRefreshing(
  { data }: RoomsDeps,
  opened: ReadonlyMap<string, MeetingRoom>,
  requireFacts: (meetingId: string) => Promise<MeetingFacts>,
): Pick<Rooms, 'refreshCase' | 'refreshMeeting'> {
  return {
    async refreshCase(caseId) {
      const affected = [...opened.values()].filter((room) => room.facts.case.caseId === caseId);
      const book = await data.claimsBook(caseId);
      for (const room of affected) {
        room.facts = await requireFacts(room.meetingId);
        room.setBook(book);
      }
    },
    async refreshMeeting(meetingId) {
      const room = opened.get(meetingId);
      if (room) room.facts = await requireFacts(meetingId);
    },
  };
}

type Folded = Pick<ReadMeeting, 'state' | 'textOf'>;

/** Meetings read without becoming their writer. */
function createReading({ data, ledgers }: RoomsDeps) {
  /** Folded states of meetings that are over; they do not change any more. */
  const ended = new Map<string, Folded>();
  return {
    forget: (meetingId: string) => void ended.delete(meetingId),
    async requireFacts(meetingId: string): Promise<MeetingFacts> {
      const facts = await data.findMeeting(meetingId);
      if (!facts) throw new DomainError('NOT_FOUND');
      return facts;
    },
    async foldOnly({ meeting: { meetingId, origin } }: MeetingFacts): Promise<Folded> {
      const known = ended.get(meetingId);
      if (known) return known;
      const { durable: state } = await foldLedger(ledgers.read(meetingId, 0), meetingFold, origin);
      const texts = createShownTexts((commitments) => ledgers.readPrivates(meetingId, commitments));
      await texts.takeUp(state);
      const folded = { state, textOf: texts.textOf };
      if (isOver(state)) ended.set(meetingId, folded);
      return folded;
    },
  };
}

/** Nothing will happen any more by itself: closed, and every vote that was opened is closed and counted. */
function isOver(state: MeetingState): boolean {
  if (state.phase !== 'closed') return false;
  return [...state.resolutions.values()].every(
    (resolution) => !resolution.opened || (resolution.closed !== null && !needsCount(resolution)),
  );
}

/** Rows parsed before the clock is asked whether others have their turn. */
const PACE_ROWS = 50;

/** Rows of a frozen roll. Throws when a chunk is missing: the roll is part of the record. */
async function readRoll(
  rolls: RollStore,
  meetingId: string,
  freeze: NonNullable<ResolutionState['roll']>,
): Promise<RollRow[]> {
  const rows = await findRoll(rolls, meetingId, freeze);
  if (!rows) throw new Error('a chunk of a frozen roll is missing');
  return rows;
}

/** Rows of a frozen roll from its immutable chunks; undefined when one of them is missing. */
export async function findRoll(
  rolls: RollStore,
  meetingId: string,
  freeze: NonNullable<ResolutionState['roll']>,
): Promise<RollRow[] | undefined> {
  const rows: RollRow[] = [];
  const pause = createPacer();
  for (const { sha256 } of freeze.chunks) {
    const bytes = await rolls.findChunk(meetingId, sha256);
    if (!bytes) return undefined;
    for (const line of linesOf(bytes)) {
      rows.push(parseCanonical(line) as unknown as RollRow);
      if (rows.length % PACE_ROWS === 0) await pause();
    }
  }
  return rows;
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}
