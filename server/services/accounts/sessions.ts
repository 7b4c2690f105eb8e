import { DomainError } from '../../domain/errors.ts';
import type { Role } from '../../protocol/scalars.ts';
import type { Clock, Ids } from '../clock.ts';
import type { Session, SessionReader } from '../session.ts';
import { batchLookups } from './batched-lookup.ts';
import type { OpenedSession, SessionRecord, SessionStore } from './ports.ts';
import { sha256Hex } from './protection/secrets.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const TOKEN_BYTES = 32;

/** Name check tries of one proven telephone. */
const NAME_TRIES_MAX = 5;

/** Creditors come back for days to vote; staff sign in for a working day. */
const lifetimes = {
  'code-verified': { totalMs: 15 * MINUTE_MS, idleMs: 15 * MINUTE_MS },
  creditor: { totalMs: 7 * DAY_MS, idleMs: DAY_MS },
  staff: { totalMs: 14 * HOUR_MS, idleMs: 14 * HOUR_MS },
} as const;

/** A look-up is believed this long by this process; what it revokes itself takes effect at once. */
const CACHE_MS = 3_000;
const CACHE_MAX = 20_000;
/** `lastSeenAt` is written at most this often. */
const TOUCH_MS = 5 * MINUTE_MS;

export interface SessionRequest {
  readonly personId: string;
  readonly stage: Session['stage'];
  readonly roles: readonly Role[];
  readonly province: string | null;
  /** Ended in exchange: a new id at every step, so that an id known before is worth nothing after. */
  readonly replaces?: string | undefined;
}

export interface Sessions extends SessionReader {
  open(request: SessionRequest): Promise<OpenedSession>;
  end(sessionId: string): Promise<void>;
  /** Sign-out everywhere; also when a role, proxy or account ends. */
  endAllOf(personId: string): Promise<void>;
  /** Counts a try at the name check and returns how many are left. @throws DomainError NAME_CHECK_TRIES_EXCEEDED */
  takeNameTry(sessionId: string): Promise<number>;
  /** Ends what has expired; call it about once a minute. */
  sweep(): Promise<void>;
}

interface Cached {
  readonly record: SessionRecord;
  readonly readAt: number;
}

export function createSessions(deps: { store: SessionStore; clock: Clock; ids: Ids }): Sessions {
  const { store, clock, ids } = deps;
  const cache = new Map<string, Cached>();
  const listeners: ((sessionIds: readonly string[]) => void)[] = [];
  const find = batchLookups(store.findMany, ({ sessionId }) => sessionId);
  let endings = 0;

  function announce(sessionIds: readonly string[]): void {
    endings += 1;
    for (const sessionId of sessionIds) cache.delete(sessionId);
    if (sessionIds.length > 0) for (const listener of listeners) listener(sessionIds);
  }

  async function read(sessionId: string): Promise<SessionRecord | undefined> {
    const cached = cache.get(sessionId);
    if (cached && clock.monotonic() - cached.readAt < CACHE_MS) return cached.record;
    const asOf = endings;
    const record = await find(sessionId);
    cache.delete(sessionId);
    // What was read while sessions ended may be one of them: it is used once and not kept.
    if (record && asOf === endings) remember(cache, { record, readAt: clock.monotonic() });
    return record;
  }

  return {
    open: async (request) => {
      const token = Buffer.from(ids.bytes(TOKEN_BYTES)).toString('base64url');
      const record = toRecord(request, sha256Hex(token), clock.now());
      await store.insert(record);
      if (request.replaces !== undefined) announce(await store.deleteMany({ sessionId: request.replaces }));
      const maxAgeS = Math.floor((record.expiresAt.getTime() - clock.now()) / 1000);
      return { token, session: toSession(record), maxAgeS };
    },
    findByToken: async (token) => {
      const record = await read(sha256Hex(token));
      if (record === undefined || hasEnded(record, clock.now())) return undefined;
      if (clock.now() - record.lastSeenAt.getTime() > TOUCH_MS) {
        const at = new Date(clock.now());
        await store.touch(record.sessionId, at);
        remember(cache, { record: { ...record, lastSeenAt: at }, readAt: clock.monotonic() });
      }
      return toSession(record);
    },
    onEnded: (listener) => void listeners.push(listener),
    end: async (sessionId) => announce(await store.deleteMany({ sessionId })),
    endAllOf: async (personId) => announce(await store.deleteMany({ personId })),
    takeNameTry: async (sessionId) => {
      const count = await store.countNameTry(sessionId);
      if (count >= 1 && count <= NAME_TRIES_MAX) return NAME_TRIES_MAX - count;
      announce(await store.deleteMany({ sessionId }));
      throw new DomainError('NAME_CHECK_TRIES_EXCEEDED');
    },
    sweep: async () => announce(await store.deleteExpired(new Date(clock.now()))),
  };
}

function remember(cache: Map<string, Cached>, entry: Cached): void {
  cache.set(entry.record.sessionId, entry);
  if (cache.size <= CACHE_MAX) return;
  // Maps keep insertion order: the first key is the oldest look-up.
  for (const oldest of cache.keys()) {
    cache.delete(oldest);
    break;
  }
}

function toRecord(request: SessionRequest, sessionId: string, now: number): SessionRecord {
  const { personId, stage, roles, province } = request;
  const isStaff = roles.some((role) => role !== 'creditor');
  const { totalMs, idleMs } = lifetimes[stage === 'full' ? (isStaff ? 'staff' : 'creditor') : stage];
  const at = new Date(now);
  const expiresAt = new Date(now + totalMs);
  return { sessionId, personId, stage, roles, province, createdAt: at, lastSeenAt: at, expiresAt, idleMs };
}

const hasEnded = (record: SessionRecord, now: number) =>
  now >= record.expiresAt.getTime() || now - record.lastSeenAt.getTime() >= record.idleMs;

function toSession({ sessionId, personId, stage, roles, province }: SessionRecord): Session {
  return { sessionId, personId, stage, roles, province };
}
