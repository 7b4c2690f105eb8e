/**
 * Sessions as they were read, believed until somebody has ended one. Ballots come in bursts from people who have
 * listened for an hour: a query for each would be two in five of all that the database is asked.
 *
 * What this process ends it forgets at once. What another one ends is noticed by the count of endings in the
 * database, which is asked for once a second while anybody asks for sessions. Ending and counting are two writes:
 * for a process that dies in between there is `recheck`.
 */
import type { Clock } from '../clock.ts';
import { batchLookups } from './batched-lookup.ts';
import type { EndedSessions, SessionRecord, SessionStore } from './ports.ts';

const CACHE_MAX = 20_000;
/** How long another process's ending may go unnoticed. */
const ENDINGS_BELIEVED_MS = 1_000;
/** Sessions in one query of the recheck. */
const RECHECK_MAX = 500;

export interface SessionCache {
  /** Undefined when there is none. Rejects while the database is away. */
  read(sessionId: string): Promise<SessionRecord | undefined>;
  /** Changed here and stored. */
  replace(record: SessionRecord): void;
  /** This process has ended them. */
  forget(ended: EndedSessions): void;
  /** Forgets those that are gone though nobody has counted their end. */
  recheck(): Promise<void>;
}

export function createSessionCache(
  store: Pick<SessionStore, 'findMany' | 'countEndings'>,
  clock: Pick<Clock, 'monotonic'>,
): SessionCache {
  const cache = new Map<string, SessionRecord>();
  const find = batchLookups(store.findMany, ({ sessionId }) => sessionId);
  /** Grows with whatever makes an answer that is still under way doubtful. */
  let doubts = 0;

  function forgetAll(): void {
    doubts += 1;
    cache.clear();
  }

  const endings = watchEndings({ ...store, clock, onForeign: forgetAll });

  function remember(record: SessionRecord): void {
    cache.delete(record.sessionId);
    cache.set(record.sessionId, record);
    if (cache.size <= CACHE_MAX) return;
    // Maps keep insertion order: the first key is the oldest look-up.
    const [oldest] = cache.keys();
    if (oldest !== undefined) cache.delete(oldest);
  }

  return {
    async read(sessionId) {
      await endings.ensureKnown();
      const cached = cache.get(sessionId);
      if (cached) return cached;
      const asOf = doubts;
      const record = await find(sessionId);
      // What was read while sessions ended may be one of them: it is used once and not kept.
      if (record && asOf === doubts) remember(record);
      return record;
    },
    replace(record) {
      if (cache.has(record.sessionId)) remember(record);
    },
    forget({ sessionIds, count }) {
      doubts += 1;
      for (const sessionId of sessionIds) cache.delete(sessionId);
      endings.addOwn(count);
    },
    async recheck() {
      const ids = [...cache.keys()];
      for (let start = 0; start < ids.length; start += RECHECK_MAX) {
        const slice = ids.slice(start, start + RECHECK_MAX);
        const found = new Set((await store.findMany(slice)).map(({ sessionId }) => sessionId));
        for (const sessionId of slice) if (!found.has(sessionId)) cache.delete(sessionId);
      }
    },
  };
}

interface EndingsDeps extends Pick<SessionStore, 'countEndings'> {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Others have ended sessions since the last question. */
  readonly onForeign: () => void;
}

function watchEndings({ countEndings, clock, onForeign }: EndingsDeps) {
  /** The count up to which every ending is known here; undefined before it was first asked for. */
  let known: number | undefined;
  let askedAt = -Infinity;
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    const at = clock.monotonic();
    const counted = await countEndings();
    // Less than is known: an ending of our own was counted meanwhile, or the database is an older copy.
    if (counted !== known) {
      onForeign();
      known = counted;
    }
    askedAt = at;
  }

  return {
    async ensureKnown(): Promise<void> {
      if (clock.monotonic() - askedAt < ENDINGS_BELIEVED_MS) return;
      asking ??= ask().finally(() => (asking = undefined));
      await asking;
    },
    /** Where another process has counted in between, the next question finds more than is known. */
    addOwn(count: number | undefined): void {
      if (known !== undefined && count === known + 1) known = count;
    },
  };
}
