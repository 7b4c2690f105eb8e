import { mongo } from 'mongoose';
import { setTimeout as delay } from 'node:timers/promises';
import { isPortFree } from './instance.ts';
import type { Instance } from './instance.ts';

const REPLICA_SET = 'embedded';
const POLL_MS = 50;
const CONNECT_TIMEOUT_MS = 2_000;
const AUTHENTICATION_FAILED = 18;
const NOT_YET_INITIALIZED = 94;
const DATABASE_NAME = 'creditors_meeting';
const INSTANCE_COLLECTION = 'embedded_instance';

export { REPLICA_SET };

/** The address the application connects with; durable majority writes are its default. */
export function instanceUri(instance: Instance): string {
  const credentials = `${instance.user}:${instance.password}`;
  const options = 'authSource=admin&directConnection=true&w=majority&journal=true';
  return `mongodb://${credentials}@127.0.0.1:${instance.port}/${DATABASE_NAME}?${options}`;
}

function connect(uri: string, timeoutMs = CONNECT_TIMEOUT_MS): Promise<mongo.MongoClient> {
  return mongo.MongoClient.connect(uri, {
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    maxPoolSize: 1,
  });
}

/** Without credentials: enough for `hello`, and for the first user through the localhost exception. */
function anonymousUri(instance: Instance): string {
  return `mongodb://127.0.0.1:${instance.port}/admin?directConnection=true`;
}

function errorCode(error: unknown): number | undefined {
  return error instanceof mongo.MongoServerError && typeof error.code === 'number' ? error.code : undefined;
}

async function withClient<T>(uri: string, work: (client: mongo.MongoClient) => Promise<T>): Promise<T> {
  const client = await connect(uri);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/**
 * The process id of a `mongod` that already serves the files of this instance, or undefined.
 *
 * It counts as ours only when it accepts our credentials, carries our instance id and has our files open:
 * another program may have taken the port, a stored process id may belong to somebody else by now, and a
 * copied data directory brings the same credentials.
 */
export async function findOrphan(instance: Instance, dbPath: string): Promise<number | undefined> {
  try {
    return await withClient(instanceUri(instance), async (client) => {
      const admin = client.db('admin');
      const options = await admin.command({ getCmdLineOpts: 1 });
      if (options['parsed']?.storage?.dbPath !== dbPath) return undefined;
      await requireInstanceMark(client, instance);
      const status = await admin.command({ serverStatus: 1 });
      return Number(status['pid']);
    });
  } catch {
    // Nothing listens there, or it does not know us: either way it is not our orphan.
    return undefined;
  }
}

async function requireInstanceMark(client: mongo.MongoClient, instance: Instance): Promise<void> {
  const marks = client.db(DATABASE_NAME).collection<{ _id: string }>(INSTANCE_COLLECTION);
  const mark = await marks.findOne({}, { readPreference: 'primaryPreferred' });
  if (mark && mark._id !== instance.instanceId) {
    throw new Error('The database on this port belongs to another installation.');
  }
}

/**
 * Brings a running `mongod` to the state the application needs: a writable replica set of one member, our
 * user, our instance id. Every step may have been done before, by a start that was interrupted.
 *
 * @param isAlive false once the process has ended, which ends the waiting
 * @param timeoutMs for the whole; recovery after a crash is part of it
 */
export async function prepareReplicaSet(
  instance: Instance,
  isAlive: () => boolean,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  while (Date.now() < deadline && isAlive()) {
    try {
      // The driver retries a refused connection only every half second.
      const isListening = !(await isPortFree(instance.port));
      if (isListening && (await prepareOnce(instance))) return;
    } catch (error) {
      last = error;
    }
    await delay(POLL_MS);
  }
  throw new Error('The embedded database did not become writable.', { cause: last });
}

async function prepareOnce(instance: Instance): Promise<boolean> {
  try {
    return await withClient(instanceUri(instance), (client) => ensureWritable(client, instance));
  } catch (error) {
    if (errorCode(error) !== AUTHENTICATION_FAILED) throw error;
  }
  // Our user does not exist yet. The localhost exception lets the first connection create it.
  return withClient(anonymousUri(instance), (client) => createFirstUser(client, instance));
}

async function createFirstUser(client: mongo.MongoClient, instance: Instance): Promise<boolean> {
  const admin = client.db('admin');
  const hello = await admin.command({ hello: 1 });
  if (hello['isWritablePrimary'] === true) {
    await admin.command({ createUser: instance.user, pwd: instance.password, roles: ['root'] });
  } else if (hello['setName'] === undefined) {
    await admin.command({ replSetInitiate: replicaSetConfig(instance, 1) });
  }
  return false;
}

function replicaSetConfig(instance: Instance, version: number): mongo.Document {
  return { _id: REPLICA_SET, version, members: [{ _id: 0, host: `127.0.0.1:${instance.port}` }] };
}

async function ensureWritable(client: mongo.MongoClient, instance: Instance): Promise<boolean> {
  const admin = client.db('admin');
  const hello = await admin.command({ hello: 1 });
  if (hello['isWritablePrimary'] === true) {
    await requireInstanceMark(client, instance);
    await client
      .db(DATABASE_NAME)
      .collection<{ _id: string }>(INSTANCE_COLLECTION)
      .updateOne({ _id: instance.instanceId }, { $setOnInsert: { createdAt: new Date() } }, { upsert: true });
    return true;
  }
  await adoptNewPort(admin, instance);
  return false;
}

/** The port was taken by another program and had to change: a member that is not in its own set never votes. */
async function adoptNewPort(admin: mongo.Db, instance: Instance): Promise<void> {
  try {
    const { config } = await admin.command({ replSetGetConfig: 1 });
    if (config.members[0].host === `127.0.0.1:${instance.port}`) return;
    const next = replicaSetConfig(instance, config.version + 1);
    await admin.command({ replSetReconfig: next, force: true });
  } catch (error) {
    if (errorCode(error) !== NOT_YET_INITIALIZED) throw error;
  }
}

/** Asks the server to finish its work and end; the connection breaks when it does. */
export async function requestShutdown(instance: Instance): Promise<void> {
  try {
    await withClient(instanceUri(instance), (client) =>
      client.db('admin').command({ shutdown: 1, force: true, timeoutSecs: 10 }),
    );
  } catch (error) {
    if (error instanceof mongo.MongoServerError) throw error;
    // A network error is the expected answer: the server closed the connection as it ended.
  }
}
