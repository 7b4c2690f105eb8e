/** Preparation of a meeting: from the template to the publication, by which its texts are fixed. */
import type { Static } from 'typebox';
import { DomainError } from '../../domain/errors.ts';
import type { Meeting, StoredDocument } from '../../domain/master-data.ts';
import type { Continues } from '../../protocol/entry-bodies/continuation.ts';
import type { AgendaInput, ChecklistLine, MeetingPreparation } from '../../protocol/rest/meeting-routes.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import { LEAD, requireOneOf, type CaseRole } from '../case-access.ts';
import { requireCase, requireManagedCase } from '../cases/require-case.ts';
import type { Clock, Ids } from '../clock.ts';
import type {
  CaseRecord,
  CaseStore,
  DocumentStore,
  MeetingRecord,
  MeetingStore,
} from '../ports/master-data-ports.ts';
import type { Session } from '../session.ts';
import { blockingCodes, checkMeeting } from './checklist.ts';
import { cleanLine, fromInput, fromTemplate, type DraftContent } from './draft-input.ts';
import { toDraftView } from './draft-view.ts';
import type { LedgerOpening } from './ledger-opening-port.ts';
import type { MeetingReader } from './meeting-reader-port.ts';

export interface PreparationDeps {
  readonly cases: CaseStore;
  readonly meetings: MeetingStore;
  readonly documents: DocumentStore;
  readonly ledger: LedgerOpening;
  readonly reader: Pick<MeetingReader, 'view'>;
  /** Ids of the parties on the claims table in force. */
  readonly partiesOf: (caseId: string) => Promise<{ has(creditorId: string): boolean }>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Names this installation in the origins of its ledgers. */
  readonly installId: string;
  /** What the first entry says of the record that the meeting goes on from. */
  readonly continuesOf: (meeting: Meeting) => Promise<Continues | undefined>;
  /** The meeting that goes on from this one is published. */
  readonly onContinued: (meetingId: string) => void;
}

export interface NewMeeting {
  readonly caseId: string;
  readonly title: string;
  /** RFC 3339. */
  readonly startsAt: string;
}

export interface MeetingChange {
  readonly meetingId: string;
  readonly title: string;
  readonly startsAt: string;
  readonly agenda: readonly Static<typeof AgendaInput>[];
}

export interface Preparation {
  create(session: Session, input: NewMeeting): Promise<MeetingPreparation>;
  get(session: Session, meetingId: string): Promise<MeetingPreparation>;
  /** @throws DomainError MEETING_STATE once published, STALE_COMMAND when somebody else saved meanwhile */
  update(session: Session, change: MeetingChange): Promise<MeetingPreparation>;
  /** Repeatable after an interruption. @throws DomainError MEETING_NOT_READY with the codes that block */
  publish(session: Session, meetingId: string): Promise<MeetingPreparation>;
}

/** Who sees a draft. */
const TEAM: readonly CaseRole[] = ['administrator-lead', 'administrator-staff', 'judge', 'clerk', 'chair'];

/** No letters and digits that are mistaken for each other: the code is read out over the telephone. */
const LINK_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LINK_CHARACTERS = 8;
const LINK_TRIES = 5;

export function createPreparation(deps: PreparationDeps): Preparation {
  return {
    create: (session, input) => createMeeting(deps, session, input),
    async get(session, meetingId) {
      const { meeting, record } = await requireMeeting(deps, meetingId);
      requireOneOf(record, session, TEAM);
      return toPreparation(deps, session, { meeting, record });
    },
    update: (session, change) => updateMeeting(deps, session, change),
    publish: (session, meetingId) => publishMeeting(deps, session, meetingId),
  };
}

interface PreparedMeeting {
  readonly meeting: MeetingRecord;
  readonly record: CaseRecord;
}

async function requireMeeting(deps: PreparationDeps, meetingId: string): Promise<PreparedMeeting> {
  const meeting = await deps.meetings.find(meetingId);
  if (meeting === undefined) throw new DomainError('NOT_FOUND');
  return { meeting, record: await requireCase(deps.cases, meeting.caseId) };
}

async function createMeeting(
  deps: PreparationDeps,
  session: Session,
  input: NewMeeting,
): Promise<MeetingPreparation> {
  const record = await requireManagedCase(deps.cases, session, input.caseId);
  const lead = record.members.find(({ role }) => role === 'administrator-lead');
  const meeting: Omit<MeetingRecord, 'linkCode'> = {
    ...newIdentity(deps, record),
    caseId: record.caseId,
    title: cleanLine(input.title, 'body/title'),
    startsAt: toInstant(input.startsAt),
    ...fromTemplate(() => deps.ids.next()),
    hostPersonId: lead?.personId ?? session.personId,
    status: 'draft',
    publishedAt: null,
    createdAt: new Date(deps.clock.now()),
    revision: 0,
    publishingSince: null,
  };
  const created = await createWithLink(deps, meeting);
  await auditMeeting(deps, session, { action: 'meeting.create', meeting: created });
  return toPreparation(deps, session, { meeting: created, record });
}

/** A meeting's id and the origin of its ledger: fixed here, never made from an address or a host name. */
export function newIdentity(
  { ids, installId }: Pick<PreparationDeps, 'ids' | 'installId'>,
  { isDemonstration }: Pick<CaseRecord, 'isDemonstration'>,
): Pick<Meeting, 'meetingId' | 'origin'> {
  const meetingId = ids.next();
  const install = `${installId}/${meetingId}`;
  return { meetingId, origin: isDemonstration ? `demo/${install}` : install };
}

/** Stores a draft under a link code of its own. */
export async function createWithLink(
  deps: Pick<PreparationDeps, 'meetings' | 'ids'>,
  meeting: Omit<MeetingRecord, 'linkCode'>,
): Promise<MeetingRecord> {
  for (let tries = 0; tries < LINK_TRIES; tries += 1) {
    const withLink = { ...meeting, linkCode: newLinkCode(deps.ids) };
    if (await deps.meetings.create(withLink)) return withLink;
  }
  throw new DomainError('INTERNAL', { detail: 'no free link code' });
}

function newLinkCode(ids: Ids): string {
  return [...ids.bytes(LINK_CHARACTERS)].map((byte) => LINK_ALPHABET[byte % LINK_ALPHABET.length]).join('');
}

async function updateMeeting(
  deps: PreparationDeps,
  session: Session,
  change: MeetingChange,
): Promise<MeetingPreparation> {
  const { meeting } = await requireMeeting(deps, change.meetingId);
  const record = await requireManagedCase(deps.cases, session, meeting.caseId);
  if (meeting.status !== 'draft' || meeting.publishingSince !== null) throw new DomainError('MEETING_STATE');
  const documents = await deps.documents.listOfCase(record.caseId);
  const parties = await deps.partiesOf(record.caseId);
  const content: DraftContent = fromInput({
    agenda: change.agenda,
    current: meeting,
    caseDocumentIds: new Set(documents.map(({ documentId }) => documentId)),
    isParty: (creditorId) => parties.has(creditorId),
    nextId: () => deps.ids.next(),
  });
  const draft: MeetingRecord = {
    ...meeting,
    ...content,
    title: cleanLine(change.title, 'body/title'),
    startsAt: toInstant(change.startsAt),
  };
  const { meetingId, revision, title, startsAt, agenda, resolutions } = draft;
  const isSaved = await deps.meetings.saveDraft({
    meetingId,
    revision,
    title,
    startsAt,
    agenda,
    resolutions,
  });
  if (!isSaved) throw new DomainError('STALE_COMMAND');
  await auditMeeting(deps, session, { action: 'meeting.update', meeting: draft, before: meeting });
  return toPreparation(deps, session, { meeting: { ...draft, revision: revision + 1 }, record });
}

async function publishMeeting(
  deps: PreparationDeps,
  session: Session,
  meetingId: string,
): Promise<MeetingPreparation> {
  const { meeting, record } = await requireMeeting(deps, meetingId);
  requireOneOf(record, session, LEAD);
  if (meeting.status === 'published') throw new DomainError('MEETING_STATE');
  const publishedAt = await fixTexts(deps, { meeting, record });
  // The ledger first: a meeting that is shown as published has one. Interrupted, the next try goes on here.
  await deps.ledger.convene({
    meeting: { ...meeting, status: 'published', publishedAt },
    case: record,
    documents: await documentsOf(deps, meeting),
    actor: { personId: session.personId, role: 'administrator-lead' },
    continues: await deps.continuesOf(meeting),
  });
  await deps.meetings.finishPublishing(meetingId, publishedAt);
  const published = await requireMeeting(deps, meetingId);
  await auditMeeting(deps, session, { action: 'meeting.publish', meeting: published.meeting });
  if (typeof meeting.continues === 'string') deps.onContinued(meeting.continues);
  return toPreparation(deps, session, published);
}

/** From here on the draft cannot be changed. Returns the time of publication, the same when repeated. */
async function fixTexts(deps: PreparationDeps, { meeting, record }: PreparedMeeting): Promise<Date> {
  if (meeting.publishingSince !== null) return meeting.publishingSince;
  const blocking = blockingCodes(checklistOf(deps, { meeting, record }));
  if (blocking.length > 0) {
    throw new DomainError('MEETING_NOT_READY', { params: { codes: blocking.join(' ') } });
  }
  const at = new Date(deps.clock.now());
  const isFixed = await deps.meetings.beginPublishing(meeting.meetingId, meeting.revision, at);
  if (!isFixed) throw new DomainError('STALE_COMMAND');
  return at;
}

function checklistOf(deps: PreparationDeps, { meeting, record }: PreparedMeeting): ChecklistLine[] {
  const creditors = record.claimsTotals?.overall.creditors ?? 0;
  const investors = record.claimsTotals?.investors.persons ?? 0;
  return checkMeeting({
    meeting,
    creditors,
    investors,
    procedure: record.procedure,
    nowMs: deps.clock.now(),
  });
}

async function documentsOf(deps: PreparationDeps, meeting: Meeting): Promise<readonly StoredDocument[]> {
  const { agenda, resolutions } = meeting;
  const ids = new Set([...agenda, ...resolutions].flatMap(({ documentIds }) => documentIds));
  return deps.documents.findMany([...ids]);
}

async function toPreparation(
  deps: PreparationDeps,
  session: Session,
  { meeting, record }: PreparedMeeting,
): Promise<MeetingPreparation> {
  const checklist = checklistOf(deps, { meeting, record });
  if (meeting.status === 'published') {
    return { meeting: await deps.reader.view(session, meeting.meetingId), checklist };
  }
  const documents = new Map((await documentsOf(deps, meeting)).map((each) => [each.documentId, each]));
  const myRole = requireOneOf(record, session, TEAM);
  return { meeting: toDraftView({ meeting, record, documents, myRole }), checklist };
}

/** A pattern admits the 31st of June; the calendar does not. */
export function toInstant(text: string): Date {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime()) || instant.toISOString() !== text) {
    throw new DomainError('INVALID_REQUEST', { detail: 'body/startsAt' });
  }
  return instant;
}

interface AuditedMeeting {
  readonly action: string;
  readonly meeting: MeetingRecord;
  readonly before?: MeetingRecord;
}

export async function auditMeeting(
  deps: Pick<PreparationDeps, 'audit' | 'clock'>,
  session: Session,
  { action, meeting, before }: AuditedMeeting,
): Promise<void> {
  await deps.audit.append({
    at: new Date(deps.clock.now()),
    actor: session.personId,
    action,
    subject: `meeting:${meeting.meetingId}`,
    ...(before !== undefined && { before: contentOf(before) }),
    after: contentOf(meeting),
  });
}

const contentOf = ({ title, startsAt, agenda, resolutions }: MeetingRecord) => ({
  title,
  startsAt: startsAt.toISOString(),
  agenda,
  resolutions,
});
