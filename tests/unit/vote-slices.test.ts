/** design.md, run time: whatever the size of a roll, the event loop is not held (a count of turns, no clock). */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { buildRollSlices, type Roll, type RollClaim } from '../../server/domain/roll.ts';
import { settingsFor } from '../../server/domain/rules/freeze-rule.ts';
import { resolutionTypes } from '../../server/domain/rules/registry.ts';
import type { ClaimsBook } from '../../server/services/conduct/conduct-data.ts';
import { indexBuilt } from '../../server/services/conduct/vote/frozen-roll.ts';
import { storeRoll } from '../../server/services/conduct/vote/roll-freezing.ts';
import type { PrivateValue, RollStore } from '../../server/services/ledger-port.ts';
import { readPrivateLines } from '../../server/services/private-lines.ts';
import { runSlices } from '../../server/services/run-slices.ts';
import { turnsWhile } from '../support/turns.ts';

const CREDITORS = 20_000;
const type = resolutionTypes.R03;

function bigBook(): ClaimsBook {
  const ids = Array.from({ length: CREDITORS }, (_, index) => `creditor-${index}`);
  const claims = ids.map((creditorId): RollClaim => ({
    creditorId,
    nature: 'ORDINARY',
    confirmedFen: 100n,
    temporaryFen: null,
    securedFen: 0n,
    priorityWaived: false,
  }));
  const facts = { name: '江南（虚构）公司', isIndividual: false, idNumber: '91', mobile: '160' };
  return {
    creditors: new Map(
      ids.map((creditorId) => [creditorId, { creditorId, ...facts, natures: ['ORDINARY' as const] }]),
    ),
    claims,
    claimsOf: () => [],
    affiliates: new Set(),
    joinedTo: new Map(),
  };
}

function memoryStore() {
  const chunks = new Map<string, Uint8Array>();
  const privates = new Map<string, readonly PrivateValue[]>();
  const store: RollStore = {
    putChunk: async (_meetingId, { sha256, bytes }) => void chunks.set(sha256, bytes),
    findChunk: async (_meetingId, sha256) => chunks.get(sha256),
    putPrivates: async (_meetingId, { sha256, lines }) => void privates.set(sha256, readPrivateLines(lines)),
    dropPrivates: async (_meetingId, sha256s) => sha256s.forEach((sha256) => void privates.delete(sha256)),
  };
  return { store, chunks, privates };
}

function freezing(store: RollStore, book: ClaimsBook, roll: Roll) {
  return storeRoll(store, {
    meetingId: 'meeting-1',
    resolutionId: 'resolution-1',
    round: '1',
    version: '0',
    roll,
    book,
    sourceSha256: null,
    auditHead: '0'.repeat(64),
    actor: { personId: 'person-1', role: 'administrator-lead' },
  });
}

function bigRoll(book: ClaimsBook) {
  return runSlices(buildRollSlices({ claims: book.claims, rule: type.rule, settings: settingsFor(type) }));
}

describe('a roll of many creditors', () => {
  it('is built, stored and indexed in slices, every chunk below 1 MB with its values beside it', async () => {
    const book = bigBook();
    const built = await turnsWhile(bigRoll(book));
    const { store, chunks, privates } = memoryStore();
    const stored = await turnsWhile(freezing(store, book, built.result));
    const indexed = await turnsWhile(runSlices(indexBuilt('0', built.result)));
    // Each turn ends after about 8 ms of work: a loop that is held gives none.
    expect(stored.turns).toBeGreaterThan(10);
    expect(built.turns + indexed.turns).toBeGreaterThan(2);
    expect(indexed.result.units.size).toBe(CREDITORS);
    const { freeze, discard } = stored.result;
    expect(freeze.rows).toBe(String(CREDITORS));
    expect(Math.max(...[...chunks.values()].map(({ length }) => length))).toBeLessThan(1024 * 1024);
    expect(freeze.chunks.map(({ sha256 }) => privates.get(sha256)?.length)).toEqual(
      freeze.chunks.map(({ rows }) => Number(rows) * 3),
    );
    await discard();
    expect(privates.size).toBe(0);
  });

  it('waits for a slow database: a few chunks are on their way, never the whole roll', async () => {
    const book = bigBook();
    const { store, chunks } = memoryStore();
    let underWay = 0;
    let most = 0;
    const slow: RollStore = {
      ...store,
      async putChunk(meetingId, chunk) {
        most = Math.max(most, ++underWay);
        await nextTurn();
        await store.putChunk(meetingId, chunk);
        underWay -= 1;
      },
    };
    await freezing(slow, book, await bigRoll(book));
    expect(chunks.size).toBeGreaterThan(most);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('leaves nothing of people behind when a chunk cannot be stored', async () => {
    const book = bigBook();
    const { store, privates } = memoryStore();
    let stored = 0;
    const failing: RollStore = {
      ...store,
      async putChunk(meetingId, chunk) {
        if (++stored === 3) throw new Error('the database is away');
        await store.putChunk(meetingId, chunk);
      },
    };
    await expect(freezing(failing, book, await bigRoll(book))).rejects.toThrow('the database is away');
    expect(stored).toBeGreaterThan(2);
    expect(privates.size).toBe(0);
  });
});
