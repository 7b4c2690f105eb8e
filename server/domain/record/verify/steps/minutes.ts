/** The figures that the minutes print are those of the record (企业破产法 art. 61: minutes of what was resolved). */
import { MEMBERS } from '../../bundle/layout.ts';
import { canonicalText, parseCanonical, RecordFormatError } from '../../canonical.ts';
import { minutesFigures } from '../../history/minutes-figures.ts';
import { entriesOf } from '../../history/meeting-history.ts';
import { requireRecord, type StepRun } from '../context.ts';
import { createFindings } from '../report.ts';

export const checkMinutes: StepRun = async (context) => {
  const { history, size } = requireRecord(context);
  const findings = createFindings();
  const seals = entriesOf(history, 'minutes.seal');
  for (const [index, { body, seq }] of seals.entries()) {
    // Sealed over what was there before, one revision after the other.
    const isInPlace = Number(body.lastSeq) < Math.min(size, Number(seq)) && body.revision === String(index);
    if (!isInPlace) findings.add('MINUTES_RANGE', seq);
  }
  if (!context.archive.has(MEMBERS.minutes)) return findings.count > 0 ? { findings, facts: {} } : undefined;
  const stated = findFigures(context.archive.read(MEMBERS.minutes));
  if (stated === undefined) findings.add('MINUTES_FORMAT');
  else if (stated !== canonicalText(minutesFigures(history))) findings.add('MINUTES_FIGURES');
  return { findings, facts: {} };
};

function findFigures(bytes: Uint8Array): string | undefined {
  try {
    return canonicalText(parseCanonical(bytes));
  } catch (error) {
    if (error instanceof RecordFormatError) return undefined;
    throw error;
  }
}
