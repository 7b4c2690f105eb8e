/**
 * Every other checkpoint that is known, inside the bundle and from outside, must lie on this history: the
 * root over the first `size` entries is the one that was signed then (record.md 4 to 6).
 */
import { equalBytes } from '../../base64.ts';
import type { CheckpointNote } from '../../notes/checkpoint.ts';
import type { Policy } from '../../notes/policy.ts';
import { requireRecord, type LedgerRecord, type StepRun, type VerifyContext } from '../context.ts';
import { earlierOf, isSigned, isSignedEarlier, logsOnly } from '../log-signature.ts';
import { inBatches } from '../in-batches.ts';
import { findCheckpoint, readCheckpoints, type BundledCheckpoint } from '../read-checkpoints.ts';
import { createFindings, type Findings } from '../report.ts';
import { policyOf } from './signatures.ts';

export const checkCheckpoints: StepRun = async (context) => {
  const record = requireRecord(context);
  const findings = createFindings();
  const logs = logsOnly(policyOf(context));
  let inside = 0;
  const check = async ({ at, signed }: BundledCheckpoint): Promise<void> => {
    // What cannot be read or belongs elsewhere was found by the step before.
    if (!signed || signed.checkpoint.origin !== record.origin) return;
    inside += 1;
    if (!liesOn(record, signed)) findings.add('CHECKPOINT_INCONSISTENT', at);
    if (logs && !(await isSigned(context, logs, signed))) findings.add('LOG_SIGNATURE', at);
  };
  const read = readCheckpoints(context.archive);
  await inBatches(read, (done) => context.pause(done, done), check);
  const { checkpoint } = context.trusted;
  if (checkpoint !== undefined) await checkOutside({ context, findings, logs, text: checkpoint });
  return { findings, facts: { inside: String(inside), outside: checkpoint === undefined ? '0' : '1' } };
};

interface Outside {
  readonly context: VerifyContext;
  readonly findings: Findings;
  readonly logs: Policy | undefined;
  readonly text: string;
}

async function checkOutside({ context, findings, logs, text }: Outside): Promise<void> {
  const record = requireRecord(context);
  const signed = findCheckpoint(() => text);
  if (!signed) return findings.add('OUTSIDE_FORMAT');
  const { origin, size } = signed.checkpoint;
  if (origin === earlierOf(context)?.origin) return checkEarlier(context, signed, findings);
  if (origin !== record.origin) return findings.add('OUTSIDE_ORIGIN');
  // A checkpoint that nobody trusted has signed says nothing against the record.
  if (logs && !(await isSigned(context, logs, signed))) return findings.add('OUTSIDE_SIGNATURE');
  if (size > record.size) return findings.add('OUTSIDE_BEYOND', String(size));
  if (!liesOn(record, signed)) findings.add('OUTSIDE_INCONSISTENT', String(size));
}

/** A checkpoint of the record that this one goes on from: it must not know of more than entry 0 admits. */
async function checkEarlier(
  context: VerifyContext,
  signed: CheckpointNote,
  findings: Findings,
): Promise<void> {
  const { origin, size, root } = signed.checkpoint;
  if (!(await isSignedEarlier(context, origin, signed))) return findings.add('OUTSIDE_SIGNATURE');
  const named = findCheckpoint(() => earlierOf(context)?.checkpoint ?? '')?.checkpoint;
  if (!named || size > named.size) return findings.add('OUTSIDE_BEYOND', String(size));
  if (size === named.size && !equalBytes(root, named.root))
    findings.add('OUTSIDE_INCONSISTENT', String(size));
}

/** Whether the checkpoint's root is that of the record's first entries; a longer one cannot be told. */
export function liesOn({ size, tree }: LedgerRecord, { checkpoint }: CheckpointNote): boolean {
  return checkpoint.size > size || equalBytes(tree.root(checkpoint.size), checkpoint.root);
}
