/**
 * Gossip (record.md 6): on entering, and when a vote opens, closes or has its verdict, this browser asks for the
 * newest checkpoint and for the proof that it continues what it saw. A history that was changed in between, or
 * shown differently to others, is found out here, and told on every page.
 */
import { create } from 'zustand';
import type { RoomState } from '../../server/protocol/room-slices.ts';
import { resolutionsOf } from '../state/rights.ts';
import { useRoom } from '../state/room.ts';
import { hasFailed } from './findings.ts';
import type { Checked } from './receipt-checking.ts';

/** A meeting's browsers do not all ask in the same second. */
const SPREAD_MS = 15_000;

interface RecordAlarm {
  readonly alarm: Checked | undefined;
}

export const useRecordAlarm = create<RecordAlarm>(() => ({ alarm: undefined }));

async function look(meetingId: string, origin: string): Promise<void> {
  try {
    const { checkNewest } = await import('./receipt-checking.ts');
    const checked = await checkNewest(meetingId, origin);
    if (hasFailed(checked.findings)) useRecordAlarm.setState({ alarm: checked });
  } catch {
    // Not reached: the next event, or the person's own check, asks again.
  }
}

/** What the record has just reached a stage with: status and verdict of every vote. */
function stagesOf(state: RoomState): string {
  return resolutionsOf(state)
    .map(({ resolutionId, round, status, verdict }) => `${resolutionId} ${round} ${status} ${verdict?.seq}`)
    .join('\n');
}

/** Looks within the next seconds after each stage; several at once are one look. Returns what ends it. */
export function watchRecord(): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let seen: string | undefined;
  const follow = (): void => {
    const { state, connection } = useRoom.getState();
    if (connection !== 'connected' || state.meeting === undefined) return;
    const stages = stagesOf(state);
    if (stages === seen) return;
    seen = stages;
    const { meetingId, origin } = state.meeting;
    clearTimeout(waiting);
    waiting = setTimeout(() => void look(meetingId, origin), Math.random() * SPREAD_MS);
  };
  follow();
  const unsubscribe = useRoom.subscribe(follow);
  return () => {
    clearTimeout(waiting);
    unsubscribe();
    useRecordAlarm.setState({ alarm: undefined });
  };
}
