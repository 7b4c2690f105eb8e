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
  /** For the holder, who cast it. */
  add(personId: string, about: Recorded): void;
  /** For a creditor whose proxy cast it, at the telephone of the claims table. */
  addForPrincipal(mobile: string, about: Recorded): void;
  /** Sends what is waiting; at shutdown. */
  flush(): Promise<void>;
}

interface Recorded {
  readonly sentence: string;
  readonly helpPhone: string;
  readonly debtor: string;
}

/** One message to come. */
interface Waiting extends Omit<Recorded, 'sentence'> {
  readonly to: { readonly personId: string } | { readonly mobile: string };
  readonly sentences: string[];
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
    const summaries = [...waiting.values()];
    waiting.clear();
    while (summaries.length > 0) {
      const portion = summaries.splice(0, SENDS_PER_SECOND);
      const pause = summaries.length > 0 && !isEnding ? delay(1_000) : undefined;
      await sendPortion(portion);
      await pause;
    }
  }

  async function sendPortion(portion: readonly Waiting[]): Promise<void> {
    try {
      const mobiles = await mobilesOf(portion.flatMap(({ to }) => ('personId' in to ? [to.personId] : [])));
      const mobileOf = ({ to }: Waiting) => ('mobile' in to ? to.mobile : mobiles.get(to.personId));
      await Promise.all(portion.map((summary) => sendOne(mobileOf(summary), summary)));
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

  function collect(key: string, to: Waiting['to'], { sentence, helpPhone, debtor }: Recorded): void {
    const known = waiting.get(key);
    if (known) known.sentences.push(sentence);
    else waiting.set(key, { to, sentences: [sentence], helpPhone, debtor });
    timer ??= setTimeout(() => {
      sending = sending.then(sendAll);
    }, COLLECT_MS);
  }

  return {
    add: (personId, about) => collect(`person ${personId}`, { personId }, about),
    addForPrincipal: (mobile, about) => collect(`mobile ${mobile}`, { mobile }, about),
    async flush() {
      isEnding = true;
      sending = sending.then(sendAll);
      await sending;
    },
  };
}

function toText({ to, sentences, helpPhone, debtor }: Waiting): string {
  const shown = sentences.slice(0, SENTENCES_MAX).join('');
  const more = sentences.length > SENTENCES_MAX ? `等共 ${sentences.length} 张。` : '';
  const [what, doubt] =
    'mobile' in to ? ['代理人已代您表决。', '如有疑问'] : ['您的表决已记录。', '如非本人操作'];
  return `【${debtor}债权人会议】${what}${shown}${more}${doubt}，请致电管理人 ${helpPhone}。`;
}
