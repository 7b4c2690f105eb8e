import type { Calendars } from '../../domain/timers/deadlines.ts';
import type { Clock } from '../clock.ts';
import type { MeetingGate } from '../meeting-gate.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import type { MessengerByChannel } from '../ports/messenger-port.ts';
import type { NoticeStore } from '../ports/notice-port.ts';

export interface NoticeDeps {
  readonly gate: MeetingGate;
  readonly store: NoticeStore;
  readonly calendars: Calendars;
  readonly reaches: MessengerByChannel['reaches'];
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface NoticeRef {
  readonly meetingId: string;
  readonly noticeId: string;
}
