/**
 * What the server answered to this browser's ballots, with the ballot that it had sent: the record is compared
 * with the receipts, so that a server which later says something else is found out; a refusal is the voter's only
 * proof that something was sent. They go with the sign-out, like drafts.
 */
import type { ErrorParams } from '../../server/protocol/errors.ts';
import type { BallotBody, BallotSignature, ReceiptView } from '../../server/protocol/room.ts';
import type { ClientErrorCode } from '../api/app-error.ts';
import {
  readStored,
  readStoredByPrefix,
  removeStored,
  removeStoredByPrefix,
  writeStored,
} from '../state/storage.ts';

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

const PREFIX_REFUSED = 'refused.';

/** A ballot that was not counted: what was sent, as it was signed, and what the server said to it. */
export interface KeptRefusal {
  readonly body: BallotBody;
  readonly auth?: BallotSignature | undefined;
  /** As they stood on the ballot; a unit may be the person's no longer when it is read again. */
  readonly title: string;
  readonly creditorName: string;
  readonly code: ClientErrorCode;
  readonly params: ErrorParams;
  /** By the server's clock. */
  readonly refusedAt: string;
}

const toRefusedKey = ({ origin, resolutionId, round, unitId }: Place): string =>
  `${PREFIX_REFUSED}${origin}.${resolutionId}.${round}.${unitId}`;

export function keepRefusal(kept: KeptRefusal): void {
  writeStored('local', toRefusedKey(kept.body), kept);
}

export function findKeptRefusal(place: Place): KeptRefusal | undefined {
  return readStored<KeptRefusal>('local', toRefusedKey(place));
}

/** All of one meeting, the earliest first. */
export function keptRefusalsOf(origin: string): KeptRefusal[] {
  const kept = readStoredByPrefix<KeptRefusal>('local', `${PREFIX_REFUSED}${origin}.`);
  return kept.sort((a, b) => a.refusedAt.localeCompare(b.refusedAt));
}

/** Another ballot of the same unit was counted after all. */
export function forgetRefusal(place: Place): void {
  removeStored('local', toRefusedKey(place));
}

export function forgetReceipts(): void {
  removeStoredByPrefix('local', PREFIX);
  removeStoredByPrefix('local', PREFIX_REFUSED);
}
