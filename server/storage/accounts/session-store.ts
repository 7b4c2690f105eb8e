import { Schema, type Connection } from 'mongoose';
import type { EndedSessions, SessionRecord, SessionStore } from '../../services/accounts/ports.ts';

interface SessionDocument extends Omit<SessionRecord, 'sessionId' | 'roles'> {
  _id: string;
  roles: SessionRecord['roles'][number][];
  /** When it ends if it is not seen again. */
  idleEndsAt: Date;
  nameTries: number;
}

const schema = new Schema<SessionDocument>(
  {
    _id: { type: String, required: true },
    personId: { type: String, required: true },
    stage: { type: String, required: true },
    roles: { type: [String], default: [] },
    province: { type: String, default: null },
    createdAt: Date,
    lastSeenAt: Date,
    expiresAt: Date,
    idleMs: Number,
    idleEndsAt: Date,
    nameTries: { type: Number, default: 0 },
  },
  { collection: 'sessions', versionKey: false, autoIndex: false },
);
schema.index({ personId: 1 });
schema.index({ expiresAt: 1 });
schema.index({ idleEndsAt: 1 });

interface EndingsDocument {
  _id: string;
  count: number;
}

const endingsSchema = new Schema<EndingsDocument>(
  { _id: { type: String, required: true }, count: { type: Number, required: true } },
  { collection: 'session_endings', versionKey: false, autoIndex: false },
);
const ENDINGS_ID = 'all';

/**
 * Sessions by the hash of their token. They are deleted by the sweep, which tells open sockets, not by a TTL.
 * `session_endings` holds how often that was: other processes notice by it.
 */
export function createSessionStore(connection: Connection) {
  const Sessions = connection.model<SessionDocument>('Session', schema);
  const Endings = connection.model<EndingsDocument>('SessionEndings', endingsSchema);

  async function remove(filter: object): Promise<EndedSessions> {
    const found = await Sessions.find(filter, { _id: 1 }).lean<{ _id: string }[]>();
    const sessionIds = found.map(({ _id }) => _id);
    if (sessionIds.length === 0) return { sessionIds, count: undefined };
    await Sessions.deleteMany({ _id: { $in: sessionIds } });
    const options = { returnDocument: 'after', upsert: true } as const;
    const counted = await Endings.findByIdAndUpdate(ENDINGS_ID, { $inc: { count: 1 } }, options);
    return { sessionIds, count: counted.count };
  }

  const store: SessionStore = {
    insert: async ({ sessionId, roles, ...rest }) => {
      const idleEndsAt = new Date(rest.lastSeenAt.getTime() + rest.idleMs);
      await Sessions.create({ _id: sessionId, roles: [...roles], ...rest, idleEndsAt });
    },
    findMany: async (sessionIds) => {
      const found = await Sessions.find({ _id: { $in: sessionIds } }).lean<SessionDocument[]>();
      return found.map(toRecord);
    },
    touch: async (sessionId, at) => {
      const idleEndsAt = { $add: [at, '$idleMs'] };
      await Sessions.collection.updateOne({ _id: sessionId as never }, [
        { $set: { lastSeenAt: at, idleEndsAt } },
      ]);
    },
    deleteMany: (filter) =>
      remove('sessionId' in filter ? { _id: filter.sessionId } : { personId: filter.personId }),
    deleteExpired: (now) => remove({ $or: [{ expiresAt: { $lte: now } }, { idleEndsAt: { $lte: now } }] }),
    countEndings: async () => (await Endings.findById(ENDINGS_ID).lean<EndingsDocument>())?.count ?? 0,
    countNameTry: async (sessionId) => {
      const options = { returnDocument: 'after' } as const;
      const found = await Sessions.findOneAndUpdate({ _id: sessionId }, { $inc: { nameTries: 1 } }, options);
      return found?.nameTries ?? 0;
    },
  };
  return { store, prepare: () => Sessions.createIndexes() };
}

function toRecord(document: SessionDocument): SessionRecord {
  const { _id, personId, stage, roles, province, createdAt, lastSeenAt, expiresAt, idleMs } = document;
  return { sessionId: _id, personId, stage, roles, province, createdAt, lastSeenAt, expiresAt, idleMs };
}
