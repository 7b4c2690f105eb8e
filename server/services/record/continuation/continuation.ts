/** Going on with a meeting whose record was rolled back: what people are told, and the meeting that follows. */
import { DomainError } from '../../../domain/errors.ts';
import type { MeetingState } from '../../../domain/meeting/state.ts';
import { parseCheckpointNote } from '../../../domain/record/notes/checkpoint.ts';
import type { ContinuationView } from '../../../protocol/rest/continuation-routes.ts';
import { LEAD, requireOneOf } from '../../case-access.ts';
import { requireCase } from '../../cases/require-case.ts';
import type { Clock, Ids } from '../../clock.ts';
import type { ConductData, MeetingFacts } from '../../conduct/conduct-data.ts';
import type { AccessReader } from '../../conduct/meeting-access.ts';
import type { Rooms } from '../../conduct/rooms.ts';
import type { CheckpointStore } from '../../ledger-port.ts';
import { auditMeeting, createWithLink, newIdentity, toInstant } from '../../meetings/preparation.ts';
import type { AuditTrail } from '../../ports/audit-port.ts';
import type { CaseStore, MeetingRecord, MeetingStore } from '../../ports/master-data-ports.ts';
import type { Session } from '../../session.ts';

export interface ContinuationDeps {
  readonly data: ConductData;
  readonly meetings: MeetingStore;
  readonly cases: CaseStore;
  readonly checkpoints: CheckpointStore;
  readonly rooms: Rooms;
  readonly accessOf: AccessReader;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly installId: string;
}

export type Continuation = ReturnType<typeof createContinuation>;

export function createContinuation(deps: ContinuationDeps) {
  const { data, meetings, checkpoints, rooms } = deps;

  async function requirePublished(meetingId: string): Promise<MeetingFacts> {
    const facts = await data.findMeeting(meetingId);
    if (facts?.meeting.status !== 'published') throw new DomainError('NOT_FOUND');
    return facts;
  }

  return {
    /** @throws DomainError NOT_FOUND, NOT_ON_THE_CASE, OTHER_PROVINCE */
    async view(session: Session, meetingId: string): Promise<ContinuationView> {
      const facts = await requirePublished(meetingId);
      const { role } = await deps.accessOf(session, facts);
      const isLead = role === 'administrator-lead';
      const halt = await checkpoints.findHalt(meetingId);
      const next = await meetings.findContinuation(meetingId);
      const isShown = next && (next.status === 'published' || isLead || role === 'administrator-staff');
      const { state } = await rooms.read(meetingId);
      return {
        halt: halt === undefined ? null : withoutNote(halt),
        continuedBy: isShown ? continuedBy(next) : null,
        continues: continues(facts, state),
        evidence: state.evidence.size,
        mayContinue: isLead && halt !== undefined && next === undefined,
      };
    },

    /**
     * Prepares the meeting that goes on: same host, agenda and resolutions, without those whose verdict the found
     * record has. It opens its ledger when it is published. Repeated, it answers with the same one.
     * @throws DomainError FORBIDDEN unless for the lead, MEETING_STATE where nothing was rolled back
     */
    async prepare(session: Session, meetingId: string, startsAt: string): Promise<{ meetingId: string }> {
      const meeting = await meetings.find(meetingId);
      if (meeting?.status !== 'published') throw new DomainError('NOT_FOUND');
      const record = await requireCase(deps.cases, meeting.caseId);
      requireOneOf(record, session, LEAD);
      if ((await checkpoints.findHalt(meetingId)) === undefined) throw new DomainError('MEETING_STATE');
      const known = await meetings.findContinuation(meetingId);
      if (known) return { meetingId: known.meetingId };
      const { state } = await rooms.read(meetingId);
      const created = await createWithLink(deps, {
        ...meeting,
        ...newIdentity(deps, record),
        ...undecided(meeting, state),
        startsAt: toInstant(startsAt),
        status: 'draft',
        publishedAt: null,
        createdAt: new Date(deps.clock.now()),
        revision: 0,
        publishingSince: null,
        continues: meetingId,
      });
      await auditMeeting(deps, session, { action: 'meeting.continue', meeting: created });
      return { meetingId: created.meetingId };
    },
  };
}

const withoutNote = ({ by, signedSize, foundSize, detectedAt }: NonNullable<ContinuationView['halt']>) => ({
  by,
  signedSize,
  foundSize,
  detectedAt,
});

function continuedBy({ meetingId, title, startsAt, status }: MeetingRecord): ContinuationView['continuedBy'] {
  return { meetingId, title, startsAt: startsAt.toISOString(), isPublished: status === 'published' };
}

function continues({ meeting }: MeetingFacts, { convened }: MeetingState): ContinuationView['continues'] {
  const earlier = convened?.continues;
  if (!earlier || typeof meeting.continues !== 'string') return null;
  const { origin, checkpoint, foundSize, detectedAt } = earlier;
  return {
    meetingId: meeting.continues,
    origin,
    signedSize: parseCheckpointNote(checkpoint).checkpoint.size,
    foundSize: Number(foundSize),
    detectedAt,
  };
}

/** What was resolved and is still in the found record stands; the rest has to be voted on again. */
function undecided(
  { agenda, resolutions }: MeetingRecord,
  state: MeetingState,
): Pick<MeetingRecord, 'agenda' | 'resolutions'> {
  const isDecided = (resolutionId: string | null) =>
    resolutionId !== null && (state.resolutions.get(resolutionId)?.verdict ?? null) !== null;
  return {
    agenda: agenda.filter(({ resolutionId }) => !isDecided(resolutionId)),
    resolutions: resolutions.filter(({ resolutionId }) => !isDecided(resolutionId)),
  };
}
