/** Whether a checkpoint is signed by the log, whoever has witnessed it. */
import type { CheckpointNote } from '../notes/checkpoint.ts';
import { verifyByPolicy, type Policy } from '../notes/policy.ts';
import { createNoteKey } from '../notes/vkey.ts';
import { requireRecord, type VerifyContext } from './context.ts';
import { policyOf } from './outside/signatures.ts';

/** The log's keys of a policy: of earlier checkpoints only some were witnessed. */
export function logsOnly(policy: Policy | undefined): Policy | undefined {
  return policy && { ...policy, quorum: 'none' };
}

export async function isSigned(
  context: VerifyContext,
  logs: Policy,
  signed: CheckpointNote,
): Promise<boolean> {
  return (await verifyByPolicy(context.crypto.verifySignature, logs, signed)).ok;
}

/** What entry 0 says of the record that this one goes on from. */
export function earlierOf(context: VerifyContext) {
  return requireRecord(context).history.convened?.body.continues;
}

/**
 * The key belongs to the installation: the earlier record was signed with the same one, under its own name. True
 * as well when no key is known at all, which the report says in its conclusion.
 */
export async function isSignedEarlier(
  context: VerifyContext,
  origin: string,
  signed: CheckpointNote,
): Promise<boolean> {
  const policy = logsOnly(policyOf(context));
  if (!policy) return true;
  const { sha256 } = context.crypto;
  const logs = policy.logs.map(({ key: { publicKey } }) => ({
    key: createNoteKey(sha256, { name: origin, type: 'log', publicKey }),
  }));
  return isSigned(context, { ...policy, logs }, signed);
}
