/** From the folded state to the slices that clients hold. Pure: names come in as labels. */
import type { MeetingState } from '../../domain/meeting/state.ts';
import type { AgendaSlice, AttendanceSlice, FloorSlice, MeetingSlice } from '../../protocol/room-slices.ts';
import type { MeetingFacts } from './conduct-data.ts';
import { documentViews } from './reading/document-views.ts';

export function meetingSlice(
  state: MeetingState,
  { meeting, case: bankruptcyCase }: MeetingFacts,
): MeetingSlice {
  return {
    meetingId: meeting.meetingId,
    origin: meeting.origin,
    title: meeting.title,
    caseNumber: bankruptcyCase.caseNumber,
    debtor: bankruptcyCase.debtor,
    court: bankruptcyCase.court,
    helpPhone: bankruptcyCase.helpPhone,
    startsAt: meeting.startsAt.toISOString(),
    phase: state.phase,
    endedAt: state.endedAt,
    isDemonstration: bankruptcyCase.isDemonstration,
    continues: state.convened?.continues?.origin ?? null,
  };
}

export function agendaSlice(state: MeetingState, facts: MeetingFacts): AgendaSlice {
  const { agenda } = facts.meeting;
  return {
    // A matter added during the meeting is on the agenda once the ledger has it.
    items: agenda
      .filter(({ isAdHoc, resolutionId }) => isAdHoc !== true || state.resolutions.has(resolutionId ?? ''))
      .map((item) => ({
        itemId: item.itemId,
        title: item.title,
        kind: item.kind,
        documents: documentViews(item.documentIds, facts.documents),
        resolutionId: item.resolutionId,
        isAdHoc: item.isAdHoc === true,
        isVisited: state.visitedItemIds.has(item.itemId),
      })),
    currentItemId: state.currentItemId,
  };
}

/** Attendance of creditors: who is due is every creditor of the claims table; amounts are voting amounts. */
export function attendanceSlice(
  state: MeetingState,
  amounts: ReadonlyMap<string, bigint>,
  online: number,
): AttendanceSlice {
  let dueFen = 0n;
  for (const amount of amounts.values()) dueFen += amount;
  let signedInFen = 0n;
  let signedInUnits = 0;
  for (const creditorId of state.presentCreditors.keys()) {
    const amount = amounts.get(creditorId);
    if (amount === undefined) continue;
    signedInFen += amount;
    signedInUnits += 1;
  }
  return {
    dueUnits: amounts.size,
    signedInUnits,
    signedInFen: String(signedInFen),
    dueFen: String(dueFen),
    online,
  };
}

export function floorSlice(state: MeetingState, label: string | null): FloorSlice {
  const { floor, hands } = state;
  if (floor.state === 'free') {
    return { state: 'free', personId: null, label: null, since: null, queueLength: hands.length };
  }
  const { personId, since } = floor;
  return { state: floor.state, personId, label, since, queueLength: hands.length };
}
