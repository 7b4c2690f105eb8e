/** Runs the verifier on a sealed record and says what it found. */
import { parsePolicy } from '../../../server/domain/record/notes/policy.ts';
import type { VerifyCode } from '../../../server/domain/record/verify/codes.ts';
import type { Report } from '../../../server/domain/record/verify/report.ts';
import { verifyBundle } from '../../../server/domain/record/verify/verify-bundle.ts';
import { hmacSha256, sha256, verifySignature } from '../../../server/services/record-crypto.ts';
import { createLog, createWitness, policyText } from './note-signer.ts';

export const ORIGIN = 'demo/inst-1/meeting-1';
/** The log that a court knows, and who witnesses it. */
export const LOG_SEED = 'the log of the installation';
export const log = createLog(ORIGIN, LOG_SEED);
export const witnesses = ['court.example', 'committee.example', 'province.example'].map(createWitness);
export const policy = policyText(log, witnesses);

export interface Given {
  /** `null`: nothing comes from outside. */
  readonly policy?: string | null;
  readonly checkpoint?: string;
  readonly receipt?: string;
}

export function verifyBytes(bundle: Uint8Array, given: Given = {}): Promise<Report> {
  const text = given.policy === undefined ? policy : given.policy;
  return verifyBundle({
    bundle,
    trusted: {
      ...(text !== null && { policy: parsePolicy(sha256, text) }),
      ...(given.checkpoint !== undefined && { checkpoint: given.checkpoint }),
      ...(given.receipt !== undefined && { receipt: given.receipt }),
    },
    crypto: { sha256, hmacSha256, verifySignature },
  });
}

/** Codes of everything found, each once. */
export function codesOf(report: Report): VerifyCode[] {
  return [...new Set(report.steps.flatMap(({ findings }) => findings.map(({ code }) => code)))];
}
