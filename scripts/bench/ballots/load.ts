/**
 * The load of `ballots.ts`, in a process of its own: one socket for every creditor, all in the room before the
 * clock starts, with a key of its own bound and its ballot signed, as phones do on processors of their own; then
 * so many ballots under way at once until everybody has voted.
 */
import { randomBytes, subtle } from 'node:crypto';
import process from 'node:process';
import { io, type Socket } from 'socket.io-client';
import { toBase64 } from '../../../server/domain/record/base64.ts';
import { ballotMessage, keyMessage } from '../../../server/domain/record/keys.ts';
import type { Ack } from '../../../server/protocol/errors.ts';
import type { BallotBody, BallotSignature, ReceiptView, RoomReply } from '../../../server/protocol/room.ts';

export interface LoadOrder {
  readonly url: string;
  readonly meetingId: string;
  readonly concurrent: number;
  readonly common: Omit<BallotBody, 'unitId' | 'actingAs' | 'nonce' | 'clientTs'>;
  readonly voters: {
    readonly token: string;
    readonly personId: string;
    readonly unitId: string;
    readonly actingAs: string;
  }[];
}

export type Receipts = readonly { readonly unitId: string; readonly seq: string; readonly proof: string }[];

/** The receipts follow in a message of their own, when nothing is measured any more: they are megabytes. */
export interface LoadReport {
  readonly refused: number;
  readonly elapsedMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly meanMs: number;
  readonly cpuS: number;
}

/** Handshakes and joins under way at once. */
const JOINS_AT_ONCE = 32;

interface Device {
  readonly socket: Socket;
  readonly ballot: BallotBody;
  readonly auth: BallotSignature;
}

async function inParallel<T>(items: readonly T[], width: number, run: (item: T) => Promise<void>) {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await run(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

function ask<T>(socket: Socket, name: string, payload: unknown): Promise<Ack<T>> {
  return new Promise((resolve) => socket.emit(name, payload, resolve));
}

async function connect(order: LoadOrder, voter: LoadOrder['voters'][number]): Promise<Device> {
  const socket = io(order.url, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { origin: order.url, cookie: `session=${voter.token}` },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  const joined = await ask(socket, 'room:join', { meetingId: order.meetingId });
  if (!joined.ok) throw new Error(`not admitted: ${joined.error.code}`);
  const { unitId, actingAs } = voter;
  const nonce = randomBytes(16).toString('base64url');
  const clientTs = new Date().toISOString();
  const ballot = { ...order.common, unitId, actingAs, nonce, clientTs };
  return { socket, ballot, auth: await signWithNewKey(socket, ballot, voter.personId) };
}

/** Makes a key, binds it, and signs the ballot with it. */
async function signWithNewKey(
  socket: Socket,
  ballot: BallotBody,
  personId: string,
): Promise<BallotSignature> {
  const pair = (await subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = toBase64(new Uint8Array(await subtle.exportKey('raw', pair.publicKey)));
  const signBase64 = async (message: Uint8Array) =>
    toBase64(new Uint8Array(await subtle.sign('Ed25519', pair.privateKey, message)));
  const statement = { origin: ballot.origin, personId, alg: 'Ed25519', publicKey } as const;
  const proof = await signBase64(keyMessage(statement));
  const bound = await ask<RoomReply<'key:bind'>>(socket, 'key:bind', { alg: 'Ed25519', publicKey, proof });
  if (!bound.ok) throw new Error(`key not bound: ${bound.error.code}`);
  return { keyId: bound.data.keyId, signature: await signBase64(ballotMessage(ballot)) };
}

function percentile(sorted: readonly number[], share: number): number {
  return +(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
}

async function voteAll(
  devices: readonly Device[],
  concurrent: number,
): Promise<{ report: LoadReport; receipts: Receipts }> {
  const receipts: Receipts[number][] = [];
  const latencies: number[] = [];
  let refused = 0;
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await inParallel(devices, concurrent, async ({ socket, ballot, auth }) => {
    const askedAt = performance.now();
    const ack = await ask<ReceiptView>(socket, 'ballot:cast', { ballot, auth });
    latencies.push(performance.now() - askedAt);
    if (ack.ok) receipts.push({ unitId: ballot.unitId, seq: ack.data.seq, proof: ack.data.proof ?? '' });
    else refused += 1;
  });
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  const sorted = latencies.toSorted((a, b) => a - b);
  const meanMs = latencies.reduce((sum, each) => sum + each, 0) / Math.max(1, latencies.length);
  const report = {
    refused,
    elapsedMs,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    meanMs,
    cpuS: (user + system) / 1e6,
  };
  return { report, receipts };
}

const devices: Device[] = [];
let concurrent = 1;
let collected: Receipts = [];

export type LoadMessage = LoadOrder | 'go' | 'receipts';

async function obey(message: LoadMessage): Promise<void> {
  if (message === 'go') {
    const { report, receipts } = await voteAll(devices, concurrent);
    collected = receipts;
    process.send?.(report);
    return;
  }
  if (message === 'receipts') {
    process.send?.(collected);
    return;
  }
  ({ concurrent } = message);
  await inParallel(message.voters, JOINS_AT_ONCE, async (voter) => {
    devices.push(await connect(message, voter));
  });
  process.send?.('ready');
}

process.on('message', (message: LoadMessage) => void obey(message));
