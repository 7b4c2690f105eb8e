/** A phone that does not give up: it comes back, asks again with the same nonce, and ends with an answer. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Ack, ErrorCode } from '../../server/protocol/errors.ts';
import type { BallotBody, ReceiptView } from '../../server/protocol/room.ts';
import type { RoomClient } from './meeting-client.ts';

/** As the page waits, only shorter. */
const RETRY_MS = 50;
const ACK_TIMEOUT_MS = 10_000;
/** What says that nothing is decided yet; everything else is an answer. */
const retried: ReadonlySet<ErrorCode> = new Set(['UNAVAILABLE', 'RATE_LIMITED']);

export interface Voter {
  readonly connect: () => Promise<RoomClient>;
  readonly meetingId: string;
  readonly ballot: BallotBody;
}

export interface Answered {
  readonly ack: Ack<ReceiptView>;
  /** Requests that were sent until the answer came. */
  readonly asked: number;
}

/** Casts a ballot until there is an answer, over as many connections as that takes. */
export async function castUntilAnswered({ connect, meetingId, ballot }: Voter): Promise<Answered> {
  let device: RoomClient | undefined;
  let asked = 0;
  for (;;) {
    try {
      device ??= await withTimeout(comeIn(connect, meetingId));
      asked += 1;
      const ack = await withTimeout(device.request('ballot:cast', { ballot }));
      if (ack.ok || !retried.has(ack.error.code)) {
        device.close();
        return { ack, asked };
      }
    } catch {
      // The line is lost, or the room is not open yet.
      device?.close();
      device = undefined;
    }
    await delay(RETRY_MS);
  }
}

async function comeIn(connect: Voter['connect'], meetingId: string): Promise<RoomClient> {
  const device = await connect();
  try {
    await device.join(meetingId);
    return device;
  } catch (error) {
    device.close();
    throw error;
  }
}

async function withTimeout<T>(answer: Promise<T>): Promise<T> {
  const aborted = new AbortController();
  const late = delay(ACK_TIMEOUT_MS, undefined, { signal: aborted.signal }).then(() => {
    throw new Error('no answer in time');
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    aborted.abort();
    late.catch(() => undefined);
  }
}

/** The receipt of an answer that must be one. */
export function receiptOf({ ack }: Answered): ReceiptView {
  if (!ack.ok) throw new Error(`a ballot was refused: ${JSON.stringify(ack.error)}`);
  return ack.data;
}
