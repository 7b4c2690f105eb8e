/** Puts together what people see of a record: signed how far, witnessed by whom, stamped when. */
import { toBase64 } from '../../domain/record/base64.ts';
import { parseEntry } from '../../domain/record/entry.ts';
import { parseCheckpointNote } from '../../domain/record/notes/checkpoint.ts';
import type { RecordState, TimeStampView } from '../../protocol/record-state.ts';
import type { LedgerStore } from '../ledger-port.ts';
import type { StoredTimeStamp, TimeStampStore } from './ports.ts';
import type { Witnessing } from './witnessing.ts';
import type { StoredCheckpoint } from '../ledger-port.ts';

export interface RecordStatesDeps {
  readonly ledgers: Pick<LedgerStore, 'read'>;
  readonly latest: (meetingId: string) => Promise<StoredCheckpoint | undefined>;
  /** Null when no policy is configured. */
  readonly witnessing: Pick<Witnessing, 'stateOf'> | null;
  readonly stamps: Pick<TimeStampStore, 'all'>;
  readonly hasTimeStampAuthority: boolean;
  readonly isSignerUp: () => boolean;
  /** What `shown` returns has changed. */
  readonly onChange: (meetingId: string) => void;
  readonly log: { warn(details: object, message: string): void };
}

export interface RecordStates {
  read(meetingId: string): Promise<RecordState>;
  /** The last one that was read, for the live room; undefined before the first. */
  shown(meetingId: string): RecordState | undefined;
  /** Something happened to the record: it is read again soon, at most once a second. Does not throw. */
  refresh(meetingId: string): void;
  close(): void;
}

const REFRESH_EVERY_MS = 1_000;

export function createRecordStates(deps: RecordStatesDeps): RecordStates {
  const shown = new Map<string, RecordState>();
  const timers = new Map<string, NodeJS.Timeout>();

  async function update(meetingId: string): Promise<void> {
    shown.set(meetingId, await read(deps, meetingId));
    deps.onChange(meetingId);
  }

  function refresh(meetingId: string): void {
    if (timers.has(meetingId)) return;
    const timer = setTimeout(() => {
      timers.delete(meetingId);
      update(meetingId).catch((error: unknown) =>
        deps.log.warn({ err: error, meetingId }, 'the state of a record could not be read'),
      );
    }, REFRESH_EVERY_MS);
    timers.set(meetingId, timer.unref());
  }

  /** A signer that is away is seen even while nothing is recorded. */
  let wasSignerUp = deps.isSignerUp();
  const watch = setInterval(() => {
    if (deps.isSignerUp() === wasSignerUp) return;
    wasSignerUp = deps.isSignerUp();
    for (const meetingId of shown.keys()) refresh(meetingId);
  }, REFRESH_EVERY_MS).unref();

  return {
    read: (meetingId) => read(deps, meetingId),
    shown: (meetingId) => shown.get(meetingId),
    refresh,
    close() {
      clearInterval(watch);
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

async function read(deps: RecordStatesDeps, meetingId: string): Promise<RecordState> {
  const [newest, witnessing, stamps] = await Promise.all([
    deps.latest(meetingId),
    deps.witnessing?.stateOf(meetingId),
    deps.stamps.all(meetingId),
  ]);
  return {
    checkpoint: newest ? await checkpointView(deps.ledgers, meetingId, newest) : null,
    isSignerUp: deps.isSignerUp(),
    hasPolicy: witnessing !== undefined,
    witnessed: witnessing?.witnessed ?? null,
    witnesses: witnessing ? [...witnessing.witnesses] : [],
    hasTimeStampAuthority: deps.hasTimeStampAuthority,
    timeStamps: stamps.map(timeStampView),
  };
}

async function checkpointView(
  ledgers: RecordStatesDeps['ledgers'],
  meetingId: string,
  { size, note }: StoredCheckpoint,
): Promise<RecordState['checkpoint']> {
  for await (const [last] of ledgers.read(meetingId, size - 1)) {
    if (last) return { size, root: rootOf(note), at: parseEntry(last.bytes).ts };
  }
  return null;
}

function timeStampView(stamp: StoredTimeStamp): TimeStampView {
  const { seq, reason, size, note, wantedAt, attempts, stamped } = stamp;
  return {
    seq,
    reason,
    size,
    root: rootOf(note),
    stamped: stamped && { time: stamped.time, authority: stamped.authority, policy: stamped.policy },
    wantedSince: wantedAt,
    attempts,
  };
}

const rootOf = (note: string): string => toBase64(parseCheckpointNote(note).checkpoint.root);
