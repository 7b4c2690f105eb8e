/**
 * What was recorded, told to the holder on a second channel: one summary per holder, without link and
 * without amount (record.md 10). A lying device is found out this way. Sending never delays a ballot.
 */
import type { Messenger } from '../ports/messenger-port.ts';

/** Receipts of one holder within this time go into one message. */
const COLLECT_MS = 2_000;
/** Messages sent side by side; providers limit the rate of one account. */
const SENDS_AT_ONCE = 4;
/** Sentences in one message; many principals get the count and the first ones. */
const SENTENCES_MAX = 5;

export interface ReceiptMessages {
  add(
    mobile: string,
    about: { readonly sentence: string; readonly helpPhone: string; readonly debtor: string },
  ): void;
  /** Sends what is waiting; at shutdown. */
  flush(): Promise<void>;
}

interface Waiting {
  readonly sentences: string[];
  readonly helpPhone: string;
  readonly debtor: string;
}

export function createReceiptMessages(
  messenger: Messenger,
  log: { error(object: object, message: string): void },
): ReceiptMessages {
  const waiting = new Map<string, Waiting>();
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();

  async function sendAll(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const batch = [...waiting];
    waiting.clear();
    const workers = Array.from({ length: SENDS_AT_ONCE }, async () => {
      for (let next = batch.shift(); next; next = batch.shift()) await sendOne(...next);
    });
    await Promise.all(workers);
  }

  async function sendOne(mobile: string, { sentences, helpPhone, debtor }: Waiting): Promise<void> {
    const shown = sentences.slice(0, SENTENCES_MAX).join('');
    const more = sentences.length > SENTENCES_MAX ? `等共 ${sentences.length} 张。` : '';
    const text = `【${debtor}债权人会议】您的表决已记录。${shown}${more}如非本人操作，请致电管理人 ${helpPhone}。`;
    try {
      await messenger.send({ channel: 'sms', to: mobile, text });
    } catch (error) {
      log.error({ err: error }, 'receipt message not sent');
    }
  }

  return {
    add(mobile, { sentence, helpPhone, debtor }) {
      const known = waiting.get(mobile);
      if (known) known.sentences.push(sentence);
      else waiting.set(mobile, { sentences: [sentence], helpPhone, debtor });
      timer ??= setTimeout(() => (sending = sending.then(sendAll)), COLLECT_MS);
    },
    async flush() {
      sending = sending.then(sendAll);
      await sending;
    },
  };
}
