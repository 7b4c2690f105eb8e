/**
 * The frozen rolls of a bundle. Rows are read from their chunks when they are asked for and only the last
 * roll is kept: ten votes of 50 000 units must not lie in memory at once.
 */
import { Compile, type Validator } from 'typebox/compile';
import { RollRow } from '../../../protocol/roll.ts';
import { rollChunkName } from '../bundle/layout.ts';
import { linesOf } from '../bundle/lines.ts';
import type { Archive } from '../bundle/read-archive.ts';
import { parseCanonical, RecordFormatError } from '../canonical.ts';
import type { Recorded } from '../history/meeting-history.ts';

export type RollFreeze = Recorded<'roll.freeze'>;

export interface RollBook {
  /** The freeze of one version; undefined when there is none. */
  find(
    vote: { readonly resolutionId: string; readonly round: string },
    version: string,
  ): RollFreeze | undefined;
  /** @throws BundleError BUNDLE_MISSING, RecordFormatError */
  rows(freeze: RollFreeze): readonly RollRow[];
}

let validator: Validator | undefined;

/** One row from its line. @throws RecordFormatError */
export function parseRollRow(line: Uint8Array): RollRow {
  const value = parseCanonical(line);
  validator ??= Compile(RollRow);
  const isRow: boolean = validator.Check(value);
  if (!isRow) throw new RecordFormatError('SCHEMA', 'roll');
  return value as unknown as RollRow;
}

/** Lines of a chunk with the bytes that are hashed into the roll's root. */
export function* rollLines(archive: Archive, sha256Hex: string): Generator<Uint8Array> {
  const name = rollChunkName(sha256Hex);
  yield* linesOf([archive.read(name)], name);
}

export function createRollBook(archive: Archive, freezes: readonly RollFreeze[]): RollBook {
  let last: { readonly seq: string; readonly rows: readonly RollRow[] } | undefined;
  return {
    find: ({ resolutionId, round }, version) =>
      freezes.find(
        ({ body }) => body.resolutionId === resolutionId && body.round === round && body.version === version,
      ),
    rows(freeze) {
      if (last?.seq === freeze.seq) return last.rows;
      const rows: RollRow[] = [];
      for (const { sha256 } of freeze.body.chunks) {
        for (const line of rollLines(archive, sha256)) rows.push(parseRollRow(line));
      }
      last = { seq: freeze.seq, rows };
      return rows;
    },
  };
}
