import type { MeetingRecord, MeetingStore } from '../../services/ports/master-data-ports.ts';
import { isDuplicateKey, type MasterDataModels, type MeetingRow } from './schemas.ts';

/** Meetings as prepared. What happens in them is in their ledgers. */
export function createMeetingStore({ meetings }: MasterDataModels): MeetingStore {
  const findOne = async (filter: Record<string, unknown>) => {
    const row = await meetings.findOne(filter).lean<MeetingRow>();
    return row === null ? undefined : fromRow(row);
  };
  const isUntouchedDraft = (meetingId: string, revision: number) => ({
    _id: meetingId,
    status: 'draft' as const,
    publishingSince: null,
    revision,
  });

  return {
    async create(record) {
      try {
        await meetings.create([toRow(record)]);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    find: (meetingId) => findOne({ _id: meetingId }),
    findByLink: (linkCode) => findOne({ linkCode }),
    findContinuation: (meetingId) => findOne({ continues: meetingId }),
    async saveDraft({ meetingId, revision, ...fields }) {
      const { matchedCount } = await meetings.updateOne(isUntouchedDraft(meetingId, revision), {
        $set: { ...fields, agenda: [...fields.agenda], resolutions: [...fields.resolutions] },
        $inc: { revision: 1 },
      });
      return matchedCount === 1;
    },
    async beginPublishing(meetingId, revision, at) {
      const { matchedCount } = await meetings.updateOne(isUntouchedDraft(meetingId, revision), {
        $set: { publishingSince: at },
      });
      return matchedCount === 1;
    },
    async finishPublishing(meetingId, at) {
      await meetings.updateOne(
        { _id: meetingId, status: 'draft', publishingSince: { $ne: null } },
        { $set: { status: 'published', publishedAt: at } },
      );
    },
    async addAdHoc(meetingId, { item, resolution }) {
      await meetings.updateOne(
        { _id: meetingId, status: 'published', 'agenda.itemId': { $ne: item.itemId } },
        { $push: { agenda: item, resolutions: resolution } },
      );
    },
    async listOfCases(caseIds) {
      const rows = await meetings
        .find({ caseId: { $in: [...caseIds] } })
        .sort({ startsAt: -1, _id: 1 })
        .lean<MeetingRow[]>();
      return rows.map(fromRow);
    },
    async countByCase(caseIds) {
      const counts = await meetings.aggregate<{ _id: string; meetings: number }>([
        { $match: { caseId: { $in: [...caseIds] } } },
        { $group: { _id: '$caseId', meetings: { $sum: 1 } } },
      ]);
      return new Map(counts.map((count) => [count._id, count.meetings]));
    },
    async publishedIds() {
      const rows = await meetings.find({ status: 'published' }, { _id: 1 }).lean<{ _id: string }[]>();
      return rows.map((row) => row._id);
    },
  };
}

function toRow(record: MeetingRecord): MeetingRow {
  const { meetingId, agenda, resolutions, ...fields } = record;
  return { _id: meetingId, ...fields, agenda: [...agenda], resolutions: [...resolutions] };
}

function fromRow({ _id: meetingId, ...fields }: MeetingRow): MeetingRecord {
  return { meetingId, ...fields };
}
