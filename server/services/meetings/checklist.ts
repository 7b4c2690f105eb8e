/**
 * What must be there before a meeting is published. 企业破产法 art. 63: known creditors are told 15 days
 * before; art. 61: what is put to the vote is fixed by its text. Pure; a shorter notice is a warning, for
 * the court may have ordered otherwise, and consequences follow from the law, not from this list.
 */
import type { ChecklistLine } from '../../protocol/rest/meeting-routes.ts';
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
  | 'DOCUMENTS';

const NOTICE_DAYS = 15;
const DAY_MS = 86_400_000;
/** Between choosing “now” and pressing the button. */
const START_GRACE_MS = 15 * 60_000;
const RESOLUTION_TEXT_MIN_CHARACTERS = 2;

export interface ChecklistInput {
  readonly meeting: Pick<MeetingRecord, 'startsAt' | 'agenda' | 'resolutions' | 'publishedAt'>;
  readonly creditors: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: number;
}

export function checkMeeting({ meeting, creditors, nowMs }: ChecklistInput): ChecklistLine[] {
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
  ];
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
