/** Attacks on how the record is read: two meanings for one text, shapes of the tree, hostile archives. */
import { createHash } from 'node:crypto';
import { randomBytes } from 'node:crypto';
import { checkpointLine } from '../../../../server/domain/record/bundle/contents.ts';
import { MEMBERS } from '../../../../server/domain/record/bundle/layout.ts';
import { merkleRoot, nodeHash } from '../../../../server/domain/record/merkle.ts';
import { sha256 } from '../../../../server/services/record-crypto.ts';
import { signCheckpoint } from '../note-signer.ts';
import { bundleOf } from '../seal-record.ts';
import { log, witnesses } from '../verify-record.ts';
import { byIntruder, byOperator, editEntries, firstOf, honest, insertBefore, type Attack } from './attack.ts';

/** The same change in one entry. */
const inEntry = (at: number, edit: (line: string) => string) => () =>
  byIntruder((sealed) => editEntries(sealed, (line, index) => (index === at ? edit(line) : line)));

export const ambiguities: readonly Attack[] = [
  {
    what: 'a key stands twice, and readers keep one or the other',
    code: 'ENTRY_FORMAT',
    make: inEntry(1, (line) => line.replace('"v":"1"', '"v":"1","v":"1"')),
  },
  {
    what: 'a number is written as a JSON number',
    code: 'ENTRY_FORMAT',
    make: inEntry(1, (line) => line.replace('"epoch":"1"', '"epoch":1e0')),
  },
  {
    what: 'a number beyond 2^53',
    code: 'ENTRY_FORMAT',
    make: inEntry(1, (line) => line.replace('"epoch":"1"', '"epoch":9007199254740993')),
  },
  {
    what: 'text that is not in NFC',
    code: 'ENTRY_FORMAT',
    make: inEntry(1, (line) => line.replace('initial', 'initi\u0061\u0301l')),
  },
  {
    what: 'white space between the fields',
    code: 'ENTRY_FORMAT',
    make: inEntry(1, (line) => line.replace(',"epoch"', ', "epoch"')),
  },
  {
    what: 'a field that no schema knows',
    code: 'ENTRY_SCHEMA',
    make: inEntry(1, (line) => line.replace('"v":"1"}', '"v":"1","w":"2"}')),
  },
  {
    what: 'a type that this verifier does not know',
    code: 'TYPE_UNKNOWN',
    make: inEntry(1, (line) => line.replace('"t":"host.assign"', '"t":"host.secret"')),
  },
  {
    what: 'a version that this verifier does not know',
    code: 'TYPE_UNKNOWN',
    make: inEntry(1, (line) => line.replace('"v":"1"}', '"v":"2"}')),
  },
];

export const orders: readonly Attack[] = [
  {
    what: 'the time runs back',
    code: 'ENTRY_TIME',
    make: () =>
      byOperator((story) => void (firstOf(story, 'host.assign').draft.ts = '2026-10-01T00:00:00.000Z')),
  },
  {
    what: 'a writer appends under a term that it did not take',
    code: 'ENTRY_EPOCH',
    make: () =>
      byOperator((story) =>
        insertBefore(story, 'ballot.open', { t: 'writer.epoch', body: { term: '7', nodeId: 'node-1' } }),
      ),
  },
  {
    what: 'what may exist once is recorded twice',
    code: 'ENTRY_KEY_TWICE',
    make: () =>
      byOperator((story) => insertBefore(story, 'doc.publish', firstOf(story, 'doc.publish').draft.make)),
  },
  {
    what: 'the first entry does not convene a meeting',
    code: 'ENTRY_FIRST',
    make: () => byOperator((story) => void story.drafts.shift()),
  },
];

/** A checkpoint over a root that some other rule gives. */
const withRoot = (rootOf: (leaves: readonly Uint8Array[]) => Uint8Array) => () =>
  byIntruder((sealed) => {
    const { origin, entries } = sealed;
    const note = signCheckpoint({ origin, size: entries.length, root: rootOf(entries) }, log, witnesses);
    sealed.files.set(MEMBERS.checkpoints, Buffer.concat([checkpointLine(note)]));
  });

/** Like many trees, not like RFC 6962: an odd node is its own neighbour. */
function duplicatingRoot(leaves: readonly Uint8Array[]): Uint8Array {
  let level = leaves.map((leaf) => sha256(Buffer.concat([Buffer.from([0]), leaf])));
  while (level.length > 1) {
    level = level.flatMap((left, at) =>
      at % 2 === 0 ? [nodeHash(sha256, left, level[at + 1] ?? left)] : [],
    );
  }
  return level[0] ?? new Uint8Array(32);
}

export const shapes: readonly Attack[] = [
  {
    what: 'leaves are hashed as nodes are',
    code: 'ROOT_MISMATCH',
    make: withRoot((leaves) =>
      merkleRoot((data) => createHash('sha256').update(data.subarray(1)).digest(), leaves),
    ),
  },
  { what: 'odd nodes are duplicated', code: 'ROOT_MISMATCH', make: withRoot(duplicatingRoot) },
  {
    what: 'the last leaf stands twice, as odd-node trees cannot tell',
    code: 'ENTRY_SEQUENCE',
    make: () =>
      byIntruder((sealed) => {
        const entries = [...sealed.entries, sealed.entries.at(-1) ?? new Uint8Array(0)];
        sealed.files.set(
          MEMBERS.entries,
          Buffer.concat(entries.flatMap((bytes) => [bytes, Buffer.from('\n')])),
        );
      }),
  },
  {
    what: 'a node is passed off as a leaf',
    code: 'ENTRY_FORMAT',
    make: () =>
      byIntruder((sealed) => {
        const node = Buffer.concat([Buffer.from([1]), randomBytes(64)])
          .toString('latin1')
          .replaceAll('\n', '');
        editEntries(sealed, (line, index) => (index === 2 ? node : line));
      }),
  },
];

const archive = (change: (bytes: Buffer) => Buffer) => () => ({ bundle: change(bundleOf(honest().files)) });

export const archives: readonly Attack[] = [
  { what: 'no archive', code: 'BUNDLE_NOT_ZIP', make: archive(() => Buffer.from('PK')) },
  {
    what: 'something hidden behind the archive',
    code: 'BUNDLE_NOT_ZIP',
    make: archive((bytes) => Buffer.concat([bytes, Buffer.from('#!/bin/sh')])),
  },
  {
    what: 'no checkpoints',
    code: 'BUNDLE_MISSING',
    make: () => byIntruder((sealed) => void sealed.files.delete(MEMBERS.checkpoints)),
  },
  {
    what: 'a last line that is not ended',
    code: 'BUNDLE_LINES',
    make: () =>
      byIntruder((sealed) => {
        const entries = sealed.files.get(MEMBERS.entries) ?? new Uint8Array(0);
        sealed.files.set(MEMBERS.entries, entries.subarray(0, -1));
      }),
  },
  {
    what: 'one byte of the archive is changed',
    code: 'BUNDLE_CRC',
    make: archive((bytes) => {
      // The checksum of the first file, in both headers.
      const central = bytes.readUInt32LE(bytes.length - 6);
      bytes[14] = (bytes[14] ?? 0) ^ 1;
      bytes[central + 16] = (bytes[central + 16] ?? 0) ^ 1;
      return bytes;
    }),
  },
];
