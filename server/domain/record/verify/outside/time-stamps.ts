/**
 * Time stamps of an authority (RFC 3161, record.md 13) on checkpoints of this record: each is over the note as the
 * log signed it, leads to the root from outside, and is not older than what it covers.
 */
import { parseBase64 } from '../../base64.ts';
import { MEMBERS } from '../../bundle/layout.ts';
import { linesOf } from '../../bundle/lines.ts';
import { parseCanonical, RecordFormatError } from '../../canonical.ts';
import type { MeetingHistory } from '../../history/meeting-history.ts';
import type { CheckpointNote } from '../../notes/checkpoint.ts';
import { formatNote } from '../../notes/note.ts';
import { parseDecimal } from '../../notes/checkpoint.ts';
import { TimeStampError, type TimeStamp } from '../../timestamp/time-stamp.ts';
import { requireRecord, type StepRun } from '../context.ts';
import { readCheckpoints } from '../read-checkpoints.ts';
import { createFindings, type Findings } from '../report.ts';

/** Clocks of server and authority may differ by this much. */
const CLOCK_TOLERANCE_MS = 60_000;

interface StampLine {
  readonly size: number;
  readonly token: Uint8Array;
}

export const checkTimeStamps: StepRun = async (context) => {
  const { archive, trusted, crypto, pause } = context;
  const { verifyTimeStamp } = crypto;
  const roots = trusted.timeStampRoots;
  if (!archive.has(MEMBERS.timestamps) || !roots || !verifyTimeStamp) return undefined;
  const { origin, history } = requireRecord(context);
  const findings = createFindings();
  const notes = new Map<number, Uint8Array>();
  for (const { signed } of readCheckpoints(archive)) {
    if (signed?.checkpoint.origin === origin) notes.set(signed.checkpoint.size, stampedBytes(signed));
  }
  const stamps: TimeStamp[] = [];
  let number = 0;
  for (const line of linesOf(archive.pieces(MEMBERS.timestamps), MEMBERS.timestamps)) {
    number += 1;
    const at = `${MEMBERS.timestamps}:${number}`;
    const stamp = findStamp(line);
    const data = stamp && notes.get(stamp.size);
    if (!stamp) findings.add('TIMESTAMP_FORMAT', at);
    else if (!data) findings.add('TIMESTAMP_STRAY', at);
    else {
      const found = await findTime(() => verifyTimeStamp({ token: stamp.token, data, roots }), {
        at,
        findings,
      });
      if (found && Date.parse(found.time) + CLOCK_TOLERANCE_MS < lastTsMs(history, stamp.size))
        findings.add('TIMESTAMP_EARLY', at);
      if (found) stamps.push(found);
    }
    await pause(number, number);
  }
  const authorities = new Set(stamps.map(({ authority }) => authority));
  const last =
    stamps
      .map(({ time }) => time)
      .sort()
      .at(-1) ?? '';
  return { findings, facts: { stamps: String(stamps.length), authority: [...authorities].join(', '), last } };
};

/** What was stamped: the note with the log's line alone; those of the witnesses came later. */
function stampedBytes({ note: { text, signatures }, checkpoint }: CheckpointNote): Uint8Array {
  const own = signatures.filter(({ name }) => name === checkpoint.origin);
  return new TextEncoder().encode(formatNote({ text, signatures: own }));
}

function findStamp(line: Uint8Array): StampLine | undefined {
  try {
    const value = parseCanonical(line);
    const isLine = typeof value === 'object' && value !== null && !Array.isArray(value);
    const { size, token, ...others } = (isLine ? value : {}) as { size?: unknown; token?: unknown };
    if (typeof size !== 'string' || typeof token !== 'string' || Object.keys(others).length > 0)
      return undefined;
    const [count, bytes] = [parseDecimal(size), parseBase64(token)];
    return count === undefined || bytes === undefined ? undefined : { size: count, token: bytes };
  } catch (error) {
    if (error instanceof RecordFormatError) return undefined;
    throw error;
  }
}

interface Place {
  readonly at: string;
  readonly findings: Findings;
}

async function findTime(
  verify: () => Promise<TimeStamp>,
  { at, findings }: Place,
): Promise<TimeStamp | undefined> {
  try {
    return await verify();
  } catch (error) {
    if (!(error instanceof TimeStampError)) throw error;
    findings.add(error.code === 'MALFORMED' ? 'TIMESTAMP_FORMAT' : 'TIMESTAMP_WRONG', `${at} ${error.code}`);
    return undefined;
  }
}

/** Time of the last entry among the first `size`, signs of life apart. */
function lastTsMs({ entries, votes }: MeetingHistory, size: number): number {
  const covered = [...entries, ...votes.flatMap(({ ballots }) => ballots)].filter(
    ({ seq }) => Number(seq) < size,
  );
  return covered.reduce((latest, { ts }) => Math.max(latest, Date.parse(ts)), 0);
}
