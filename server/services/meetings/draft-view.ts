/** A draft in the shape of a meeting: nothing has happened yet, and nobody but the team sees it. */
import type { StoredDocument } from '../../domain/master-data.ts';
import { settingsOfCase } from '../../domain/rules/case-settings.ts';
import { isResolutionTypeId, resolutionTypes } from '../../domain/rules/registry.ts';
import { settingViews } from '../../domain/rules/setting-views.ts';
import type { MeetingListRow, MeetingView } from '../../protocol/rest/meeting-routes.ts';
import type { DocumentView, ResolutionSlice } from '../../protocol/room-slices.ts';
import { SIGN_IN_OPENS_BEFORE_MS } from '../../protocol/room.ts';
import type { CaseRecord, MeetingRecord } from '../ports/master-data-ports.ts';

export interface DraftViewInput {
  readonly meeting: MeetingRecord;
  readonly record: CaseRecord;
  /** Documents of the case by id. */
  readonly documents: ReadonlyMap<string, StoredDocument>;
  readonly myRole: string;
}

function toDraftRow({ meeting, record, myRole }: Omit<DraftViewInput, 'documents'>): MeetingListRow {
  return {
    meetingId: meeting.meetingId,
    linkCode: meeting.linkCode,
    title: meeting.title,
    caseNumber: record.caseNumber,
    debtor: record.debtor,
    court: record.court,
    startsAt: meeting.startsAt.toISOString(),
    state: 'draft',
    votingClosesAt: null,
    helpPhone: record.helpPhone,
    isDemonstration: record.isDemonstration,
    caseId: record.caseId,
    myRole,
  };
}

export function toDraftView(input: DraftViewInput): MeetingView {
  const { meeting, record, documents } = input;
  const totals = record.claimsTotals?.overall;
  return {
    ...toDraftRow(input),
    status: 'draft',
    phase: 'published',
    hostPersonId: meeting.hostPersonId,
    agenda: meeting.agenda.map((item) => ({
      itemId: item.itemId,
      title: item.title,
      kind: item.kind,
      documents: toDocumentViews(item.documentIds, documents),
      resolutionId: item.resolutionId,
      isAdHoc: false,
      isVisited: false,
    })),
    currentItemId: null,
    resolutions: meeting.resolutions.map((draft) => toResolutionSlice(input, draft)),
    elections: [],
    capacities: [],
    rights: {},
    attendance: {
      dueUnits: totals?.creditors ?? 0,
      signedInUnits: 0,
      signedInFen: '0',
      dueFen: (totals?.voteFen ?? 0n).toString(),
      online: 0,
    },
    signInOpensAt: new Date(meeting.startsAt.getTime() - SIGN_IN_OPENS_BEFORE_MS).toISOString(),
  };
}

function toResolutionSlice(
  { meeting, record, documents }: DraftViewInput,
  draft: MeetingRecord['resolutions'][number],
): ResolutionSlice {
  const type = isResolutionTypeId(draft.type) ? resolutionTypes[draft.type] : undefined;
  return {
    resolutionId: draft.resolutionId,
    itemId: meeting.agenda.find(({ resolutionId }) => resolutionId === draft.resolutionId)?.itemId ?? '',
    type: draft.type,
    title: draft.title,
    text: draft.text,
    documents: toDocumentViews(draft.documentIds, documents),
    // Computed when the texts are fixed.
    documentsRoot: '',
    particulars: draft.particulars ?? null,
    ruleId: type?.rule.ruleId ?? draft.type,
    article: type?.rule.article ?? '',
    settings: type
      ? settingViews(type.rule, settingsOfCase(type, record.settings), type.ruleSet.defaults)
      : [],
    allowChange: record.settings.allowChange,
    ...notOpened,
  };
}

/** What there is of a vote before its meeting is published. */
const notOpened = {
  status: 'published',
  round: '1',
  adHoc: null,
  rollRoot: null,
  rollVersion: null,
  rollUnits: null,
  rollGroups: [],
  rollCorrections: [],
  carriedFromRound: null,
  openedAt: null,
  closesAt: null,
  closedAt: null,
  closedBy: null,
  closeReason: '',
  closeConsentNo: '',
  extensions: [],
  verdict: null,
  earlierVerdicts: [],
  earlierRounds: [],
  nextRound: null,
  rulings: [],
  decisions: [],
  cramDown: [],
} satisfies Partial<ResolutionSlice>;

function toDocumentViews(
  ids: readonly string[],
  documents: ReadonlyMap<string, StoredDocument>,
): DocumentView[] {
  return ids.flatMap((id) => {
    const document = documents.get(id);
    if (document === undefined) return [];
    const { documentId, title, sha256, sizeBytes, pages } = document;
    return [{ documentId, title, sha256, sizeBytes, pages }];
  });
}
