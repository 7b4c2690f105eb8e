/** The way of a notice to each creditor: what staff see, send again and record, and what the creditor reads. */
import { chinaDate, isCalendarDate } from '../../domain/china-calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import type { EntryBody } from '../../protocol/entries.ts';
import type {
  DeliveryRow,
  DeliveryState,
  OwnNotice,
  RecordedProof,
} from '../../protocol/rest/notice-routes.ts';
import { createSealer } from '../conduct/commands/command.ts';
import { ADMINISTRATOR_ROLES, STAFF_ROLES, type Visit } from '../meeting-gate.ts';
import type { PageOf, PageRequest } from '../ports/master-data-ports.ts';
import type { NoticeSending } from '../ports/notice-port.ts';
import type { Session } from '../session.ts';
import type { NoticeDeps, NoticeRef } from './notice-deps.ts';
import { findIssued, toDeliveryRow, toOwnNotice } from './notice-views.ts';

/** Creditors named in one entry; an announcement to more is several entries. */
const CREDITORS_PER_ENTRY = 1_000;

export interface DeliveryQuery extends PageRequest {
  readonly state: DeliveryState | undefined;
  readonly search: string | undefined;
}

export interface DeliveryToRecord {
  /** All without a proved delivery where none are named. */
  readonly creditorIds?: readonly string[] | undefined;
  readonly proof: RecordedProof;
  readonly deliveredOn: string;
  readonly reference: string;
}

export function createDelivery(deps: NoticeDeps) {
  return { ...createStaffSide(deps), ...createOwnSide(deps) };
}

function createStaffSide(deps: NoticeDeps) {
  const { gate, store, clock, audit } = deps;
  return {
    async rows(session: Session, ref: NoticeRef, query: DeliveryQuery): Promise<PageOf<DeliveryRow>> {
      const { room } = await gate.enter(session, ref.meetingId, STAFF_ROLES);
      const notice = await store.find(ref.meetingId, ref.noticeId);
      const issued = findIssued(room.state, ref.noticeId);
      if (!notice || !issued) throw new DomainError('NOT_FOUND');
      const sendings = await store.sendingsOf(ref.meetingId, ref.noticeId);
      const search = query.search?.trim() ?? '';
      const source = { room, issued, calendars: deps.calendars };
      const found = sendings
        .filter(({ creditorId }) => {
          const creditor = room.book.creditors.get(creditorId);
          return search === '' || creditor?.name.includes(search) || creditor?.mobile.endsWith(search);
        })
        .map((sending) => toDeliveryRow(sending, source))
        .filter(({ state }) => query.state === undefined || state === query.state);
      const from = (query.page - 1) * query.pageSize;
      return { total: found.length, rows: found.slice(from, from + query.pageSize) };
    },

    async resend(session: Session, ref: NoticeRef, creditorIds?: readonly string[]): Promise<number> {
      const visit = await gate.enter(session, ref.meetingId, ADMINISTRATOR_ROLES);
      const { creditors } = await requireNotice(deps, visit, ref);
      const chosen = creditorIds ?? creditors.filter((id) => !isProved(visit, ref, id));
      const at = new Date(clock.now());
      const queued = await store.queue(ref, chosen, at);
      await audit.append({
        at,
        actor: session.personId,
        action: 'notice.resend',
        subject: `meeting:${ref.meetingId}`,
        after: { noticeId: ref.noticeId, queued },
      });
      return queued;
    },

    /** @throws DomainError INVALID_REQUEST for a day before the notice or in the future, or a stranger's id */
    async record(session: Session, ref: NoticeRef, request: DeliveryToRecord): Promise<number> {
      const visit = await gate.enter(session, ref.meetingId, ADMINISTRATOR_ROLES);
      const { issuedOn, creditors } = await requireNotice(deps, visit, ref);
      const { deliveredOn, creditorIds } = request;
      const isPossible =
        isCalendarDate(deliveredOn) && deliveredOn >= issuedOn && deliveredOn <= chinaDate(clock.now());
      if (!isPossible) throw new DomainError('INVALID_REQUEST', { detail: 'body/deliveredOn' });
      const known = new Set(creditors);
      if (creditorIds?.some((id) => !known.has(id))) {
        throw new DomainError('INVALID_REQUEST', { detail: 'body/creditorIds' });
      }
      return prove(visit, ref, { ...request, creditorIds: creditorIds ?? creditors });
    },
  };
}

function createOwnSide(deps: NoticeDeps) {
  const { gate, store, clock } = deps;
  return {
    async own(session: Session, meetingId: string): Promise<OwnNotice[]> {
      const visit = await gate.enter(session, meetingId);
      const creditorIds = creditorIdsOf(visit);
      const mine = await store.noticeIdsOf(meetingId, creditorIds);
      const notices = (await store.listOf(meetingId)).filter(({ noticeId }) => mine.has(noticeId));
      return notices.reverse().flatMap((notice) => {
        const issued = findIssued(visit.room.state, notice.noticeId);
        if (!issued) return [];
        return [toOwnNotice(notice, issued, { ...visit, creditorIds, calendars: deps.calendars })];
      });
    },

    /** Opened by who acts for the creditor, signed in: delivered to the creditor on this day at the latest. */
    async read(session: Session, ref: NoticeRef): Promise<OwnNotice> {
      const visit = await gate.enter(session, ref.meetingId);
      const { notice, issued, creditors } = await requireNotice(deps, visit, ref);
      const known = new Set(creditors);
      const creditorIds = creditorIdsOf(visit).filter((id) => known.has(id));
      if (creditorIds.length === 0) throw new DomainError('NOT_FOUND');
      await prove(visit, ref, { creditorIds, proof: 'READ', deliveredOn: chinaDate(clock.now()) });
      return toOwnNotice(notice, issued, { ...visit, creditorIds, calendars: deps.calendars });
    },
  };
}

const creditorIdsOf = ({ access }: Visit): string[] => [
  ...new Set(access.capacities.map(({ creditorId }) => creditorId)),
];

const isProved = ({ room }: Visit, { noticeId }: NoticeRef, creditorId: string): boolean =>
  room.state.deliveries.get(noticeId)?.has(creditorId) ?? false;

async function requireNotice({ store }: NoticeDeps, { room }: Visit, { meetingId, noticeId }: NoticeRef) {
  const notice = await store.find(meetingId, noticeId);
  const issued = findIssued(room.state, noticeId);
  if (!notice || !issued) throw new DomainError('NOT_FOUND');
  const sendings: readonly NoticeSending[] = await store.sendingsOf(meetingId, noticeId);
  return {
    notice,
    issued,
    issuedOn: chinaDate(Date.parse(issued.ts)),
    creditors: sendings.map(({ creditorId }) => creditorId),
  };
}

interface Proof {
  readonly creditorIds: readonly string[];
  readonly proof: EntryBody<'notice.delivery'>['proof'];
  readonly deliveredOn: string;
  readonly reference?: string;
}

/** Of those alone who have no earlier proof, as the ledger knows it when its turn comes. Answers how many. */
async function prove({ room, access }: Visit, { noticeId }: NoticeRef, proof: Proof): Promise<number> {
  const { deliveredOn, reference } = proof;
  const actor = { personId: access.personId, role: access.role };
  let recorded = 0;
  for (let from = 0; from < proof.creditorIds.length; from += CREDITORS_PER_ENTRY) {
    const portion = proof.creditorIds.slice(from, from + CREDITORS_PER_ENTRY);
    const sealer = createSealer();
    const commitments =
      reference === undefined ? undefined : { reference: sealer.seal('reference', reference) };
    recorded += await room.submit({
      privates: sealer.privates,
      decide: ({ deliveries }) => {
        const known = deliveries.get(noticeId);
        const creditorIds = portion.filter((id) => {
          const before = known?.get(id);
          return before === undefined || before.deliveredOn > deliveredOn;
        });
        const fresh = creditorIds.filter((id) => !known?.has(id)).length;
        const body: EntryBody<'notice.delivery'> = {
          noticeId,
          proof: proof.proof,
          deliveredOn,
          creditorIds,
          delivered: String((known?.size ?? 0) + fresh),
          actor,
          ...(commitments && { commitments }),
        };
        return {
          entries: creditorIds.length === 0 ? [] : [{ t: 'notice.delivery' as const, body }],
          reply: () => creditorIds.length,
        };
      },
    });
  }
  return recorded;
}
