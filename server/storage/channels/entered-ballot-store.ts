/**
 * - `entered_ballots`: `{_id: entryId, activeKey?, …}`; `activeKey` while the entry waits for its end, so that one
 *   unit has one such entry at most
 * - `scans`: `{_id: '<meetingId>:<sha256>', …}`
 */
import type { EnteredBallot } from '../../domain/entered-ballots/entered-ballot.ts';
import type { EnteredBallotStore, StoredScan } from '../../services/ports/entered-ballot-port.ts';
import type { Db } from '../connect.ts';
import { isDuplicateKey } from '../master-data/schemas.ts';

const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const;
/** States that wait for somebody. */
const WAITING: readonly EnteredBallot['state'][] = ['waiting', 'confirming', 'differs'];

type EntryDocument = Omit<EnteredBallot, 'entryId'> & { readonly _id: string; readonly activeKey?: string };
type ScanDocument = StoredScan & { readonly _id: string };

export async function createEnteredBallotStore(db: Db): Promise<EnteredBallotStore> {
  const entries = db.collection<EntryDocument>('entered_ballots');
  const scans = db.collection<ScanDocument>('scans');
  await entries.createIndex(
    { activeKey: 1 },
    { name: 'active', unique: true, partialFilterExpression: { activeKey: { $type: 'string' } } },
  );
  await entries.createIndex({ meetingId: 1, 'first.at': -1 });
  const scanId = (meetingId: string, sha256: string) => `${meetingId}:${sha256}`;

  return {
    async putScan(scan) {
      const { meetingId, sha256 } = scan;
      await scans.replaceOne({ _id: scanId(meetingId, sha256) }, scan, { ...DURABLE, upsert: true });
    },
    async findScans(meetingId, sha256s) {
      const ids = sha256s.map((sha256) => scanId(meetingId, sha256));
      const found = await scans.find({ _id: { $in: ids } }).toArray();
      return new Map(found.map(({ _id, ...scan }) => [scan.sha256, scan]));
    },
    async create(entry) {
      try {
        await entries.insertOne(toDocument(entry), DURABLE);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async find(meetingId, entryId) {
      const found = await entries.findOne({ _id: entryId, meetingId });
      return found === null ? undefined : fromDocument(found);
    },
    async save(entry) {
      const { _id, ...next } = toDocument({ ...entry, revision: entry.revision + 1 });
      const { matchedCount } = await entries.replaceOne({ _id, revision: entry.revision }, next, DURABLE);
      return matchedCount === 1;
    },
    async list({ meetingId, resolutionId, state, page, pageSize }) {
      const filter = {
        meetingId,
        ...(resolutionId !== undefined && { resolutionId }),
        ...(state === 'todo' && { state: { $in: [...WAITING] } }),
        ...(state === 'done' && { state: { $nin: [...WAITING] } }),
        ...(state === 'objected' && { objection: { $ne: null } }),
      };
      const [rows, total] = await Promise.all([
        entries
          .find(filter)
          .sort({ 'first.at': -1, _id: 1 })
          .skip((page - 1) * pageSize)
          .limit(pageSize)
          .toArray(),
        entries.countDocuments(filter),
      ]);
      return { rows: rows.map(fromDocument), total };
    },
    async ofCreditors(meetingId, creditorIds) {
      const filter = { meetingId, creditorId: { $in: [...creditorIds] }, outcome: { $ne: null } };
      const found = await entries.find(filter).sort({ 'first.at': -1, _id: 1 }).limit(500).toArray();
      return found.map(fromDocument);
    },
    async pendingUnits(meetingId, resolutionId) {
      const filter = { meetingId, resolutionId, state: { $in: [...WAITING] } };
      return new Set(await entries.distinct('unitId', filter));
    },
  };
}

function toDocument({ entryId, ...entry }: EnteredBallot): EntryDocument {
  const { meetingId, resolutionId, round, unitId, state } = entry;
  const isActive = WAITING.includes(state);
  const activeKey = [meetingId, resolutionId, round, unitId].join('/');
  return { _id: entryId, ...entry, ...(isActive && { activeKey }) };
}

function fromDocument({ _id: entryId, activeKey: _key, ...entry }: EntryDocument): EnteredBallot {
  return { entryId, ...entry };
}
