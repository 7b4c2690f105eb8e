/**
 * - `notices`: `{_id: '<meetingId>/<noticeId>', …}`
 * - `notice_sendings`: `{_id: '<meetingId>/<noticeId>/<creditorId>', …}`, one for each creditor
 */
import type { mongo } from 'mongoose';
import type { NoticeRecord, NoticeSending, NoticeStore } from '../../services/ports/notice-port.ts';
import type { Db } from '../connect.ts';

const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const;
/** Tries kept of one sending; older ones are dropped. */
const ATTEMPTS_MAX = 40;

type NoticeDocument = NoticeRecord & { readonly _id: string };
type SendingDocument = NoticeSending & { readonly _id: string };

export async function createNoticeStore(db: Db): Promise<NoticeStore> {
  const notices = db.collection<NoticeDocument>('notices');
  const sendings = db.collection<SendingDocument>('notice_sendings');
  await notices.createIndex({ meetingId: 1, createdAt: 1 });
  await sendings.createIndex({ meetingId: 1, noticeId: 1 });
  await sendings.createIndex({ meetingId: 1, creditorId: 1 });
  await sendings.createIndex(
    { nextTryAt: 1 },
    { name: 'due', partialFilterExpression: { nextTryAt: { $type: 'date' } } },
  );

  return {
    async put(notice, creditorIds) {
      const { meetingId, noticeId } = notice;
      const _id = `${meetingId}/${noticeId}`;
      await notices.replaceOne({ _id }, notice, { ...DURABLE, upsert: true });
      if (creditorIds.length === 0) return;
      await sendings.bulkWrite(
        creditorIds.map((creditorId) => ({
          updateOne: {
            filter: { _id: `${_id}/${creditorId}` },
            update: {
              $setOnInsert: { meetingId, noticeId, creditorId, tries: 0, nextTryAt: null, attempts: [] },
            },
            upsert: true,
          },
        })),
        { ...DURABLE, ordered: false },
      );
    },
    async find(meetingId, noticeId) {
      const found = await notices.findOne({ _id: `${meetingId}/${noticeId}` });
      return found === null ? undefined : withoutId(found);
    },
    async listOf(meetingId) {
      return (await notices.find({ meetingId }).sort({ createdAt: 1 }).toArray()).map(withoutId);
    },
    async sendingsOf(meetingId, noticeId) {
      return (await sendings.find({ meetingId, noticeId }).toArray()).map(withoutId);
    },
    async noticeIdsOf(meetingId, creditorIds) {
      const filter = { meetingId, creditorId: { $in: [...creditorIds] } };
      return new Set(await sendings.distinct('noticeId', filter));
    },
    ...queueOf(sendings),
  };
}

function queueOf(
  sendings: mongo.Collection<SendingDocument>,
): Pick<NoticeStore, 'queue' | 'claimDue' | 'settle'> {
  return {
    async queue({ meetingId, noticeId }, creditorIds, at) {
      const filter = {
        meetingId,
        noticeId,
        ...(creditorIds && { creditorId: { $in: [...creditorIds] } }),
      };
      const { matchedCount } = await sendings.updateMany(
        filter,
        { $set: { nextTryAt: at, tries: 0 } },
        DURABLE,
      );
      return matchedCount;
    },
    async claimDue(now, hideUntil) {
      const found = await sendings.findOneAndUpdate(
        { nextTryAt: { $lte: now } },
        { $set: { nextTryAt: hideUntil }, $inc: { tries: 1 } },
        { ...DURABLE, sort: { nextTryAt: 1 }, returnDocument: 'after' },
      );
      return found === null ? undefined : withoutId(found);
    },
    async settle({ meetingId, noticeId, creditorId }, { attempts, nextTryAt }) {
      await sendings.updateOne(
        { _id: `${meetingId}/${noticeId}/${creditorId}` },
        {
          $set: { nextTryAt },
          $push: { attempts: { $each: [...attempts], $slice: -ATTEMPTS_MAX } },
        },
        DURABLE,
      );
    },
  };
}

function withoutId<T extends object>({ _id, ...rest }: T & { readonly _id: string }): Omit<T, '_id'> {
  return rest;
}
