/** What the server says of a meeting's record; nothing of it is believed before it is checked. */
import { proofRoutes } from '../../server/protocol/rest/proof-routes.ts';
import { isTransient, toAppError } from '../api/app-error.ts';
import { call } from '../api/call.ts';
import type { FetchConsistency } from './check-checkpoint.ts';

/** Refusals that are about this session or a fault, not about the record. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  'NOT_SIGNED_IN',
  'SESSION_REVOKED',
  'SIGN_IN_INCOMPLETE',
  'INTERNAL',
]);

/** The receipt as a file: tlog-proof@v1 with the entry's bytes, under the newest checkpoint. Throws AppError. */
export async function fetchProof(meetingId: string, seq: string): Promise<string> {
  return (await call(proofRoutes.proof, { params: { meetingId, seq } })).proof;
}

/** Whether a quorum of witnesses has cosigned a checkpoint over the entry. Throws AppError. */
export async function fetchWitnessed(meetingId: string, seq: string): Promise<boolean> {
  return (await call(proofRoutes.proof, { params: { meetingId, seq } })).isWitnessed;
}

/** The newest signed checkpoint. Throws AppError. */
export async function fetchCheckpoint(meetingId: string): Promise<string> {
  return (await call(proofRoutes.checkpoint, { params: { meetingId } })).note;
}

/** The public key of the meeting's log, as the notice prints it. Throws AppError. */
export async function fetchVkey(meetingId: string): Promise<string> {
  return (await call(proofRoutes.recordKey, { query: { meetingId } })).vkey;
}

/** Proofs of consistency, with all answers kept for the evidence. */
export function collectConsistency(meetingId: string) {
  const answers: unknown[] = [];
  const fetch: FetchConsistency = async (from, to) => {
    try {
      const { proof } = await call(proofRoutes.consistency, {
        params: { meetingId },
        query: { from: String(from), to: String(to) },
      });
      answers.push({ from, to, proof });
      return proof;
    } catch (thrown) {
      const { code } = toAppError(thrown);
      answers.push({ from, to, refused: code });
      return SAYS_NOTHING.has(code) || isTransient(code) ? 'no-answer' : 'refused';
    }
  };
  return { answers, fetch };
}
