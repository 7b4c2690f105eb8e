/**
 * Compressed JavaScript of the first load of the creditor's room, from the build's manifest: the entry,
 * the room's page with the layouts around it, one language, and all that these import at once. What is
 * loaded after the room is shown (the media library) is listed apart.
 *
 * Usage: node scripts/bench/bundle.ts [directory of the built client]. Ends with 1 above the limit.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 250_000;

/** Pages and words that are on the screen when the room is first shown. */
const FIRST_LOAD = [
  'index.html',
  'creditor/MeetingLayout.tsx',
  'creditor/room/RoomPage.tsx',
  'i18n/zh-CN/core.ts',
];
const AFTERWARDS = ['media/media-client.ts', '../node_modules/mediasoup-client/lib/index.js'];

interface ManifestEntry {
  readonly file: string;
  readonly imports?: readonly string[];
}
type Manifest = Readonly<Record<string, ManifestEntry>>;

/** Files of these entries and of everything that they import statically. */
function filesOf(manifest: Manifest, keys: readonly string[], seen = new Set<string>()): Set<string> {
  const files = new Set<string>();
  for (const key of keys) {
    const entry = manifest[key];
    if (entry === undefined) throw new Error(`the manifest has no ${key}`);
    if (seen.has(key)) continue;
    seen.add(key);
    if (entry.file.endsWith('.js')) files.add(entry.file);
    for (const file of filesOf(manifest, entry.imports ?? [], seen)) files.add(file);
  }
  return files;
}

/** Bytes as gzip sends them at its default level. */
function compressedBytes(directory: string, file: string): number {
  return gzipSync(readFileSync(join(directory, file))).length;
}

function report(directory: string): number {
  const manifest = JSON.parse(readFileSync(join(directory, '.vite/manifest.json'), 'utf8')) as Manifest;
  const first = filesOf(manifest, FIRST_LOAD);
  const later = filesOf(
    manifest,
    AFTERWARDS.filter((key) => key in manifest),
  );
  const kb = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  let total = 0;
  for (const file of first) {
    const bytes = compressedBytes(directory, file);
    total += bytes;
    console.log(`${kb(bytes).padStart(9)}  ${file}`);
  }
  console.log(`${kb(total).padStart(9)}  first load of the room, gzip (limit ${kb(LIMIT_BYTES)})`);
  const extra = [...later].filter((file) => !first.has(file));
  const extraBytes = extra.reduce((sum, file) => sum + compressedBytes(directory, file), 0);
  console.log(`${kb(extraBytes).padStart(9)}  loaded afterwards: ${extra.join(', ')}`);
  return total;
}

const directory = process.argv[2] ?? join(import.meta.dirname, '../../dist/client');
if (report(directory) > LIMIT_BYTES) process.exitCode = 1;
