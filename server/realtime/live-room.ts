/**
 * The devices of one meeting: what each may see and send, and the personal state of each. The ledger
 * decides; this follows it. The floor belongs to the device that accepted it.
 */
import { randomUUID } from 'node:crypto';
import type { Entry } from '../protocol/entries.ts';
import type { MediaSource } from '../protocol/media.ts';
import type { RecordState } from '../protocol/record-state.ts';
import type {
  Audience,
  BallotBody,
  BallotReply,
  Delta,
  PersonalState,
  ReceiptView,
  Snapshot,
} from '../protocol/room.ts';
import type { StageSlice } from '../protocol/room-slices.ts';
import type { ConductData } from '../services/conduct/conduct-data.ts';
import { creditorLabel, staffLabel } from '../services/conduct/labels.ts';
import { audiencesOf, mayAlwaysSpeak, type MeetingAccess } from '../services/conduct/meeting-access.ts';
import type { MeetingRoom } from '../services/conduct/meeting-room.ts';
import { allRights, capacityViews } from '../services/conduct/rights.ts';
import type { MediaPlane } from '../services/ports/media-port.ts';
import { affectedPersons, isAnew } from './affected.ts';
import type { Connection } from './gateway.ts';
import { createRoomStreams, type RoomStreams } from './room-streams.ts';
import { UnitNews } from './unit-news.ts';

/** A speaker whose device is gone keeps the floor for this long. */
const FLOOR_HELD_MS = 60_000;
/** Personal states sent to everyone are computed in portions, so that a vote's opening holds nobody up. */
const PERSONAL_PORTION = 100;

export interface Device {
  readonly connection: Connection;
  access: MeetingAccess;
}

export interface LiveRoomDeps {
  readonly data: Pick<ConductData, 'personName'>;
  readonly plane: Pick<MediaPlane, 'setProduceRights' | 'suspendPeer' | 'closeRoom'>;
  readonly broadcast: (room: string, name: string, payload: unknown) => void;
  /** State of the record as it was last read. */
  readonly recordStateOf: (meetingId: string) => RecordState | undefined;
  /** The speaker's device has been away too long. */
  readonly endFloorOf: (room: MeetingRoom, personId: string) => void;
}

/** Devices that wait to be told where a halted meeting goes on. */
export const haltedRoom = (meetingId: string) => `meeting:${meetingId}:halted`;
export const audienceRoom = (meetingId: string, audience: Audience) => `meeting:${meetingId}:${audience}`;

export class LiveRoom {
  readonly room: MeetingRoom;
  readonly #deps: LiveRoomDeps;
  readonly #devices = new Map<string, Device>();
  /** The same devices by person: every ballot asks for its voter's, and thousands are in the room. */
  readonly #byPerson = new Map<string, Set<Device>>();
  readonly #unitNews: UnitNews;
  readonly #names = new Map<string, string>();
  /** Peers with a right to send, so that it is withdrawn also while their socket is away. */
  readonly #sendingPeers = new Set<string>();
  readonly #streams: RoomStreams;
  /** Device that speaks; null until it is known. */
  #speakingPeerId: string | null = null;
  #absenceTimer: NodeJS.Timeout | undefined;

  constructor(room: MeetingRoom, deps: LiveRoomDeps) {
    this.room = room;
    this.#deps = deps;
    this.#unitNews = new UnitNews(room);
    this.#streams = createRoomStreams(
      room,
      {
        onlinePersons: () => this.#byPerson.size,
        stagePeers: () => this.#stagePeers(),
        labelOf: (personId, capacityId) => this.#labelOf(personId, capacityId),
        isOnline: (personId) => this.isOnline(personId),
        recordState: () => deps.recordStateOf(room.meetingId),
      },
      {
        epoch: randomUUID(),
        publish: (delta) =>
          deps.broadcast(audienceRoom(room.meetingId, delta.audience), 'state:delta', delta),
      },
    );
    room.onEntries((entries) => this.#follow(entries));
    room.onHalt(() => this.#halt());
  }

  async join(
    connection: Connection,
    access: MeetingAccess,
  ): Promise<{ snapshots: Snapshot[]; personal: PersonalState }> {
    await this.#rememberNames(access.personId);
    const device: Device = { connection, access };
    this.#remove(connection);
    this.#add(device);
    connection.meetingId = this.room.meetingId;
    this.#takeUpFloor(device);
    this.#grantSources(device);
    const seen = this.#audiencesOf(device);
    for (const audience of seen) connection.join(audienceRoom(this.room.meetingId, audience));
    this.#streams.touch();
    return {
      snapshots: seen.map((audience) => this.#streams.byAudience[audience].snapshot()),
      personal: this.#personalOf(device),
    };
  }

  /** Missed deltas, or the snapshot when they are no longer kept; undefined where nothing may be seen. */
  sync(connection: Connection, audience: Audience, since: { readonly epoch: string; readonly rev: number }) {
    const device = this.#devices.get(connection.id);
    if (!device || !this.#audiencesOf(device).includes(audience)) return undefined;
    const stream = this.#streams.byAudience[audience];
    const deltas = stream.since(since.epoch, since.rev);
    return deltas ? { deltas: [...deltas], snapshot: null } : { deltas: null, snapshot: stream.snapshot() };
  }

  leave(connection: Connection): void {
    connection.meetingId = null;
    const device = this.#remove(connection);
    if (!device) return;
    const { meetingId } = this.room;
    const { peerId } = connection;
    for (const audience of ['public', 'staff', 'host'] as const)
      connection.leave(audienceRoom(meetingId, audience));
    // After a reconnection the old socket times out while the same device is here already.
    const isBack = this.#all().some((other) => other.connection.peerId === peerId);
    if (!isBack) {
      this.#deps.plane.suspendPeer({ roomId: meetingId, peerId });
      if (peerId === this.#speakingPeerId) this.#holdFloor(device.access.personId);
    }
    this.#streams.touch();
  }

  /** The accepting device becomes the one that speaks. */
  floorAccepted(connection: Connection): void {
    this.#speakingPeerId = connection.peerId;
    for (const device of this.#devices.values()) this.#grantSources(device);
    this.#sendPersonal(connection.session.personId);
    this.#streams.flush();
  }

  /** A ballot by this device, with what it changes for it; undefined, and nothing sent, for one that has left. */
  cast(
    connection: Connection,
    ballot: BallotBody,
    send: () => Promise<ReceiptView>,
  ): Promise<BallotReply> | undefined {
    const device = this.#devices.get(connection.id);
    return device && this.#unitNews.answer(device, ballot, send);
  }

  /** Something outside the ledger changed that the room shows. */
  touch(): void {
    this.#streams.touch();
  }

  isOnline(personId: string): boolean {
    return this.#byPerson.has(personId);
  }

  notifyPeer(peerId: string, name: string, payload: unknown): void {
    for (const { connection } of this.#all())
      if (connection.peerId === peerId) connection.notify(name, payload);
  }

  /** Capacities or roles have changed: each device is judged anew, and let go when it may not stay. */
  async recheck(judge: (device: Device) => Promise<MeetingAccess>): Promise<void> {
    for (const device of this.#all()) {
      try {
        const access = await judge(device);
        this.#unitNews.remove(device);
        device.access = access;
        this.#unitNews.add(device);
        device.connection.notify('state:personal', this.#personalOf(device));
      } catch {
        device.connection.notify('session:ended', { code: 'NOT_ON_THE_CASE' });
        this.leave(device.connection);
      }
    }
    this.#streams.touch();
  }

  close(): void {
    this.#streams.close();
    clearTimeout(this.#absenceTimer);
  }

  #halt(): void {
    for (const { connection } of this.#all()) {
      this.leave(connection);
      // It asked for this meeting: whatever it asks for next is refused with what happened to it.
      connection.meetingId = this.room.meetingId;
      connection.notify('meeting:halted', {});
      connection.join(haltedRoom(this.room.meetingId));
    }
    this.#deps.plane.closeRoom(this.room.meetingId);
    this.close();
  }

  #add(device: Device): void {
    const { personId } = device.access;
    this.#devices.set(device.connection.id, device);
    const own = this.#byPerson.get(personId) ?? new Set();
    this.#byPerson.set(personId, own.add(device));
    this.#unitNews.add(device);
  }

  #remove({ id }: Connection): Device | undefined {
    const device = this.#devices.get(id);
    if (!device) return undefined;
    const { personId } = device.access;
    const own = this.#byPerson.get(personId);
    this.#devices.delete(id);
    own?.delete(device);
    if (own?.size === 0) this.#byPerson.delete(personId);
    this.#unitNews.remove(device);
    return device;
  }

  #all(): Device[] {
    return [...this.#devices.values()];
  }

  #audiencesOf({ access }: Device): Audience[] {
    return audiencesOf(access, this.room.state.host?.personId);
  }

  #follow(entries: readonly Entry[]): void {
    if (entries.some((entry) => entry.t === 'floor' || entry.t === 'agenda.move')) this.#followFloor();
    if (entries.some((entry) => entry.t === 'agenda.move' && entry.body.move === 'close')) {
      this.#deps.plane.closeRoom(this.room.meetingId);
    }
    if (entries.some((entry) => entry.t === 'host.assign')) this.#followHost();
    this.#streams.onEntries(entries);
    if (isAnew(entries)) void this.#sendPersonalToAll();
    else {
      const persons = this.#affectedPersons(entries);
      for (const personId of persons) this.#sendPersonal(personId);
      this.#unitNews.send(entries, persons);
    }
  }

  /** Persons whose own view changes: those who acted, and all who act for the same creditors. */
  #affectedPersons(entries: readonly Entry[]): Set<string> {
    const persons = affectedPersons(entries);
    for (const entry of entries) {
      if (entry.t !== 'presence') continue;
      for (const { access } of this.#unitNews.actingFor(entry.body.creditorId)) persons.add(access.personId);
    }
    return persons;
  }

  /** Rights to send follow the floor; taking it back closes the producers before anyone is told. */
  #followFloor(): void {
    if (this.room.state.floor.state !== 'speaking') {
      this.#speakingPeerId = null;
      clearTimeout(this.#absenceTimer);
    }
    for (const device of this.#devices.values()) this.#grantSources(device);
    const present = new Set(this.#all().map(({ connection }) => connection.peerId));
    for (const peerId of this.#sendingPeers) {
      if (!present.has(peerId) && peerId !== this.#speakingPeerId) this.#setSources(peerId, []);
    }
  }

  #grantSources({ connection, access }: Device): void {
    this.#setSources(connection.peerId, sourcesOf(access, connection.peerId === this.#speakingPeerId));
  }

  #setSources(peerId: string, sources: readonly MediaSource[]): void {
    this.#deps.plane.setProduceRights(this.room.meetingId, peerId, new Set(sources));
    if (sources.length > 0) this.#sendingPeers.add(peerId);
    else this.#sendingPeers.delete(peerId);
  }

  #personalOf({ connection, access }: Device): PersonalState {
    const { state } = this.room;
    const { floor } = state;
    const handAt = state.hands.findIndex((hand) => hand.personId === access.personId);
    const isSpeakingHere = this.#speakingPeerId === connection.peerId;
    return {
      personId: access.personId,
      roles: [access.role],
      isHost: state.host?.personId === access.personId,
      capacities: capacityViews(this.room, access),
      rights: allRights(this.room, access),
      handPosition: handAt < 0 ? null : handAt + 1,
      floor: floor.state !== 'free' && floor.personId === access.personId ? floor.state : 'none',
      isSpeakingHere,
      maySend: sourcesOf(access, isSpeakingHere),
      peerId: connection.peerId,
    };
  }

  #sendPersonal(personId: string): void {
    for (const device of this.#byPerson.get(personId) ?? []) {
      device.connection.notify('state:personal', this.#personalOf(device));
    }
  }

  async #sendPersonalToAll(): Promise<void> {
    let sent = 0;
    for (const device of this.#all()) {
      if (!this.room.isOpen) return;
      device.connection.notify('state:personal', this.#personalOf(device));
      if (++sent % PERSONAL_PORTION === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** After a change of host the live tally goes to the new one alone, from the next count on. */
  #followHost(): void {
    const hostRoom = audienceRoom(this.room.meetingId, 'host');
    const { epoch, rev, state } = this.#streams.byAudience.host.snapshot();
    const ops = Object.entries(state).map(([key, value]) => ({ op: 'set' as const, key, value }));
    for (const device of this.#devices.values()) {
      const { connection } = device;
      if (!this.#audiencesOf(device).includes('host')) {
        connection.leave(hostRoom);
        continue;
      }
      connection.join(hostRoom);
      // Unknown to this device: it asks for the whole.
      connection.notify('state:delta', { audience: 'host', epoch, rev, ops } satisfies Delta);
    }
  }

  /** After a restart nobody knows which device spoke: the speaker's first device to return takes it up. */
  #takeUpFloor({ connection, access }: Device): void {
    const { floor } = this.room.state;
    if (floor.state !== 'speaking' || floor.personId !== access.personId) return;
    this.#speakingPeerId ??= connection.peerId;
    if (this.#speakingPeerId === connection.peerId) clearTimeout(this.#absenceTimer);
  }

  #holdFloor(personId: string): void {
    clearTimeout(this.#absenceTimer);
    this.#absenceTimer = setTimeout(() => this.#deps.endFloorOf(this.room, personId), FLOOR_HELD_MS);
  }

  #stagePeers(): StageSlice['peers'] {
    const { floor } = this.room.state;
    return this.#all()
      .filter(
        ({ connection, access }) => mayAlwaysSpeak(access.role) || connection.peerId === this.#speakingPeerId,
      )
      .map(({ connection, access: { personId } }) => {
        const capacityId = floor.state !== 'free' && floor.personId === personId ? floor.capacityId : null;
        return { peerId: connection.peerId, personId, label: this.#labelOf(personId, capacityId) };
      });
  }

  /** Names of those whom the state names, and of the one who comes in. */
  async #rememberNames(personId: string): Promise<void> {
    const { hands, host, floor } = this.room.state;
    const persons = [personId, ...hands.map((hand) => hand.personId)];
    if (host) persons.push(host.personId);
    if (floor.state !== 'free') persons.push(floor.personId);
    for (const id of persons.filter((known) => !this.#names.has(known))) {
      const name = await this.#deps.data.personName(id);
      if (name !== undefined) this.#names.set(id, name);
    }
  }

  #labelOf(personId: string, capacityId: string | null): string {
    const { facts, state, book } = this.room;
    const name = this.#names.get(personId) ?? '';
    const member = facts.members.find((candidate) => candidate.personId === personId);
    if (member) return staffLabel(member.role, name);
    const creditorId = state.signIns.get(`${personId}/${capacityId ?? ''}`)?.creditorId;
    return creditorLabel(name, book.creditors.get(creditorId ?? ''));
  }
}

function sourcesOf(access: MeetingAccess, isSpeaking: boolean): MediaSource[] {
  if (mayAlwaysSpeak(access.role)) return ['camera', 'microphone', 'screen'];
  return isSpeaking ? ['camera', 'microphone'] : [];
}
