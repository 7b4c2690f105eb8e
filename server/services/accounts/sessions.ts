import { DomainError } from '../../domain/errors.ts';
import type { Role } from '../../protocol/scalars.ts';
import type { Clock, Ids } from '../clock.ts';
import type { Session, SessionReader } from '../session.ts';
import type { EndedSessions, OpenedSession, SessionRecord, SessionStore } from './ports.ts';
import { sha256Hex } from './protection/secrets.ts';
import { createSessionCache } from './session-cache.ts';

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
  /** Ends what has expired, and forgets what is gone; call it about once a minute. */
  sweep(): Promise<void>;
}

export function createSessions(deps: { store: SessionStore; clock: Clock; ids: Ids }): Sessions {
  const { store, clock, ids } = deps;
  const cache = createSessionCache(store, clock);
  const listeners: ((sessionIds: readonly string[]) => void)[] = [];

  function announce(ended: EndedSessions): void {
    cache.forget(ended);
    if (ended.sessionIds.length > 0) for (const listener of listeners) listener(ended.sessionIds);
  }

  async function findById(sessionId: string): Promise<Session | undefined> {
    const record = await cache.read(sessionId);
    if (record === undefined || hasEnded(record, clock.now())) return undefined;
    if (clock.now() - record.lastSeenAt.getTime() > TOUCH_MS) {
      const at = new Date(clock.now());
      await store.touch(sessionId, at);
      cache.replace({ ...record, lastSeenAt: at });
    }
    return toSession(record);
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
    findByToken: (token) => findById(sha256Hex(token)),
    findById,
    onEnded: (listener) => void listeners.push(listener),
    end: async (sessionId) => announce(await store.deleteMany({ sessionId })),
    endAllOf: async (personId) => announce(await store.deleteMany({ personId })),
    takeNameTry: async (sessionId) => {
      const count = await store.countNameTry(sessionId);
      if (count >= 1 && count <= NAME_TRIES_MAX) return NAME_TRIES_MAX - count;
      announce(await store.deleteMany({ sessionId }));
      throw new DomainError('NAME_CHECK_TRIES_EXCEEDED');
    },
    sweep: async () => {
      announce(await store.deleteExpired(new Date(clock.now())));
      await cache.recheck();
    },
  };
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
