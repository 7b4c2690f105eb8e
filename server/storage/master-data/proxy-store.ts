import { Schema, type Connection } from 'mongoose';
import type { Proxy } from '../../domain/master-data.ts';
import type { ProxyStore } from '../../services/ports/proxy-port.ts';

interface ProxyDocument extends Omit<Proxy, 'proxyId'> {
  _id: string;
}

const required = <T>(type: T) => ({ type, required: true }) as const;
const orNull = <T>(type: T) => ({ type, default: null }) as const;

const schema = new Schema<ProxyDocument>(
  {
    _id: required(String),
    caseId: required(String),
    creditorId: required(String),
    creditorName: required(String),
    holder: required({ _id: false, name: String, idNo: String, mobile: String }),
    authority: required(String),
    scope: required(Schema.Types.Mixed),
    expiresAt: orNull(Date),
    documentId: orNull(String),
    documentSha256: orNull(String),
    state: required(String),
    enteredBy: required(String),
    enteredAt: required(Date),
    reviewedBy: orNull(String),
    reviewedAt: orNull(Date),
    revokedBy: orNull(String),
    revokedAt: orNull(Date),
    reason: orNull(String),
    capacityId: orNull(String),
  },
  {
    collection: 'proxies',
    versionKey: false,
    autoIndex: false,
    minimize: false,
    writeConcern: { w: 'majority', j: true },
  },
).index({ caseId: 1, enteredAt: -1 });

/** Proxies (授权委托) with their way through review; each is one document, so that a step is one write. */
export async function createProxyStore(connection: Connection): Promise<ProxyStore> {
  const Proxies = connection.model<ProxyDocument>('Proxy', schema);
  await Proxies.createIndexes();
  return {
    async insert(proxies) {
      await Proxies.insertMany(proxies.map(({ proxyId, ...fields }) => ({ _id: proxyId, ...fields })));
    },
    async find(proxyId) {
      const row = await Proxies.findById(proxyId).lean<ProxyDocument>();
      return row === null ? undefined : toProxy(row);
    },
    async listOfCase(caseId) {
      const rows = await Proxies.find({ caseId }).sort({ enteredAt: -1, _id: 1 }).lean<ProxyDocument[]>();
      return rows.map(toProxy);
    },
    async change(proxyId, from, change) {
      const { matchedCount } = await Proxies.updateOne({ _id: proxyId, state: from }, { $set: change });
      return matchedCount === 1;
    },
  };
}

function toProxy({ _id: proxyId, ...fields }: ProxyDocument): Proxy {
  return { proxyId, ...fields };
}
