/** The report as lines for a terminal, Chinese first, the same in English below. */
import { codes } from '../../server/domain/record/verify/codes.ts';
import type { Report, StepReport } from '../../server/domain/record/verify/report.ts';
import {
  conclusionOf,
  filled,
  noteWords,
  notWitnessedWords,
  sentenceOf,
  statusWords,
  stepWords,
} from '../../server/domain/record/verify/words.ts';

export function reportLines(report: Report): string[] {
  const conclusion = conclusionOf(report);
  const witnessed = report.isWitnessed ? [] : [notWitnessedWords.zh, notWitnessedWords.en];
  const notes = report.notes.flatMap(({ id, count }) => {
    const { zh, en } = noteWords[id];
    return [`  · ${filled(zh, { count })} / ${filled(en, { count })}`];
  });
  return [
    ...report.steps.flatMap(stepLines),
    ...(notes.length > 0 ? ['', '供阅读者判断 / for the reader to judge', ...notes] : []),
    '',
    ...witnessed,
    conclusion.zh,
    conclusion.en,
  ];
}

function stepLines(step: StepReport): string[] {
  const { title } = stepWords[step.id];
  const status = statusWords[step.status];
  const { zh, en } = sentenceOf(step);
  const head = `${status.en.padEnd(12)}${status.zh}  ${title.zh} / ${title.en}`;
  const findings = step.findings.map(({ code, at }) => {
    const place = at === '' ? '' : ` [${at}]`;
    return `    ${code}${place}  ${codes[code].zh} / ${codes[code].en}`;
  });
  const more = step.count - step.findings.length;
  return [
    head,
    ...(zh === '' ? [] : [`    ${zh}`, `    ${en}`]),
    ...findings,
    ...(more > 0 ? [`    … 另有 ${more} 处 / and ${more} more`] : []),
  ];
}
