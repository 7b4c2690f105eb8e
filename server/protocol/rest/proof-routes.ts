/** REST table of the verifiable record: checkpoints, proofs, and the key that everything is signed with. */
import { Type } from 'typebox';
import { closed, Count, Id, Sha256Hex } from '../scalars.ts';
import type { RestRoute } from './rest.ts';

/** A signed checkpoint (C2SP signed note): origin, number of entries, root, signatures. */
const Checkpoint = Type.Object({ size: Count, note: Type.String() });
const Base64 = Type.String();

export const proofRoutes = {
  recordKey: {
    method: 'GET',
    path: '/api/record/vkey',
    summary: 'The key that signs the record of this installation; with a meeting, as a C2SP verifier key',
    query: Type.Object({ meetingId: Type.Optional(Id) }, closed),
    reply: Type.Object({
      /** Ed25519, base64. */
      publicKey: Base64,
      /** SHA-256 of the key, to be compared by voice. */
      fingerprint: Sha256Hex,
      /** Of the installation, or of the meeting. */
      vkey: Type.String(),
    }),
    isPublic: true,
  },
  checkpoint: {
    method: 'GET',
    path: '/api/meetings/:meetingId/checkpoint',
    summary: 'The newest signed checkpoint, for everybody who is admitted',
    params: Type.Object({ meetingId: Id }, closed),
    reply: Checkpoint,
  },
  consistency: {
    method: 'GET',
    path: '/api/meetings/:meetingId/consistency',
    summary: 'RFC 6962 proof that the record with `to` entries begins with the one that had `from`',
    params: Type.Object({ meetingId: Id }, closed),
    query: Type.Object({ from: Count, to: Count }, closed),
    reply: Type.Object({ proof: Type.Array(Base64) }),
  },
  proof: {
    method: 'GET',
    path: '/api/meetings/:meetingId/proofs/:seq',
    summary: 'Receipt (tlog-proof@v1) of an own ballot under the newest checkpoint; for staff of any entry',
    params: Type.Object({ meetingId: Id, seq: Count }, closed),
    /** `isWitnessed`: its checkpoint has the cosignatures of a quorum; otherwise the receipt is NOT WITNESSED. */
    reply: Type.Object({ proof: Type.String(), isWitnessed: Type.Boolean() }),
  },
} as const satisfies Record<string, RestRoute>;
