/** A phone that does not give up: the same signed ballot, over as many connections as it takes. */
import { randomBytes, subtle } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { toBase64 } from '../../server/domain/record/base64.ts';
import { ballotMessage, keyMessage } from '../../server/domain/record/keys.ts';
import type { Ack } from '../../server/protocol/errors.ts';
import type { BallotBody, ReceiptView, RoomReply } from '../../server/protocol/room.ts';
import type { LoadOrder } from './ballots/load.ts';
import type { KillScene } from './kill-server.ts';

const ANSWER_TIMEOUT_MS = 8_000;
const RETRY_MS = 60;

export interface CastOutcome {
  readonly unitId: string;
  readonly seq: string;
  readonly proof: string;
  /** Times that the ballot was sent. */
  readonly sent: number;
}

/** Throws when the ballot is refused for good, which no fault may cause. */
export async function castAtAnyPrice(
  url: string,
  scene: KillScene,
  voter: LoadOrder['voters'][number],
): Promise<CastOutcome> {
  const { unitId, actingAs, personId } = voter;
  const nonce = randomBytes(16).toString('base64url');
  const ballot = { ...scene.common, unitId, actingAs, nonce, clientTs: new Date().toISOString() };
  const device = await createDevice(ballot, personId);
  let sent = 0;
  for (;;) {
    const socket = openSocket(url, voter.token);
    try {
      await connected(socket);
      await ask(socket, 'room:join', { meetingId: scene.meetingId });
      const { keyId } = await ask<RoomReply<'key:bind'>>(socket, 'key:bind', device.binding);
      sent += 1;
      const auth = { keyId, signature: device.signature };
      const { seq, proof = '' } = await ask<ReceiptView>(socket, 'ballot:cast', { ballot, auth });
      return { unitId, seq, proof, sent };
    } catch (error) {
      if (error instanceof RefusedForGood) throw error;
    } finally {
      socket.disconnect();
    }
    await delay(RETRY_MS);
  }
}

class RefusedForGood extends Error {}

/** Nothing is decided yet: the page asks again, too. */
const RETRIED: ReadonlySet<string> = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL']);

async function ask<T>(socket: Socket, name: string, payload: unknown): Promise<T> {
  const ack = (await socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, payload)) as Ack<T>;
  if (ack.ok) return ack.data;
  const { code, detail } = ack.error;
  if (RETRIED.has(code)) throw new Error(code);
  throw new RefusedForGood(`${name}: ${code} ${detail ?? ''}`);
}

function openSocket(url: string, token: string): Socket {
  return io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin: url, cookie: `session=${token}` },
  });
}

/** A line that breaks between the two handshakes is told of by the manager alone. */
function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
    socket.io.once('close', (reason) => reject(new Error(reason)));
  });
}

async function createDevice(ballot: BallotBody, personId: string) {
  const pair = (await subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = toBase64(new Uint8Array(await subtle.exportKey('raw', pair.publicKey)));
  const sign = async (message: Uint8Array) =>
    toBase64(new Uint8Array(await subtle.sign('Ed25519', pair.privateKey, message)));
  const statement = { origin: ballot.origin, personId, alg: 'Ed25519', publicKey } as const;
  const binding = { alg: 'Ed25519', publicKey, proof: await sign(keyMessage(statement)) };
  return { binding, signature: await sign(ballotMessage(ballot)) };
}
