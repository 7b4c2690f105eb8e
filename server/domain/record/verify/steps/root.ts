/** The root over all entries is the one that the last checkpoint states (RFC 6962, record.md 4). */
import { equalBytes, toBase64 } from '../../base64.ts';
import { requireRecord, type StepRun } from '../context.ts';
import { readCheckpoints } from '../read-checkpoints.ts';
import { createFindings } from '../report.ts';

export const checkRoot: StepRun = async (context) => {
  const { origin, size, tree } = requireRecord(context);
  const findings = createFindings();
  const root = tree.root();
  let largest = 0;
  for (const { at, signed } of readCheckpoints(context.archive)) {
    if (!signed) {
      findings.add('CHECKPOINT_FORMAT', at);
      continue;
    }
    const { checkpoint } = signed;
    if (checkpoint.origin !== origin) findings.add('CHECKPOINT_ORIGIN', at);
    if (checkpoint.size < largest) findings.add('CHECKPOINT_ORDER', at);
    if (checkpoint.size > size) findings.add('CHECKPOINT_BEYOND', at);
    largest = Math.max(largest, checkpoint.size);
    if (checkpoint.size === size) context.head = signed;
  }
  if (!context.head) findings.add('CHECKPOINT_MISSING');
  else if (!equalBytes(context.head.checkpoint.root, root)) findings.add('ROOT_MISMATCH', String(size));
  return { findings, facts: { root: toBase64(root) } };
};
