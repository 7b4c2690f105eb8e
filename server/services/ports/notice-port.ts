import type { EntryBody } from '../../protocol/entries.ts';
import type { Message } from './messenger-port.ts';

/** A notice as it was issued; the same text for everybody. That it was issued, and who has it, the ledger says. */
export interface NoticeRecord {
  readonly meetingId: string;
  readonly noticeId: string;
  readonly kind: EntryBody<'notice'>['kind'];
  readonly resolutionId: string | null;
  readonly title: string;
  readonly text: string;
  readonly shortText: string;
  readonly createdAt: Date;
}

/** One try to send. `isSent`: the provider took it, which proves no delivery. */
export interface SendAttempt {
  readonly at: Date;
  readonly channel: Message['channel'];
  readonly isSent: boolean;
}

/** The way of one notice to one creditor. */
export interface NoticeSending {
  readonly meetingId: string;
  readonly noticeId: string;
  readonly creditorId: string;
  /** Rounds of tries since it was last put into the queue. */
  readonly tries: number;
  /** Null: not in the queue. */
  readonly nextTryAt: Date | null;
  readonly attempts: readonly SendAttempt[];
}

/** Notices and their way to each creditor; survives a restart. */
export interface NoticeStore {
  /** Repeatable. What is put here is not sent before `queue`. */
  put(notice: NoticeRecord, creditorIds: readonly string[]): Promise<void>;
  find(meetingId: string, noticeId: string): Promise<NoticeRecord | undefined>;
  /** Oldest first. */
  listOf(meetingId: string): Promise<readonly NoticeRecord[]>;
  sendingsOf(meetingId: string, noticeId: string): Promise<readonly NoticeSending[]>;
  /** Notices that went to one of the creditors. */
  noticeIdsOf(meetingId: string, creditorIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Puts them, or all that are named by none, into the queue from now on; tells how many. */
  queue(
    ref: Pick<NoticeSending, 'meetingId' | 'noticeId'>,
    creditorIds: readonly string[] | undefined,
    at: Date,
  ): Promise<number>;
  /**
   * Takes the next that is due and hides it from others for a while: after a crash it is due again, and is sent
   * twice rather than never.
   */
  claimDue(now: Date, hideUntil: Date): Promise<NoticeSending | undefined>;
  settle(
    sending: NoticeSending,
    outcome: { readonly attempts: readonly SendAttempt[]; readonly nextTryAt: Date | null },
  ): Promise<void>;
}
