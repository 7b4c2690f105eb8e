/**
 * C2SP tlog-policy: whose signatures make a checkpoint believable. A text of lines `log`, `witness`, `group`,
 * `quorum`; it comes from outside the bundle and from outside the server. Texts in UTF-8 only.
 */
import { toHex } from '../base64.ts';
import { RecordFormatError } from '../canonical.ts';
import type { VerifySignature } from '../keys.ts';
import type { Sha256 } from '../merkle.ts';
import type { CheckpointNote } from './checkpoint.ts';
import { verifyNote, type NoteSigner } from './note.ts';
import { parseVkey, type NoteKey } from './vkey.ts';

export interface PolicyLog {
  readonly key: NoteKey;
  readonly url?: string;
}

export interface PolicyWitness {
  readonly name: string;
  readonly key: NoteKey;
  readonly url?: string;
}

export interface PolicyGroup {
  readonly name: string;
  /** How many of the members must have witnessed. */
  readonly threshold: number;
  readonly members: readonly string[];
}

export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: readonly PolicyGroup[];
  /** A witness, a group, or `none`. */
  readonly quorum: string;
}

const NO_QUORUM = 'none';
const MAX_POLICY_CHARS = 100_000;
/** The specification recommends at least 32 of each. */
const MAX_ENTRIES = 64;
// eslint-disable-next-line no-control-regex -- control characters are what is refused.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;
const DECIMAL = /^[1-9][0-9]{0,2}$/;

interface Draft {
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  readonly groups: PolicyGroup[];
  /** Names that are already a member: each contributes in one way only. */
  readonly used: Set<string>;
  quorum?: string;
}

/** Reads a policy. Throws RecordFormatError: POLICY_FORMAT with the line, or what is wrong with a key. */
export function parsePolicy(sha256: Sha256, text: string): Policy {
  if (text.length > MAX_POLICY_CHARS || CONTROL.test(text)) throw malformed('characters');
  const draft: Draft = { logs: [], witnesses: [], groups: [], used: new Set() };
  for (const [index, line] of text.split('\n').entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    if (words.length === 0 || words[0]?.startsWith('#')) continue;
    readLine(sha256, draft, { words, at: `line ${index + 1}` });
  }
  const { logs, witnesses, groups, quorum } = draft;
  if (quorum === undefined) throw malformed('quorum');
  if (Math.max(logs.length, witnesses.length, groups.length) > MAX_ENTRIES) throw malformed('length');
  return { logs, witnesses, groups, quorum };
}

interface Line {
  readonly words: readonly string[];
  readonly at: string;
}

function readLine(sha256: Sha256, draft: Draft, line: Line): void {
  const [keyword] = line.words;
  if (keyword === 'log') readLog(sha256, draft, line);
  else if (keyword === 'witness') readWitness(sha256, draft, line);
  else if (keyword === 'group') readGroup(draft, line);
  else if (keyword === 'quorum') readQuorum(draft, line);
  else throw malformed(line.at);
}

function readLog(sha256: Sha256, draft: Draft, { words, at }: Line): void {
  const [, vkey = '', url, ...rest] = words;
  const key = parseVkey(sha256, vkey);
  const isKnown = draft.logs.some((log) => isSameKey(log.key, key));
  if (rest.length > 0 || key.type !== 'log' || isKnown) throw malformed(at);
  draft.logs.push({ key, ...(url !== undefined && { url }) });
}

function readWitness(sha256: Sha256, draft: Draft, { words, at }: Line): void {
  const [, name = '', vkey = '', url, ...rest] = words;
  const key = parseVkey(sha256, vkey);
  const isKnown = draft.witnesses.some((witness) => isSameKey(witness.key, key));
  if (rest.length > 0 || key.type !== 'witness' || isKnown || isTaken(draft, name)) throw malformed(at);
  draft.witnesses.push({ name, key, ...(url !== undefined && { url }) });
}

function readGroup(draft: Draft, { words, at }: Line): void {
  const [, name = '', how = '', ...members] = words;
  if (isTaken(draft, name) || members.length === 0) throw malformed(at);
  const isMember = (member: string): boolean => isDefined(draft, member) && !draft.used.has(member);
  for (const member of members) {
    if (!isMember(member)) throw malformed(at);
    draft.used.add(member);
  }
  const threshold = thresholdOf(how, members.length);
  if (threshold === undefined) throw malformed(at);
  draft.groups.push({ name, threshold, members });
}

function thresholdOf(how: string, count: number): number | undefined {
  if (how === 'all') return count;
  if (how === 'any') return 1;
  return DECIMAL.test(how) && Number(how) <= count ? Number(how) : undefined;
}

function readQuorum(draft: Draft, { words, at }: Line): void {
  const [, name = '', ...rest] = words;
  if (rest.length > 0 || draft.quorum !== undefined) throw malformed(at);
  if (name !== NO_QUORUM && !isDefined(draft, name)) throw malformed(at);
  draft.quorum = name;
}

function isDefined(draft: Draft, name: string): boolean {
  return [...draft.witnesses, ...draft.groups].some((known) => known.name === name);
}

/** Witnesses and groups share their names, and `none` is taken. */
function isTaken(draft: Draft, name: string): boolean {
  return name === '' || name === NO_QUORUM || isDefined(draft, name);
}

function isSameKey(left: NoteKey, right: NoteKey): boolean {
  return toHex(left.publicKey) === toHex(right.publicKey);
}

/** Whether these witnesses are enough. `none` asks for nobody. */
export function isQuorumMet(policy: Policy, witnessNames: ReadonlySet<string>): boolean {
  const hasWitnessed = (name: string): boolean => {
    const group = policy.groups.find((known) => known.name === name);
    if (group === undefined) return witnessNames.has(name);
    return group.members.filter(hasWitnessed).length >= group.threshold;
  };
  return policy.quorum === NO_QUORUM || hasWitnessed(policy.quorum);
}

/**
 * Whether any two quorums share a witness (2k > n, record.md 6): only then can the operator not show one history
 * to one half and another to the other. True of a group when 2k > n and the same holds of each of its members;
 * never of `none`.
 */
export function isMajorityPolicy(policy: Policy): boolean {
  const isMajority = (name: string): boolean => {
    const group = policy.groups.find((known) => known.name === name);
    if (group === undefined) return true;
    return group.threshold * 2 > group.members.length && group.members.every(isMajority);
  };
  return policy.quorum !== NO_QUORUM && isMajority(policy.quorum);
}

export type PolicyVerdict =
  | {
      readonly ok: true;
      readonly log: NoteKey;
      readonly witnesses: readonly { readonly name: string; readonly cosignedAtSeconds: number }[];
    }
  | {
      readonly ok: false;
      readonly code: 'SIGNATURE_INVALID' | 'NO_KNOWN_LOG' | 'NO_QUORUM';
      /** The witnesses whose cosignatures hold, where they are too few. */
      readonly witnesses: readonly { readonly name: string; readonly cosignedAtSeconds: number }[];
    };

/**
 * Judges a signed checkpoint: signed by a log of the policy whose name is the checkpoint's origin, and cosigned
 * by the quorum.
 */
export async function verifyByPolicy(
  verify: VerifySignature,
  policy: Policy,
  { note, checkpoint }: CheckpointNote,
): Promise<PolicyVerdict> {
  const logs = policy.logs.filter(({ key }) => key.name === checkpoint.origin);
  const keys = [...logs, ...policy.witnesses].map(({ key }) => key);
  const verdict = await verifyNote(verify, note, keys);
  if (!verdict.ok) {
    return {
      ok: false,
      code: verdict.code === 'SIGNATURE_INVALID' ? verdict.code : 'NO_KNOWN_LOG',
      witnesses: [],
    };
  }
  const witnesses = policy.witnesses.flatMap(({ name, key }) => {
    const time = timeOf(verdict.signers, key);
    return time === undefined ? [] : [{ name, cosignedAtSeconds: time }];
  });
  const log = verdict.signers.find(({ key }) => key.type === 'log')?.key;
  if (log === undefined) return { ok: false, code: 'NO_KNOWN_LOG', witnesses };
  if (!isQuorumMet(policy, new Set(witnesses.map(({ name }) => name)))) {
    return { ok: false, code: 'NO_QUORUM', witnesses };
  }
  return { ok: true, log, witnesses };
}

function timeOf(signers: readonly NoteSigner[], key: NoteKey): number | undefined {
  return signers.find((signer) => signer.key === key)?.cosignedAtSeconds;
}

function malformed(at: string): RecordFormatError {
  return new RecordFormatError('POLICY_FORMAT', at);
}
