import { creditorsAmong } from '../../domain/claims-table.ts';
import type { Capacity } from '../../domain/master-data.ts';
import type { CapacityStore } from '../../services/ports/capacity-port.ts';
import type { ClaimsBook, ConductData, MeetingFacts } from '../../services/conduct/conduct-data.ts';
import type {
  CaseRecord,
  CaseStore,
  ClaimsStore,
  DocumentStore,
  MeetingRecord,
  MeetingStore,
  PeopleReader,
} from '../../services/ports/master-data-ports.ts';
import { readBook } from './claims-book.ts';

export interface ConductDataDeps {
  readonly cases: CaseStore;
  readonly claims: ClaimsStore;
  readonly documents: DocumentStore;
  readonly meetings: MeetingStore;
  readonly capacities: CapacityStore;
  readonly people: Pick<PeopleReader, 'findById'>;
  /** Head of the audit trail, SHA-256 hexadecimal. */
  readonly auditHead: () => Promise<string>;
}

export interface ConductDataParts {
  readonly data: ConductData;
  /** The store to write capacities through from now on: what is remembered follows its changes. */
  readonly capacities: CapacityStore;
}

/** Claims tables in memory: a version never changes, and a server conducts few meetings at once. */
const BOOKS_KEPT = 8;
const CAPACITIES_KEPT = 50_000;
/** More cases than any person works on and any province has open at once. */
const ALL_CASES = { page: 1, pageSize: 10_000 } as const;

/** The master data as the conduct of meetings reads it. */
export function createConductData(deps: ConductDataDeps): ConductDataParts {
  const books = new Map<string, Promise<ClaimsBook>>();
  const remembered = rememberCapacities(deps.capacities);

  const bookOf = (version: string): Promise<ClaimsBook> => {
    const known = books.get(version);
    if (known !== undefined) return known;
    const reading = readBook(deps.claims, version);
    books.set(version, reading);
    reading.catch(() => books.delete(version));
    const [oldest] = books.keys();
    if (books.size > BOOKS_KEPT && oldest !== undefined) books.delete(oldest);
    return reading;
  };
  const claimsBook = async (caseId: string) => {
    const version = (await deps.cases.find(caseId))?.claimsVersion ?? null;
    return version === null ? EMPTY_BOOK : bookOf(version);
  };
  const factsOf = (meeting: MeetingRecord | undefined) => factsOfOne(deps, meeting);

  const data: ConductData = {
    findMeeting: async (meetingId) => factsOf(await deps.meetings.find(meetingId)),
    findMeetingByLink: async (linkCode) => factsOf(await findByLink(deps, linkCode)),
    publishedMeetingIds: () => deps.meetings.publishedIds(),
    meetingsOfPerson: (personId) => meetingsOfPerson(deps, personId),
    async meetingsOfProvince(province) {
      const { rows } = await deps.cases.listOfProvince(province, ALL_CASES);
      return (await factsOfCases(deps, rows)).filter(isPublished);
    },
    claimsBook,
    creditorsOf: async (caseId) => creditorsAmong((await claimsBook(caseId)).creditors),
    capacities: remembered.of,
    personName: async (personId) => (await deps.people.findById(personId))?.name,
    async findDocument(caseId, documentId) {
      const document = await deps.documents.find(documentId);
      return document?.caseId === caseId ? document : undefined;
    },
    auditHead: deps.auditHead,
  };
  return { data, capacities: remembered.store };
}

const EMPTY_BOOK: ClaimsBook = {
  creditors: new Map(),
  claims: [],
  claimsOf: () => [],
  affiliates: new Set(),
  joinedTo: new Map(),
};

const isPublished = ({ meeting }: MeetingFacts) => meeting.status === 'published';

/** The team sees drafts too; who acts for a creditor sees what has been published. */
async function meetingsOfPerson(deps: ConductDataDeps, personId: string): Promise<readonly MeetingFacts[]> {
  const { rows: own } = await deps.cases.listOfMember(personId, ALL_CASES);
  const worksOn = new Set(own.map(({ caseId }) => caseId));
  const capacities = await deps.capacities.findByPerson(personId);
  const others = new Set(capacities.map(({ caseId }) => caseId).filter((caseId) => !worksOn.has(caseId)));
  const party = (await Promise.all([...others].map((caseId) => deps.cases.find(caseId)))).filter(
    (record) => record !== undefined,
  );
  const facts = await factsOfCases(deps, [...own, ...party]);
  return facts.filter((each) => worksOn.has(each.case.caseId) || isPublished(each));
}

async function findByLink(
  { meetings }: ConductDataDeps,
  linkCode: string,
): Promise<MeetingRecord | undefined> {
  let meeting = await meetings.findByLink(linkCode);
  while (meeting) {
    const next = await meetings.findContinuation(meeting.meetingId);
    if (next?.status !== 'published') return meeting;
    meeting = next;
  }
  return undefined;
}

async function factsOfOne(
  deps: ConductDataDeps,
  meeting: MeetingRecord | undefined,
): Promise<MeetingFacts | undefined> {
  const record = meeting && (await deps.cases.find(meeting.caseId));
  if (meeting === undefined || record === undefined) return undefined;
  return toFacts(record, meeting, await documentsOf(deps, [meeting]));
}

async function factsOfCases(
  deps: ConductDataDeps,
  records: readonly CaseRecord[],
): Promise<readonly MeetingFacts[]> {
  const byId = new Map(records.map((record) => [record.caseId, record]));
  const meetings = await deps.meetings.listOfCases([...byId.keys()]);
  const documents = await documentsOf(deps, meetings);
  return meetings.flatMap((meeting) => {
    const record = byId.get(meeting.caseId);
    return record === undefined ? [] : [toFacts(record, meeting, documents)];
  });
}

type Documents = MeetingFacts['documents'];

async function documentsOf(deps: ConductDataDeps, meetings: readonly MeetingRecord[]): Promise<Documents> {
  const ids = meetings.flatMap(({ agenda, resolutions }) =>
    [...agenda, ...resolutions].flatMap(({ documentIds }) => documentIds),
  );
  if (ids.length === 0) return new Map();
  const documents = await deps.documents.findMany([...new Set(ids)]);
  return new Map(documents.map((document) => [document.documentId, document]));
}

function toFacts(record: CaseRecord, meeting: MeetingRecord, documents: Documents): MeetingFacts {
  const {
    members,
    claimsVersion: _version,
    claimsTotals: _totals,
    settingsRevision: _revision,
    ...fields
  } = record;
  const ids = [...meeting.agenda, ...meeting.resolutions].flatMap(({ documentIds }) => documentIds);
  const own = new Map(
    ids.flatMap((id) => {
      const document = documents.get(id);
      return document === undefined ? [] : [[id, document] as const];
    }),
  );
  return { meeting, case: fields, members: members, documents: own };
}

/** Every ballot asks for capacities; they change with an import or a revocation, through the returned store. */
function rememberCapacities(store: CapacityStore) {
  const byPerson = new Map<string, readonly Capacity[]>();
  let generation = 0;
  const forget = () => {
    generation += 1;
    byPerson.clear();
  };
  const changing = async (change: Promise<void>): Promise<void> => {
    try {
      await change;
    } finally {
      // Also after a failure: part of the change may have taken place.
      forget();
    }
  };
  return {
    async of(personId: string, caseId: string): Promise<readonly Capacity[]> {
      let own = byPerson.get(personId);
      if (own === undefined) {
        const asOf = generation;
        own = await store.findAllOfPerson(personId);
        if (byPerson.size >= CAPACITIES_KEPT) byPerson.clear();
        // What was read before a change is used once and not kept.
        if (asOf === generation) byPerson.set(personId, own);
      }
      return own.filter((capacity) => capacity.caseId === caseId);
    },
    store: {
      ...store,
      insert: (capacities) => changing(store.insert(capacities)),
      revoke: (capacityIds, at) => changing(store.revoke(capacityIds, at)),
      setTerms: (capacityId, terms) => changing(store.setTerms(capacityId, terms)),
    } satisfies CapacityStore,
  };
}
