import { Schema, type Connection } from 'mongoose';
import type {
  DemonstrationAccount,
  DemonstrationStore,
} from '../services/demonstration/demonstration-desk.ts';

const MARK = 'demonstration';

interface MarkDocument {
  _id: string;
  accounts: DemonstrationAccount[];
  createdAt: Date;
}

const account = new Schema<DemonstrationAccount>({ personId: String, title: String }, { _id: false });
const schema = new Schema<MarkDocument>(
  { _id: { type: String, required: true }, accounts: [account], createdAt: Date },
  { collection: 'installation', versionKey: false, autoIndex: false },
);

/** The mark that makes a database one of the demonstration, with the accounts that its page offers. */
export function createDemonstrationStore(connection: Connection): DemonstrationStore {
  const Marks = connection.model<MarkDocument>('InstallationMark', schema);
  return {
    findAccounts: async () => (await Marks.findById(MARK).lean<MarkDocument>())?.accounts,
    setMark: async (accounts) => {
      const change = { $set: { accounts: [...accounts] }, $setOnInsert: { createdAt: new Date() } };
      await Marks.updateOne({ _id: MARK }, change, { upsert: true });
    },
  };
}
