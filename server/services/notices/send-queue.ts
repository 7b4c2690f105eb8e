/**
 * Sends what is due, at most one portion at a time, and tries again what a provider did not take. The queue lies
 * in the database: what a crash interrupts is sent again.
 */
import { addressed } from '../../domain/notices/notice-texts.ts';
import type { Clock } from '../clock.ts';
import type { ConductData, CreditorFacts } from '../conduct/conduct-data.ts';
import type { Message, Messenger } from '../ports/messenger-port.ts';
import type { NoticeRecord, NoticeSending, NoticeStore, SendAttempt } from '../ports/notice-port.ts';

/** Providers limit the rate of one account. */
const SENDS_PER_TICK = 50;
/** Longer than any provider takes to answer. */
const HIDDEN_MS = 2 * 60_000;
/** Before the second, third and fourth try; after that staff decide. */
const RETRY_AFTER_MS: readonly number[] = [60_000, 10 * 60_000, 60 * 60_000];

export interface SendQueue {
  /** Sends one portion of what is due. Never rejects; a tick while another runs does nothing. */
  tick(): Promise<void>;
  /** Resolves when the running portion is sent. */
  settled(): Promise<void>;
}

export interface SendQueueDeps {
  readonly store: NoticeStore;
  readonly data: Pick<ConductData, 'findMeeting' | 'claimsBook'>;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly log: { error(object: object, message: string): void };
}

export function createSendQueue(deps: SendQueueDeps): SendQueue {
  let running: Promise<void> | undefined;
  return {
    async tick() {
      running ??= sendPortion(deps)
        .catch((error: unknown) => deps.log.error({ err: error }, 'notices not sent'))
        .finally(() => (running = undefined));
      await running;
    },
    settled: async () => running,
  };
}

async function sendPortion(deps: SendQueueDeps): Promise<void> {
  for (let sent = 0; sent < SENDS_PER_TICK; sent += 1) {
    const nowMs = deps.clock.now();
    const sending = await deps.store.claimDue(new Date(nowMs), new Date(nowMs + HIDDEN_MS));
    if (sending === undefined) return;
    const attempts = await sendOne(deps, sending);
    const isRefused = attempts.some(({ isSent }) => !isSent);
    const waitMs = isRefused ? RETRY_AFTER_MS[sending.tries - 1] : undefined;
    const nextTryAt = waitMs === undefined ? null : new Date(nowMs + waitMs);
    await deps.store.settle(sending, { attempts, nextTryAt });
  }
}

/** By every channel that the creditor has; in a further try only by those that were refused. */
async function sendOne(deps: SendQueueDeps, sending: NoticeSending): Promise<SendAttempt[]> {
  const { meetingId, noticeId, creditorId, tries, attempts } = sending;
  const notice = await deps.store.find(meetingId, noticeId);
  const facts = await deps.data.findMeeting(meetingId);
  const book = facts && (await deps.data.claimsBook(facts.case.caseId));
  const creditor = book?.creditors.get(creditorId);
  if (!notice || !creditor) return [];
  const last = new Map(attempts.map((attempt) => [attempt.channel, attempt.isSent]));
  const made: SendAttempt[] = [];
  for (const message of messagesTo(creditor, notice)) {
    if (tries > 1 && last.get(message.channel) === true) continue;
    let isSent = true;
    try {
      await deps.messenger.send(message);
    } catch (error) {
      isSent = false;
      deps.log.error({ err: error, channel: message.channel, noticeId }, 'notice not taken by the provider');
    }
    made.push({ at: new Date(deps.clock.now()), channel: message.channel, isSent });
  }
  return made;
}

function messagesTo({ name, mobile, email }: CreditorFacts, notice: NoticeRecord): Message[] {
  const { title, text, shortText } = notice;
  return [
    ...(mobile === '' ? [] : [{ channel: 'sms' as const, to: mobile, text: addressed(name, shortText) }]),
    ...(email === undefined
      ? []
      : [{ channel: 'mail' as const, to: email, subject: title, text: addressed(name, text) }]),
  ];
}
