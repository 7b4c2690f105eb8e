/**
 * Receipts as this browser got them, with the ballot that it had sent: the record is compared with these, so
 * that a server which later says something else is found out. They go with the sign-out, like drafts.
 */
import type { BallotBody, ReceiptView } from '../../server/protocol/room.ts';
import { readStored, readStoredByPrefix, removeStoredByPrefix, writeStored } from '../state/storage.ts';

const PREFIX = 'receipt.';

export interface KeptReceipt {
  readonly body: BallotBody;
  readonly receipt: ReceiptView;
}

/** One for each unit in a vote and round: a change takes the place of the ballot before it. */
type Place = Pick<ReceiptView, 'origin' | 'resolutionId' | 'round' | 'unitId'>;

const toKey = ({ origin, resolutionId, round, unitId }: Place): string =>
  `${PREFIX}${origin}.${resolutionId}.${round}.${unitId}`;

export function keepReceipt(kept: KeptReceipt): void {
  writeStored('local', toKey(kept.body), kept);
}

export function findKeptReceipt(place: Place): KeptReceipt | undefined {
  return readStored<KeptReceipt>('local', toKey(place));
}

/** All of one record: what a record that was rolled back may have lost. */
export function keptReceiptsOf(origin: string): KeptReceipt[] {
  return readStoredByPrefix('local', `${PREFIX}${origin}.`);
}

export function forgetReceipts(): void {
  removeStoredByPrefix('local', PREFIX);
}
