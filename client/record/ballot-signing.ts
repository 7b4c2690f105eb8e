/**
 * Sends a confirmed ballot with its signature. The same bytes go out each time; they are signed anew only when
 * the server does not know the key, e.g. since this browser has forgotten an earlier one.
 */
import type { BallotBody, BallotSignature, ReceiptView } from '../../server/protocol/room.ts';
import { AppError, isTransient, toAppError } from '../api/app-error.ts';
import type { KeyOwner } from './device-key.ts';
import { request, updateUnits, useRoom } from '../state/room.ts';

/** Refusals that another binding may cure. */
const KEY_TROUBLE: ReadonlySet<string> = new Set(['KEY_UNKNOWN', 'SIGNATURE_REQUIRED', 'SIGNATURE_WRONG']);

interface Kept {
  /** Signature of an earlier attempt. */
  readonly auth: BallotSignature | undefined;
  readonly keep: (auth: BallotSignature) => void;
}

/** The part that makes keys is fetched when the room is shown, and again here where that failed. */
async function loadKeys() {
  try {
    return await import('./device-key.ts');
  } catch {
    throw new AppError('NETWORK');
  }
}

/** A binding that found no answer is tried again after this time, while the room is open. */
const BIND_AGAIN_AFTER_MS = 5_000;

/** In the background, as soon as somebody is signed in to the meeting; the ballot itself tries again. */
export async function prepareDeviceKey(owner: KeyOwner): Promise<void> {
  const { connection, personal } = useRoom.getState();
  if (connection !== 'connected' || personal?.personId !== owner.personId) return;
  try {
    await (await loadKeys()).bindDeviceKey(owner);
  } catch (thrown) {
    // What is refused is told when a ballot needs it.
    if (isTransient(toAppError(thrown).code)) {
      setTimeout(() => void prepareDeviceKey(owner), BIND_AGAIN_AFTER_MS);
    }
  }
}

/** What the answer changes of the own view stands before the receipt is shown. */
async function cast(ballot: BallotBody, auth: BallotSignature | undefined): Promise<ReceiptView> {
  const asked = auth === undefined ? { ballot } : { ballot, auth };
  const { rights, ...receipt } = await request('ballot:cast', asked);
  updateUnits({ resolutionId: ballot.resolutionId, rights });
  return receipt;
}

/** Throws AppError: the server's, or what kept the key from being bound where a signature is due. */
export async function castSigned(ballot: BallotBody, { auth, keep }: Kept): Promise<ReceiptView> {
  const personId = useRoom.getState().personal?.personId;
  if (personId === undefined) throw new AppError('NETWORK');
  const owner = { personId, origin: ballot.origin };
  const keys = await loadKeys();
  let obstacle: AppError | undefined;

  async function sign(): Promise<BallotSignature | undefined> {
    try {
      const signed = await keys.signBallot(owner, ballot);
      if (signed !== undefined) keep(signed);
      return signed;
    } catch (thrown) {
      obstacle = toAppError(thrown);
      if (isTransient(obstacle.code)) throw obstacle;
      // Refused: whether this ballot may go without a signature the server decides.
      return undefined;
    }
  }

  const first = auth ?? (await sign());
  try {
    return await cast(ballot, first);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (!KEY_TROUBLE.has(error.code)) throw error;
    if (obstacle !== undefined) throw obstacle;
    await keys.bindAnew(owner);
    return cast(ballot, await sign());
  }
}
