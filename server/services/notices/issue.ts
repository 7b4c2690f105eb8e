/** Issuing a notice: its text from the record, its recipients from claims table or roll, its entry in the ledger. */
import { createHash } from 'node:crypto';
import { chinaDate } from '../../domain/china-calendar.ts';
import { isCreditor } from '../../domain/claims-table.ts';
import { DomainError } from '../../domain/errors.ts';
import {
  conveningText,
  resultText,
  type NoticeFrame,
  type NoticeText,
} from '../../domain/notices/notice-texts.ts';
import { settingsOfCase } from '../../domain/rules/case-settings.ts';
import { isResolutionTypeId, resolutionTypes } from '../../domain/rules/registry.ts';
import { resultNoticeEnds } from '../../domain/timers/deadlines.ts';
import { foundOnOf, modeOf } from '../../domain/timers/meeting-facts.ts';
import { beforeDays } from '../../domain/timers/periods.ts';
import type { ResolutionState } from '../../domain/meeting/state.ts';
import type { ResolutionTypeId } from '../../protocol/resolution-types.ts';
import type { EntryBody } from '../../protocol/entries.ts';
import type { NoticeDraft, NoticeKind, NoticeOffer, NoticesView } from '../../protocol/rest/notice-routes.ts';
import { appendOne } from '../conduct/commands/command.ts';
import type { MeetingRoom } from '../conduct/meeting-room.ts';
import { titleOf } from '../conduct/rights.ts';
import { verdictView } from '../conduct/vote/verdict-view.ts';
import { ADMINISTRATOR_ROLES, STAFF_ROLES, type Visit } from '../meeting-gate.ts';
import type { Session } from '../session.ts';
import type { NoticeDeps } from './notice-deps.ts';
import { findIssued, toNoticeView } from './notice-views.ts';

export interface Subject {
  readonly meetingId: string;
  readonly kind: NoticeKind;
  readonly resolutionId?: string | undefined;
}

interface Prepared extends NoticeText {
  readonly recipients: readonly string[];
  readonly body: Pick<
    EntryBody<'notice'>,
    'noticeId' | 'kind' | 'resolutionId' | 'round' | 'revision' | 'silenceTold'
  >;
}

export function createIssuing(deps: NoticeDeps) {
  const { gate, store, clock, audit } = deps;
  return {
    async list(session: Session, meetingId: string): Promise<NoticesView> {
      return viewOf(deps, await gate.enter(session, meetingId, STAFF_ROLES));
    },

    async draft(session: Session, subject: Subject): Promise<NoticeDraft> {
      const { room } = await gate.enter(session, subject.meetingId, ADMINISTRATOR_ROLES);
      const { title, text, shortText, recipients } = prepare(room, subject, clock.now());
      const withMail = recipients.filter((id) => room.book.creditors.get(id)?.email !== undefined).length;
      return { title, text, shortText, recipients: recipients.length, withMail };
    },

    /** The entry before the first message: what was sent without being on record would be denied. */
    async issue(session: Session, subject: Subject, expectedRecipients: number): Promise<NoticesView> {
      const visit = await gate.enter(session, subject.meetingId, ADMINISTRATOR_ROLES);
      const { room, access } = visit;
      const { meetingId } = subject;
      const { title, text, shortText, recipients, body } = prepare(room, subject, clock.now());
      if (recipients.length !== expectedRecipients) {
        throw new DomainError('STALE_COMMAND', {
          params: { field: 'recipients', actual: String(recipients.length) },
        });
      }
      const { noticeId, kind, resolutionId = null } = body;
      const createdAt = new Date(clock.now());
      await store.put(
        { meetingId, noticeId, kind, resolutionId, title, text, shortText, createdAt },
        recipients,
      );
      const actor = { personId: access.personId, role: access.role };
      const entry: EntryBody<'notice'> = {
        ...body,
        documentSha256: createHash('sha256').update(text.normalize('NFC')).digest('hex'),
        channel: 'sms',
        recipients: String(recipients.length),
        delivered: '0',
        actor,
      };
      await room.submit(
        appendOne((state) => {
          if (findIssued(state, noticeId)) throw new DomainError('NOTICE_ISSUED');
          return { t: 'notice', body: entry };
        }),
      );
      await store.queue({ meetingId, noticeId }, undefined, createdAt);
      await audit.append({
        at: createdAt,
        actor: session.personId,
        action: 'notice.issue',
        subject: `meeting:${meetingId}`,
        after: { noticeId, recipients: recipients.length },
      });
      return viewOf(deps, visit);
    },
  };
}

async function viewOf({ store, clock, calendars, reaches }: NoticeDeps, { room, access }: Visit) {
  const { state, meetingId } = room;
  const notices: NoticesView['notices'] = [];
  for (const notice of await store.listOf(meetingId)) {
    const issued = findIssued(state, notice.noticeId);
    if (!issued) continue;
    const sendings = await store.sendingsOf(meetingId, notice.noticeId);
    notices.push(toNoticeView(notice, issued, { state, sendings }));
  }
  return {
    today: chinaDate(clock.now()),
    mayIssue: ADMINISTRATOR_ROLES.includes(access.role),
    reaches,
    notices: notices.reverse(),
    offers: offersOf(room, calendars),
  };
}

/** The convening, again when matters were added since, and every result that nobody has been told of. */
function offersOf(room: MeetingRoom, calendars: NoticeDeps['calendars']): NoticeOffer[] {
  const { state, facts } = room;
  const { meeting } = facts;
  const results = [...state.resolutions.values()].flatMap((resolution): NoticeOffer[] => {
    const { resolutionId } = resolution.published;
    const foundOn = foundOnOf(resolution);
    if (!isTold(resolution) || foundOn === null) return [];
    if (findIssued(state, resultNoticeId(resolution))) return [];
    const { revision = '0' } = resolution.verdict?.body ?? {};
    const correction = revision === '0' ? null : revision;
    const dueOn = resultNoticeEnds(foundOn, calendars).date;
    return [{ kind: 'RESULT', resolutionId, about: titleOf(room, resolutionId), correction, dueOn }];
  });
  const startsOn = chinaDate(meeting.startsAt.getTime());
  const noticeBefore = calendars.ruleSet.timersDays.noticeBefore;
  return [
    ...results,
    ...(state.phase === 'closed'
      ? []
      : [
          {
            kind: 'CONVENING' as const,
            resolutionId: null,
            about: meeting.title,
            correction: null,
            dueOn: beforeDays(startsOn, noticeBefore).date,
          },
        ]),
  ];
}

/** A result is told of what was voted on; a verification of claims has none (domain.md R01). */
const isTold = ({ verdict, published }: ResolutionState): boolean =>
  verdict !== null && published.type !== 'R01';

/** One notice for one count: a correction is told anew. */
function resultNoticeId({ published, round, verdict }: ResolutionState): string {
  const { resolutionId } = published;
  return `${resolutionId}-r${round}-${verdict?.body.revision ?? '0'}`;
}

/** An earlier count of the same round went out. */
function wasTold(
  { state }: MeetingRoom,
  { published: { resolutionId }, round, verdict }: ResolutionState,
): boolean {
  return state.notices.some(
    ({ body }) =>
      body.kind === 'RESULT' &&
      body.resolutionId === resolutionId &&
      body.round === round &&
      body.revision !== verdict?.body.revision,
  );
}

/** @throws DomainError RESOLUTION_UNKNOWN, or MEETING_STATE where there is nothing to tell yet */
function prepare(room: MeetingRoom, { kind, resolutionId }: Subject, nowMs: number): Prepared {
  return kind === 'RESULT' ? prepareResult(room, resolutionId ?? '', nowMs) : prepareConvening(room, nowMs);
}

function prepareResult(room: MeetingRoom, resolutionId: string, nowMs: number): Prepared {
  const resolution = room.state.resolutions.get(resolutionId);
  if (!resolution) throw new DomainError('RESOLUTION_UNKNOWN');
  const { verdict, published, round } = resolution;
  const view = isTold(resolution) && verdict && verdictView(resolution, verdict, published.type);
  if (!view) throw new DomainError('MEETING_STATE', { params: { phase: room.state.phase } });
  const isOfCommittee = isResolutionTypeId(published.type) && isVotedByMembers(published.type);
  return {
    ...resultText(frameOf(room, nowMs), {
      title: titleOf(room, resolutionId),
      verdict: view,
      wasTold: wasTold(room, resolution),
      isOfCommittee,
    }),
    recipients: toBeTold(room, resolutionId, isOfCommittee),
    body: {
      noticeId: resultNoticeId(resolution),
      kind: 'RESULT',
      resolutionId,
      round,
      revision: verdict.body.revision,
    },
  };
}

const isVotedByMembers = (type: ResolutionTypeId): boolean => resolutionTypes[type].rule.voters === 'MEMBERS';

/**
 * 司法解释三 art. 11(1) names those who took part in the vote: with those whom the roll counts with another head, and
 * those who voted on the plan before (art. 87(1)). All creditors are told, for the resolution binds all (art. 64(3)),
 * and the time in which each may ask for its revocation begins with the own receipt (art. 12); investors only where
 * they voted. Of the committee's decisions its members are told.
 */
function toBeTold({ book, rollOf }: MeetingRoom, resolutionId: string, isOfCommittee: boolean): string[] {
  const voters = [...(rollOf(resolutionId)?.units.values() ?? [])].map(({ creditorId }) => creditorId);
  if (isOfCommittee) return [...new Set(voters)];
  const creditors = [...book.creditors].flatMap(([creditorId, party]) =>
    isCreditor(party) ? creditorId : [],
  );
  return [...new Set([...creditors, ...voters])];
}

function prepareConvening(room: MeetingRoom, nowMs: number): Prepared {
  const { state, facts, book } = room;
  if (state.phase === 'closed') throw new DomainError('MEETING_STATE', { params: { phase: state.phase } });
  const silenceTold = silentResolutions(room);
  const items = [...state.resolutions.keys()].map((resolutionId) => ({
    title: titleOf(room, resolutionId),
    isSilenceConsent: silenceTold.includes(resolutionId),
  }));
  const number = state.notices.filter(({ body }) => body.kind === 'CONVENING').length + 1;
  return {
    ...conveningText(frameOf(room, nowMs), items),
    recipients: [...book.creditors.keys()],
    body: {
      noticeId: `${facts.meeting.meetingId}-c${number}`,
      kind: 'CONVENING',
      ...(silenceTold.length > 0 && { silenceTold }),
    },
  };
}

/** Resolutions to which silence is consent by the settings of the case (E8). */
function silentResolutions({ state, facts }: MeetingRoom): string[] {
  return [...state.resolutions.values()].flatMap(({ published: { resolutionId, type } }) =>
    isResolutionTypeId(type) &&
    settingsOfCase(resolutionTypes[type], facts.case.settings).silence === 'CONSENT'
      ? [resolutionId]
      : [],
  );
}

function frameOf({ facts, state }: MeetingRoom, nowMs: number): NoticeFrame {
  const { caseNumber, debtor, procedure, court, helpPhone } = facts.case;
  const { title: meetingTitle, startsAt, linkCode } = facts.meeting;
  const mode = modeOf(state);
  return { caseNumber, debtor, procedure, court, helpPhone, meetingTitle, startsAt, mode, linkCode, nowMs };
}
