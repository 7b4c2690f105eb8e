import { Schema, type Connection } from 'mongoose';
import type { CapacityStore, NamedCapacity } from '../services/ports/capacity-port.ts';

/** Documents sent or decoded between two turns of the event loop. */
const BATCH = 500;

interface CapacityDocument extends Omit<NamedCapacity, 'capacityId'> {
  _id: string;
}

const schema = new Schema<CapacityDocument>(
  {
    _id: { type: String, required: true },
    caseId: { type: String, required: true },
    personId: { type: String, required: true },
    creditorId: { type: String, required: true },
    creditorName: { type: String, required: true },
    kind: { type: String, required: true },
    expiresAt: { type: Date, default: null },
    revokedAt: { type: Date, default: null },
    proxy: { type: Schema.Types.Mixed },
  },
  { collection: 'capacities', versionKey: false, autoIndex: false },
);
schema.index({ personId: 1, caseId: 1 });
schema.index({ caseId: 1, revokedAt: 1 });
schema.index({ expiresAt: 1 }, { partialFilterExpression: { expiresAt: { $type: 'date' } } });

/** Capacities, one for each person and creditor; revoked ones stay with their date. */
export async function createCapacityStore(connection: Connection): Promise<CapacityStore> {
  const Capacities = connection.model<CapacityDocument>('Capacity', schema);
  await Capacities.createIndexes();
  const many = async (filter: object) =>
    (await Capacities.find(filter).batchSize(BATCH).lean<CapacityDocument[]>()).map(toCapacity);
  return {
    findByPerson: (personId) =>
      many({ personId, revokedAt: null, $or: [{ expiresAt: null }, { expiresAt: { $gt: new Date() } }] }),
    findByCase: (caseId) => many({ caseId, revokedAt: null }),
    findAllOfPerson: (personId) => many({ personId }),
    findUnreviewedProxies: (caseId) => many({ caseId, revokedAt: null, kind: 'proxy', proxy: null }),
    findCasesWithEnds: (fromMs, toMs) =>
      Capacities.distinct('caseId', { expiresAt: { $gt: new Date(fromMs), $lte: new Date(toMs) } }),
    setTerms: async (capacityId, { proxy, expiresAt }) => {
      await Capacities.updateOne({ _id: capacityId, revokedAt: null }, { $set: { proxy, expiresAt } });
    },
    insert: async (capacities) => {
      for (let start = 0; start < capacities.length; start += BATCH) {
        const rows = capacities.slice(start, start + BATCH);
        // The driver's own insert: casting ten thousand rows one by one would hold the event loop.
        await Capacities.collection.insertMany(
          rows.map(({ capacityId, ...rest }) => ({ _id: capacityId as never, ...rest })),
        );
      }
    },
    revoke: async (capacityIds, at) => {
      for (let start = 0; start < capacityIds.length; start += BATCH) {
        const filter = { _id: { $in: capacityIds.slice(start, start + BATCH) }, revokedAt: null };
        await Capacities.updateMany(filter, { $set: { revokedAt: at } });
      }
    },
  };
}

function toCapacity({ _id, ...rest }: CapacityDocument): NamedCapacity {
  return { capacityId: _id, ...rest };
}
