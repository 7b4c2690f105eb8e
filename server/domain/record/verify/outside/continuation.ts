/**
 * A record that goes on after a rollback (record.md 5): what its first entry says of the earlier one is signed by
 * the same installation, and every receipt that came back as late evidence proves itself. It counts in no vote.
 */
import type { Continues } from '../../../../protocol/entry-bodies/continuation.ts';
import { parseEntry } from '../../entry.ts';
import { toHex } from '../../base64.ts';
import { RecordFormatError } from '../../canonical.ts';
import { entriesOf, type Recorded } from '../../history/meeting-history.ts';
import { leafHash } from '../../merkle.ts';
import { parseTlogProof, provesInclusion, type ParsedTlogProof } from '../../notes/tlog-proof.ts';
import { PAUSE_EVERY, requireRecord, type StepRun, type VerifyContext } from '../context.ts';
import { isSignedEarlier } from '../log-signature.ts';
import { findCheckpoint } from '../read-checkpoints.ts';
import { createFindings, type Findings } from '../report.ts';

export const checkContinuation: StepRun = async (context) => {
  const { history } = requireRecord(context);
  const continues = history.convened?.body.continues;
  const evidence = entriesOf(history, 'evidence');
  if (!continues && evidence.length === 0) return undefined;
  const findings = createFindings();
  if (!continues) {
    for (const { seq } of evidence) findings.add('EVIDENCE_ORIGIN', seq);
    return { findings, facts: {} };
  }
  const named = findCheckpoint(() => continues.checkpoint);
  if (!named || named.checkpoint.origin !== continues.origin) findings.add('CONTINUES_CHECKPOINT', '0');
  else if (!(await isSignedEarlier(context, continues.origin, named)))
    findings.add('CONTINUES_SIGNATURE', '0');
  for (const [index, entry] of evidence.entries()) {
    await checkEvidence(context, { continues, entry, findings });
    if ((index + 1) % PAUSE_EVERY === 0) await context.pause(index + 1, evidence.length);
  }
  const facts = {
    origin: continues.origin,
    signed: String(named?.checkpoint.size ?? ''),
    found: continues.foundSize,
    evidence: String(evidence.length),
  };
  return { findings, facts };
};

interface Handed {
  readonly continues: Continues;
  readonly entry: Recorded<'evidence'>;
  readonly findings: Findings;
}

async function checkEvidence(context: VerifyContext, { continues, entry, findings }: Handed): Promise<void> {
  const { sha256 } = context.crypto;
  const { body, seq } = entry;
  const receipt = findReceipt(body.receipt);
  if (!receipt) return findings.add('EVIDENCE_FORMAT', seq);
  const { proof, bytes, origin, place } = receipt;
  if (place !== body.seq || toHex(leafHash(sha256, bytes)) !== body.leafHash)
    return findings.add('EVIDENCE_FORMAT', seq);
  if (origin !== continues.origin || proof.signed.checkpoint.origin !== continues.origin)
    return findings.add('EVIDENCE_ORIGIN', seq);
  if (String(proof.index) !== place || !provesInclusion(sha256, proof, bytes))
    findings.add('EVIDENCE_PROOF', seq);
  if (!(await isSignedEarlier(context, continues.origin, proof.signed)))
    findings.add('EVIDENCE_SIGNATURE', seq);
}

function findReceipt(text: string) {
  try {
    const proof: ParsedTlogProof = parseTlogProof(text);
    const bytes = proof.extra;
    const entry = bytes && parseEntry(bytes);
    if (!bytes || entry?.t !== 'ballot.cast') return undefined;
    return { proof, bytes, origin: entry.origin, place: entry.seq };
  } catch (error) {
    if (error instanceof RecordFormatError) return undefined;
    throw error;
  }
}
