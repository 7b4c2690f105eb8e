/** A vote that has been confirmed and is not yet announced: for 10 s it can be taken back, and nobody was told. */
import { create } from 'zustand';
import type { RoomRequest } from '../../../../../server/protocol/room.ts';
import type { DeadlineChoice } from '../deadline-choice.ts';

/** Time to undo, in milliseconds. */
export const UNDO_MS = 10_000;

export interface PendingVote {
  /** What is about to be opened, and that nobody was told. */
  readonly announcement: string;
  /** The sentence that was confirmed. */
  readonly sentence: string;
  readonly deadline: DeadlineChoice;
  /** What the host confirmed and stated; the deadline is counted from the sending. */
  readonly request: Omit<RoomRequest<'vote:open'>, 'closesAt'>;
  /** By this browser's own clock: only the waiting is measured. */
  readonly sendAtMs: number;
}

export const usePendingVote = create<{ readonly pending: PendingVote | undefined }>(() => ({
  pending: undefined,
}));

export function startPending(vote: Omit<PendingVote, 'sendAtMs'>): void {
  usePendingVote.setState({ pending: { ...vote, sendAtMs: Date.now() + UNDO_MS } });
}

export function clearPending(): void {
  usePendingVote.setState({ pending: undefined });
}
