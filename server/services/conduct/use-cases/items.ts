/** What is added to a meeting: a matter not told in advance, decisions of the court, lots. */
import { createHash } from 'node:crypto';
import { chinaDate, isCalendarDate } from '../../../domain/china-calendar.ts';
import { creditorsAmong } from '../../../domain/claims-table.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { MeetingState } from '../../../domain/meeting/state.ts';
import { unansweredConditions } from '../../../domain/rules/cram-down.ts';
import { fromHex, toBase64 } from '../../../domain/record/base64.ts';
import { merkleRoot } from '../../../domain/record/merkle.ts';
import type { EntryBody } from '../../../protocol/entries.ts';
import type { RulingInput } from '../../../protocol/rest/meeting-routes.ts';
import type { RoomReply, RoomRequest } from '../../../protocol/room.ts';
import type { Role } from '../../../protocol/scalars.ts';
import type { RulingView } from '../../../protocol/vote/slices.ts';
import { checkParticulars } from '../../meetings/particulars.ts';
import { sha256 } from '../../record-crypto.ts';
import { addResolution, recordLot, recordRuling, requireMayAdd } from '../commands/item-commands.ts';
import type { MeetingFacts } from '../conduct-data.ts';
import type { MeetingRoom } from '../meeting-room.ts';
import { requireType } from '../vote/roll-request.ts';
import { cramDownLines, rulingView } from '../vote/vote-slices.ts';
import { actorOf, type AdHocItem, type Admitted, type ConductDeps } from './conduct-deps.ts';

const MINUTE_MS = 60_000;

export function createItems(deps: ConductDeps) {
  return {
    addResolution: (admitted: Admitted, request: RoomRequest<'resolution:add'>) =>
      addAdHoc(deps, admitted, request),

    async recordLot(admitted: Admitted, request: RoomRequest<'election:lot'>): Promise<void> {
      const rulingId = deps.ids.next();
      await admitted.room.submit(recordLot({ actor: actorOf(admitted), rulingId, ...request }));
    },

    async recordRuling(admitted: Admitted, input: RulingInput): Promise<RulingView> {
      const { room } = admitted;
      const { reference, text, documentId, checklist, kind, decidedOn, ...about } = input;
      requireMayRecord(admitted.access.role);
      requireRuling(input);
      requireDecidedOn(input, room, chinaDate(deps.clock.now()));
      if (kind === 'CRAM_DOWN_APPLICATION') requireAnswered(room.state, input);
      const document =
        documentId === undefined
          ? undefined
          : await deps.data.findDocument(room.facts.case.caseId, documentId);
      if (documentId !== undefined && !document) refuse('body/documentId');
      const ruling: Omit<EntryBody<'ruling'>, 'actor' | 'commitments'> = {
        rulingId: deps.ids.next(),
        kind,
        decidedOn,
        ...about,
        ...(document && { documentSha256: document.sha256 }),
      };
      await room.submit(recordRuling({ actor: actorOf(admitted), ruling, reference, text, checklist }));
      const recorded = room.state.rulings.find(({ body }) => body.rulingId === ruling.rulingId);
      if (!recorded) throw new Error('a ruling was recorded and is not in the state');
      return rulingView(recorded, room.textOf);
    },
  };
}

/** The master data first: what the ledger has is always to be found there, and shown only once it has it. */
async function addAdHoc(
  deps: ConductDeps,
  admitted: Admitted,
  request: RoomRequest<'resolution:add'>,
): Promise<RoomReply<'resolution:add'>> {
  const { room } = admitted;
  const actor = actorOf(admitted);
  requireMayAdd(room.state, actor);
  const { reason, courtConsentNo, readingMinutes } = request;
  const added = await toAdHoc(deps, room.facts, request);
  await deps.addToMeeting(room.meetingId, added);
  const openNotBefore = new Date(deps.clock.now() + readingMinutes * MINUTE_MS).toISOString();
  const { title, text, resolutionId } = added.resolution;
  const { item } = added;
  await room.submit(
    addResolution({
      actor,
      resolution: await toPublished(deps, room.facts, added),
      title,
      text,
      reason,
      courtConsentNo,
      openNotBefore,
    }),
  );
  return { resolutionId, itemId: item.itemId, openNotBefore };
}

async function toAdHoc(
  { ids, data }: ConductDeps,
  facts: MeetingFacts,
  request: RoomRequest<'resolution:add'>,
): Promise<AdHocItem> {
  const { id: type } = requireType(request.type);
  const title = request.title.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  const text = request.text.normalize('NFC').trim();
  if (title.length < 2) refuse('title');
  if (text.length < 2) refuse('text');
  const documentIds = [...new Set(request.documentIds)];
  for (const documentId of documentIds) {
    if (!(await data.findDocument(facts.case.caseId, documentId))) refuse('documentIds');
  }
  const book = await data.claimsBook(facts.case.caseId);
  const particulars = checkParticulars({
    type,
    particulars: request.particulars,
    place: 'particulars',
    isParty: creditorsAmong(book.creditors).has,
  });
  if (particulars?.hasInvestorGroup === true && !book.claims.some(({ nature }) => nature === 'INVESTOR')) {
    throw new DomainError('INVESTORS_MISSING');
  }
  const resolutionId = ids.next();
  return {
    item: { itemId: ids.next(), title, kind: 'vote', documentIds, resolutionId, isAdHoc: true },
    resolution: { resolutionId, type, title, text, documentIds, ...(particulars && { particulars }) },
  };
}

async function toPublished({ data }: ConductDeps, facts: MeetingFacts, { item, resolution }: AdHocItem) {
  const type = requireType(resolution.type);
  const documents: { documentId: string; sha256: string }[] = [];
  for (const documentId of resolution.documentIds) {
    const document = await data.findDocument(facts.case.caseId, documentId);
    if (document) documents.push({ documentId, sha256: document.sha256 });
  }
  const hashes = documents.map((document) => fromHex(document.sha256));
  return {
    resolutionId: resolution.resolutionId,
    type: type.id,
    itemId: item.itemId,
    ruleSetId: type.ruleSet.ruleSetId,
    textSha256: createHash('sha256').update(resolution.text).digest('hex'),
    documents,
    documentsRoot: toBase64(merkleRoot(sha256, hashes)),
    ...(resolution.particulars && { particulars: resolution.particulars }),
  };
}

/** Who keeps the file: the administrator's lead, and the court. */
const recorders: ReadonlySet<Role> = new Set(['administrator-lead', 'judge', 'clerk']);

function requireMayRecord(role: Role): void {
  if (!recorders.has(role)) throw new DomainError('FORBIDDEN');
}

/**
 * A decision about what was voted on follows the vote (arts. 64(2), 65, 66, 86-88); any other one is of this case.
 * @throws DomainError DECISION_DATE with the days between which it lies
 */
function requireDecidedOn(
  { kind, resolutionId, decidedOn }: RulingInput,
  { state, facts }: MeetingRoom,
  to: string,
): void {
  const resolution = kind === 'OTHER' ? undefined : state.resolutions.get(resolutionId ?? '');
  const closed = resolution && [...resolution.earlierRounds, resolution].find((round) => round.closed);
  const closedAt = closed?.closed?.body.effectiveAt;
  const from = closedAt === undefined ? facts.case.acceptedOn : chinaDate(Date.parse(closedAt));
  if (!isCalendarDate(decidedOn) || decidedOn < from || decidedOn > to)
    throw new DomainError('DECISION_DATE', { params: { from, to } });
}

function requireRuling(input: RulingInput): void {
  // A lot is drawn in the meeting, by its own command.
  if (input.kind === 'LOT_DRAWN') refuse('body/kind');
  const isCramDown = input.kind === 'CRAM_DOWN_APPLICATION';
  if (isCramDown !== (input.checklist !== undefined)) refuse('body/checklist');
  const isOfPlan = isCramDown || input.kind === 'PLAN_APPROVAL_APPLICATION';
  if (isOfPlan && input.resolutionId === undefined) refuse('body/resolutionId');
}

/** Art. 87(2): the applicant answers each condition, with reasons where the votes do not answer it. */
function requireAnswered({ resolutions }: MeetingState, { resolutionId, checklist = [] }: RulingInput): void {
  const resolution = resolutions.get(resolutionId ?? '');
  if (resolution === undefined) throw new DomainError('NOT_FOUND');
  const missing = unansweredConditions(cramDownLines(resolution), checklist);
  if (missing.length > 0)
    throw new DomainError('CHECKLIST_INCOMPLETE', { params: { count: missing.length } });
}

function refuse(detail: string): never {
  throw new DomainError('INVALID_REQUEST', { detail });
}
