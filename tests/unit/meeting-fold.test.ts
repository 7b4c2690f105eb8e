/** The meeting as a fold over its entries: the same entries give the same meeting, whatever was asked for. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emptyMeetingState } from '../../server/domain/meeting/state.ts';
import type { NewEntry } from '../../server/protocol/entries.ts';
import { ballotCast } from '../support/entry-samples.ts';
import { after, fold, HOST, meetingUnderWay, RESOLUTION, voteUnderWay } from '../support/meeting-states.ts';

const vote = { resolutionId: RESOLUTION, round: '1' };

function presence(creditorId: string, change: object = {}): NewEntry {
  return {
    t: 'presence',
    body: {
      event: 'sign-in',
      personId: `person-of-${creditorId}`,
      role: 'creditor',
      capacityId: `capacity-of-${creditorId}`,
      capacity: 'self',
      creditorId,
      channel: 'online',
      commitments: {},
      ...change,
    },
  } as unknown as NewEntry;
}

const floor = (event: string, personId: string): NewEntry =>
  ({ t: 'floor', body: { event, personId, capacityId: `capacity-of-${personId}` } }) as NewEntry;

describe('the fold of a meeting', () => {
  it.each([
    ['begin', 'in-progress'],
    ['adjourn', 'adjourned'],
    ['resume', 'in-progress'],
    ['close', 'closed'],
  ] as const)('of the move "%s" leads to the phase %s', (move, phase) => {
    const state = meetingUnderWay();
    fold(state, { t: 'agenda.move', body: { move, actor: HOST } });
    expect(state.phase).toBe(phase);
    expect(state.endedAt).toBe(move === 'close' ? state.lastTs : null);
  });

  it('keeps the queue in order and one floor', () => {
    const state = meetingUnderWay();
    for (const personId of ['a', 'b', 'c']) fold(state, floor('raise', personId));
    fold(state, floor('lower', 'b'));
    fold(state, floor('offer', 'a'));
    expect(state.floor).toMatchObject({ state: 'offered', personId: 'a' });
    fold(state, floor('accept', 'a'));
    expect(state.floor).toMatchObject({ state: 'speaking', personId: 'a' });
    expect(state.hands.map(({ personId }) => personId)).toEqual(['c']);
    fold(state, floor('end', 'a'));
    expect(state.floor).toEqual({ state: 'free' });
  });

  it('frees floor and queue when the meeting closes', () => {
    const state = meetingUnderWay();
    fold(state, floor('raise', 'a'));
    fold(state, floor('raise', 'b'));
    fold(state, floor('offer', 'a'));
    fold(state, { t: 'agenda.move', body: { move: 'close', actor: HOST } });
    expect(state).toMatchObject({ floor: { state: 'free' }, hands: [] });
  });

  it('prefers the creditor’s own sign-in to one that staff entered, and keeps the first of the own', () => {
    const state = meetingUnderWay();
    fold(state, presence('x', { enteredBy: HOST, personId: 'staff' }));
    expect(state.presentCreditors.get('x')?.isEnteredByStaff).toBe(true);
    fold(state, presence('x'), 1_000);
    fold(state, presence('x', { personId: 'another' }), 2_000);
    expect(state.presentCreditors.get('x')).toMatchObject({ isEnteredByStaff: false, ts: after(1_000) });
    expect(state.signIns.size).toBe(3);
  });

  it('follows a vote from opening to verdict', () => {
    const state = voteUnderWay(60_000);
    const resolution = state.resolutions.get(RESOLUTION);
    fold(state, ballotCast('unit-0'));
    expect(resolution).toMatchObject({ status: 'open', closesAt: after(60_000) });
    expect(resolution?.ballots.get('unit-0')).toMatchObject({ choice: 'for', personId: 'person-1' });
    const down = { closesAt: after(60_000), downFrom: after(0), downTo: after(70_000) };
    fold(state, { t: 'ballot.interrupt', body: { ...vote, ...down } });
    expect(resolution?.status).toBe('interrupted');
    const consent = { reference: 'AAAA' };
    fold(state, {
      t: 'ballot.resume',
      body: { ...vote, closesAt: after(120_000), consent, actor: HOST, commitments: { reason: 'AAAA' } },
    });
    expect(resolution).toMatchObject({
      status: 'open',
      closesAt: after(120_000),
      extensions: [{ from: after(60_000), to: after(120_000) }],
    });
    fold(state, { t: 'ballot.close', body: { ...vote, effectiveAt: after(120_000), cause: 'DEADLINE' } });
    expect(resolution?.status).toBe('closed');
    expect(resolution?.ballots.size).toBe(1);
  });

  it('takes a voided ballot out, and only the one that was voided', () => {
    const state = voteUnderWay(60_000);
    fold(state, ballotCast('unit-0'));
    const seq = String(state.size - 1);
    const voidOf = (voidedSeq: string) =>
      ({ t: 'ballot.void', body: { ...vote, unitId: 'unit-0', voidedSeq } }) as unknown as NewEntry;
    fold(state, voidOf('0'));
    expect(state.resolutions.get(RESOLUTION)?.ballots.size).toBe(1);
    fold(state, voidOf(seq));
    expect(state.resolutions.get(RESOLUTION)?.ballots.size).toBe(0);
  });

  it('remembers when the writer before was last alive', () => {
    const state = voteUnderWay(60_000);
    fold(state, { t: 'incident', body: { code: 'HEARTBEAT' } }, 30_000);
    fold(state, { t: 'writer.epoch', body: { term: '2', nodeId: 'node-1' } }, 90_000);
    expect(state.previousWriterTs).toBe(after(30_000));
    expect(state.lastTs).toBe(after(90_000));
    expect(state.incidents).toEqual([]);
  });

  it('stops at a ledger that votes on what it never published', () => {
    expect(() => fold(emptyMeetingState(), ballotCast('unit-0'))).toThrow(RESOLUTION);
  });

  it('gives the same meeting for the same entries, and one ballot a unit', () => {
    const units = fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { maxLength: 60 });
    const choice = fc.constantFrom('for' as const, 'against' as const, 'abstain' as const);
    fc.assert(
      fc.property(units, fc.array(choice, { minLength: 60, maxLength: 60 }), (order, choices) => {
        const [one, two] = [voteUnderWay(60_000), voteUnderWay(60_000)];
        order.forEach((unit, index) => {
          const cast = ballotCast(`unit-${unit}`, { choice: choices[index] ?? 'for' });
          fold(one, cast, index);
          fold(two, cast, index);
        });
        expect(two).toEqual(one);
        expect(one.resolutions.get(RESOLUTION)?.ballots.size).toBe(order.length);
      }),
    );
  });
});
