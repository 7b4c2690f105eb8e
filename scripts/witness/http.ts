/** The witness's two pages: `POST /add-checkpoint`, and `GET /` for people who want to see where it stands. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { formatVkey } from '../../server/domain/record/notes/vkey.ts';
import { toBase64 } from '../../server/domain/record/base64.ts';
import type { Witness } from './add-checkpoint.ts';
import { createRateLimit } from './rate-limit.ts';
import type { WitnessState } from './state.ts';

/** 63 lines of proof and a note with a hundred signatures are 20 kB. */
const BODY_MAX_BYTES = 64 * 1024;
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;
const CONNECTIONS_MAX = 200;
/** A meeting asks once a second; behind a proxy all of them share one address. */
const REQUESTS_PER_SECOND = 100;
const REQUESTS_BURST = 200;

export interface WitnessServerDeps {
  readonly witness: Witness;
  readonly state: WitnessState;
  /** The disk failed, or something that should not be: the witness must not go on. */
  readonly onFailure: (error: unknown) => void;
}

export function createWitnessServer(deps: WitnessServerDeps): Server {
  const limit = createRateLimit({
    perSecond: REQUESTS_PER_SECOND,
    burst: REQUESTS_BURST,
    now: () => performance.now(),
  });
  const server = createServer((request, response) => {
    if (!limit.take(request.socket.remoteAddress ?? '')) {
      return send(response, { status: 429, body: 'Too many requests.\n', headers: { 'retry-after': '1' } });
    }
    answer(deps, request, response).catch((error: unknown) => {
      send(response, { status: 500, body: 'This witness cannot keep its state.\n' });
      deps.onFailure(error);
    });
    return undefined;
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.maxConnections = CONNECTIONS_MAX;
  return server;
}

async function answer(
  { witness, state }: WitnessServerDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url?.split('?')[0];
  if (path === '/' && request.method === 'GET') return send(response, { status: 200, body: overview(state) });
  if (path !== '/add-checkpoint') return send(response, { status: 404, body: 'Not found.\n' });
  if (request.method !== 'POST') {
    return send(response, { status: 405, body: 'POST only.\n', headers: { allow: 'POST' } });
  }
  const body = await readBody(request);
  if (body === undefined) {
    return send(response, {
      status: 413,
      body: 'Too large, or not UTF-8.\n',
      headers: { connection: 'close' },
    });
  }
  const reply = await witness.addCheckpoint(body);
  return send(response, { ...reply, headers: { 'content-type': reply.contentType } });
}

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  if (response.headersSent) return;
  const bytes = Buffer.from(body);
  response
    .writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': bytes.length,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    })
    .end(bytes);
}

/** Undefined when it is too long or not UTF-8: a signature is over bytes, and a repaired text would be others. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    return undefined;
  }
}

/** Key, logs, and how far each meeting was seen: plain text, and nothing that a meeting does not publish itself. */
function overview({ key, logs, journal }: WitnessState): string {
  const heads = [...journal.heads.values()].map(({ origin, size, root, at }) => {
    const mark = journal.stops.has(origin) ? 'STOPPED: two histories' : 'ok';
    return `${at}  ${origin}  ${size}  ${toBase64(root)}  ${mark}`;
  });
  return [
    `witness  ${formatVkey(key)}`,
    ...logs.map((log) => `log      ${formatVkey(log)}`),
    '',
    ...heads,
    '',
  ].join('\n');
}
