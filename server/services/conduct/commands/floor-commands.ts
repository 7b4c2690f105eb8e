/**
 * The floor (发言权): raise a hand, be offered the floor, accept, speak, give back. One speaker at a
 * time besides those who may always speak. The server never unmutes anybody: accepting is the speaker's.
 */
import { DomainError } from '../../../domain/errors.ts';
import type { Floor, MeetingState } from '../../../domain/meeting/state.ts';
import { appendOne, requireHost, type Command, type MeetingActor } from './command.ts';
import type { AppendedEntry } from '../../ledger-port.ts';

/** Hands that may be up at once; beyond it the queue says nothing to anybody. */
const HANDS_MAX = 500;

type Held = Exclude<Floor, { state: 'free' }>;

export function raiseHand(personId: string, capacityId: string): Command<number> {
  return {
    privates: [],
    decide: (state) => {
      if (state.phase !== 'in-progress')
        throw new DomainError('MEETING_STATE', { params: { phase: state.phase } });
      if (!state.signIns.has(`${personId}/${capacityId}`)) throw new DomainError('NOT_SIGNED_IN_TO_MEETING');
      const at = state.hands.findIndex((hand) => hand.personId === personId);
      // Raising a raised hand is what an impatient tap does: it is answered, not recorded.
      if (at >= 0) return { entries: [], reply: () => at + 1 };
      if (holds(state, personId)) throw new DomainError('FLOOR_TAKEN');
      if (state.hands.length >= HANDS_MAX) throw new DomainError('RATE_LIMITED');
      const position = state.hands.length + 1;
      return {
        entries: [{ t: 'floor', body: { event: 'raise', personId, capacityId } }],
        reply: () => position,
      };
    },
  };
}

export function lowerHand(personId: string): Command<AppendedEntry> {
  return appendOne((state) => {
    if (!state.hands.some((hand) => hand.personId === personId)) throw new DomainError('HAND_NOT_RAISED');
    return { t: 'floor', body: { event: 'lower', personId } };
  });
}

/** Offered to a person, not to a row: the row may have moved while the button was pressed. */
export function offerFloor(actor: MeetingActor, personId: string): Command<AppendedEntry> {
  return appendOne((state) => {
    requireHost(state, actor);
    if (state.phase !== 'in-progress')
      throw new DomainError('MEETING_STATE', { params: { phase: state.phase } });
    if (state.floor.state !== 'free') throw new DomainError('FLOOR_TAKEN');
    const hand = state.hands.find((candidate) => candidate.personId === personId);
    if (!hand) throw new DomainError('HAND_NOT_RAISED');
    return {
      t: 'floor',
      body: {
        event: 'offer',
        personId,
        ...(hand.capacityId !== null && { capacityId: hand.capacityId }),
        actor,
      },
    };
  });
}

/** The speaker's own steps. `end` also takes an automatic cause, e.g. DISCONNECTED. */
export function speakerStep(
  event: 'accept' | 'decline' | 'end',
  personId: string,
  cause?: string,
): Command<AppendedEntry> {
  return appendOne((state) => {
    const floor = requireFloor(state, personId, event === 'end' ? 'speaking' : 'offered');
    return {
      t: 'floor',
      body: { event, personId, ...capacityOf(floor), ...(cause !== undefined && { cause }) },
    };
  });
}

/** Host or judge take back the floor, or an offer. */
export function withdrawFloor(actor: MeetingActor, expectedPersonId: string): Command<AppendedEntry> {
  return appendOne((state) => {
    if (actor.role !== 'judge') requireHost(state, actor);
    const { floor } = state;
    if (floor.state === 'free' || floor.personId !== expectedPersonId) {
      const actual = floor.state === 'free' ? '' : floor.personId;
      throw new DomainError('STALE_COMMAND', { params: { field: 'floor', actual } });
    }
    return { t: 'floor', body: { event: 'withdraw', personId: floor.personId, ...capacityOf(floor), actor } };
  });
}

function requireFloor(state: MeetingState, personId: string, expected: Held['state']): Held {
  const { floor } = state;
  if (floor.state !== expected || floor.personId !== personId) throw new DomainError('FLOOR_NOT_OFFERED');
  return floor;
}

function holds(state: MeetingState, personId: string): boolean {
  return state.floor.state !== 'free' && state.floor.personId === personId;
}

function capacityOf(floor: Held): { capacityId?: string } {
  return floor.capacityId === null ? {} : { capacityId: floor.capacityId };
}
