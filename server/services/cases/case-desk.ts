/** Cases and their teams: who may open one, see it, and put whom on it. */
import { chinaDate, isCalendarDate } from '../../domain/china-calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import type { CaseMember, Person } from '../../domain/master-data.ts';
import { defaultCaseSettings } from '../../domain/rules/case-settings.ts';
import { EBL_2006_V1 } from '../../domain/rules/ebl-2006-v1.ts';
import { findProvinceName } from '../../domain/provinces.ts';
import type { CaseView, MemberView } from '../../protocol/rest/case-routes.ts';
import type { Role } from '../../protocol/scalars.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import type { CapacityReader } from '../ports/capacity-port.ts';
import { findCaseRole, LEAD, requireAccountRole, requireCaseRole, requireOneOf } from '../case-access.ts';
import type { Clock, Ids } from '../clock.ts';
import type {
  CaseRecord,
  CaseStore,
  MeetingStore,
  PageRequest,
  PeopleReader,
} from '../ports/master-data-ports.ts';
import type { Session } from '../session.ts';
import { requireCase } from './require-case.ts';

export interface CaseDeskDeps {
  readonly cases: CaseStore;
  readonly meetings: Pick<MeetingStore, 'countByCase'>;
  readonly people: PeopleReader;
  readonly capacities: CapacityReader;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Whether the database carries the demonstration's mark: then every case in it is one of its own. */
  readonly isDemonstration: () => boolean;
  /** Open meetings of the case follow a change of its team. */
  readonly onTeamChanged: (caseId: string) => Promise<void>;
}

export type NewCase = Pick<
  CaseRecord,
  'caseNumber' | 'debtor' | 'court' | 'province' | 'procedure' | 'acceptedOn' | 'helpPhone'
>;

export interface NewMember {
  readonly caseId: string;
  readonly personId: string;
  readonly role: Role;
}

export interface CaseDesk {
  list(session: Session, page: PageRequest): Promise<{ rows: CaseView[]; total: number }>;
  create(session: Session, input: NewCase): Promise<CaseView>;
  get(session: Session, caseId: string): Promise<CaseView>;
  members(session: Session, caseId: string): Promise<{ members: MemberView[]; candidates: MemberView[] }>;
  addMember(session: Session, input: NewMember): Promise<MemberView>;
}

/** Roles that the lead gives to staff accounts. The chair is chosen among the creditors. */
const TEAM_ROLES = ['administrator-lead', 'administrator-staff', 'judge', 'clerk'] as const;

export function createCaseDesk(deps: CaseDeskDeps): CaseDesk {
  const { cases } = deps;
  return {
    async list(session, page) {
      const isReviewer = session.roles.includes('reviewer') && session.province !== null;
      const found = isReviewer
        ? await cases.listOfProvince(session.province ?? '', page)
        : await cases.listOfMember(session.personId, page);
      return { rows: await toViews(deps, session, found.rows), total: found.total };
    },
    create: (session, input) => createCase(deps, session, input),
    async get(session, caseId) {
      const record = await requireCase(cases, caseId);
      requireCaseRole(record, session);
      return requireView(deps, session, record);
    },
    async members(session, caseId) {
      const record = await requireCase(cases, caseId);
      const role = requireCaseRole(record, session);
      const members = await memberViews(deps, record);
      const candidates = LEAD.includes(role) ? await candidateViews(deps, record) : [];
      return { members, candidates };
    },
    addMember: (session, input) => addMember(deps, session, input),
  };
}

async function createCase(deps: CaseDeskDeps, session: Session, input: NewCase): Promise<CaseView> {
  requireAccountRole(session, 'administrator-lead');
  const now = deps.clock.now();
  checkNewCase(input, chinaDate(now));
  const caseId = deps.ids.next();
  const record: CaseRecord = {
    ...input,
    caseId,
    caseNumber: toCaseNumber(input.caseNumber),
    debtor: input.debtor.normalize('NFC').trim(),
    court: input.court.normalize('NFC').trim(),
    isDemonstration: deps.isDemonstration(),
    createdAt: new Date(now),
    members: [{ caseId, personId: session.personId, role: 'administrator-lead' }],
    claimsFileSha256: null,
    claimsVersion: null,
    claimsTotals: null,
    settings: defaultCaseSettings(EBL_2006_V1),
    settingsRevision: 0,
  };
  if (!(await deps.cases.create(record))) throw new DomainError('CASE_NUMBER_TAKEN');
  await deps.audit.append({
    at: record.createdAt,
    actor: session.personId,
    action: 'case.create',
    subject: `case:${caseId}`,
    after: { ...input, caseNumber: record.caseNumber },
  });
  return requireView(deps, session, record);
}

/** One spelling for one number: people type half-width brackets where the court prints full-width ones. */
function toCaseNumber(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').replaceAll('(', '（').replaceAll(')', '）');
}

function checkNewCase(input: NewCase, today: string): void {
  const refuse = (field: string): never => {
    throw new DomainError('INVALID_REQUEST', { detail: `body/${field}` });
  };
  if (findProvinceName(input.province) === undefined) refuse('province');
  if (!isCalendarDate(input.acceptedOn) || input.acceptedOn > today) refuse('acceptedOn');
  if (input.debtor.trim().length < 2) refuse('debtor');
  if (input.court.trim().length < 2) refuse('court');
}

async function toViews(deps: CaseDeskDeps, session: Session, records: readonly CaseRecord[]) {
  const visible = records.filter((record) => findCaseRole(record, session) !== undefined);
  const meetings = await deps.meetings.countByCase(visible.map(({ caseId }) => caseId));
  return visible.map((record): CaseView => ({
    caseId: record.caseId,
    caseNumber: record.caseNumber,
    debtor: record.debtor,
    court: record.court,
    province: record.province,
    procedure: record.procedure,
    acceptedOn: record.acceptedOn,
    helpPhone: record.helpPhone,
    isDemonstration: record.isDemonstration,
    createdAt: record.createdAt.toISOString(),
    myRole: findCaseRole(record, session) ?? '',
    creditors: record.claimsTotals?.overall.creditors ?? 0,
    claims: record.claimsTotals?.overall.rows ?? 0,
    meetings: meetings.get(record.caseId) ?? 0,
    claimsFileSha256: record.claimsFileSha256,
  }));
}

async function requireView(deps: CaseDeskDeps, session: Session, record: CaseRecord): Promise<CaseView> {
  const [view] = await toViews(deps, session, [record]);
  if (view === undefined) throw new DomainError('NOT_ON_THE_CASE');
  return view;
}

const toMemberView = (person: Person, role: Role): MemberView => ({
  personId: person.personId,
  name: person.name,
  username: person.staff?.username ?? '',
  role,
});

async function memberViews({ people }: CaseDeskDeps, record: CaseRecord): Promise<MemberView[]> {
  const persons = await people.findByIds(record.members.map(({ personId }) => personId));
  const byId = new Map(persons.map((person) => [person.personId, person]));
  return record.members.flatMap(({ personId, role }) => {
    const person = byId.get(personId);
    return person === undefined ? [] : [toMemberView(person, role)];
  });
}

async function candidateViews({ people }: CaseDeskDeps, record: CaseRecord): Promise<MemberView[]> {
  const onTheCase = new Set(record.members.map(({ personId }) => personId));
  return (await people.listStaff()).flatMap((person) => {
    const role = TEAM_ROLES.find((candidate) => person.staff?.roles.includes(candidate));
    return onTheCase.has(person.personId) || role === undefined ? [] : [toMemberView(person, role)];
  });
}

async function addMember(deps: CaseDeskDeps, session: Session, input: NewMember): Promise<MemberView> {
  const record = await requireCase(deps.cases, input.caseId);
  requireOneOf(record, session, LEAD);
  const person = await deps.people.findById(input.personId);
  if (person === undefined) throw new DomainError('NOT_FOUND');
  const role = await requireFitRole(deps, person, input);
  const before = record.members.find(({ personId }) => personId === person.personId)?.role;
  // A case is never left without a lead.
  if (before === 'administrator-lead' && role !== 'administrator-lead') throw new DomainError('FORBIDDEN');
  await deps.cases.putMember({ caseId: input.caseId, personId: person.personId, role });
  await deps.audit.append({
    at: new Date(deps.clock.now()),
    actor: session.personId,
    action: 'case.member',
    subject: `case:${input.caseId}`,
    ...(before !== undefined && { before: { personId: person.personId, role: before } }),
    after: { personId: person.personId, role },
  });
  await deps.onTeamChanged(input.caseId);
  return toMemberView(person, role);
}

/** Staff work in a role that their account holds; the chair must have a creditor on this case (art. 60). */
async function requireFitRole(
  { capacities }: CaseDeskDeps,
  person: Person,
  { caseId, role }: NewMember,
): Promise<CaseMember['role']> {
  if (role === 'chair') {
    const own = await capacities.findByPerson(person.personId);
    if (own.some((capacity) => capacity.caseId === caseId)) return role;
  }
  const staffRole = TEAM_ROLES.find((candidate) => candidate === role);
  if (staffRole !== undefined && person.staff?.roles.includes(staffRole)) return staffRole;
  throw new DomainError('INVALID_REQUEST', { detail: 'body/role' });
}
