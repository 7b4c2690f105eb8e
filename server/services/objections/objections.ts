/** 核查债权: what parties read of the claims table, their objections, and the administrator's answers. */
import { DomainError } from '../../domain/errors.ts';
import { chinaDateTime } from '../../domain/china-calendar.ts';
import type { Capacity } from '../../domain/master-data.ts';
import type { ObjectionState, Stamped } from '../../domain/meeting/state.ts';
import type { WorkCalendar } from '../../domain/timers/working-days.ts';
import type { ObjectionDecision, ObjectionPoint } from '../../protocol/entry-bodies/meeting.ts';
import type {
  ClaimRowView,
  ObjectionView,
  OwnVerificationView,
  VerificationView,
} from '../../protocol/rest/objection-routes.ts';
import type { ScanView } from '../../protocol/rest/entered-ballot-routes.ts';
import type { Clock } from '../clock.ts';
import {
  answerObjection,
  fileObjection,
  haveNoObjection,
  withdrawDebtorsObjection,
  withdrawObjection,
  type FiledObjection,
} from '../conduct/commands/objection-commands.ts';
import { keepScan } from '../entered-ballots/keep-scan.ts';
import type { LedgerStore } from '../ledger-port.ts';
import {
  ADMINISTRATOR_ROLES,
  LEAD_ROLES,
  STAFF_ROLES,
  type MeetingGate,
  type Visit,
} from '../meeting-gate.ts';
import type { ClaimRowReader } from '../ports/claim-rows-port.ts';
import type { EnteredBallotStore, ScanInspector, StoredScan } from '../ports/entered-ballot-port.ts';
import type { FileVault, PageOf, PageRequest, ReceivedFile } from '../ports/master-data-ports.ts';
import type { Messenger } from '../ports/messenger-port.ts';
import type { Session } from '../session.ts';
import {
  commitmentsOf,
  countByClaim,
  enterprisesOf,
  isUnanswered,
  toClaimRowView,
  toObjectionView,
  verificationView,
} from './objection-views.ts';
import { exportObjections } from './objections-export.ts';

export interface ObjectionsDeps {
  readonly gate: MeetingGate;
  readonly rows: ClaimRowReader;
  readonly scans: Pick<EnteredBallotStore, 'putScan' | 'findScans'>;
  readonly inspector: ScanInspector;
  readonly vault: FileVault;
  readonly ledger: Pick<LedgerStore, 'readPrivates'>;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly calendar: WorkCalendar;
  /** Name and telephone of a person, for the mark over the page. */
  readonly personOf: (
    personId: string,
  ) => Promise<{ readonly name: string; readonly mobile: string | null } | undefined>;
  readonly log: { error(object: object, message: string): void };
}

export interface ObjectionRef {
  readonly meetingId: string;
  readonly objectionId: string;
}

/** Of the debtor: entered by the administrator. */
export interface DebtorsObjection extends ObjectionRef {
  readonly resolutionId: string;
  readonly claimNo: string;
  readonly point: ObjectionPoint;
  readonly amountFen?: string;
  readonly text: string;
  readonly attachmentSha256?: string;
}

export interface NewObjection extends DebtorsObjection {
  readonly capacityId: string;
}

export type NoObjection = Pick<NewObjection, 'meetingId' | 'objectionId' | 'resolutionId' | 'capacityId'>;

export type ObjectionQueueState = 'open' | 'answered' | 'withdrawn';

export type Objections = ReturnType<typeof createObjections>;

export function createObjections(deps: ObjectionsDeps) {
  const reading = createReading(deps);
  return { ...reading, ...createFiling(deps, reading), ...createAttachments(deps), ...createQueue(deps) };
}

/** @throws DomainError UNIT_NOT_YOURS for a capacity that is not one's own */
function requireCapacity({ access }: Visit, wanted: string): Capacity {
  const capacity = access.capacities.find(({ capacityId }) => capacityId === wanted);
  if (!capacity) throw new DomainError('UNIT_NOT_YOURS');
  return capacity;
}

const ownCreditors = ({ access }: Visit) => new Set(access.capacities.map(({ creditorId }) => creditorId));

function createReading({ gate, rows, ledger, scans, clock, calendar, personOf }: ObjectionsDeps) {
  return {
    async own(session: Session, meetingId: string): Promise<OwnVerificationView> {
      const visit = await gate.enter(session, meetingId);
      const { room, access } = visit;
      const own = ownCreditors(visit);
      const counts = countByClaim(room.state);
      const mine = [...room.state.objections.values()].filter(({ filed }) =>
        own.has(filed.body.creditorId ?? ''),
      );
      const [claims, objections, person] = await Promise.all([
        rows.ofCreditors(room.facts.case.caseId, [...own]),
        viewsOf({ ledger, scans }, visit, mine),
        personOf(session.personId),
      ]);
      return {
        verification: verificationView(room.state, calendar),
        own: claims.map((row) => toClaimRowView(row, own, counts)),
        objections,
        capacities: access.capacities.map(({ capacityId, creditorId }) => ({
          capacityId,
          creditorId,
          creditorName: room.book.creditors.get(creditorId)?.name ?? '',
          standing: mine.filter(({ filed, withdrawn }) => !withdrawn && filed.body.creditorId === creditorId)
            .length,
          none: noneOf(room.state.withoutObjection.get(creditorId)),
        })),
        watermark: `${person?.name ?? ''} ${person?.mobile?.slice(-4) ?? ''} ${chinaDateTime(clock.now()).slice(0, -3)}`,
      };
    },

    async claims(
      session: Session,
      meetingId: string,
      query: PageRequest & { readonly search: string | undefined },
    ): Promise<PageOf<ClaimRowView>> {
      const visit = await gate.enter(session, meetingId);
      const own = ownCreditors(visit);
      const isParty = own.size > 0 || STAFF_ROLES.includes(visit.access.role);
      if (!isParty) throw new DomainError('FORBIDDEN');
      const counts = countByClaim(visit.room.state);
      const page = await rows.page(visit.room.facts.case.caseId, query);
      return { total: page.total, rows: page.rows.map((row) => toClaimRowView(row, own, counts)) };
    },
  };
}

interface Objector {
  readonly by: FiledObjection['by'];
  readonly objectorName: string;
}

function createFiling(deps: ObjectionsDeps, { own }: ReturnType<typeof createReading>) {
  const { gate, rows, scans, clock } = deps;

  async function fileIn(visit: Visit, request: DebtorsObjection, { by, objectorName }: Objector) {
    const { room, access } = visit;
    const receivedAt = new Date(clock.now()).toISOString();
    const { meetingId, objectionId, resolutionId, claimNo, point, amountFen, text, attachmentSha256 } =
      request;
    const row = await rows.find(room.facts.case.caseId, claimNo);
    if (!row) throw new DomainError('CLAIM_UNKNOWN');
    if (attachmentSha256 !== undefined && !(await scans.findScans(meetingId, [attachmentSha256])).size) {
      throw new DomainError('SCAN_UNKNOWN');
    }
    const texts = { text, claimName: row.creditorName, objectorName };
    const { personId } = access;
    const about = { claimNo, point, amountFen, attachmentSha256, texts };
    await room.submit(fileObjection({ objectionId, resolutionId, by, personId, receivedAt, ...about }));
    return viewOf(deps, visit, objectionId);
  }

  return {
    async file(session: Session, request: NewObjection): Promise<ObjectionView> {
      const visit = await gate.enter(session, request.meetingId);
      const capacity = requireCapacity(visit, request.capacityId);
      const objectorName = visit.room.book.creditors.get(capacity.creditorId)?.name ?? '';
      return fileIn(visit, request, { by: { capacity }, objectorName });
    },

    /** 债务人 may object too (企业破产法 art. 58(3)) and has no account: the administrator enters it. */
    async fileForDebtor(session: Session, request: DebtorsObjection): Promise<ObjectionView> {
      const visit = await gate.enter(session, request.meetingId, ADMINISTRATOR_ROLES);
      const { personId, role } = visit.access;
      const objectorName = visit.room.facts.case.debtor;
      return fileIn(visit, request, { by: { actor: { personId, role } }, objectorName });
    },

    async none(session: Session, request: NoObjection): Promise<OwnVerificationView> {
      const { meetingId, objectionId, resolutionId } = request;
      const visit = await gate.enter(session, meetingId);
      const capacity = requireCapacity(visit, request.capacityId);
      const receivedAt = new Date(clock.now()).toISOString();
      const { personId } = session;
      const said = { objectionId, resolutionId, capacity, receivedAt };
      const objectorName = visit.room.book.creditors.get(capacity.creditorId)?.name ?? '';
      await visit.room.submit(haveNoObjection({ ...said, personId, objectorName }));
      return own(session, meetingId);
    },

    async withdraw(session: Session, ref: ObjectionRef, reason: string): Promise<ObjectionView> {
      const visit = await gate.enter(session, ref.meetingId);
      const creditorIds = [...ownCreditors(visit)];
      const { objectionId } = ref;
      const { personId } = session;
      await visit.room.submit(withdrawObjection({ personId, creditorIds, objectionId, reason }));
      return viewOf(deps, visit, objectionId);
    },

    /** Nobody but who answers for the administrator takes back what is another's. */
    async withdrawForDebtor(session: Session, ref: ObjectionRef, reason: string): Promise<ObjectionView> {
      const visit = await gate.enter(session, ref.meetingId, LEAD_ROLES);
      const { personId, role } = visit.access;
      const { objectionId } = ref;
      const objectorName = visit.room.facts.case.debtor;
      const actor = { personId, role };
      await visit.room.submit(withdrawDebtorsObjection({ actor, objectionId, objectorName, reason }));
      return viewOf(deps, visit, objectionId);
    },
  };
}

function createAttachments(deps: ObjectionsDeps) {
  const { gate, scans, vault } = deps;
  return {
    /** Refuses before a byte is received. */
    async requireMayAttach(session: Session, meetingId: string): Promise<void> {
      const { access } = await gate.enter(session, meetingId);
      const mayObject = access.capacities.length > 0 || ADMINISTRATOR_ROLES.includes(access.role);
      if (!mayObject) throw new DomainError('FORBIDDEN');
      await vault.requireSpace();
    },

    keepAttachment: (meetingId: string, file: ReceivedFile): Promise<ScanView> =>
      keepScan(deps, meetingId, file),

    async requireAttachment(session: Session, ref: ObjectionRef): Promise<StoredScan> {
      const visit = await gate.enter(session, ref.meetingId);
      const { body } = visit.room.state.objections.get(ref.objectionId)?.filed ?? {};
      const isStaff = STAFF_ROLES.includes(visit.access.role);
      const mayRead = isStaff || ownCreditors(visit).has(body?.creditorId ?? '');
      const sha256 = body?.attachmentSha256;
      if (sha256 === undefined || !mayRead) throw new DomainError('NOT_FOUND');
      const scan = (await scans.findScans(ref.meetingId, [sha256])).get(sha256);
      if (!scan) throw new DomainError('NOT_FOUND');
      return scan;
    },
  };
}

function createQueue(deps: ObjectionsDeps) {
  const { gate, rows, messenger, calendar, log } = deps;
  return {
    /** Unanswered first, each part in the order of filing. */
    async queue(
      session: Session,
      meetingId: string,
      { page, pageSize, state }: PageRequest & { readonly state: ObjectionQueueState | undefined },
    ): Promise<{ verification: VerificationView; claims: number; list: PageOf<ObjectionView> }> {
      const visit = await gate.enter(session, meetingId, STAFF_ROLES);
      const all = [...visit.room.state.objections.values()];
      const wanted = state === undefined ? all : all.filter((objection) => stateOf(objection) === state);
      const sorted = [
        ...wanted.filter(isUnanswered),
        ...wanted.filter((objection) => !isUnanswered(objection)),
      ];
      const shown = sorted.slice((page - 1) * pageSize, page * pageSize);
      const list = { total: sorted.length, rows: await viewsOf(deps, visit, shown) };
      const { room } = visit;
      const claims = await rows.count(room.facts.case.caseId);
      return { verification: verificationView(room.state, calendar), claims, list };
    },

    /** Recorded first; then the objector is told by SMS, without the text. */
    async answer(
      session: Session,
      ref: ObjectionRef,
      answer: { readonly decision: ObjectionDecision; readonly text: string },
    ): Promise<ObjectionView> {
      const visit = await gate.enter(session, ref.meetingId, ADMINISTRATOR_ROLES);
      const { room, access } = visit;
      const actor = { personId: access.personId, role: access.role };
      const { objectionId } = ref;
      await room.submit(answerObjection({ actor, objectionId, ...answer }));
      const { creditorId } = room.state.objections.get(objectionId)?.filed.body ?? {};
      const mobile = room.book.creditors.get(creditorId ?? '')?.mobile;
      const seq = room.state.objections.get(objectionId)?.filed.seq ?? '';
      const { debtor, helpPhone } = room.facts.case;
      const told = `【${debtor}债权人会议】管理人已答复您对债权表的异议（第 ${seq} 号），请在会议页面“核查债权”查看。求助电话 ${helpPhone}。`;
      try {
        if (mobile !== undefined) await messenger.send({ channel: 'sms', to: mobile, text: told });
      } catch (error) {
        log.error({ err: error }, 'message about an answered objection not sent');
      }
      return viewOf(deps, visit, objectionId);
    },

    /** For the court: every row with or without objection. */
    async export(session: Session, meetingId: string): Promise<{ csv: string; fileName: string }> {
      const visit = await gate.enter(session, meetingId, STAFF_ROLES);
      const { room } = visit;
      const objections = await viewsOf(deps, visit, [...room.state.objections.values()]);
      const csv = await exportObjections(rows.all(room.facts.case.caseId), objections);
      return { csv, fileName: `债权核查异议清单-${room.facts.case.caseNumber}.csv` };
    },
  };
}

function noneOf(said: Stamped<'objection'> | undefined) {
  return said ? { seq: said.seq, at: said.ts } : null;
}

function stateOf({ answer, withdrawn }: ObjectionState): ObjectionQueueState {
  if (withdrawn) return 'withdrawn';
  return answer ? 'answered' : 'open';
}

type ViewDeps = Pick<ObjectionsDeps, 'ledger' | 'scans'>;

async function viewsOf(
  { ledger, scans }: ViewDeps,
  visit: Visit,
  objections: readonly ObjectionState[],
): Promise<ObjectionView[]> {
  if (objections.length === 0) return [];
  const { room } = visit;
  const files = objections.flatMap(({ filed }) => filed.body.attachmentSha256 ?? []);
  const [privates, found] = await Promise.all([
    ledger.readPrivates(room.meetingId, commitmentsOf(objections)),
    scans.findScans(room.meetingId, files),
  ]);
  const enterprises = enterprisesOf(room);
  const source = { room, privates, scans: found, own: ownCreditors(visit), enterprises };
  return objections.map((objection) => toObjectionView(objection, source));
}

async function viewOf(deps: ViewDeps, visit: Visit, objectionId: string): Promise<ObjectionView> {
  const objection = visit.room.state.objections.get(objectionId);
  const [view] = objection ? await viewsOf(deps, visit, [objection]) : [];
  if (!view) throw new DomainError('NOT_FOUND');
  return view;
}
