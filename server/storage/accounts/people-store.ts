import { Schema, type Connection } from 'mongoose';
import { DomainError } from '../../domain/errors.ts';
import type { PersonRecord, PersonStore, SourcedCheck, StaffRecord } from '../../services/accounts/ports.ts';

/** Browsers kept for each person; older ones count as unknown again. */
const KNOWN_BROWSERS_MAX = 20;
/** Documents sent or decoded between two turns of the event loop. */
const BATCH = 500;
const DUPLICATE_KEY = 11_000;

interface PersonDocument {
  _id: string;
  name: string;
  mobile: string | null;
  identityChecks: SourcedCheck[];
  staff: StaffRecord | null;
  knownBrowsers: string[];
}

const check = new Schema({ source: String, name: String, idLast4: String }, { _id: false });
const schema = new Schema<PersonDocument>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    mobile: { type: String, default: null },
    identityChecks: { type: [check], default: [] },
    staff: { type: Object, default: null },
    knownBrowsers: { type: [String], default: [] },
  },
  { collection: 'people', versionKey: false, autoIndex: false },
);
schema.index({ mobile: 1 }, { unique: true, partialFilterExpression: { mobile: { $type: 'string' } } });
schema.index(
  { 'staff.username': 1 },
  { unique: true, partialFilterExpression: { 'staff.username': { $type: 'string' } } },
);
schema.index({ 'identityChecks.source': 1 });

/** People in the collection `people`; numbers and staff names are unique. */
export function createPeopleStore(connection: Connection) {
  const People = connection.model<PersonDocument>('Person', schema);
  const one = async (filter: object) => {
    const found = await People.findOne(filter).lean<PersonDocument>();
    return found === null ? undefined : toRecord(found);
  };
  const many = async (filter: object) =>
    (await People.find(filter).batchSize(BATCH).lean<PersonDocument[]>()).map(toRecord);

  const store: PersonStore = {
    findById: (personId) => one({ _id: personId }),
    findByIds: (personIds) => many({ _id: { $in: personIds } }),
    findByMobile: (mobile) => one({ mobile }),
    findByMobiles: async (mobiles) => {
      const found: PersonRecord[] = [];
      for (let start = 0; start < mobiles.length; start += BATCH) {
        found.push(...(await many({ mobile: { $in: mobiles.slice(start, start + BATCH) } })));
      }
      return found;
    },
    findByCheckSource: (source) => many({ 'identityChecks.source': source }),
    findByUsername: (username) => one({ 'staff.username': username }),
    listStaff: () => many({ 'staff.username': { $type: 'string' } }),
    hasOperator: async () => (await People.exists({ 'staff.roles': 'operator' })) !== null,
    saveIdentities: async (persons) => {
      for (let start = 0; start < persons.length; start += BATCH) {
        const operations = persons.slice(start, start + BATCH).map(toUpsert);
        // The driver's own bulk: casting ten thousand rows one by one would hold the event loop.
        await People.collection.bulkWrite(operations, { ordered: false });
      }
    },
    insertStaff: async ({ personId, name, staff }) => {
      try {
        await People.create({ _id: personId, name, staff });
      } catch (error) {
        if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
        throw new DomainError('USERNAME_TAKEN');
      }
    },
    updateStaff: async (personId, change) => {
      const fields = Object.entries(change).map(([field, value]) => [`staff.${field}`, value] as const);
      await People.updateOne({ _id: personId }, { $set: Object.fromEntries(fields) });
    },
    useTotpStep: async (personId, step) => {
      const filter = { _id: personId, 'staff.totpLastStep': { $lt: step } };
      return (await People.updateOne(filter, { $set: { 'staff.totpLastStep': step } })).modifiedCount === 1;
    },
    addKnownBrowser: async (personId, browserHash) => {
      await People.updateOne({ _id: personId }, { $pull: { knownBrowsers: browserHash } });
      const push = { $each: [browserHash], $slice: -KNOWN_BROWSERS_MAX };
      await People.updateOne({ _id: personId }, { $push: { knownBrowsers: push } });
    },
  };
  return { store, prepare: () => People.createIndexes() };
}

type Identity = Pick<PersonRecord, 'personId' | 'name' | 'mobile' | 'identityChecks'>;

function toUpsert({ personId, name, mobile, identityChecks }: Identity) {
  return {
    updateOne: {
      filter: { _id: personId as never },
      update: { $set: { name, mobile, identityChecks }, $setOnInsert: { staff: null, knownBrowsers: [] } },
      upsert: true,
    },
  };
}

function toRecord({ _id, name, mobile, identityChecks, staff, knownBrowsers }: PersonDocument): PersonRecord {
  return { personId: _id, name, mobile, identityChecks, staff, knownBrowsers };
}
