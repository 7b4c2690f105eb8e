/** The record of a meeting as its ledger tells it: the timeline with the checks of the law, and the minutes. */
import { DomainError } from '../../domain/errors.ts';
import { toHex } from '../../domain/record/base64.ts';
import { parseEntry } from '../../domain/record/entry.ts';
import { leafHash } from '../../domain/record/merkle.ts';
import type { RecordView, TimelineEntry } from '../../protocol/rest/meeting-routes.ts';
import type { Clock } from '../clock.ts';
import type { ConductData } from '../conduct/conduct-data.ts';
import { isStaff, type AccessReader } from '../conduct/meeting-access.ts';
import type { Rooms } from '../conduct/rooms.ts';
import { attendanceSlice, resolutionSlice } from '../conduct/slices.ts';
import type { LedgerStore, RollStore } from '../ledger-port.ts';
import type { RecordReader } from '../meetings/meeting-reader-port.ts';
import { sha256 } from '../record-crypto.ts';

export interface RecordReaderDeps {
  readonly data: ConductData;
  readonly rooms: Rooms;
  readonly ledgers: LedgerStore;
  readonly rolls: RollStore;
  readonly accessOf: AccessReader;
  readonly clock: Clock;
}

export function createRecordReader(deps: RecordReaderDeps): RecordReader {
  return {
    async record(session, meetingId): Promise<RecordView> {
      const { facts, state } = await deps.rooms.read(meetingId);
      const access = await deps.accessOf(session, facts);
      if (access.role !== 'reviewer' && !isStaff(access.role)) throw new DomainError('FORBIDDEN');
      const timeline: TimelineEntry[] = [];
      for await (const portion of deps.ledgers.read(meetingId, 0)) {
        for (const { bytes } of portion) {
          const { seq, ts, t } = parseEntry(bytes);
          timeline.push({ seq, ts, t, code: t, params: {}, leafHash: toHex(leafHash(sha256, bytes)) });
        }
      }
      const { meeting, case: bankruptcyCase } = facts;
      return {
        meeting: {
          meetingId,
          linkCode: meeting.linkCode,
          title: meeting.title,
          caseNumber: bankruptcyCase.caseNumber,
          debtor: bankruptcyCase.debtor,
          court: bankruptcyCase.court,
          startsAt: meeting.startsAt.toISOString(),
          state: state.phase === 'closed' ? 'closed' : 'in-progress',
          votingClosesAt: null,
          helpPhone: bankruptcyCase.helpPhone,
          isDemonstration: bankruptcyCase.isDemonstration,
          caseId: bankruptcyCase.caseId,
          myRole: access.role,
        },
        entries: timeline.length,
        timeline,
        checks: [],
        resolutions: [...state.resolutions.values()].map((resolution) => resolutionSlice(resolution, facts)),
        attendance: attendanceSlice(state, new Map(), 0),
        documents: [],
      };
    },
    minutes: () => Promise.reject(new DomainError('UNAVAILABLE')),
  };
}
