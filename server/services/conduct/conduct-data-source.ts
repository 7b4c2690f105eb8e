import type { Case } from '../../domain/master-data.ts';
import type { RollClaim } from '../../domain/roll.ts';
import type { CapacityReader, NamedCapacity } from '../capacity-port.ts';
import type {
  CaseRecord,
  CaseStore,
  ClaimsStore,
  DocumentStore,
  MeetingRecord,
  MeetingStore,
} from '../master-data-ports.ts';
import type { ClaimsBook, ConductData, CreditorFacts, MeetingFacts } from './conduct-data.ts';

export interface ConductDataDeps {
  readonly cases: CaseStore;
  readonly claims: ClaimsStore;
  readonly meetings: MeetingStore;
  readonly documents: DocumentStore;
  readonly capacities: CapacityReader;
  readonly findPerson: (personId: string) => Promise<{ readonly name: string } | undefined>;
  readonly auditHead: () => Promise<string>;
  /** Cases of a province and cases of a member, without paging limits. */
  readonly caseIdsOfMember: (personId: string) => Promise<readonly string[]>;
  readonly caseIdsOfProvince: (province: string) => Promise<readonly string[]>;
}

export interface CachedConductData extends ConductData {
  /** The capacities of these persons (of everybody when left out) have changed. */
  forgetCapacities(personIds?: readonly string[]): void;
}

/** Capacities kept in memory; beyond it the oldest are forgotten and read again when asked for. */
const CAPACITIES_MAX = 60_000;

/** The conduct's view of the master data, over the stores. */
export function createConductData(deps: ConductDataDeps): CachedConductData {
  const capacitiesByPerson = new Map<string, readonly NamedCapacity[]>();

  async function toFacts(meeting: MeetingRecord): Promise<MeetingFacts | undefined> {
    const record = await deps.cases.find(meeting.caseId);
    if (!record) return undefined;
    const documents = await deps.documents.listOfCase(meeting.caseId);
    return {
      meeting,
      case: toCase(record),
      members: record.members,
      documents: new Map(documents.map((document) => [document.documentId, document])),
    };
  }

  async function factsOfCases(caseIds: readonly string[]): Promise<MeetingFacts[]> {
    const meetings = await deps.meetings.listOfCases(caseIds);
    const facts = await Promise.all(meetings.map(toFacts));
    return facts.filter((found) => found !== undefined);
  }

  async function capacitiesOf(personId: string): Promise<readonly NamedCapacity[]> {
    const known = capacitiesByPerson.get(personId);
    if (known) return known;
    const found = await deps.capacities.findByPerson(personId);
    capacitiesByPerson.set(personId, found);
    const [oldest] = capacitiesByPerson.keys();
    if (capacitiesByPerson.size > CAPACITIES_MAX && oldest !== undefined) capacitiesByPerson.delete(oldest);
    return found;
  }

  return {
    async findMeeting(meetingId) {
      const meeting = await deps.meetings.find(meetingId);
      return meeting && toFacts(meeting);
    },
    async findMeetingByLink(linkCode) {
      const meeting = await deps.meetings.findByLink(linkCode);
      return meeting && toFacts(meeting);
    },
    publishedMeetingIds: () => deps.meetings.publishedIds(),
    async meetingsOfPerson(personId) {
      const capacities = await capacitiesOf(personId);
      const caseIds = new Set([
        ...capacities.map((capacity) => capacity.caseId),
        ...(await deps.caseIdsOfMember(personId)),
      ]);
      return factsOfCases([...caseIds]);
    },
    meetingsOfProvince: async (province) => factsOfCases(await deps.caseIdsOfProvince(province)),
    async claimsBook(caseId) {
      const version = (await deps.cases.find(caseId))?.claimsVersion ?? null;
      return version === null ? EMPTY_BOOK : readBook(deps.claims, version);
    },
    async capacities(personId, caseId) {
      return (await capacitiesOf(personId)).filter((capacity) => capacity.caseId === caseId);
    },
    personName: async (personId) => (await deps.findPerson(personId))?.name,
    auditHead: deps.auditHead,
    forgetCapacities(personIds) {
      if (!personIds) capacitiesByPerson.clear();
      for (const personId of personIds ?? []) capacitiesByPerson.delete(personId);
    },
  };
}

const EMPTY_BOOK: ClaimsBook = { creditors: new Map(), claims: [] };

function toCase(record: CaseRecord): Case {
  const { members: _members, claimsVersion: _version, claimsTotals: _totals, ...plain } = record;
  return plain;
}

async function readBook(store: ClaimsStore, version: string): Promise<ClaimsBook> {
  const [creditors, claims] = await Promise.all([store.creditors(version), store.claims(version)]);
  const facts = creditors.map((creditor): CreditorFacts => ({
    creditorId: creditor.creditorId,
    name: creditor.name,
    isIndividual: creditor.kind === 'NATURAL_PERSON',
    idNumber: creditor.idNo,
    mobile: creditor.mobile,
    natures: creditor.natures,
  }));
  return {
    creditors: new Map(facts.map((creditor) => [creditor.creditorId, creditor])),
    claims: claims.map((claim): RollClaim => ({
      creditorId: claim.creditorId,
      nature: claim.nature,
      confirmedFen: claim.confirmedFen ?? null,
      temporaryFen: claim.temporaryFen ?? null,
      // A secured claim that is not assessed is secured as a whole (E16); others have no security.
      securedFen: claim.securedPriorityFen ?? (claim.nature === 'SECURED' ? null : 0n),
      priorityWaived: claim.isPriorityWaived,
    })),
  };
}
