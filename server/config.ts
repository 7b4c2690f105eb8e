/**
 * Configuration from environment variables and the few flags of `npm start`, validated before anything
 * starts. Every variable stands in the README with its default.
 */
import { isIP } from 'node:net';
import { resolve } from 'node:path';

export interface Config {
  readonly nodeEnv: 'production' | 'development' | 'test';
  readonly host: string;
  readonly port: number;
  /** Absolute path of the folder that holds database, documents and keys. */
  readonly dataDir: string;
  /** Null: the embedded database is started. */
  readonly mongodbUri: string | null;
  readonly mongodBin: string | null;
  /** `https://meeting.example.cn`; null: the address that the server listens on. */
  readonly publicOrigin: string | null;
  /** Addresses of reverse proxies whose forwarding headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly lan: boolean;
  readonly noDemo: boolean;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** `smtp://…`; null: messages go to the outbox. */
  readonly smtpUrl: string | null;
  readonly smtpFrom: string;
  /** Working days of the years announced; null: the file that comes with the product. */
  readonly calendarFile: string | null;
  readonly media: MediaConfig;
  /** Absolute path of a tlog-policy file that names the witnesses; null: the record is not witnessed. */
  readonly witnessPolicyFile: string | null;
  readonly timeStamp: TimeStampConfig | null;
  /** Built client; served when it exists. */
  readonly clientDir: string;
}

export interface MediaConfig {
  readonly workerBin: string | null;
  readonly workers: number;
  readonly listenIp: string;
  readonly announcedAddress: string | null;
  /** First UDP and TCP port; one per worker. 0: any free port. */
  readonly portBase: number;
  /** `turn:…` and `stun:…` addresses, with the secret that time-limited credentials are made from. */
  readonly turn: { readonly urls: readonly string[]; readonly secret: string } | null;
}

/** A time-stamp authority (RFC 3161). */
export interface TimeStampConfig {
  readonly url: string;
  /** Absolute path of the root to which its certificates must lead, PEM. */
  readonly caFile: string;
  /** Policy that is asked for, a dotted object identifier; undefined: the authority's own. */
  readonly policy: string | undefined;
}

/** A variable or flag that cannot be used; the process prints it and stops with exit code 2. */
export class ConfigError extends Error {}

const known = [
  'NODE_ENV',
  'HOST',
  'PORT',
  'DATA_DIR',
  'MONGODB_URI',
  'MONGOD_BIN',
  'PUBLIC_ORIGIN',
  'TRUSTED_PROXIES',
  'LOG_LEVEL',
  'SMTP_URL',
  'SMTP_FROM',
  'CALENDAR_FILE',
  'MEDIASOUP_WORKER_BIN',
  'MEDIA_WORKERS',
  'MEDIA_LISTEN_IP',
  'MEDIA_ANNOUNCED_ADDRESS',
  'MEDIA_PORT_BASE',
  'TURN_URLS',
  'TURN_SECRET',
  'WITNESS_POLICY',
  'TSA_URL',
  'TSA_CA',
  'TSA_POLICY',
] as const;
type Variable = (typeof known)[number];
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks everything.
 * @throws ConfigError naming the variable, what was found and what is allowed
 */
export function readConfig(environment: Environment, args: readonly string[], projectDir: string): Config {
  refuseMistypedNames(environment);
  const value = (name: Variable): string | null => environment[name]?.trim() || null;
  const flags = readFlags(args);
  const publicOrigin = value('PUBLIC_ORIGIN');
  if (publicOrigin !== null) requireOrigin(publicOrigin);
  const host = value('HOST') ?? (flags.lan ? '0.0.0.0' : '127.0.0.1');
  return {
    nodeEnv: oneOf('NODE_ENV', value('NODE_ENV') ?? 'development', ['production', 'development', 'test']),
    host,
    port: flags.port ?? integer('PORT', value('PORT') ?? '8080', { min: 0, max: 65_535 }),
    dataDir: resolve(projectDir, flags.dataDir ?? value('DATA_DIR') ?? '.data'),
    mongodbUri: address('MONGODB_URI', value('MONGODB_URI'), ['mongodb:', 'mongodb+srv:']),
    mongodBin: value('MONGOD_BIN'),
    publicOrigin,
    trustedProxies: readProxies(value('TRUSTED_PROXIES')),
    lan: flags.lan,
    noDemo: flags.noDemo,
    logLevel: oneOf('LOG_LEVEL', value('LOG_LEVEL') ?? 'info', [
      'fatal',
      'error',
      'warn',
      'info',
      'debug',
      'silent',
    ]),
    smtpUrl: address('SMTP_URL', value('SMTP_URL'), ['smtp:', 'smtps:']),
    smtpFrom: value('SMTP_FROM') ?? 'creditors-meeting@localhost',
    calendarFile: value('CALENDAR_FILE'),
    media: {
      workerBin: value('MEDIASOUP_WORKER_BIN'),
      workers: integer('MEDIA_WORKERS', value('MEDIA_WORKERS') ?? '1', { min: 1, max: 64 }),
      listenIp: ipAddress(
        'MEDIA_LISTEN_IP',
        value('MEDIA_LISTEN_IP') ?? (flags.lan ? '0.0.0.0' : '127.0.0.1'),
      ),
      announcedAddress: value('MEDIA_ANNOUNCED_ADDRESS'),
      portBase: integer('MEDIA_PORT_BASE', value('MEDIA_PORT_BASE') ?? '0', { min: 0, max: 65_000 }),
      turn: readTurn(value('TURN_URLS'), value('TURN_SECRET')),
    },
    witnessPolicyFile: path(projectDir, value('WITNESS_POLICY')),
    timeStamp: readTimeStamp(projectDir, value),
    clientDir: resolve(projectDir, 'dist/client'),
  };
}

interface Flags {
  readonly lan: boolean;
  readonly noDemo: boolean;
  readonly port: number | undefined;
  readonly dataDir: string | undefined;
}

function readFlags(args: readonly string[]): Flags {
  let lan = false;
  let noDemo = false;
  let port: number | undefined;
  let dataDir: string | undefined;
  const words = args.flatMap(splitAtEquals);
  for (let i = 0; i < words.length; i++) {
    const flag = words[i];
    if (flag === '--lan') lan = true;
    else if (flag === '--no-demo') noDemo = true;
    else if (flag === '--port') port = integer('--port', words[++i] ?? '', { min: 0, max: 65_535 });
    else if (flag === '--data') {
      dataDir = words[++i];
      if (!dataDir) throw new ConfigError('--data needs a folder');
    } else throw new ConfigError(`unknown flag ${flag}; known: --lan, --no-demo, --port N, --data DIR`);
  }
  return { lan, noDemo, port, dataDir };
}

/** `--port=9000` is `--port 9000`. */
function splitAtEquals(word: string): string[] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at === -1 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

/**
 * A mistyped name (`MONGODB_URL`, `PUBLIC_ORGIN`) would silently fall back to a default, and the
 * defaults open the demonstration; so a near miss stops the start.
 */
function refuseMistypedNames(environment: Environment): void {
  for (const name of Object.keys(environment)) {
    if ((known as readonly string[]).includes(name)) continue;
    const meant = known.find((candidate) => candidate.length >= 8 && isNearMiss(name, candidate));
    if (meant) throw new ConfigError(`environment variable ${name} is not known; did you mean ${meant}?`);
  }
}

/** At most two edits apart (Damerau-free Levenshtein, two rows). */
function isNearMiss(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 2) return false;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replace, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return (previous[b.length] ?? 9) <= 2;
}

function oneOf<const T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (!found) throw new ConfigError(`${name} is "${value}"; allowed: ${allowed.join(', ')}`);
  return found;
}

function integer(name: string, value: string, range: { min: number; max: number }): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= range.min && number <= range.max)) {
    throw new ConfigError(
      `${name} is "${value}"; it must be a whole number from ${range.min} to ${range.max}`,
    );
  }
  return number;
}

function readTurn(urls: string | null, secret: string | null): MediaConfig['turn'] {
  if (urls === null && secret === null) return null;
  if (urls === null || secret === null) throw new ConfigError('TURN_URLS and TURN_SECRET go together');
  return {
    urls: urls
      .split(',')
      .map((url) => url.trim())
      .filter(Boolean),
    secret,
  };
}

function path(projectDir: string, value: string | null): string | null {
  return value === null ? null : resolve(projectDir, value);
}

function readTimeStamp(projectDir: string, value: (name: Variable) => string | null): TimeStampConfig | null {
  const url = address('TSA_URL', value('TSA_URL'), ['http:', 'https:']);
  const caFile = path(projectDir, value('TSA_CA'));
  const policy = value('TSA_POLICY') ?? undefined;
  if (policy !== undefined && !/^[0-2](\.(0|[1-9]\d*))+$/.test(policy)) {
    throw new ConfigError(`TSA_POLICY is "${policy}"; it must be an object identifier such as 1.2.3.4`);
  }
  if (url === null && caFile === null && policy === undefined) return null;
  if (url === null || caFile === null) {
    throw new ConfigError('TSA_URL and TSA_CA go together: a time stamp counts by a root from outside');
  }
  return { url, caFile, policy };
}

/** The value itself is not repeated: it may carry a password. */
function address(name: string, value: string | null, schemes: readonly string[]): string | null {
  if (value === null || schemes.some((scheme) => value.startsWith(`${scheme}//`))) return value;
  const allowed = schemes.map((scheme) => `${scheme}//`).join(' or ');
  throw new ConfigError(`${name} must begin with ${allowed}`);
}

/** Addresses or networks such as `10.0.0.0/8`, by comma. */
function readProxies(value: string | null): string[] {
  const proxies = (value ?? '')
    .split(',')
    .map((proxy) => proxy.trim())
    .filter(Boolean);
  for (const proxy of proxies) {
    const [ip = '', bits = '0', ...rest] = proxy.split('/');
    const bitsMax = isIP(ip) === 6 ? 128 : 32;
    if (isIP(ip) === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > bitsMax) {
      throw new ConfigError(
        `TRUSTED_PROXIES has "${proxy}"; it must be an IP address or a network like 10.0.0.0/8`,
      );
    }
  }
  return proxies;
}

function ipAddress(name: string, value: string): string {
  if (isIP(value) === 0) throw new ConfigError(`${name} is "${value}"; it must be an IP address`);
  return value;
}

function requireOrigin(value: string): void {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || url.origin !== value || !['http:', 'https:'].includes(url.protocol)) {
    throw new ConfigError(
      `PUBLIC_ORIGIN is "${value}"; it must be an origin such as https://meeting.example.cn`,
    );
  }
}
