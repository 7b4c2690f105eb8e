/**
 * The client's side of the revision protocol: a stream per audience, each `{epoch, rev}`. A delta is
 * applied only when it continues the own revision; anything else asks for what was missed.
 */
import type { Audience, Delta, Snapshot } from '../../server/protocol/room.ts';
import type { RoomState } from '../../server/protocol/room-slices.ts';

export interface Stream {
  readonly epoch: string;
  readonly rev: number;
  readonly state: Readonly<Record<string, unknown>>;
}

export type Streams = Readonly<Partial<Record<Audience, Stream>>>;

/** `stale`: already known, to be ignored. `gap`: something is missing, ask for it. */
export type DeltaOutcome =
  | { readonly kind: 'applied'; readonly stream: Stream }
  | { readonly kind: 'stale' }
  | { readonly kind: 'gap' };

export function toStream(snapshot: Snapshot): Stream {
  return { epoch: snapshot.epoch, rev: snapshot.rev, state: snapshot.state };
}

export function applyDelta(stream: Stream | undefined, delta: Delta): DeltaOutcome {
  if (stream === undefined || stream.epoch !== delta.epoch) return { kind: 'gap' };
  if (delta.rev <= stream.rev) return { kind: 'stale' };
  if (delta.rev !== stream.rev + 1) return { kind: 'gap' };
  const state: Record<string, unknown> = { ...stream.state };
  for (const op of delta.ops) {
    if (op.op === 'set') state[op.key] = op.value;
    else delete state[op.key];
  }
  return { kind: 'applied', stream: { epoch: stream.epoch, rev: delta.rev, state } };
}

/** What one person sees: the slices of all audiences that they belong to, the narrower over the wider. */
export function mergeStreams(streams: Streams): RoomState {
  return { ...streams.public?.state, ...streams.staff?.state, ...streams.host?.state } as RoomState;
}
