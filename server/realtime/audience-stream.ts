import { isDeepStrictEqual } from 'node:util';
import type { Audience, Delta, Snapshot } from '../protocol/room.ts';

/** Deltas kept for clients that were away for a moment; beyond it they take the snapshot. */
const KEPT_DELTAS = 200;

type Slices = Readonly<Record<string, unknown>>;

/**
 * State of one audience of one meeting, with its revisions. Only `update` changes it, and it makes the
 * delta that leads from the last state to the new one. An epoch is one life of this stream: after a
 * restart of the server clients notice the other epoch and take the snapshot.
 */
export interface AudienceStream {
  /** Undefined when nothing changed. Slices whose value is undefined are deleted. */
  update(next: Slices): Delta | undefined;
  snapshot(): Snapshot;
  /** The deltas after `rev`, or undefined when they are gone or the epoch is another. */
  since(epoch: string, rev: number): readonly Delta[] | undefined;
}

export function createAudienceStream(audience: Audience, epoch: string): AudienceStream {
  let state: Record<string, unknown> = {};
  let rev = 0;
  const deltas: Delta[] = [];
  let cached: Snapshot | undefined;

  function diff(next: Slices): Delta['ops'] {
    const ops: Delta['ops'] = [];
    for (const [key, value] of Object.entries(next)) {
      if (value === undefined) continue;
      if (!isDeepStrictEqual(state[key], value)) ops.push({ op: 'set', key, value });
    }
    for (const key of Object.keys(state)) {
      if (next[key] === undefined) ops.push({ op: 'delete', key });
    }
    return ops;
  }

  return {
    update(next) {
      const ops = diff(next);
      if (ops.length === 0) return undefined;
      state = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
      rev += 1;
      cached = undefined;
      const delta: Delta = { audience, epoch, rev, ops };
      deltas.push(delta);
      if (deltas.length > KEPT_DELTAS) deltas.shift();
      return delta;
    },
    snapshot() {
      cached ??= { audience, epoch, rev, state };
      return cached;
    },
    since(otherEpoch, otherRev) {
      if (otherEpoch !== epoch || otherRev > rev) return undefined;
      const missed = deltas.filter((delta) => delta.rev > otherRev);
      return missed.length === rev - otherRev ? missed : undefined;
    },
  };
}
