/**
 * Child process: compresses the files of a bundle as they come and writes the archive. Started by
 * bundle-packer.ts, because fifty thousand ballots take seconds to compress. Arguments: file, lifetime.
 */
import { open } from 'node:fs/promises';
import { setPriority } from 'node:os';
import process from 'node:process';
import {
  createMemberPacker,
  writeArchive,
  type MemberPacker,
  type PackedMember,
} from '../../domain/record/bundle/write-archive.ts';
import type { PackAnswer, PackOrder } from './messages.ts';

/** Below the server and the media workers: a meeting may be going on. */
const BACKGROUND_PRIORITY = 10;
const OWNER_ONLY = 0o600;

const [file = '', lifetimeMs = '0'] = process.argv.slice(2);
setPriority(BACKGROUND_PRIORITY);
// The parent kills in time; this is for a child whose parent is gone.
setTimeout(() => process.exit(1), Number(lifetimeMs)).unref();
process.on('disconnect', () => process.exit(1));

const members: PackedMember[] = [];
let current: MemberPacker | undefined;

async function writeFile(): Promise<number> {
  const handle = await open(file, 'wx', OWNER_ONLY);
  let sizeBytes = 0;
  try {
    for (const piece of writeArchive(members)) {
      await handle.writeFile(piece);
      sizeBytes += piece.length;
    }
  } finally {
    await handle.close();
  }
  return sizeBytes;
}

async function follow(order: PackOrder): Promise<PackAnswer> {
  if (order.kind === 'begin') current = createMemberPacker(order.name);
  else if (order.kind === 'piece') current?.add(order.bytes);
  else if (order.kind === 'end' && current) members.push(current.finish());
  else if (order.kind === 'finish') return { kind: 'finished', sizeBytes: await writeFile() };
  return { kind: 'done' };
}

process.on('message', (order: PackOrder) => {
  follow(order).then(
    (answer) => process.send?.(answer),
    // What went wrong may quote the record; that it did is enough.
    () => process.exit(1),
  );
});
