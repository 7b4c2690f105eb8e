/** What the desk reads from the room's state. */
import type {
  AgendaItemView,
  LiveTallySlice,
  MeetingPhase,
  ResolutionSlice,
  RoomState,
} from '../../../server/protocol/room-slices.ts';
import { useRoom } from '../../state/room.ts';
import { isJudge, mayFollowNotices, mayRecordDecisions, mayTakeHost } from '../parts/permissions.ts';

/** Sent to the host alone. */
export function findTally(state: RoomState, resolutionId: string): LiveTallySlice | undefined {
  return state[`tally:${resolutionId}`];
}

/** Still counting, or waiting for a decision after an outage: 闭会 is refused while there is one. */
export function isLive(resolution: ResolutionSlice): boolean {
  return resolution.status === 'open' || resolution.status === 'interrupted';
}

interface CurrentItem {
  readonly item: AgendaItemView;
  /** From 1. */
  readonly position: number;
}

export function findCurrentItem(state: RoomState): CurrentItem | undefined {
  const items = state.agenda?.items ?? [];
  const index = items.findIndex(({ itemId }) => itemId === state.agenda?.currentItemId);
  const item = items[index];
  return item === undefined ? undefined : { item, position: index + 1 };
}

export interface DeskRights {
  readonly isHost: boolean;
  /** 休会, 复会 and 收回发言权: the host, and the judge at any time. */
  readonly mayOverride: boolean;
  readonly mayTakeHost: boolean;
  readonly mayRecordDecisions: boolean;
  readonly mayFollowNotices: boolean;
}

export function useDeskRights(): DeskRights {
  const personal = useRoom((store) => store.personal);
  const isHost = personal?.isHost ?? false;
  const roles = personal?.roles ?? [];
  return {
    isHost,
    mayOverride: isHost || isJudge(roles),
    mayTakeHost: !isHost && mayTakeHost(roles),
    mayRecordDecisions: mayRecordDecisions(roles),
    mayFollowNotices: mayFollowNotices(roles),
  };
}

export function usePhase(): MeetingPhase {
  return useRoom((store) => store.state.meeting?.phase ?? 'published');
}
