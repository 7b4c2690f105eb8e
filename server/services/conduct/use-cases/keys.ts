/** Device keys: binding one to its holder, and the check of what it signs (record.md 9). */
import { DomainError } from '../../../domain/errors.ts';
import type { CheckedSignature } from '../../../domain/meeting/key-rules.ts';
import { fromBase64 } from '../../../domain/record/base64.ts';
import {
  ballotMessage,
  findPublicKeyFault,
  isGenuine,
  keyIdOf,
  keyMessage,
} from '../../../domain/record/keys.ts';
import type { RoomReply, RoomRequest } from '../../../protocol/room.ts';
import { sha256, verifySignature } from '../../record-crypto.ts';
import { bindKey } from '../commands/key-command.ts';
import type { MeetingRoom } from '../meeting-room.ts';
import type { Admitted, ConductDeps } from './conduct-deps.ts';

export function createKeys(deps: Pick<ConductDeps, 'announceKey'>) {
  return {
    /** @throws DomainError FORBIDDEN for those who cast no ballots, KEY_REFUSED with the reason, KEY_LIMIT */
    async bindKey(admitted: Admitted, request: RoomRequest<'key:bind'>): Promise<RoomReply<'key:bind'>> {
      const { room, access } = admitted;
      if (access.capacities.length === 0) throw new DomainError('FORBIDDEN');
      const { personId } = access;
      const { alg, publicKey, proof } = request;
      const raw = fromBase64(publicKey);
      const fault = findPublicKeyFault(alg, raw);
      if (fault) throw new DomainError('KEY_REFUSED', { params: { reason: fault } });
      const message = keyMessage({ origin: room.state.origin, personId, alg, publicKey });
      const signed = { alg, publicKey: raw, message, signature: fromBase64(proof) };
      if (!(await isGenuine(signed, verifySignature))) {
        throw new DomainError('KEY_REFUSED', { params: { reason: 'PROOF_WRONG' } });
      }
      const keyId = keyIdOf(sha256, alg, raw);
      const { isFurther, ...bound } = await room.submit(bindKey({ keyId, personId, alg, publicKey, proof }));
      if (isFurther) deps.announceKey(admitted);
      return bound;
    },
  };
}

/**
 * Checks the signature of a ballot before the writer sees it. Whether the key is that person's, and bound
 * before the ballot, is decided in the queue; an unknown key is passed on for that.
 */
export async function checkSignature(
  room: MeetingRoom,
  { ballot, auth }: RoomRequest<'ballot:cast'>,
): Promise<CheckedSignature | undefined> {
  if (!auth) return undefined;
  const key = room.state.keys.get(auth.keyId);
  if (!key) return { ...auth, isGenuine: false };
  const signed = {
    alg: key.alg,
    publicKey: fromBase64(key.publicKey),
    message: ballotMessage(ballot),
    signature: fromBase64(auth.signature),
  };
  return { ...auth, isGenuine: await isGenuine(signed, verifySignature) };
}
