/**
 * Asks the witnesses of the policy to cosign each meeting's newest checkpoint (record.md 6): at most once a second
 * for a meeting, all of them for the same checkpoint, so that a quorum can come together. It follows what is
 * stored and never delays a ballot; whoever does not answer is asked again, at growing intervals.
 */
import type { PolicyWitness } from '../../domain/record/notes/policy.ts';
import type { Clock } from '../clock.ts';
import { askToCosign, type CosignOutcome } from './cosign.ts';
import type { CosignatureStore, WitnessPolicy, WitnessPort } from './ports.ts';
import { createQuorum, type Quorum, type Witnessed } from './quorum.ts';
import type { StoredCheckpoint } from '../ledger-port.ts';

/** What is known of a meeting's stored record. */
export interface RecordHeads {
  latest(meetingId: string): Promise<StoredCheckpoint | undefined>;
  consistencyProof(meetingId: string, oldSize: number, newSize: number): Promise<readonly Uint8Array[]>;
}

export type WitnessStanding =
  'waiting' | 'cosigned' | 'unreachable' | Exclude<CosignOutcome['kind'], 'cosigned'>;

export interface WitnessState {
  readonly name: string;
  readonly standing: WitnessStanding;
  /** Largest checkpoint that it has cosigned, and when by its clock; null before the first. */
  readonly last: Witnessed | null;
}

export interface WitnessingDeps {
  readonly policy: WitnessPolicy;
  readonly port: WitnessPort;
  readonly store: CosignatureStore;
  readonly heads: RecordHeads;
  readonly clock: Clock;
  readonly log: { warn(details: object, message: string): void };
  /** Something that people see has changed. */
  readonly onChange: (meetingId: string) => void;
}

export interface Witnessing {
  /** A checkpoint was stored: the witnesses are asked soon. Does not wait, does not throw. */
  follow(meetingId: string): void;
  stateOf(meetingId: string): Promise<{ witnessed: Witnessed | null; witnesses: readonly WitnessState[] }>;
  close(): void;
}

export const WITNESSING = { everyMs: 1_000, retryMaxMs: 60_000 } as const;

interface Lane {
  readonly witness: PolicyWitness;
  standing: WitnessStanding;
  last: Witnessed | null;
  isAsking: boolean;
  failures: number;
  nextAtMs: number;
}

interface Meeting {
  readonly lanes: readonly Lane[];
  readonly quorum: Quorum;
  /** Of the newest checkpoint that a round has seen. */
  size: number;
  timer: NodeJS.Timeout | undefined;
  timerAtMs: number;
  askedAtMs: number;
}

export function createWitnessing(deps: WitnessingDeps): Witnessing {
  const meetings = new Map<string, Promise<Meeting>>();
  let isClosed = false;

  const open = (meetingId: string): Promise<Meeting> => {
    const known = meetings.get(meetingId) ?? openMeeting(deps, meetingId);
    meetings.set(meetingId, known);
    // A database that is away must not be remembered.
    known.catch(() => meetings.delete(meetingId));
    return known;
  };

  /** The earlier of two wishes counts: a witness that is away must not hold up the others. */
  function schedule(meetingId: string, meeting: Meeting, atMs: number): void {
    if (isClosed || (meeting.timer && meeting.timerAtMs <= atMs)) return;
    clearTimeout(meeting.timer);
    meeting.timerAtMs = atMs;
    meeting.timer = setTimeout(
      () => {
        meeting.timer = undefined;
        round(meetingId, meeting).catch((error: unknown) => {
          deps.log.warn({ err: error, meetingId }, 'witnesses could not be asked');
          schedule(meetingId, meeting, deps.clock.monotonic() + WITNESSING.retryMaxMs);
        });
      },
      Math.max(0, atMs - deps.clock.monotonic()),
    ).unref();
  }

  /** All that are due are asked for one and the same checkpoint; nobody waits for the slowest. */
  async function round(meetingId: string, meeting: Meeting): Promise<void> {
    meeting.askedAtMs = deps.clock.monotonic();
    const checkpoint = await deps.heads.latest(meetingId);
    if (!checkpoint) return;
    meeting.size = checkpoint.size;
    for (const lane of meeting.lanes.filter((one) => isBehind(one, meeting))) {
      if (lane.nextAtMs > meeting.askedAtMs) continue;
      void ask({ deps, meetingId, meeting, lane, checkpoint }).then(() => again(meetingId, meeting));
    }
    again(meetingId, meeting);
  }

  /** Goes on while somebody is behind: after a second, or when the next one may be asked again. */
  function again(meetingId: string, meeting: Meeting): void {
    const waiting = meeting.lanes.filter((lane) => isBehind(lane, meeting));
    if (waiting.length === 0) return;
    const soonestMs = Math.min(...waiting.map(({ nextAtMs }) => nextAtMs));
    schedule(meetingId, meeting, Math.max(soonestMs, meeting.askedAtMs + WITNESSING.everyMs));
  }

  return {
    follow(meetingId) {
      open(meetingId).then(
        (meeting) => schedule(meetingId, meeting, meeting.askedAtMs + WITNESSING.everyMs),
        (error: unknown) => deps.log.warn({ err: error, meetingId }, 'cosignatures could not be read'),
      );
    },
    async stateOf(meetingId) {
      const { lanes, quorum } = await open(meetingId);
      const witnesses = lanes.map(({ witness, standing, last }) => ({ name: witness.name, standing, last }));
      return { witnessed: quorum.witnessed, witnesses };
    },
    close() {
      isClosed = true;
      for (const meeting of meetings.values()) void meeting.then(({ timer }) => clearTimeout(timer));
    },
  };
}

async function openMeeting(
  { policy: { policy }, store }: WitnessingDeps,
  meetingId: string,
): Promise<Meeting> {
  const quorum = createQuorum(policy);
  const lanes = policy.witnesses.map((witness): Lane => ({
    witness,
    standing: 'waiting',
    last: null,
    isAsking: false,
    failures: 0,
    nextAtMs: 0,
  }));
  for await (const cosignature of store.newestFirst(meetingId)) {
    quorum.add(cosignature);
    const lane = lanes.find(({ witness }) => witness.name === cosignature.witness);
    if (lane?.last === null) noteCosigned(lane, cosignature.size, cosignature.timeSeconds);
    if (quorum.witnessed && lanes.every(({ last }) => last !== null)) break;
  }
  return { lanes, quorum, size: 0, timer: undefined, timerAtMs: 0, askedAtMs: Number.NEGATIVE_INFINITY };
}

function isBehind({ last, isAsking }: Lane, { size }: Meeting): boolean {
  return !isAsking && (last?.size ?? 0) < size;
}

function noteCosigned(lane: Lane, size: number, timeSeconds: number): void {
  lane.standing = 'cosigned';
  lane.failures = 0;
  lane.last = { size, at: new Date(timeSeconds * 1000).toISOString() };
}

interface Ask {
  readonly deps: WitnessingDeps;
  readonly meetingId: string;
  readonly meeting: Meeting;
  readonly lane: Lane;
  readonly checkpoint: StoredCheckpoint;
}

/** Never rejects: what goes wrong is the lane's standing. */
async function ask({ deps, meetingId, meeting, lane, checkpoint }: Ask): Promise<void> {
  const { name, key, url = '' } = lane.witness;
  lane.isAsking = true;
  try {
    const outcome = await askToCosign({
      port: deps.port,
      url,
      key,
      checkpoint,
      knownSize: lane.last?.size ?? 0,
      consistencyProof: (oldSize, newSize) => deps.heads.consistencyProof(meetingId, oldSize, newSize),
    });
    if (outcome.kind === 'cosigned') {
      const { line, timeSeconds } = outcome;
      const cosignature = { size: checkpoint.size, witness: name, timeSeconds, line };
      await deps.store.put(meetingId, cosignature);
      meeting.quorum.add(cosignature);
      noteCosigned(lane, checkpoint.size, timeSeconds);
    } else {
      noteFailure(deps, lane, outcome.kind);
      deps.log.warn({ meetingId, witness: name, outcome }, 'a witness did not cosign');
    }
  } catch (error) {
    noteFailure(deps, lane, 'unreachable');
    deps.log.warn({ err: error, meetingId, witness: name }, 'a witness could not be reached');
  } finally {
    lane.isAsking = false;
    deps.onChange(meetingId);
  }
}

function noteFailure({ clock }: WitnessingDeps, lane: Lane, standing: WitnessStanding): void {
  lane.standing = standing;
  lane.failures += 1;
  const waitMs = Math.min(WITNESSING.everyMs * 2 ** (lane.failures - 1), WITNESSING.retryMaxMs);
  lane.nextAtMs = clock.monotonic() + waitMs;
}
