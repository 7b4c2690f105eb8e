/**
 * Who signed: the log and enough witnesses by the policy from outside (C2SP tlog-policy, record.md 6 and 12).
 * Without one the keys in the bundle are used, which shows only that it fits itself.
 */
import { MEMBERS } from '../../bundle/layout.ts';
import { RecordFormatError } from '../../canonical.ts';
import { keysForOrigin } from '../../notes/log-keys.ts';
import { witnessPolicySha256 } from '../../notes/policy-digest.ts';
import { isMajorityPolicy, verifyByPolicy, type Policy } from '../../notes/policy.ts';
import { parseVkey, type NoteKey } from '../../notes/vkey.ts';
import type { VerifierCrypto, VerifyContext, StepRun } from '../context.ts';
import { createFindings } from '../report.ts';

/**
 * The policy from outside, with the installation's key as the record's own where it has that one; or one of the
 * keys that came with the bundle; undefined when there are none.
 */
export function policyOf({ trusted, archive, crypto, head }: VerifyContext): Policy | undefined {
  if (trusted.policy)
    return head ? underOrigin(trusted.policy, head.checkpoint.origin, crypto) : trusted.policy;
  if (!archive.has(MEMBERS.vkeys)) return undefined;
  const text = new TextDecoder().decode(archive.read(MEMBERS.vkeys));
  const logs = text.split('\n').flatMap((line) => logKeys(crypto, line));
  return { logs, witnesses: [], groups: [], quorum: 'none' };
}

function underOrigin(policy: Policy, origin: string, { sha256 }: VerifierCrypto): Policy {
  const own = policy.logs.map(({ key }) => key);
  return { ...policy, logs: keysForOrigin(sha256, own, origin).map((key) => ({ key })) };
}

function logKeys({ sha256 }: VerifierCrypto, line: string): { readonly key: NoteKey }[] {
  if (line === '') return [];
  try {
    const key = parseVkey(sha256, line);
    return key.type === 'log' ? [{ key }] : [];
  } catch (error) {
    if (error instanceof RecordFormatError) return [];
    throw error;
  }
}

/**
 * Entry 0 promises the witnesses. A policy that names none, made from the key in the notice, contradicts nothing:
 * the record is then reported as not witnessed.
 */
function isOtherThanPromised({ trusted: { policy }, record, crypto: { sha256 } }: VerifyContext): boolean {
  const promised = record?.history.convened?.body.witnessPolicySha256;
  if (promised === undefined || !policy || policy.witnesses.length === 0) return false;
  return witnessPolicySha256(sha256, policy) !== promised;
}

export const checkSignatures: StepRun = async (context) => {
  const { head, crypto, trusted } = context;
  const policy = policyOf(context);
  if (!policy || !head) return undefined;
  const findings = createFindings();
  const verdict = await verifyByPolicy(crypto.verifySignature, policy, head);
  if (!verdict.ok) {
    const code = {
      SIGNATURE_INVALID: 'LOG_SIGNATURE',
      NO_KNOWN_LOG: 'LOG_KEY_UNKNOWN',
      NO_QUORUM: 'WITNESS_QUORUM',
    } as const;
    findings.add(code[verdict.code]);
  }
  if (isOtherThanPromised(context)) findings.add('WITNESS_POLICY', '0');
  context.isWitnessed = verdict.ok && trusted.policy !== undefined && isMajorityPolicy(policy);
  const names = verdict.witnesses.map(({ name }) => name);
  return {
    findings,
    facts: {
      log: verdict.ok ? `${verdict.log.name}+${verdict.log.keyId}` : '',
      witnesses: names.length > 0 ? names.join(', ') : '0',
    },
  };
};
