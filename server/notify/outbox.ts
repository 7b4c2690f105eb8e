import { setImmediate as nextTurn } from 'node:timers/promises';
import { Schema, type Connection } from 'mongoose';
import type { Message, Messenger, OutboxReader } from '../services/ports/messenger-port.ts';

/** Messages hold codes and numbers: they go after a week. */
const KEEP_S = 7 * 24 * 3_600;

interface OutboxDocument extends Message {
  at: Date;
}

const schema = new Schema<OutboxDocument>(
  {
    at: { type: Date, required: true },
    channel: { type: String, required: true },
    to: { type: String, required: true },
    subject: String,
    text: { type: String, required: true },
  },
  { collection: 'outbox', versionKey: false, autoIndex: false },
);
schema.index({ at: 1 }, { expireAfterSeconds: KEEP_S });

/**
 * Development adapter: messages are kept in the database and reach nobody. Shown on the page of the
 * demonstration, and nowhere else.
 */
export async function createOutbox(connection: Connection): Promise<Messenger & OutboxReader> {
  const Outbox = connection.model<OutboxDocument>('OutboxMessage', schema);
  await Outbox.createIndexes();
  /** What is sent in one turn of the event loop is written at once: after a vote that is a hundred messages. */
  let turn: { readonly messages: OutboxDocument[]; readonly written: Promise<void> } | undefined;

  async function write(messages: readonly OutboxDocument[]): Promise<void> {
    await nextTurn();
    turn = undefined;
    await Outbox.insertMany(messages);
  }

  function add(message: OutboxDocument): Promise<void> {
    if (turn === undefined) {
      const messages: OutboxDocument[] = [];
      turn = { messages, written: write(messages) };
    }
    turn.messages.push(message);
    return turn.written;
  }

  return {
    isReal: false,
    send: (message) => add({ ...message, at: new Date() }),
    recent: async (count) => {
      const found = await Outbox.find().sort({ at: -1, _id: -1 }).limit(count).lean<OutboxDocument[]>();
      return found.map(({ at, channel, to, subject, text }) => {
        return { at, channel, to, text, ...(subject !== undefined && { subject }) };
      });
    },
  };
}
