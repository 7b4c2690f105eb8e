/** The policy file of WITNESS_POLICY, checked before anything starts; a mistake is named by its line. */
import { readFileSync } from 'node:fs';
import { ConfigError } from '../config.ts';
import { RecordFormatError } from '../domain/record/canonical.ts';
import { isMajorityPolicy, parsePolicy, type Policy } from '../domain/record/notes/policy.ts';
import { witnessPolicySha256 } from '../domain/record/notes/policy-digest.ts';
import { parseVkey } from '../domain/record/notes/vkey.ts';
import type { WitnessPolicy } from '../services/attest/ports.ts';
import { sha256 } from '../services/record-crypto.ts';

/** Null when no policy is configured. @throws ConfigError */
export function readPolicyFile(path: string | null): WitnessPolicy | null {
  if (path === null) return null;
  const text = readText(path);
  const policy = parse(path, text);
  if (!isMajorityPolicy(policy)) {
    throw new ConfigError(
      `WITNESS_POLICY ${path}: two quorums could be formed without a witness in common, so that two different ` +
        'records could both pass. Of n witnesses more than half must be required, in every group.',
    );
  }
  const silent = policy.witnesses.find(({ url }) => url === undefined || !URL.canParse(url));
  if (silent)
    throw new ConfigError(`WITNESS_POLICY ${path}: witness ${silent.name} has no address to ask at`);
  return { policy, sha256: witnessPolicySha256(sha256, policy) };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`WITNESS_POLICY ${path} cannot be read: ${(error as Error).message}`);
  }
}

function parse(path: string, text: string): Policy {
  requireKeys(path, text);
  try {
    return parsePolicy(sha256, text);
  } catch (error) {
    if (!(error instanceof RecordFormatError)) throw error;
    throw new ConfigError(
      `WITNESS_POLICY ${path}: ${error.message.replace(/^POLICY_FORMAT at /, 'error in ')}`,
    );
  }
}

/** A mistyped key is the likeliest mistake, so it is named with its line. */
function requireKeys(path: string, text: string): void {
  for (const [index, line] of text.split('\n').entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    const vkey = words[0] === 'witness' ? words[2] : words[0] === 'log' ? words[1] : undefined;
    if (vkey === undefined) continue;
    try {
      parseVkey(sha256, vkey);
    } catch (error) {
      if (!(error instanceof RecordFormatError)) throw error;
      throw new ConfigError(`WITNESS_POLICY ${path}: the key in line ${index + 1} is not a key, or mistyped`);
    }
  }
}
