/**
 * The one place where the database is connected to, and so the one where its settings live: durable writes
 * by default, no silent buffering while it is away, and int64 handed out as `bigint` whatever its size (the
 * driver's default hands small ones out as `number` and rounds large ones).
 */
import mongoose, { type Connection } from 'mongoose';

/** The driver's own database handle, of the version that mongoose brings. */
export type Db = mongoose.mongo.Db;

/** How long an operation waits for a writable server before it fails. */
const SERVER_SELECTION_TIMEOUT_MS = 5_000;
const MAX_POOL_SIZE = 50;

export interface DatabaseConnection {
  /** For the models of the master data. */
  readonly connection: Connection;
  /** The native handle: the ledger's documents are stored exactly as they are given. */
  readonly db: Db;
  close(): Promise<void>;
}

/** The database works, but not in the way that a meeting needs. */
export class DatabaseUnsuitable extends Error {}

/**
 * Connects to the database that `uri` names.
 * @throws the driver's error when no server can be reached, DatabaseUnsuitable without a replica set
 */
export async function connectDatabase(uri: string): Promise<DatabaseConnection> {
  const connection = await mongoose
    .createConnection(uri, {
      bufferCommands: false,
      // Indexes are made by the stores, in order and awaited, not in the background by each model.
      autoIndex: false,
      autoCreate: false,
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      readPreference: 'primary',
      useBigInt64: true,
      serverSelectionTimeoutMS: SERVER_SELECTION_TIMEOUT_MS,
      maxPoolSize: MAX_POOL_SIZE,
    })
    .asPromise();
  const { db } = connection;
  if (db === undefined) throw new Error('the connection has no database');
  const close = () => connection.close();
  if (!(await isReplicated(db))) {
    await close();
    throw new DatabaseUnsuitable(
      'the database is no replica set, without which nothing is durable; a replica set of one server will do',
    );
  }
  return { connection, db, close };
}

/** A replica set names itself; the router of a sharded cluster says so. */
async function isReplicated(db: Db): Promise<boolean> {
  const hello = await db.admin().command({ hello: 1 });
  return typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid';
}
