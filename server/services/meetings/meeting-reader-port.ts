/** What the HTTP edge reads of meetings; the conduct of meetings and the record implement it. */
import type {
  MeetingListRow,
  MeetingView,
  PublicMeetingView,
  RecordView,
  RosterRow,
  RulingInput,
} from '../../protocol/rest/meeting-routes.ts';
import type { RollCorrectionPreview, RollPreview } from '../../protocol/vote/roll-views.ts';
import type { Group } from '../../protocol/entry-parts.ts';
import type { RulingView } from '../../protocol/vote/slices.ts';
import type { PageOf } from '../ports/master-data-ports.ts';
import type { MinutesFormat } from '../ports/minutes-renderer-port.ts';
import type { RecordState } from '../../protocol/record-state.ts';
import type { Session } from '../session.ts';

export interface ResolutionRef {
  readonly meetingId: string;
  readonly resolutionId: string;
}

export interface MeetingListQuery {
  readonly page: number;
  readonly pageSize: number;
  readonly caseId: string | undefined;
}

export interface RosterQuery {
  readonly page: number;
  readonly pageSize: number;
  readonly state: 'all' | 'signed-in' | 'absent';
  readonly search: string | undefined;
}

export interface NotVotedQuery {
  readonly page: number;
  readonly pageSize: number;
  /** Of one group alone. */
  readonly group: Group | undefined;
}

/** Every method decides access anew and throws DomainError with the reason. */
export interface MeetingReader {
  /** No session needed. @throws DomainError NOT_FOUND, also for drafts */
  publicView(linkCode: string): Promise<PublicMeetingView>;
  /** Meetings that the person may enter, drafts for the team; for a reviewer those of the province. */
  listFor(session: Session, query: MeetingListQuery): Promise<PageOf<MeetingListRow>>;
  /** A published meeting. */
  view(session: Session, meetingId: string): Promise<MeetingView>;
  roster(session: Session, meetingId: string, query: RosterQuery): Promise<PageOf<RosterRow>>;
  rollPreview(session: Session, ref: ResolutionRef): Promise<RollPreview>;
  notVoted(session: Session, ref: ResolutionRef, query: NotVotedQuery): Promise<PageOf<RosterRow>>;
  /**
   * The whole number of one that has not voted, for the host to remind it; each look is kept in the audit trail.
   * @throws DomainError NOT_HOST, RESOLUTION_NOT_OPEN, UNIT_NOT_ON_ROLL, ALREADY_CAST
   */
  notVotedTelephone(
    session: Session,
    ref: ResolutionRef & { readonly unitId: string },
  ): Promise<{ readonly mobile: string }>;
  /** What a correction of the roll in force would change now. */
  rollCorrection(session: Session, ref: ResolutionRef): Promise<RollCorrectionPreview>;
}

/** Records what the court decided or was asked; decides nothing. */
export interface RulingDesk {
  /** @throws DomainError FORBIDDEN, INVALID_REQUEST naming the place */
  record(session: Session, meetingId: string, input: RulingInput): Promise<RulingView>;
}

export interface RecordReader {
  record(session: Session, meetingId: string): Promise<RecordView>;
  /** How far it is signed, witnessed and stamped. */
  state(session: Session, meetingId: string): Promise<RecordState>;
  minutes(
    session: Session,
    meetingId: string,
    format: MinutesFormat,
  ): Promise<{ readonly bytes: Buffer; readonly fileName: string }>;
}
