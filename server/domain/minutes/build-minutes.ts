/** Minutes of a meeting, from the history of its ledger and the opened private values; nothing else is read. */
import type { MeetingHistory } from '../record/history/meeting-history.ts';
import type { OpenPrivate } from '../history/names.ts';
import type { MinutesContent, MinutesSection } from './content.ts';
import type { Attested } from './sections/attested.ts';
import { attendanceSection, signInAnnex } from './sections/attendance.ts';
import { aftermathSection, electronicSection, remediesSection } from './sections/closing.ts';
import { noticeSection, peopleSection, timeSection } from './sections/opening.ts';
import { agendaSection, documentsSection, floorSection, incidentsSection } from './sections/proceedings.ts';
import { verificationSection } from './sections/verification.ts';
import { voteSections } from './sections/votes.ts';
import { createSource, type MinutesSource } from './source.ts';
import { procedureWords } from './words.ts';

export interface MinutesOptions {
  readonly history: MeetingHistory;
  readonly open: OpenPrivate;
  /** People by their family names, typed texts left out: for those to whom the parties' data is not due. */
  readonly masked: boolean;
  /** What others have put below the record; without it the minutes say that nobody has. */
  readonly attested?: Attested | undefined;
}

/** Throws RangeError on a ledger without its first entry. */
export function buildMinutes({ history, open, masked, attested }: MinutesOptions): MinutesContent {
  const source = createSource(history, open, masked);
  const { convened } = source;
  const { commitments } = convened;
  return {
    title: `${open(commitments.title)}笔录`,
    caseNumber: open(commitments.caseNumber),
    caseName: `${open(commitments.debtor)}${procedureWords[convened.procedure]}案`,
    court: open(commitments.court),
    marks: marksOf(source, masked),
    sections: numbered(sectionsOf(source, attested)),
    signatures: ['债权人会议主席', '审判长', '书记员', '管理人', '主持人'],
    annexes: [signInAnnex(source)],
  };
}

function marksOf({ convened, move }: MinutesSource, masked: boolean): string[] {
  const marks: string[] = [];
  if (convened.isDemonstration) marks.push('演示：案件、人员和内容均为虚构');
  if (!move('close')) marks.push('草稿：会议尚未闭会');
  if (masked) marks.push('脱敏本：自然人姓名已遮盖');
  return marks;
}

function sectionsOf(source: MinutesSource, attested: Attested | undefined): MinutesSection[] {
  const aftermath = aftermathSection(source);
  const verification = verificationSection(source);
  return [
    timeSection(source),
    peopleSection(source),
    noticeSection(source),
    attendanceSection(source),
    agendaSection(source),
    documentsSection(source),
    floorSection(source),
    ...(verification ? [verification] : []),
    ...voteSections(source),
    incidentsSection(source),
    remediesSection(source),
    ...(aftermath ? [aftermath] : []),
    electronicSection(source, attested),
  ];
}

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 一 to 九十九, as headings of documents are numbered. */
export function chineseNumeral(value: number): string {
  const tens = Math.floor(value / 10);
  const prefix = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`;
  return `${prefix}${digits[value % 10] ?? ''}`;
}

function numbered(sections: readonly MinutesSection[]): MinutesSection[] {
  return sections.map((section, index) => ({
    ...section,
    heading: `${chineseNumeral(index + 1)}、${section.heading}`,
  }));
}
