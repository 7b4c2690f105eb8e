/**
 * What is fuzzed: each reader with valid inputs to begin from. A reader throws only what it declares; what it
 * accepts although it was changed it must be able to write again in the same bytes (then it is another valid
 * input, with one spelling), or, where a signature or a hash covers it, it must mean what it meant.
 */
import { Compile } from 'typebox/compile';
import { readArchive } from '../../../server/domain/record/bundle/read-archive.ts';
import { canonicalBytes } from '../../../server/domain/record/canonical.ts';
import { parseEntry } from '../../../server/domain/record/entry.ts';
import {
  formatCheckpoint,
  parseCheckpoint,
  parseCheckpointNote,
} from '../../../server/domain/record/notes/checkpoint.ts';
import { formatNote, parseNote } from '../../../server/domain/record/notes/note.ts';
import { parsePolicy, verifyByPolicy, type Policy } from '../../../server/domain/record/notes/policy.ts';
import {
  formatTlogProof,
  parseTlogProof,
  provesInclusion,
} from '../../../server/domain/record/notes/tlog-proof.ts';
import { formatVkey, parseVkey } from '../../../server/domain/record/notes/vkey.ts';
import { parseRollRow } from '../../../server/domain/record/verify/roll-book.ts';
import { verifyBundle } from '../../../server/domain/record/verify/verify-bundle.ts';
import { roomRequests } from '../../../server/protocol/room.ts';
import { hmacSha256, sha256, verifySignature } from '../../../server/services/record-crypto.ts';
import { createLog } from '../../../tests/support/record/note-signer.ts';
import { tellRecord } from '../../../tests/support/record/record-story.ts';
import { bundleOf, receiptOf, sealRecord } from '../../../tests/support/record/seal-record.ts';
import { log, ORIGIN, policy, witnesses } from '../../../tests/support/record/verify-record.ts';
import { socketMessages } from './socket-messages.ts';
import { isCountedWithin, tallyCases } from './tally-cases.ts';

export interface Target {
  readonly name: string;
  /** Cases out of a thousand. */
  readonly share: number;
  readonly seeds: readonly Uint8Array[];
  /** Throws a declared error, or says whether what it accepted is as it should be. */
  readonly accepts: (bytes: Uint8Array, seed: Uint8Array) => boolean | Promise<boolean>;
}

const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const isSame = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

/** Text that a reader takes and a writer writes; not UTF-8 is refused before. */
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
function respelled(write: (text: string) => string) {
  return (bytes: Uint8Array): boolean => {
    const text = textOf(bytes);
    return text === undefined || write(text) === text;
  };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

const trusted: Policy = parsePolicy(sha256, policy);
const logOnly: Policy = { ...trusted, quorum: 'none' };

/** A receipt is good when it proves its entry and its checkpoint is signed by the log. */
async function isGoodReceipt(text: string): Promise<boolean> {
  const receipt = parseTlogProof(text);
  if (receipt.extra === undefined || !provesInclusion(sha256, receipt, receipt.extra)) return false;
  return (await verifyByPolicy(verifySignature, logOnly, receipt.signed)).ok;
}

/** The files of a bundle as one text: what it says, however it is packed. */
function contentsOf(bytes: Uint8Array): string {
  const archive = readArchive(bytes);
  return archive.names
    .map((name) => `${name} ${Buffer.from(archive.read(name)).toString('latin1')}`)
    .join('\n');
}

export function createTargets(): Target[] {
  const sealed = sealRecord(tellRecord(), { log, witnesses, checkpointSizes: [10, 20] });
  const story = tellRecord({ voters: 3 });
  const small = bundleOf(sealRecord(story, { log, witnesses }).files);
  const receipts = [21, 30].map((seq) => receiptOf(sealed, seq, { log }));
  return [
    ...ledgerTargets(sealed, story),
    ...receiptTargets(receipts),
    ...trustTargets(),
    ...bundleTargets(small),
    ...socketTargets(),
    {
      name: 'tally cases',
      share: 50,
      seeds: tallyCases.map((each) => bytesOf(JSON.stringify(each))),
      accepts(bytes) {
        const text = textOf(bytes);
        return text === undefined || isCountedWithin(text);
      },
    },
  ];
}

type Sealed = ReturnType<typeof sealRecord>;
type Story = ReturnType<typeof tellRecord>;

function ledgerTargets(sealed: Sealed, story: Story): Target[] {
  return [
    {
      name: 'entries',
      share: 330,
      seeds: sealed.entries,
      accepts: (bytes) => isSame(canonicalBytes(parseEntry(bytes)), bytes),
    },
    {
      name: 'rows of rolls',
      share: 100,
      seeds: story.rows.map((row) => canonicalBytes(row)),
      accepts: (bytes) => isSame(canonicalBytes(parseRollRow(bytes)), bytes),
    },
    {
      name: 'notes',
      share: 110,
      seeds: sealed.notes.map(bytesOf),
      accepts: respelled((text) => formatNote(parseNote(text))),
    },
    {
      name: 'checkpoints',
      share: 100,
      seeds: sealed.notes.map((note) => bytesOf(note.slice(0, note.indexOf('\n\n') + 1))),
      accepts: respelled((text) => {
        const { extensions, ...checkpoint } = parseCheckpoint(text);
        return formatCheckpoint(checkpoint) + extensions.map((line) => `${line}\n`).join('');
      }),
    },
  ];
}

function receiptTargets(receipts: readonly string[]): Target[] {
  const oneLine = receipts[0]?.split('\n\n').slice(1).join('\n\n') ?? '';
  return [
    {
      name: 'signed checkpoints',
      share: 20,
      seeds: [bytesOf(oneLine)],
      async accepts(bytes, seed) {
        const text = textOf(bytes);
        if (text === undefined) return true;
        const { ok } = await verifyByPolicy(verifySignature, logOnly, parseCheckpointNote(text));
        // Lines by other keys are passed over by the specification; what is signed must not differ.
        const signed = (note: string) => note.slice(0, note.lastIndexOf('\n\n'));
        return !ok || signed(text) === signed(Buffer.from(seed).toString());
      },
    },
    {
      name: 'proofs',
      share: 90,
      seeds: receipts.map(bytesOf),
      accepts: respelled((text) => formatTlogProof(parseTlogProof(text))),
    },
    {
      name: 'receipts',
      share: 20,
      seeds: receipts.map(bytesOf),
      async accepts(bytes, seed) {
        const text = textOf(bytes);
        if (text === undefined || !(await isGoodReceipt(text))) return true;
        const before = parseTlogProof(Buffer.from(seed).toString());
        const after = parseTlogProof(text);
        return after.index === before.index && isSame(after.extra ?? bytes, before.extra ?? seed);
      },
    },
  ];
}

function trustTargets(): Target[] {
  return [
    {
      name: 'policies',
      share: 70,
      seeds: [bytesOf(policy), bytesOf(`# comment\nlog ${log.vkey} https://log.example\nquorum none\n`)],
      accepts: (bytes) => {
        const text = textOf(bytes);
        return text === undefined || parsePolicy(sha256, text).quorum !== '';
      },
    },
    {
      name: 'vkeys',
      share: 30,
      seeds: [log, ...witnesses, createLog(ORIGIN, 'another')].map(({ vkey }) => bytesOf(vkey)),
      accepts: respelled((text) => formatVkey(parseVkey(sha256, text))),
    },
  ];
}

function bundleTargets(small: Uint8Array): Target[] {
  const contents = contentsOf(small);
  return [
    {
      name: 'bundles',
      share: 28,
      seeds: [small],
      accepts: (bytes) => contentsOf(bytes) === contents,
    },
    {
      name: 'the whole verifier',
      share: 1,
      seeds: [small],
      async accepts(bundle) {
        const crypto = { sha256, hmacSha256, verifySignature };
        const report = await verifyBundle({ bundle, trusted: { policy: trusted }, crypto });
        return report.conclusion === 'FAILED' || contentsOf(bundle) === contents;
      },
    },
  ];
}

/** Schemas of what comes over the socket: a changed message is refused, or is one that the schema names in full. */
function socketTargets(): Target[] {
  const schemas = Object.values(roomRequests).map(({ request }) => Compile(request));
  return [
    {
      name: 'socket messages',
      share: 51,
      seeds: socketMessages.map((message) => bytesOf(JSON.stringify(message))),
      accepts(bytes) {
        const text = textOf(bytes);
        if (text === undefined) return true;
        let message: unknown;
        try {
          message = JSON.parse(text);
        } catch {
          return true;
        }
        // Every schema is asked: none may throw, whatever it is given.
        for (const schema of schemas) schema.Check(message);
        return true;
      },
    },
  ];
}
