/**
 * What this browser has seen of a meeting's record: the log's public key, at first sight, and the last
 * checkpoint that held when it was checked. It tells of no person and outlives signing out, for a server that
 * showed different histories to different people would be found out by it.
 */
import { readStored, writeStored } from '../state/storage.ts';

export interface SeenRecord {
  /** Public key of the log, as the convening notice prints it. */
  readonly vkey: string;
  /** Signed checkpoint; null when only the key is known. */
  readonly checkpoint: string | null;
}

const toKey = (meetingId: string): string => `record.${meetingId}`;

export function findSeenRecord(meetingId: string): SeenRecord | undefined {
  return readStored<SeenRecord>('local', toKey(meetingId));
}

export function rememberRecord(meetingId: string, seen: SeenRecord): void {
  writeStored('local', toKey(meetingId), seen);
}
