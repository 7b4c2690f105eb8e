import { ledgerId } from '../../server/storage/ledger-store.ts';

/** The driver's database or mongoose's connection. */
interface Collections {
  collection(name: string): { deleteMany(filter: object): Promise<unknown> };
}

/** Makes a database what an older copy of it would be: what a ledger had written from entry `size` on is gone. */
export async function putBackOlderCopy(db: Collections, meetingId: string, size: number): Promise<void> {
  const from = ledgerId(meetingId, size);
  // `;` is the character after `:`, and no meeting id contains either.
  const end = `${meetingId};`;
  await db.collection('ledger').deleteMany({ _id: { $gte: from, $lt: end } });
  // The checkpoint of this size covers what is left.
  await db.collection('checkpoints').deleteMany({ _id: { $gt: from, $lt: end } });
}
