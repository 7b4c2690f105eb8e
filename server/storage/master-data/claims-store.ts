import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Model } from 'mongoose';
import type { KnownCreditor } from '../../domain/claims-table.ts';
import type { ImportPreview } from '../../protocol/rest/case-routes.ts';
import type {
  ClaimsImport,
  ClaimsStore,
  ClaimsVersion,
  CreditorQuery,
} from '../../services/ports/master-data-ports.ts';
import { fromClaimRow, fromCreditorRow, toClaimRow, toCreditorRow, toKnownCreditor } from './claims-codec.ts';
import type { ClaimRowStored, CreditorRowStored, ImportRow, MasterDataModels } from './schemas.ts';

/** Rows in one insert or one batch of a cursor: encoding them holds the event loop for a few milliseconds. */
const CHUNK_ROWS = 400;
const durable = { writeConcern: { w: 'majority', j: true } } as const;

/** Claims tables as immutable versions; which one is in force stands in the case. */
export function createClaimsStore(models: MasterDataModels): ClaimsStore {
  const { imports, creditors, claims } = models;
  return {
    async createImport(record) {
      await imports.create([toImportRow(record)]);
    },
    async findImport(importId) {
      const row = await imports.findById(importId).lean<ImportRow>();
      return row === null ? undefined : fromImportRow(row);
    },
    async markConfirmed(importId) {
      const state: ImportPreview['state'] = 'confirmed';
      await imports.updateOne({ _id: importId }, { $set: { 'preview.state': state } });
    },
    async unconfirmedAmong(importIds) {
      const filter = { _id: { $in: [...importIds] }, 'preview.state': { $ne: 'confirmed' as const } };
      return (await imports.find(filter).lean<ImportRow[]>()).map(fromImportRow);
    },
    writeVersion: (version) => writeVersion(models, version),
    async fingerprints(version) {
      const fields = { claimNo: 1, fingerprint: 1, nature: 1 } as const;
      const rows = claims.find({ version }, fields).lean<ClaimRowStored[]>();
      const fingerprints = { claims: new Map<string, string>(), investors: new Map<string, string>() };
      const cursor = rows.cursor({ batchSize: CHUNK_ROWS });
      for await (const row of mapRows(cursor, (stored: ClaimRowStored) => stored)) {
        const kind = row.nature === 'INVESTOR' ? 'investors' : 'claims';
        fingerprints[kind].set(row.claimNo, row.fingerprint);
      }
      return fingerprints;
    },
    dropVersion: (version) => dropVersion(models, version),
    knownCreditors: (caseId, inForce) => knownCreditors(models, caseId, inForce),
    creditors: (version, fields) =>
      mapRows(rowsOf<CreditorRowStored>(creditors, version, fields), (row) => fromCreditorRow(row, fields)),
    claims: (version, fields) =>
      mapRows(rowsOf<ClaimRowStored>(claims, version, fields), (row) => fromClaimRow(row)),
    async claimsOf(version, creditorIds) {
      const filter = { version, creditorId: { $in: [...creditorIds] } };
      return (await claims.find(filter).lean<ClaimRowStored[]>()).map((row) => fromClaimRow(row));
    },
    pageOfCreditors: (version, query) => pageOfCreditors(models, version, query),
  };
}

/** Straight from the driver: for 100 000 rows the hooks of the layer above take as long as the reading. */
function rowsOf<R>({ collection }: Model<R>, version: string, fields?: readonly string[]): AsyncIterable<R> {
  const projection = fields && Object.fromEntries(fields.map((field) => [field, 1]));
  const options = { batchSize: CHUNK_ROWS, ...(projection && { projection }) };
  return collection.find({ version }, options) as unknown as AsyncIterable<R>;
}

/** The rows of a cursor one by one; others have their turn after every batch. */
async function* mapRows<R, T>(cursor: AsyncIterable<R>, map: (row: R) => T): AsyncGenerator<T> {
  let read = 0;
  for await (const row of cursor) {
    yield map(row);
    if (++read % CHUNK_ROWS === 0) await nextTurn();
  }
}

async function writeVersion(models: MasterDataModels, table: ClaimsVersion): Promise<void> {
  const { caseId, version } = table;
  const place = { caseId, version };
  // What a crashed attempt wrote; no case points at this version yet.
  await dropVersion(models, version);
  for (const chunk of chunksOf(table.creditors)) {
    const rows = chunk.map((entry) => toCreditorRow(place, entry));
    await models.creditors.collection.insertMany(rows as never[], durable);
  }
  for (const chunk of chunksOf(table.claims)) {
    const rows = chunk.map((entry) => toClaimRow(place, entry));
    await models.claims.collection.insertMany(rows as never[], durable);
  }
}

function* chunksOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) yield rows.slice(start, start + CHUNK_ROWS);
}

async function dropVersion({ claims, creditors }: MasterDataModels, version: string): Promise<void> {
  await claims.deleteMany({ version });
  await creditors.deleteMany({ version });
}

/** Earlier versions by the time of their upload: import ids do not sort. */
async function knownCreditors(models: MasterDataModels, caseId: string, inForce: string | null) {
  const confirmed = await models.imports
    .find({ caseId, 'preview.state': 'confirmed' }, { _id: 1 })
    .sort({ uploadedAt: -1 })
    .lean<{ _id: string }[]>();
  const earlier = confirmed.map((row) => row._id).filter((version) => version !== inForce);
  const known: KnownCreditor[] = [];
  for (const version of inForce === null ? earlier : [inForce, ...earlier]) {
    const fields = { creditorId: 1, creditorNo: 1, name: 1, idType: 1, idNo: 1 };
    const rows = models.creditors.find({ version }, fields).lean<CreditorRowStored[]>();
    for await (const creditor of mapRows(rows.cursor({ batchSize: CHUNK_ROWS }), toKnownCreditor)) {
      known.push(creditor);
    }
  }
  return known;
}

async function pageOfCreditors({ creditors }: MasterDataModels, version: string, query: CreditorQuery) {
  const filter: Record<string, unknown> = { version };
  if (query.nature !== undefined) filter['natures'] = query.nature;
  if (query.search !== undefined) {
    const pattern = new RegExp(query.search.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
    filter['$or'] = [{ name: pattern }, { creditorNo: pattern }];
  }
  const [rows, total, onlyInvestors] = await Promise.all([
    creditors
      .find(filter)
      // Names in order of pinyin, numbers by their value.
      .collation({ locale: 'zh', numericOrdering: true })
      .sort(orderOf(query.sort))
      .skip((query.page - 1) * query.pageSize)
      .limit(query.pageSize)
      .lean<CreditorRowStored[]>(),
    creditors.countDocuments(filter),
    // Nothing but an investor; who has a claim besides is a creditor.
    creditors.countDocuments({ $and: [filter, { natures: ['INVESTOR'] }] }),
  ]);
  return { rows: rows.map((row) => fromCreditorRow(row)), total, onlyInvestors };
}

function orderOf(sort: CreditorQuery['sort']): Record<string, 1 | -1> {
  if (sort === 'amount') return { confirmedFen: -1, temporaryFen: -1, rowNumber: 1 };
  return sort === 'name' ? { name: 1, rowNumber: 1 } : { creditorNo: 1, rowNumber: 1 };
}

function toImportRow({ importId, ...fields }: ClaimsImport): ImportRow {
  return { _id: importId, ...fields };
}

const NO_INVESTORS: ImportPreview['investors'] = { persons: 0, contributionFen: '0' };

/** What was read before there were registers of investors showed none. */
function fromImportRow({ _id: importId, preview, ...fields }: ImportRow): ClaimsImport {
  return { importId, ...fields, preview: { ...preview, investors: preview.investors ?? NO_INVESTORS } };
}
