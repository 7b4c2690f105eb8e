/**
 * What of a policy is promised before the meeting (record.md 6): who the witnesses are and how many must agree.
 * Its hash stands in entry 0. Keys of logs, addresses and comments are left out, so that the file with which a
 * court checks a bundle, and which also names the log, has the hash of the file with which the server asks.
 */
import { toHex } from '../base64.ts';
import type { Sha256 } from '../merkle.ts';
import type { Policy } from './policy.ts';
import { formatVkey } from './vkey.ts';

/** The lines that count, in the order of the file, single spaces between words. */
export function witnessPart({ witnesses, groups, quorum }: Policy): string {
  const lines = [
    ...witnesses.map(({ name, key }) => `witness ${name} ${formatVkey(key)}`),
    ...groups.map(({ name, threshold, members }) => `group ${name} ${threshold} ${members.join(' ')}`),
    `quorum ${quorum}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** SHA-256 of the witness part, lower-case hexadecimal. */
export function witnessPolicySha256(sha256: Sha256, policy: Policy): string {
  return toHex(sha256(new TextEncoder().encode(witnessPart(policy))));
}
