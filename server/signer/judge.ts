/** Whether a head may be signed after another. Nothing is believed but the proof. */
import { equalBytes } from '../domain/record/base64.ts';
import { verifyConsistency } from '../domain/record/proofs.ts';
import { sha256 } from '../services/record-crypto.ts';
import type { SignedHead, SignRequest } from '../services/ports/signer-port.ts';

export type Judgement = 'SIGN' | 'STALE' | 'ROLLBACK' | 'INCONSISTENT';

export function judge(last: SignedHead | undefined, request: SignRequest): Judgement {
  const { size, root, oldSize, proof } = request;
  if (last === undefined) return oldSize === 0 && proof.length === 0 ? 'SIGN' : 'STALE';
  if (size < last.size) return 'ROLLBACK';
  if (size === last.size) return equalBytes(root, last.root) ? 'SIGN' : 'INCONSISTENT';
  if (oldSize !== last.size) return 'STALE';
  const claim = { oldSize, oldRoot: last.root, newSize: size, newRoot: root, proof };
  return verifyConsistency(sha256, claim) ? 'SIGN' : 'INCONSISTENT';
}
