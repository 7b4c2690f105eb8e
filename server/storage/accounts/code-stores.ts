import { Schema, type Connection } from 'mongoose';
import type {
  EnrolmentRecord,
  EnrolmentStore,
  ResetRecord,
  ResetStore,
  SmsCodeRecord,
  SmsCodeStore,
  ThrottleStore,
} from '../../services/accounts/ports.ts';

/** Codes are kept a little beyond their end, so that an expired one can be told from none at all. */
const KEEP_AFTER_END_S = 3_600;

interface SmsCodeDocument extends Omit<SmsCodeRecord, 'codeId'> {
  _id: string;
  tries: number;
  usedAt: Date | null;
}

const smsCodeSchema = new Schema<SmsCodeDocument>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    codeHash: { type: String, required: true },
    personId: { type: String, default: null },
    expiresAt: { type: Date, required: true },
    tries: { type: Number, default: 0 },
    usedAt: { type: Date, default: null },
  },
  { collection: 'sms_codes', versionKey: false, autoIndex: false },
);
smsCodeSchema.index({ key: 1, expiresAt: -1 });
smsCodeSchema.index({ expiresAt: 1 }, { expireAfterSeconds: KEEP_AFTER_END_S });

export function createSmsCodeStore(connection: Connection) {
  const Codes = connection.model<SmsCodeDocument>('SmsCode', smsCodeSchema);
  const store: SmsCodeStore = {
    insert: async ({ codeId, ...rest }) => void (await Codes.create({ _id: codeId, ...rest })),
    findLive: async (key, now) => {
      const filter = { key, usedAt: null, expiresAt: { $gt: now } };
      const found = await Codes.find(filter).sort({ expiresAt: -1 }).lean<SmsCodeDocument[]>();
      return found.map(({ _id, codeHash, personId, expiresAt }) => {
        return { codeId: _id, key, codeHash, personId, expiresAt };
      });
    },
    hasAny: async (key) => (await Codes.exists({ key })) !== null,
    takeTry: async (codeId, maxTries) => {
      const filter = { _id: codeId, usedAt: null, tries: { $lt: maxTries } };
      return (await Codes.updateOne(filter, { $inc: { tries: 1 } })).modifiedCount === 1;
    },
    use: async ({ codeId, key }) => {
      const usedAt = new Date();
      const used = await Codes.updateOne({ _id: codeId, usedAt: null }, { $set: { usedAt } });
      if (used.modifiedCount !== 1) return false;
      await Codes.updateMany({ key, usedAt: null }, { $set: { usedAt } });
      return true;
    },
  };
  return { store, prepare: () => Codes.createIndexes() };
}

interface CounterDocument {
  _id: string;
  count: number;
  expiresAt: Date;
}

const counterSchema = new Schema<CounterDocument>(
  { _id: { type: String, required: true }, count: Number, expiresAt: Date },
  { collection: 'throttle_counters', versionKey: false, autoIndex: false },
);
counterSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function createThrottleStore(connection: Connection) {
  const Counters = connection.model<CounterDocument>('ThrottleCounter', counterSchema);
  const store: ThrottleStore = {
    hit: async (key, expiresAt) => {
      const change = { $inc: { count: 1 }, $setOnInsert: { expiresAt } };
      const options = { upsert: true, returnDocument: 'after' } as const;
      return (
        (await Counters.findOneAndUpdate({ _id: key }, change, options).lean<CounterDocument>())?.count ?? 1
      );
    },
    peek: async (key) => (await Counters.findById(key).lean<CounterDocument>())?.count ?? 0,
  };
  return { store, prepare: () => Counters.createIndexes() };
}

interface EnrolmentDocument extends Omit<EnrolmentRecord, 'enrolmentId'> {
  _id: string;
}

const enrolmentSchema = new Schema<EnrolmentDocument>(
  {
    _id: { type: String, required: true },
    purpose: String,
    codeHash: { type: String, required: true },
    personId: { type: String, default: null },
    expiresAt: Date,
    usedAt: { type: Date, default: null },
    pending: { type: Object, default: null },
  },
  { collection: 'enrolments', versionKey: false, autoIndex: false },
);
enrolmentSchema.index({ codeHash: 1 }, { unique: true });

export function createEnrolmentStore(connection: Connection) {
  const Enrolments = connection.model<EnrolmentDocument>('Enrolment', enrolmentSchema);
  const store: EnrolmentStore = {
    insert: async ({ enrolmentId, ...rest }) => void (await Enrolments.create({ _id: enrolmentId, ...rest })),
    findLive: async (codeHash, now) => {
      const filter = { codeHash, usedAt: null, expiresAt: { $gt: now } };
      const found = await Enrolments.findOne(filter).lean<EnrolmentDocument>();
      if (found === null) return undefined;
      const { _id, ...rest } = found;
      return { enrolmentId: _id, ...rest };
    },
    setPending: async (enrolmentId, pending) => {
      await Enrolments.updateOne({ _id: enrolmentId, usedAt: null }, { $set: { pending } });
    },
    use: async (enrolmentId, at) => {
      const change = { $set: { usedAt: at, pending: null } };
      return (await Enrolments.updateOne({ _id: enrolmentId, usedAt: null }, change)).modifiedCount === 1;
    },
    endFor: async (personId, at) => {
      await Enrolments.updateMany({ personId, usedAt: null }, { $set: { usedAt: at, pending: null } });
    },
  };
  return { store, prepare: () => Enrolments.createIndexes() };
}

interface ResetDocument extends Omit<ResetRecord, 'requestId'> {
  _id: string;
  confirmedBy: string | null;
  confirmedAt: Date | null;
}

const resetSchema = new Schema<ResetDocument>(
  {
    _id: { type: String, required: true },
    personId: { type: String, required: true },
    requestedBy: { type: String, required: true },
    requestedAt: { type: Date, required: true },
    confirmedBy: { type: String, default: null },
    confirmedAt: { type: Date, default: null },
  },
  { collection: 'second_factor_resets', versionKey: false, autoIndex: false },
);

export function createResetStore(connection: Connection) {
  const Resets = connection.model<ResetDocument>('SecondFactorReset', resetSchema);
  const store: ResetStore = {
    insert: async ({ requestId, ...rest }) => void (await Resets.create({ _id: requestId, ...rest })),
    listOpen: async () =>
      (await Resets.find({ confirmedAt: null }).sort({ requestedAt: 1 }).lean<ResetDocument[]>()).map(
        toReset,
      ),
    findOpen: async (requestId) => {
      const found = await Resets.findOne({ _id: requestId, confirmedAt: null }).lean<ResetDocument>();
      return found === null ? undefined : toReset(found);
    },
    confirm: async (requestId, by, at) => {
      const change = { $set: { confirmedBy: by, confirmedAt: at } };
      return (await Resets.updateOne({ _id: requestId, confirmedAt: null }, change)).modifiedCount === 1;
    },
  };
  return { store, prepare: () => Resets.createIndexes() };
}

function toReset({ _id, personId, requestedBy, requestedAt }: ResetDocument): ResetRecord {
  return { requestId: _id, personId, requestedBy, requestedAt };
}
