/**
 * The load of `ballots.ts`, in a process of its own: one socket for every creditor, all in the room before the
 * clock starts; then so many ballots under way at once until everybody has voted.
 */
import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { io, type Socket } from 'socket.io-client';
import type { Ack } from '../../server/protocol/errors.ts';
import type { BallotBody, ReceiptView } from '../../server/protocol/room.ts';

export interface LoadOrder {
  readonly url: string;
  readonly meetingId: string;
  readonly concurrent: number;
  readonly common: Omit<BallotBody, 'unitId' | 'actingAs' | 'nonce' | 'clientTs'>;
  readonly voters: { readonly token: string; readonly unitId: string; readonly actingAs: string }[];
}

export interface LoadReport {
  readonly receipts: { readonly unitId: string; readonly seq: string }[];
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
  return { socket, ballot: { ...order.common, unitId, actingAs, nonce, clientTs } };
}

function percentile(sorted: readonly number[], share: number): number {
  return +(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
}

async function voteAll(devices: readonly Device[], concurrent: number): Promise<LoadReport> {
  const receipts: { unitId: string; seq: string }[] = [];
  const latencies: number[] = [];
  let refused = 0;
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await inParallel(devices, concurrent, async ({ socket, ballot }) => {
    const askedAt = performance.now();
    const ack = await ask<ReceiptView>(socket, 'ballot:cast', { ballot });
    latencies.push(performance.now() - askedAt);
    if (ack.ok) receipts.push({ unitId: ballot.unitId, seq: ack.data.seq });
    else refused += 1;
  });
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  const sorted = latencies.toSorted((a, b) => a - b);
  const meanMs = latencies.reduce((sum, each) => sum + each, 0) / Math.max(1, latencies.length);
  return {
    receipts,
    refused,
    elapsedMs,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    meanMs,
    cpuS: (user + system) / 1e6,
  };
}

const devices: Device[] = [];
let concurrent = 1;

async function obey(message: LoadOrder | 'go'): Promise<void> {
  if (message === 'go') {
    process.send?.(await voteAll(devices, concurrent));
    return;
  }
  ({ concurrent } = message);
  await inParallel(message.voters, JOINS_AT_ONCE, async (voter) => {
    devices.push(await connect(message, voter));
  });
  process.send?.('ready');
}

process.on('message', (message: LoadOrder | 'go') => void obey(message));
