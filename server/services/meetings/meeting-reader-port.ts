/** What the HTTP edge reads of meetings; the conduct of meetings and the record implement it. */
import type {
  MeetingListRow,
  MeetingView,
  PublicMeetingView,
  RecordView,
  RollPreview,
  RosterRow,
} from '../../protocol/rest/meeting-routes.ts';
import type { PageOf } from '../ports/master-data-ports.ts';
import type { MinutesFormat } from '../ports/minutes-renderer-port.ts';
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
  notVoted(
    session: Session,
    ref: ResolutionRef,
    page: { readonly page: number; readonly pageSize: number },
  ): Promise<PageOf<RosterRow>>;
}

export interface RecordReader {
  record(session: Session, meetingId: string): Promise<RecordView>;
  minutes(
    session: Session,
    meetingId: string,
    format: MinutesFormat,
  ): Promise<{ readonly bytes: Buffer; readonly fileName: string }>;
}
