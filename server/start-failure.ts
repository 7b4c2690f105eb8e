/** Why a start failed, in a sentence that names what to change; everything else keeps its stack. */
import { createServer } from 'node:net';
import type { Config } from './config.ts';
import { DatabaseUnsuitable } from './storage/connect.ts';
import { DataDirectoryInUse } from './storage/embedded/data-directory-lock.ts';

/**
 * Asks for the address before anything is started: a database and a demonstration would be made for nothing.
 * @throws the system's error when it cannot be listened on
 */
export function requireFreeAddress({ host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ host, port }, () => probe.close(() => resolve()));
  });
}

interface Failure {
  readonly name?: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly syscall?: string;
  readonly path?: string;
}

/** Undefined: nothing that a setting could mend. The sentence carries no password. */
export function explainStartFailure(thrown: unknown, config: Config): string | undefined {
  if (thrown instanceof DataDirectoryInUse || thrown instanceof DatabaseUnsuitable) return thrown.message;
  const failure = (thrown ?? {}) as Failure;
  return (
    explainAddress(failure, config) ?? explainFolder(failure, config) ?? explainDatabase(failure, config)
  );
}

function explainAddress({ code, syscall }: Failure, { host, port }: Config): string | undefined {
  if (syscall === 'getaddrinfo') return `HOST is "${host}", which is no known address`;
  if (syscall !== 'listen') return undefined;
  if (code === 'EADDRINUSE') {
    return `port ${port} on ${host} is used by another program; end it, or choose another port with --port or PORT`;
  }
  if (code === 'EADDRNOTAVAIL') return `HOST is "${host}", which is no address of this machine`;
  if (code === 'EACCES') return `port ${port} is reserved by the system; choose one above 1023`;
  return undefined;
}

const folderReasons: Readonly<Record<string, string>> = {
  EACCES: 'this account may not write there',
  EPERM: 'this account may not write there',
  EROFS: 'it is on a read-only file system',
  ENOSPC: 'the disk is full',
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'a part of the path is no folder',
};

function explainFolder({ code, path }: Failure, { dataDir }: Config): string | undefined {
  const reason = typeof code === 'string' ? folderReasons[code] : undefined;
  if (reason === undefined || path === undefined) return undefined;
  // Of a path that cannot be made, the system names the first missing folder.
  const isData = path.startsWith(dataDir) || dataDir.startsWith(path);
  return isData ? `the data folder ${dataDir} cannot be used: ${reason} (${path})` : undefined;
}

/** The driver's code of a wrong user or password. */
const AUTHENTICATION_FAILED = 18;

function explainDatabase({ name = '', message = '', code }: Failure, config: Config): string | undefined {
  if (config.mongodbUri === null) return undefined;
  if (code === AUTHENTICATION_FAILED) return 'the database of MONGODB_URI refuses its user or password';
  if (/ServerSelection|MongoNetwork/.test(name)) {
    return `the database of MONGODB_URI cannot be reached: ${message}`;
  }
  return /MongoParse|MongoAPI|MongoInvalidArgument|MongoMissing/.test(name)
    ? `MONGODB_URI cannot be used: ${message}`
    : undefined;
}
