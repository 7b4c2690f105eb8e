/**
 * Devices in a meeting: who is in which room, what each may see and send, and the personal state of each.
 * The ledger decides; the hub follows it. The floor belongs to the device that accepted it.
 */
import { randomUUID } from 'node:crypto';
import type { Entry } from '../protocol/entries.ts';
import type { Audience, Delta, PersonalState, Snapshot } from '../protocol/room.ts';
import type { MediaSource } from '../protocol/media.ts';
import type { Admitted, Conduct } from '../services/conduct/conduct.ts';
import type { ConductData } from '../services/conduct/conduct-data.ts';
import { creditorLabel, staffLabel } from '../services/conduct/labels.ts';
import { audiencesOf, mayAlwaysSpeak, type MeetingAccess } from '../services/conduct/meeting-access.ts';
import type { MeetingRoom } from '../services/conduct/meeting-room.ts';
import { allRights, capacityViews } from '../services/conduct/rights.ts';
import type { MediaPlane } from '../services/ports/media-port.ts';
import type { Connection } from './gateway.ts';
import { createRoomStreams, type RoomStreams } from './room-streams.ts';

/** A speaker whose device is gone keeps the floor for this long. */
const FLOOR_HELD_MS = 60_000;
/** Personal states sent to everyone are computed in portions, so that a vote's opening holds nobody up. */
const PERSONAL_PORTION = 100;

/** Entries after which everybody's own rights look different. */
const changesEverybody: ReadonlySet<Entry['t']> = new Set([
  'ballot.open',
  'ballot.close',
  'ballot.interrupt',
  'ballot.resume',
  'host.assign',
]);

interface Device {
  readonly connection: Connection;
  access: MeetingAccess;
}

interface LiveRoom {
  readonly room: MeetingRoom;
  readonly streams: RoomStreams;
  readonly devices: Map<string, Device>;
  readonly names: Map<string, string>;
  /** Device that speaks, by peer id; null until the speaker's device is known. */
  speakingPeerId: string | null;
  absenceTimer: NodeJS.Timeout | undefined;
}

export interface RoomHubDeps {
  readonly conduct: Conduct;
  readonly data: ConductData;
  readonly plane: MediaPlane;
  readonly broadcast: (room: string, name: string, payload: unknown) => void;
  readonly log: { error(object: object, message: string): void };
}

export type RoomHub = ReturnType<typeof createRoomHub>;

export const audienceRoom = (meetingId: string, audience: Audience) => `meeting:${meetingId}:${audience}`;

export function createRoomHub(deps: RoomHubDeps) {
  const live = new Map<string, LiveRoom>();

  function follow(room: MeetingRoom): LiveRoom {
    const known = live.get(room.meetingId);
    if (known) return known;
    const devices = new Map<string, Device>();
    const names = new Map<string, string>();
    const facts = {
      onlinePersons: () => new Set([...devices.values()].map(({ access }) => access.personId)).size,
      stagePeers: () => stagePeers(liveRoom),
      labelOf: (personId: string, capacityId: string | null) => labelOf(liveRoom, personId, capacityId),
      isOnline: (personId: string) =>
        [...devices.values()].some(({ access }) => access.personId === personId),
    };
    const publish = (delta: Delta) =>
      deps.broadcast(audienceRoom(room.meetingId, delta.audience), 'state:delta', delta);
    const liveRoom: LiveRoom = {
      room,
      devices,
      names,
      speakingPeerId: null,
      absenceTimer: undefined,
      // The stage is asked for while the streams are being made, before the variable above is set.
      streams: undefined as never,
    };
    Object.assign(liveRoom, { streams: createRoomStreams(room, facts, { epoch: randomUUID(), publish }) });
    room.onEntries((entries) => onEntries(liveRoom, entries));
    live.set(room.meetingId, liveRoom);
    return liveRoom;
  }

  function onEntries(liveRoom: LiveRoom, entries: readonly Entry[]): void {
    followFloor(liveRoom, entries);
    if (entries.some((entry) => entry.t === 'agenda.move' && entry.body.move === 'close')) {
      deps.plane.closeRoom(liveRoom.room.meetingId);
    }
    liveRoom.streams.onEntries(entries);
    if (entries.some((entry) => changesEverybody.has(entry.t))) void sendPersonalToAll(liveRoom);
    else for (const personId of affectedPersons(entries)) sendPersonal(liveRoom, personId);
  }

  /** Rights to send follow the floor; taking it back closes the producers before anyone is told. */
  function followFloor(liveRoom: LiveRoom, entries: readonly Entry[]): void {
    const isFloor = entries.some((entry) => entry.t === 'floor' || entry.t === 'agenda.move');
    if (!isFloor) return;
    if (liveRoom.room.state.floor.state !== 'speaking') {
      liveRoom.speakingPeerId = null;
      clearTimeout(liveRoom.absenceTimer);
    }
    for (const device of liveRoom.devices.values()) grantSources(liveRoom, device);
    // A peer whose socket is away has no device here and must lose the right all the same.
    withdrawFromAbsent(liveRoom);
  }

  const grantedPeers = new Map<string, Set<string>>();

  function grantSources({ room, speakingPeerId }: LiveRoom, { connection, access }: Device): void {
    const sources = sourcesOf(access, connection.peerId === speakingPeerId);
    deps.plane.setProduceRights(room.meetingId, connection.peerId, new Set(sources));
    const granted = grantedPeers.get(room.meetingId) ?? new Set();
    grantedPeers.set(room.meetingId, granted);
    if (sources.length > 0) granted.add(connection.peerId);
    else granted.delete(connection.peerId);
  }

  function withdrawFromAbsent({ room, devices, speakingPeerId }: LiveRoom): void {
    const present = new Set([...devices.values()].map(({ connection }) => connection.peerId));
    for (const peerId of grantedPeers.get(room.meetingId) ?? []) {
      if (present.has(peerId) || peerId === speakingPeerId) continue;
      deps.plane.setProduceRights(room.meetingId, peerId, new Set());
      grantedPeers.get(room.meetingId)?.delete(peerId);
    }
  }

  function personalOf({ room, speakingPeerId }: LiveRoom, { connection, access }: Device): PersonalState {
    const { state } = room;
    const handAt = state.hands.findIndex((hand) => hand.personId === access.personId);
    const holdsFloor = state.floor.state !== 'free' && state.floor.personId === access.personId;
    const isSpeakingHere = speakingPeerId === connection.peerId;
    return {
      personId: access.personId,
      roles: [access.role],
      isHost: state.host?.personId === access.personId,
      capacities: capacityViews(room, access),
      rights: allRights(room, access),
      handPosition: handAt < 0 ? null : handAt + 1,
      floor: holdsFloor && state.floor.state !== 'free' ? state.floor.state : 'none',
      isSpeakingHere,
      maySend: sourcesOf(access, isSpeakingHere),
      peerId: connection.peerId,
    };
  }

  function sendPersonal(liveRoom: LiveRoom, personId: string): void {
    for (const device of liveRoom.devices.values()) {
      if (device.access.personId !== personId) continue;
      device.connection.notify('state:personal', personalOf(liveRoom, device));
    }
  }

  async function sendPersonalToAll(liveRoom: LiveRoom): Promise<void> {
    let sent = 0;
    for (const device of [...liveRoom.devices.values()]) {
      updateAudiences(liveRoom, device);
      device.connection.notify('state:personal', personalOf(liveRoom, device));
      if (++sent % PERSONAL_PORTION === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** After a change of host the live tally goes to the new one alone. */
  function updateAudiences({ room, streams }: LiveRoom, { connection, access }: Device): void {
    const now = audiencesOf(access, room.state.host?.personId);
    const hostRoom = audienceRoom(room.meetingId, 'host');
    if (!now.includes('host')) return connection.leave(hostRoom);
    connection.join(hostRoom);
    const { epoch, rev, state } = streams.byAudience.host.snapshot();
    const ops = Object.entries(state).map(([key, value]) => ({ op: 'set' as const, key, value }));
    connection.notify('state:delta', { audience: 'host', epoch, rev, ops } satisfies Delta);
  }

  return {
    /** Puts a device into a room and answers with what it may see. */
    async join(
      connection: Connection,
      admitted: Admitted,
    ): Promise<{ snapshots: Snapshot[]; personal: PersonalState }> {
      const { room, access } = admitted;
      if (connection.meetingId !== null && connection.meetingId !== room.meetingId) this.leave(connection);
      const liveRoom = follow(room);
      await rememberNames(liveRoom, deps.data);
      await remember(liveRoom, deps.data, access.personId);
      const device: Device = { connection, access };
      liveRoom.devices.set(connection.id, device);
      connection.meetingId = room.meetingId;
      takeUpFloor(liveRoom, device);
      grantSources(liveRoom, device);
      const seen = audiencesOf(access, room.state.host?.personId);
      for (const audience of seen) connection.join(audienceRoom(room.meetingId, audience));
      liveRoom.streams.touch();
      return {
        snapshots: seen.map((audience) => liveRoom.streams.byAudience[audience].snapshot()),
        personal: personalOf(liveRoom, device),
      };
    },

    /** Missed deltas, or the snapshot when they are no longer kept. */
    sync(connection: Connection, audience: Audience, since: { epoch: string; rev: number }) {
      const liveRoom = live.get(connection.meetingId ?? '');
      const device = liveRoom?.devices.get(connection.id);
      if (!liveRoom || !device) return undefined;
      const seen = audiencesOf(device.access, liveRoom.room.state.host?.personId);
      if (!seen.includes(audience)) return undefined;
      const stream = liveRoom.streams.byAudience[audience];
      const deltas = stream.since(since.epoch, since.rev);
      return deltas ? { deltas: [...deltas], snapshot: null } : { deltas: null, snapshot: stream.snapshot() };
    },

    leave(connection: Connection): void {
      const liveRoom = live.get(connection.meetingId ?? '');
      const device = liveRoom?.devices.get(connection.id);
      if (!liveRoom || !device) return;
      liveRoom.devices.delete(connection.id);
      for (const audience of ['public', 'staff', 'host'] as const) {
        connection.leave(audienceRoom(liveRoom.room.meetingId, audience));
      }
      connection.meetingId = null;
      // After a reconnection the old socket times out while the same device is here already.
      const isBack = [...liveRoom.devices.values()].some(
        (other) => other.connection.peerId === connection.peerId,
      );
      if (!isBack) {
        deps.plane.suspendPeer({ roomId: liveRoom.room.meetingId, peerId: connection.peerId });
        if (connection.peerId === liveRoom.speakingPeerId) holdFloor(liveRoom, device.access.personId);
      }
      liveRoom.streams.touch();
    },

    /** The accepting device becomes the one that speaks. */
    floorAccepted(connection: Connection): void {
      const liveRoom = live.get(connection.meetingId ?? '');
      if (!liveRoom) return;
      liveRoom.speakingPeerId = connection.peerId;
      for (const device of liveRoom.devices.values()) grantSources(liveRoom, device);
      sendPersonal(liveRoom, connection.session.personId);
      liveRoom.streams.flush();
    },

    isOnline(meetingId: string, personId: string): boolean {
      const devices = [...(live.get(meetingId)?.devices.values() ?? [])];
      return devices.some(({ access }) => access.personId === personId);
    },

    notifyPeer(peer: { meetingId: string; peerId: string }, name: string, payload: unknown): void {
      for (const { connection } of live.get(peer.meetingId)?.devices.values() ?? []) {
        if (connection.peerId === peer.peerId) connection.notify(name, payload);
      }
    },

    /** Capacities or roles have changed: judge the open devices anew, and let go who may not stay. */
    async recheckAll(admit: Conduct['admit']): Promise<void> {
      for (const liveRoom of live.values()) {
        for (const device of [...liveRoom.devices.values()]) {
          try {
            const { access } = await admit(device.connection.session, liveRoom.room.meetingId);
            device.access = access;
            device.connection.notify('state:personal', personalOf(liveRoom, device));
          } catch {
            device.connection.notify('session:ended', { code: 'NOT_ON_THE_CASE' });
            this.leave(device.connection);
          }
        }
        liveRoom.streams.touch();
      }
    },

    close(): void {
      for (const liveRoom of live.values()) {
        liveRoom.streams.close();
        clearTimeout(liveRoom.absenceTimer);
      }
      live.clear();
    },
  };

  /** After a restart nobody knows which device spoke: the speaker's first device to return takes it up. */
  function takeUpFloor(liveRoom: LiveRoom, { connection, access }: Device): void {
    const { floor } = liveRoom.room.state;
    if (floor.state !== 'speaking' || floor.personId !== access.personId) return;
    liveRoom.speakingPeerId ??= connection.peerId;
    if (liveRoom.speakingPeerId === connection.peerId) clearTimeout(liveRoom.absenceTimer);
  }

  function holdFloor(liveRoom: LiveRoom, personId: string): void {
    clearTimeout(liveRoom.absenceTimer);
    liveRoom.absenceTimer = setTimeout(() => {
      deps.conduct
        .endFloorOfAbsent(liveRoom.room, personId)
        .catch((error: unknown) => deps.log.error({ err: error }, 'floor of an absent speaker not ended'));
    }, FLOOR_HELD_MS);
  }
}

function sourcesOf(access: MeetingAccess, isSpeaking: boolean): MediaSource[] {
  if (mayAlwaysSpeak(access.role)) return ['camera', 'microphone', 'screen'];
  return isSpeaking ? ['camera', 'microphone'] : [];
}

/** Persons whose own view changes by these entries; the ack has told the voter already. */
function affectedPersons(entries: readonly Entry[]): Set<string> {
  const persons = new Set<string>();
  for (const entry of entries) {
    if (entry.t === 'presence' || entry.t === 'floor') persons.add(entry.body.personId);
    if (entry.t === 'ballot.cast' && entry.body.auth.method !== 'entered')
      persons.add(entry.body.auth.personId);
  }
  return persons;
}

function stagePeers(liveRoom: LiveRoom) {
  return [...liveRoom.devices.values()]
    .filter(({ connection, access }) => {
      return mayAlwaysSpeak(access.role) || connection.peerId === liveRoom.speakingPeerId;
    })
    .map(({ connection, access }) => {
      const { floor } = liveRoom.room.state;
      const capacityId =
        floor.state !== 'free' && floor.personId === access.personId ? floor.capacityId : null;
      const label = labelOf(liveRoom, access.personId, capacityId);
      return { peerId: connection.peerId, personId: access.personId, label };
    });
}

/** Names of those whom the state names but who are not here: hands in the queue, the host. */
async function rememberNames(liveRoom: LiveRoom, data: ConductData): Promise<void> {
  const { hands, host, floor } = liveRoom.room.state;
  const persons = hands.map((hand) => hand.personId);
  if (host) persons.push(host.personId);
  if (floor.state !== 'free') persons.push(floor.personId);
  for (const personId of persons) await remember(liveRoom, data, personId);
}

async function remember(liveRoom: LiveRoom, data: ConductData, personId: string): Promise<void> {
  if (liveRoom.names.has(personId)) return;
  const name = await data.personName(personId);
  if (name !== undefined) liveRoom.names.set(personId, name);
}

function labelOf({ room, names }: LiveRoom, personId: string, capacityId: string | null): string {
  const name = names.get(personId) ?? '';
  const member = room.facts.members.find((candidate) => candidate.personId === personId);
  if (member) return staffLabel(member.role, name);
  const creditorId = room.state.signIns.get(`${personId}/${capacityId ?? ''}`)?.creditorId;
  return creditorLabel(name, room.book.creditors.get(creditorId ?? ''));
}
