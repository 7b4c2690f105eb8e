/** The host moves the meeting: begins, goes to an item, adjourns, resumes, closes; and hands over. */
import type { Due } from '../../../domain/due.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { MeetingState } from '../../../domain/meeting/state.ts';
import type { MeetingPhase } from '../../../protocol/room-slices.ts';
import type { Role } from '../../../protocol/scalars.ts';
import {
  appendOne,
  createSealer,
  requireExpected,
  requireHost,
  type Command,
  type MeetingActor,
} from './command.ts';
import type { AppendedEntry } from '../../ledger-port.ts';

type PhaseMove = 'begin' | 'adjourn' | 'resume' | 'close';

/** From which phase each move starts. */
const movesFrom: Readonly<Record<PhaseMove, readonly MeetingPhase[]>> = {
  begin: ['published'],
  adjourn: ['in-progress'],
  resume: ['adjourned'],
  close: ['in-progress', 'adjourned'],
};

/** The judge may stop and go on at once, without being host (domain.md 3.5: consent/stop). */
const judgeMoves: ReadonlySet<PhaseMove> = new Set(['adjourn', 'resume']);

export function phaseMove(options: {
  readonly move: PhaseMove;
  readonly actor: MeetingActor;
  readonly expectedPhase: MeetingPhase;
  /** With `begin`: who is due, by nature and in all. */
  readonly due?: Due;
}): Command<AppendedEntry> {
  const { move, actor, expectedPhase, due } = options;
  return appendOne((state) => {
    if (!(actor.role === 'judge' && judgeMoves.has(move))) requireHost(state, actor);
    requireExpected('phase', expectedPhase, state.phase);
    if (!movesFrom[move].includes(state.phase)) {
      throw new DomainError('MEETING_STATE', { params: { phase: state.phase } });
    }
    if (move === 'close') refuseCloseDuringVote(state);
    return { t: 'agenda.move', body: { move, actor, ...due } };
  });
}

/** 宣布闭会 waits for the live votes: a meeting that is over cannot be asked about its open vote. */
function refuseCloseDuringVote(state: MeetingState): void {
  for (const resolution of state.resolutions.values()) {
    if (resolution.status === 'open' || resolution.status === 'interrupted') {
      throw new DomainError('RESOLUTION_ALREADY_OPEN', {
        params: { resolutionId: resolution.published.resolutionId },
      });
    }
  }
}

export function moveToItem(options: {
  readonly actor: MeetingActor;
  readonly toItemId: string;
  readonly expectedItemId: string | null;
}): Command<AppendedEntry> {
  const { actor, toItemId, expectedItemId } = options;
  return appendOne((state) => {
    requireHost(state, actor);
    if (state.phase !== 'in-progress') {
      throw new DomainError('MEETING_STATE', { params: { phase: state.phase } });
    }
    requireExpected('item', expectedItemId, state.currentItemId);
    if (!isOnAgenda(state, toItemId)) throw new DomainError('NOT_FOUND');
    return { t: 'agenda.move', body: { move: 'item', itemId: toItemId, actor } };
  });
}

/** As convened, or added during the meeting. */
function isOnAgenda({ convened, resolutions }: MeetingState, itemId: string): boolean {
  const isAdded = [...resolutions.values()].some(
    ({ published }) => published.adHoc !== undefined && published.itemId === itemId,
  );
  return isAdded || convened?.agenda.some((item) => item.itemId === itemId) === true;
}

const mayHost: ReadonlySet<Role> = new Set(['administrator-lead', 'chair', 'judge']);

/** Another entitled person takes over; exactly one host at a time. */
export function takeHost(options: {
  readonly actor: MeetingActor;
  readonly actorName: string;
  readonly expectedHost: string;
  readonly reason: string;
}): Command<AppendedEntry> {
  const { actor, actorName, expectedHost, reason } = options;
  const sealer = createSealer();
  const commitments = { hostName: sealer.seal('hostName', actorName), reason: sealer.seal('reason', reason) };
  return appendOne((state) => {
    if (!mayHost.has(actor.role)) throw new DomainError('FORBIDDEN');
    requireExpected('host', expectedHost, state.host?.personId ?? '');
    if (state.host?.personId === actor.personId)
      throw new DomainError('STALE_COMMAND', { params: { field: 'host', actual: actor.personId } });
    return {
      t: 'host.assign',
      body: {
        hostPersonId: actor.personId,
        hostRole: actor.role,
        ...(state.host && { previousHostPersonId: state.host.personId }),
        how: actor.role === 'judge' ? 'reassign' : 'takeover',
        actor,
        commitments,
      },
    };
  }, sealer);
}
