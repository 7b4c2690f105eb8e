import { describe, expect, it } from '@jest/globals';
import { applyDelta, mergeStreams, toStream, type Stream } from '../../../client/state/revision.ts';
import type { Delta } from '../../../server/protocol/room.ts';

const known: Stream = { epoch: 'e1', rev: 4, state: { agenda: { items: [] }, host: { label: '管理人' } } };

const delta = (change: Partial<Delta>): Delta => ({
  audience: 'public',
  epoch: 'e1',
  rev: 5,
  ops: [{ op: 'set', key: 'floor', value: { state: 'free' } }],
  ...change,
});

describe('a delta of the room', () => {
  it('is applied when it continues the own revision', () => {
    const outcome = applyDelta(known, delta({ ops: [{ op: 'delete', key: 'host' }, ...delta({}).ops] }));
    expect(outcome).toEqual({
      kind: 'applied',
      stream: { epoch: 'e1', rev: 5, state: { agenda: { items: [] }, floor: { state: 'free' } } },
    });
  });

  it('does not change the state that was shown before', () => {
    applyDelta(known, delta({ ops: [{ op: 'delete', key: 'host' }] }));
    expect(Object.keys(known.state)).toEqual(['agenda', 'host']);
  });

  it.each([3, 4])('is ignored when revision %d is known already', (rev) => {
    expect(applyDelta(known, delta({ rev })).kind).toBe('stale');
  });

  it('is a gap when a revision is missing', () => {
    expect(applyDelta(known, delta({ rev: 6 })).kind).toBe('gap');
  });

  it('is a gap when it belongs to another epoch, whatever its number', () => {
    expect(applyDelta(known, delta({ epoch: 'e2', rev: 5 })).kind).toBe('gap');
  });

  it('is a gap when no snapshot has come yet', () => {
    expect(applyDelta(undefined, delta({})).kind).toBe('gap');
  });
});

describe('the streams of several audiences', () => {
  it('are one state, the narrower audience over the wider', () => {
    const stream = (state: Record<string, unknown>): Stream =>
      toStream({ audience: 'public', epoch: 'e', rev: 1, state });
    const merged = mergeStreams({
      public: stream({ agenda: 1, floor: 1 }),
      staff: stream({ queue: 2 }),
      host: stream({ floor: 3 }),
    });
    expect(merged).toEqual({ agenda: 1, queue: 2, floor: 3 });
  });
});
