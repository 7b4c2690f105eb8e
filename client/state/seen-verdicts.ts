import { create } from 'zustand';
import type { VerdictView } from '../../server/protocol/room-slices.ts';
import { readStored, writeStored } from './storage.ts';

const KEY = 'seen-verdicts';

/** A verdict stays in the room until it was seen on this device. */
export const useSeenVerdicts = create<{ readonly keys: readonly string[] }>(() => ({
  keys: readStored<string[]>('local', KEY) ?? [],
}));

export function toVerdictKey(resolutionId: string, verdict: VerdictView): string {
  return `${resolutionId}.${verdict.seq}`;
}

export function markVerdictSeen(key: string): void {
  const keys = [...useSeenVerdicts.getState().keys, key];
  writeStored('local', KEY, keys);
  useSeenVerdicts.setState({ keys });
}
