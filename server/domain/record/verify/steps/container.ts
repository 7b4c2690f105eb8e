/** The container: every file of the bundle is inflated once and its checksum compared. */
import { MEMBERS } from '../../bundle/layout.ts';
import { BundleError } from '../../bundle/bundle-error.ts';
import { readArchive, type Archive } from '../../bundle/read-archive.ts';
import type { Pause, StepResult } from '../context.ts';
import { createFindings } from '../report.ts';

/** @throws BundleError */
export async function openContainer(
  bytes: Uint8Array,
  pause: Pause,
): Promise<{ readonly archive: Archive; readonly result: StepResult }> {
  const archive = readArchive(bytes);
  for (const name of [MEMBERS.entries, MEMBERS.checkpoints]) {
    if (!archive.has(name)) throw new BundleError('BUNDLE_MISSING', name);
  }
  for (const [index, name] of archive.names.entries()) {
    const pieces = archive.pieces(name);
    while (pieces.next().done !== true) await pause(index, archive.names.length);
  }
  return { archive, result: { findings: createFindings(), facts: { files: String(archive.names.length) } } };
}
