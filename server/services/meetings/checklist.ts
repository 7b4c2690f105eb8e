/**
 * What must be there before a meeting is published. 企业破产法 art. 63: known creditors are told 15 days
 * before; art. 61: what is put to the vote is fixed by its text; arts. 67, 82, 84(3), 85(2): what some types need. Pure; a shorter notice is a warning, for
 * the court may have ordered otherwise, and consequences follow from the law, not from this list.
 */
import type { ChecklistLine } from '../../protocol/rest/meeting-routes.ts';
import type { Procedure } from '../../domain/master-data.ts';
import type { MeetingRecord } from '../ports/master-data-ports.ts';

/** Catalogue keys below `staff.checklist.`; params in braces. */
export type ChecklistCode =
  /** {creditors} */
  | 'CREDITORS_IMPORTED'
  /** {items} */
  | 'AGENDA_ITEMS'
  /** {missing}: titles without a text */
  | 'RESOLUTION_TEXTS'
  | 'START_TIME'
  /** {days} left, {required} */
  | 'NOTICE_PERIOD'
  /** {documents} */
  | 'DOCUMENTS'
  /** A plan is explained, and questions are answered, before it is voted on (art. 84(3)). */
  | 'PLAN_EXPLAINED'
  /** {investors}; {titles} of plans whose group of investors would be empty (art. 85(2)). */
  | 'INVESTORS_LISTED'
  /** {titles} of a type that another procedure has */
  | 'PROCEDURE_FITS'
  /** {candidates}, {seats}: fewer stand than there are seats */
  | 'ELECTION_CANDIDATES';

const NOTICE_DAYS = 15;
const DAY_MS = 86_400_000;
/** Between choosing “now” and pressing the button. */
const START_GRACE_MS = 15 * 60_000;
const RESOLUTION_TEXT_MIN_CHARACTERS = 2;

export interface ChecklistInput {
  readonly meeting: Pick<MeetingRecord, 'startsAt' | 'agenda' | 'resolutions' | 'publishedAt'>;
  readonly creditors: number;
  /** On the register of investors. */
  readonly investors: number;
  readonly procedure?: Procedure;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: number;
}

export function checkMeeting(input: ChecklistInput): ChecklistLine[] {
  const { meeting, creditors, nowMs } = input;
  const { agenda, resolutions, publishedAt } = meeting;
  // Once published, the lines say how it stood then.
  const asOfMs = publishedAt?.getTime() ?? nowMs;
  const startsInMs = meeting.startsAt.getTime() - asOfMs;
  const days = Math.max(0, Math.floor(startsInMs / DAY_MS));
  const missing = resolutions.filter(({ text }) => text.trim().length < RESOLUTION_TEXT_MIN_CHARACTERS);
  const documents = new Set([...agenda, ...resolutions].flatMap(({ documentIds }) => documentIds));
  return [
    line('CREDITORS_IMPORTED', orBlocks(creditors > 0), { creditors: String(creditors) }),
    line('AGENDA_ITEMS', orBlocks(agenda.length > 0), { items: String(agenda.length) }),
    line('RESOLUTION_TEXTS', orBlocks(missing.length === 0), {
      missing: missing.map(({ title }) => title).join('、'),
    }),
    line('START_TIME', orBlocks(startsInMs >= -START_GRACE_MS), {}),
    line('NOTICE_PERIOD', orWarning(startsInMs >= NOTICE_DAYS * DAY_MS), {
      days: String(days),
      required: String(NOTICE_DAYS),
    }),
    line('DOCUMENTS', orWarning(documents.size > 0), { documents: String(documents.size) }),
    ...planLines(meeting),
    ...investorLines(input),
    ...procedureLines(input),
    ...electionLines(meeting),
  ];
}

type Drafted = ChecklistInput['meeting'];

/** 企业破产法 art. 84(3): 债务人或者管理人应当向债权人会议就重整计划草案作出说明，并回答询问. */
function planLines({ agenda, resolutions }: Drafted): ChecklistLine[] {
  const plans = resolutions.filter(({ type }) => type === 'R06');
  if (plans.length === 0) return [];
  const areExplained = plans.every(({ resolutionId }) => {
    const before = agenda.slice(
      0,
      agenda.findIndex((item) => item.resolutionId === resolutionId),
    );
    return ['report', 'questions'].every((kind) => before.some((item) => item.kind === kind));
  });
  return [line('PLAN_EXPLAINED', orWarning(areExplained), {})];
}

/** Art. 85(2): 重整计划草案涉及出资人权益调整事项的，应当设出资人组. Without them nobody could vote in that group. */
function investorLines({ meeting, investors }: ChecklistInput): ChecklistLine[] {
  const plans = meeting.resolutions.filter(({ particulars }) => particulars?.hasInvestorGroup === true);
  if (plans.length === 0) return [];
  const titles = plans.map(({ title }) => title).join('、');
  return [line('INVESTORS_LISTED', orBlocks(investors > 0), { investors: String(investors), titles })];
}

/** Arts. 82, 95: a plan belongs to a reorganisation, a settlement agreement to a settlement. */
const procedureOf: Readonly<Record<string, Procedure>> = { R06: 'reorganisation', R07: 'settlement' };

function procedureLines({ meeting, procedure }: ChecklistInput): ChecklistLine[] {
  const bound = meeting.resolutions.filter(({ type }) => procedureOf[type] !== undefined);
  if (procedure === undefined || bound.length === 0) return [];
  const titles = bound.filter(({ type }) => procedureOf[type] !== procedure).map(({ title }) => title);
  return [line('PROCEDURE_FITS', orWarning(titles.length === 0), { titles: titles.join('、') })];
}

/** Art. 67(1): seats that nobody stands for stay empty. */
function electionLines({ resolutions }: Drafted): ChecklistLine[] {
  const elections = new Map<string, { seats: number; candidates: number }>();
  for (const { particulars } of resolutions) {
    const candidacy = particulars?.candidateOf;
    if (!candidacy) continue;
    const { candidates = 0 } = elections.get(candidacy.electionId) ?? {};
    elections.set(candidacy.electionId, { seats: Number(candidacy.seats), candidates: candidates + 1 });
  }
  return [...elections.values()].map(({ seats, candidates }) =>
    line('ELECTION_CANDIDATES', orWarning(candidates >= seats), {
      candidates: String(candidates),
      seats: String(seats),
    }),
  );
}

/** Codes that stop the publication. */
export function blockingCodes(lines: readonly ChecklistLine[]): string[] {
  return lines.filter(({ state }) => state === 'blocks').map(({ code }) => code);
}

const orBlocks = (isDone: boolean) => (isDone ? 'done' : 'blocks');
const orWarning = (isDone: boolean) => (isDone ? 'done' : 'warning');

function line(
  code: ChecklistCode,
  state: ChecklistLine['state'],
  params: Record<string, string>,
): ChecklistLine {
  return { code, state, params };
}
