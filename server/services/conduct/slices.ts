/** From the folded state to the slices that clients hold. Pure: names come in as labels. */
import type { MeetingState, ResolutionState } from '../../domain/meeting/state.ts';
import type { StoredDocument } from '../../domain/master-data.ts';
import { isResolutionTypeId, resolutionTypes } from '../../domain/rules/registry.ts';
import type {
  AgendaSlice,
  AttendanceSlice,
  DocumentView,
  FloorSlice,
  MeetingSlice,
  ResolutionSlice,
  VerdictView,
} from '../../protocol/room-slices.ts';
import type { MeetingFacts } from './conduct-data.ts';

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
    isDemonstration: bankruptcyCase.isDemonstration,
  };
}

export function agendaSlice(state: MeetingState, facts: MeetingFacts): AgendaSlice {
  return {
    items: facts.meeting.agenda.map((item) => ({
      itemId: item.itemId,
      title: item.title,
      kind: item.kind,
      documents: documentViews(item.documentIds, facts.documents),
      resolutionId: item.resolutionId,
    })),
    currentItemId: state.currentItemId,
  };
}

export function documentViews(
  ids: readonly string[],
  documents: ReadonlyMap<string, StoredDocument>,
): DocumentView[] {
  return ids.flatMap((id) => {
    const document = documents.get(id);
    if (!document) return [];
    const { documentId, title, sha256, sizeBytes, pages } = document;
    return [{ documentId, title, sha256, sizeBytes, pages }];
  });
}

/** Attendance: who is due is everybody on the claims table; amounts are voting amounts. */
export function attendanceSlice(
  state: MeetingState,
  amounts: ReadonlyMap<string, bigint>,
  online: number,
): AttendanceSlice {
  let dueFen = 0n;
  for (const amount of amounts.values()) dueFen += amount;
  let signedInFen = 0n;
  for (const creditorId of state.presentCreditors.keys()) signedInFen += amounts.get(creditorId) ?? 0n;
  return {
    dueUnits: amounts.size,
    signedInUnits: state.presentCreditors.size,
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

/** Rule and article as frozen, or as the registry has them before opening. */
function ruleOf(resolution: ResolutionState): { ruleId: string; article: string } {
  const frozen = resolution.opened?.body.rule;
  if (frozen) return frozen;
  const { type } = resolution.published;
  return isResolutionTypeId(type) ? resolutionTypes[type].rule : { ruleId: type, article: '' };
}

export function resolutionSlice(resolution: ResolutionState, facts: MeetingFacts): ResolutionSlice {
  const { published, roll, opened, closed } = resolution;
  const draft = facts.meeting.resolutions.find((item) => item.resolutionId === published.resolutionId);
  const { ruleId, article } = ruleOf(resolution);
  return {
    resolutionId: published.resolutionId,
    itemId: published.itemId,
    type: published.type,
    title: draft?.title ?? '',
    text: draft?.text ?? '',
    documents: documentViews(draft?.documentIds ?? [], facts.documents),
    documentsRoot: published.documentsRoot,
    ruleId,
    article,
    status: resolution.status,
    round: resolution.round,
    rollRoot: roll?.root ?? null,
    rollUnits: roll ? unitsOf(roll) : null,
    openedAt: opened?.ts ?? null,
    closesAt: resolution.closesAt,
    closedAt: closed?.body.effectiveAt ?? null,
    closedBy: closed?.body.cause ?? null,
    extensions: resolution.extensions.map((extension) => ({ ...extension })),
    verdict: verdictView(resolution),
  };
}

function unitsOf(roll: NonNullable<ResolutionState['roll']>): number {
  return roll.totals.reduce((sum, group) => sum + Number(group.heads), 0);
}

/** The verdict as it stands in the ledger; a vote by classes shows its first group here. */
export function verdictView({ verdict, opened }: ResolutionState): VerdictView | null {
  const group = verdict?.body.results.main.groups[0];
  if (!verdict || !opened || !group?.heads || !group.amount) return null;
  const { body } = verdict;
  return {
    passed: body.outcome === 'PASSED',
    article: opened.body.rule.article,
    ruleId: opened.body.rule.ruleId,
    followUp: [...body.followUp],
    heads: group.heads,
    amount: group.amount,
    presentHeads: group.presentHeads,
    for: group.for,
    against: group.against,
    abstain: group.abstain,
    silent: group.silent,
    attendanceBasis: opened.body.rule.attendanceBasis,
    passedWithoutTemporary:
      body.results.withoutTemporary && body.results.withoutTemporary.outcome === 'PASSED',
    warnings: [...body.warnings],
    announcedAt: verdict.ts,
    seq: verdict.seq,
  };
}
