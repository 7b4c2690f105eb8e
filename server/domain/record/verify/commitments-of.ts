/** Every commitment of the record: of its entries and of the rows of its rolls. */
import { MEMBERS } from '../bundle/layout.ts';
import { linesOf } from '../bundle/lines.ts';
import { parseCanonical } from '../canonical.ts';
import { entriesOf } from '../history/meeting-history.ts';
import { PAUSE_EVERY, requireRecord, type VerifyContext } from './context.ts';
import { rollLines } from './roll-book.ts';

/** Objects under these names hold commitments alone; so do these fields wherever they stand. */
const HOLDERS = new Set(['commitments']);
const FIELDS = new Set(['title', 'reference', 'statement']);

export async function commitmentsOf(context: VerifyContext): Promise<Set<string>> {
  const { archive, pause } = context;
  const { history, size } = requireRecord(context);
  const found = new Set<string>();
  let read = 0;
  const take = async (line: Uint8Array) => {
    collect(parseCanonical(line), found);
    read += 1;
    if (read % PAUSE_EVERY === 0) await pause(read, size);
  };
  for (const line of linesOf(archive.pieces(MEMBERS.entries), MEMBERS.entries)) await take(line);
  for (const { body } of entriesOf(history, 'roll.freeze')) {
    for (const { sha256 } of body.chunks) for (const line of rollLines(archive, sha256)) await take(line);
  }
  return found;
}

/** Commitments have the form of other hashes; where they stand tells them apart. */
function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (HOLDERS.has(name)) addAll(inner, found);
    else if (FIELDS.has(name) && typeof inner === 'string') found.add(inner);
    else collect(inner, found);
  }
}

function addAll(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') found.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) addAll(inner, found);
}
