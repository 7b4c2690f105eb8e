import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { startEmbeddedDatabase } from '../../server/storage/embedded-database.ts';
import type { EmbeddedDatabase } from '../../server/storage/embedded-database.ts';
import { openTestDatabase, startTestDatabase } from '../support/database.ts';
import { requireMongodBin } from '../support/engines.ts';

const SMALL = { cacheGigabytes: 0.25, ballastBytes: 0 };
const SERVER = new URL('../support/embedded-database-server.ts', import.meta.url);

let dataDir: string;
const cleanups: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'meeting-db-'));
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedDatabase> {
  const database = await startEmbeddedDatabase({ dataDir, mongodBin: requireMongodBin(), ...SMALL });
  cleanups.push(() => database.stop());
  return database;
}

async function connect(uri: string): Promise<mongo.MongoClient> {
  const client = await mongo.MongoClient.connect(uri, { serverSelectionTimeoutMS: 15_000 });
  cleanups.push(() => client.close());
  return client;
}

async function numbers(uri: string): Promise<number[]> {
  const client = await connect(uri);
  const rows = await client.db().collection<{ _id: number }>('numbers').find().sort({ _id: 1 }).toArray();
  return rows.map((row) => row._id);
}

/** A server process of its own, which can be killed without warning. */
async function startServerProcess(): Promise<{ child: ChildProcess; uri: string; mongodPid: number }> {
  const child = spawn(process.execPath, [SERVER.pathname, dataDir, requireMongodBin()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanups.push(async () => child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, ...(JSON.parse(line.toString()) as { uri: string; mongodPid: number }) };
}

describe('the embedded database', () => {
  it('is a writable replica set of one with majority and journalled writes as its default', async () => {
    const database = await start();
    const client = await connect(database.uri);
    const hello = await client.db('admin').command({ hello: 1 });
    expect(hello['isWritablePrimary']).toBe(true);
    expect(hello['hosts']).toHaveLength(1);
    expect(client.writeConcern).toMatchObject({ w: 'majority', journal: true });
  });

  it('listens on the loopback only and refuses everybody without its password', async () => {
    const database = await start();
    const { port } = new URL(database.uri);
    const stranger = await connect(`mongodb://127.0.0.1:${port}/?directConnection=true`);
    await expect(stranger.db('x').collection('y').find().toArray()).rejects.toThrow(/authentication/);
    const options = await (await connect(database.uri)).db('admin').command({ getCmdLineOpts: 1 });
    expect(options['parsed'].net.bindIp).toBe('127.0.0.1');
  });

  it('keeps its secrets readable by their owner alone', async () => {
    await start();
    for (const file of ['keyfile', 'instance.json']) {
      expect((await stat(join(dataDir, 'database', file))).mode & 0o777).toBe(0o600);
    }
  });

  it('has every acknowledged write after an orderly stop', async () => {
    const first = await startEmbeddedDatabase({ dataDir, mongodBin: requireMongodBin(), ...SMALL });
    const client = await mongo.MongoClient.connect(first.uri);
    await client.db().collection<{ _id: number }>('numbers').insertOne({ _id: 1 });
    await client.close();
    await first.stop();
    const second = await start();
    expect(second.uri).toBe(first.uri);
    expect(await numbers(second.uri)).toEqual([1]);
  });

  it('runs again on the same address after mongod was killed, with every acknowledged write', async () => {
    const database = await start();
    const client = await connect(database.uri);
    const collection = client.db().collection<{ _id: number }>('numbers');
    await collection.insertOne({ _id: 1 });
    process.kill(database.pid(), 'SIGKILL');
    await collection.insertOne({ _id: 2 });
    expect(await numbers(database.uri)).toEqual([1, 2]);
  });

  it('is adopted when the server was killed and mongod was left behind', async () => {
    const killed = await startServerProcess();
    await (await connect(killed.uri)).db().collection<{ _id: number }>('numbers').insertOne({ _id: 1 });
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');

    const database = await start();
    expect(database.adopted).toBe(true);
    expect(database.pid()).toBe(killed.mongodPid);
    expect(await numbers(database.uri)).toEqual([1]);
  });

  it('ends an adopted mongod in an orderly way too', async () => {
    const killed = await startServerProcess();
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    const database = await startEmbeddedDatabase({ dataDir, mongodBin: requireMongodBin(), ...SMALL });
    await database.stop();
    // Empty once it has ended, also where nobody collects the exit code of an orphan.
    const command = await readFile(`/proc/${killed.mongodPid}/cmdline`, 'utf8').catch(() => '');
    expect(command).toBe('');
  });

  it('takes another port when its own is taken, and keeps its data', async () => {
    const first = await startEmbeddedDatabase({ dataDir, mongodBin: requireMongodBin(), ...SMALL });
    const client = await mongo.MongoClient.connect(first.uri);
    await client.db().collection<{ _id: number }>('numbers').insertOne({ _id: 1 });
    await client.close();
    await first.stop();
    const intruder = createServer((socket) => socket.destroy()).listen(
      Number(new URL(first.uri).port),
      '127.0.0.1',
    );
    await once(intruder, 'listening');
    cleanups.push(async () => intruder.close());

    const second = await start();
    expect(new URL(second.uri).port).not.toBe(new URL(first.uri).port);
    expect(await numbers(second.uri)).toEqual([1]);
  });

  it('writes its log to a file beside its data', async () => {
    await start();
    expect(await readFile(join(dataDir, 'database', 'mongod.log'), 'utf8')).toContain('WiredTiger');
  });
});

describe('the databases for tests', () => {
  it('come back after kill -9 with every acknowledged write', async () => {
    const database = await startTestDatabase();
    cleanups.push(() => database.stop());
    for (let round = 0; round < 3; round += 1) {
      const client = await mongo.MongoClient.connect(database.uri);
      await client.db().collection<{ _id: number }>('numbers').insertOne({ _id: round });
      await client.close();
      await database.kill9();
      await database.restart();
    }
    expect(await numbers(database.uri)).toEqual([0, 1, 2]);
  });

  it('share one server under names of their own', async () => {
    const one = openTestDatabase();
    const other = openTestDatabase();
    await (await connect(one.uri)).db().collection('a').insertOne({});
    expect(await (await connect(other.uri)).db().collection('a').countDocuments()).toBe(0);
    await one.drop();
  });
});
