/**
 * What was recorded, told to the holder on a second channel: one summary per holder, without link and
 * without amount (record.md 10). A lying device is found out this way. Sending never delays a ballot.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Messenger } from '../ports/messenger-port.ts';

/** Receipts of one holder within this time go into one message. */
const COLLECT_MS = 2_000;
/** Providers limit the rate of one account; and sending must not take the server from those who vote. */
const SENDS_PER_SECOND = 100;
/** Sentences in one message; many principals get the count and the first ones. */
const SENTENCES_MAX = 5;

export interface ReceiptMessages {
  add(
    personId: string,
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

export interface ReceiptMessagesDeps {
  readonly messenger: Messenger;
  /** Mobile numbers by person; people without one are missing. */
  readonly mobilesOf: (personIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly log: { error(object: object, message: string): void };
}

export function createReceiptMessages({ messenger, mobilesOf, log }: ReceiptMessagesDeps): ReceiptMessages {
  const waiting = new Map<string, Waiting>();
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();
  let isEnding = false;

  /** A second's worth at a time; at shutdown without a pause. */
  async function sendAll(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const holders = [...waiting];
    waiting.clear();
    while (holders.length > 0) {
      const portion = holders.splice(0, SENDS_PER_SECOND);
      const pause = holders.length > 0 && !isEnding ? delay(1_000) : undefined;
      await sendPortion(portion);
      await pause;
    }
  }

  async function sendPortion(portion: readonly [string, Waiting][]): Promise<void> {
    try {
      const mobiles = await mobilesOf(portion.map(([personId]) => personId));
      for (const [personId, summary] of portion) await sendOne(mobiles.get(personId), summary);
    } catch (error) {
      log.error({ err: error }, 'holders of ballots not found');
    }
  }

  async function sendOne(mobile: string | undefined, summary: Waiting): Promise<void> {
    if (mobile === undefined) return;
    try {
      await messenger.send({ channel: 'sms', to: mobile, text: toText(summary) });
    } catch (error) {
      log.error({ err: error }, 'receipt message not sent');
    }
  }

  return {
    add(personId, { sentence, helpPhone, debtor }) {
      const known = waiting.get(personId);
      if (known) known.sentences.push(sentence);
      else waiting.set(personId, { sentences: [sentence], helpPhone, debtor });
      timer ??= setTimeout(() => {
        sending = sending.then(sendAll);
      }, COLLECT_MS);
    },
    async flush() {
      isEnding = true;
      sending = sending.then(sendAll);
      await sending;
    },
  };
}

function toText({ sentences, helpPhone, debtor }: Waiting): string {
  const shown = sentences.slice(0, SENTENCES_MAX).join('');
  const more = sentences.length > SENTENCES_MAX ? `等共 ${sentences.length} 张。` : '';
  return `【${debtor}债权人会议】您的表决已记录。${shown}${more}如非本人操作，请致电管理人 ${helpPhone}。`;
}
