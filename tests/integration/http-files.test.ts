import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { Type } from 'typebox';
import { createHttpApp } from '../../server/http/app.ts';
import { sendFileReply } from '../../server/http/file-reply.ts';
import { createLogger } from '../../server/http/logger.ts';
import { route } from '../../server/http/route.ts';
import { receiveUpload } from '../../server/http/upload.ts';
import { ORIGIN, plainHttp } from '../support/http-server.ts';

const HOST = new URL(ORIGIN).host;
const UPLOAD_MAX_BYTES = 100_000;

const echo = {
  method: 'POST',
  path: '/api/test/:id',
  summary: 'Echo',
  isPublic: true,
  params: Type.Object({ id: Type.String() }),
  body: Type.Object({ name: Type.String() }),
  reply: Type.Object({ name: Type.String() }),
} as const;
const member = {
  method: 'GET',
  path: '/api/test-member',
  summary: 'Members',
  reply: Type.Object({}),
} as const;
const file = { method: 'GET', path: '/api/test-file', summary: 'A file', isPublic: true } as const;
const upload = {
  method: 'POST',
  path: '/api/test-upload',
  summary: 'Upload',
  isPublic: true,
  uploadMaxBytes: UPLOAD_MAX_BYTES,
  reply: Type.Object({ sizeBytes: Type.Integer(), sha256: Type.String(), fileName: Type.String() }),
} as const;

let app: FastifyInstance;
let folder = '';

function registerTestRoutes(): void {
  route(app, echo, async ({ body }) => ({ name: body.name }));
  route(app, member, async () => ({}));
  route(app, file, async ({ reply }) => {
    const content = Buffer.from('<script>alert(1)</script>');
    const shown = { fileName: '会议笔录 "1".pdf', disposition: 'attachment' } as const;
    return sendFileReply(reply, { content, contentType: 'application/pdf', ...shown });
  });
  route(app, upload, async ({ request }) => {
    const received = await receiveUpload(request, UPLOAD_MAX_BYTES);
    await received.cleanup();
    return { sizeBytes: received.sizeBytes, sha256: received.sha256, fileName: received.fileName };
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meeting-http-'));
  await mkdir(join(folder, 'client', 'assets'), { recursive: true });
  await mkdir(join(folder, 'uploads'));
  await writeFile(join(folder, 'client', 'index.html'), '<!doctype html><title>app</title>');
  await writeFile(join(folder, 'client', 'assets', 'app-abc123.js'), 'let plain;');
  await writeFile(join(folder, 'client', 'assets', 'app-abc123.js.br'), 'compressed');
  await writeFile(join(folder, 'client', 'verifier.html'), '<!doctype html><title>verifier</title>');
  await writeFile(join(folder, 'client', 'verifier.html.br'), 'compressed');
  app = await createHttpApp({
    ...plainHttp(join(folder, 'uploads')),
    log: createLogger({ level: 'silent' }),
    sessions: { findByToken: async () => undefined },
    clientDirectory: join(folder, 'client'),
  });
  registerTestRoutes();
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const send = (request: InjectOptions) =>
  app.inject({ ...request, headers: { host: HOST, origin: ORIGIN, ...request.headers } });
const json = { 'content-type': 'application/json' };
const page = { accept: 'text/html,application/xhtml+xml' };

describe('an upload', () => {
  const boundary = 'boundary';
  const type = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  const form = (content: string, name = 'a.pdf') =>
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n` +
    `content-type: application/pdf\r\n\r\n${content}\r\n--${boundary}--\r\n`;
  const give = (payload: string, headers: Record<string, string> = type) =>
    send({ method: 'POST', url: '/api/test-upload', payload, headers });

  it('arrives with its size and hash, its name without folders', async () => {
    const reply = await give(form('hello', '../../etc/财产状况报告.pdf'));
    expect(reply.json()).toEqual({
      sizeBytes: 5,
      sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
      fileName: '财产状况报告.pdf',
    });
  });

  it('beyond its limit is refused, and nothing of it stays', async () => {
    const reply = await give(form('x'.repeat(UPLOAD_MAX_BYTES + 1)));
    expect(reply.statusCode).toBe(413);
    expect(reply.json()).toMatchObject({ code: 'FILE_TOO_LARGE', params: { maxBytes: UPLOAD_MAX_BYTES } });
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
  });

  it('that is none is refused', async () => {
    expect((await give('{}', json)).json().code).toBe('UNSUPPORTED_MEDIA_TYPE');
    expect((await give(`--${boundary}--\r\n`)).json().code).toBe('INVALID_REQUEST');
  });

  it('that breaks off leaves nothing behind', async () => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    const start = form('x'.repeat(5_000)).slice(0, 3_000);
    socket.write(
      `POST /api/test-upload HTTP/1.1\r\nhost: ${HOST}\r\norigin: ${ORIGIN}\r\n` +
        `content-type: ${type['content-type']}\r\ncontent-length: 90000\r\n\r\n${start}`,
    );
    await until(async () => (await readdir(join(folder, 'uploads'))).length === 1);
    socket.destroy();
    await until(async () => (await readdir(join(folder, 'uploads'))).length === 0);
  });
});

describe('a file', () => {
  it('is sent so that nothing in it can act as our page', async () => {
    const { headers } = await send({ method: 'GET', url: '/api/test-file' });
    expect(headers['content-type']).toBe('application/pdf');
    expect(headers['content-security-policy']).toMatch(/^sandbox;/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-disposition']).toBe(
      `attachment; filename="____ _1_.pdf"; filename*=UTF-8''${encodeURIComponent('会议笔录 "1".pdf')}`,
    );
  });
});

describe('the client', () => {
  it('is served for every page address', async () => {
    for (const url of ['/', '/m/abcd', '/cases/1']) {
      const reply = await send({ method: 'GET', url, headers: page });
      expect(reply.body).toContain('<title>app</title>');
      expect(reply.headers['cache-control']).toBe('no-cache');
    }
  });

  it.each(['br', 'identity'])('sends the offline verifier sandboxed (%s)', async (encoding) => {
    const reply = await send({
      method: 'GET',
      url: '/verifier.html',
      headers: { 'accept-encoding': encoding },
    });
    expect(reply.statusCode).toBe(200);
    const policy = String(reply.headers['content-security-policy']);
    expect(policy).toContain(
      "sandbox allow-scripts allow-forms allow-modals allow-downloads; default-src 'none'",
    );
    expect(policy).not.toContain('allow-same-origin');
  });

  it('has files that are kept for ever, compressed where the build did so', async () => {
    const url = '/assets/app-abc123.js';
    const reply = await send({ method: 'GET', url, headers: { 'accept-encoding': 'br' } });
    expect(reply.headers).toMatchObject({ 'content-encoding': 'br' });
    expect(reply.headers['cache-control']).toContain('immutable');
    expect((await send({ method: 'GET', url })).body).toBe('let plain;');
  });

  it.each(['/api/unknown', '/assets/unknown.js', '/socket.io/unknown'])(
    'is not served for %s',
    async (url) => {
      const reply = await send({ method: 'GET', url, headers: page });
      expect(reply.statusCode).toBe(404);
      expect(reply.json().code).toBe('NOT_FOUND');
    },
  );

  it.each(['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json'])(
    'gives out nothing beside its folder for %s',
    async (url) => {
      expect((await send({ method: 'GET', url })).statusCode).toBeGreaterThanOrEqual(400);
    },
  );
});

describe('the description of the routes', () => {
  it('holds every route with its parameters, body, upload and refusal', async () => {
    const document = (await send({ method: 'GET', url: '/api/openapi.json' })).json();
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/test/{id}',
        '/api/test-member',
        '/api/test-upload',
        '/healthz',
        '/readyz',
      ]),
    );
    const { post: echoed } = document.paths['/api/test/{id}'];
    expect(echoed).toMatchObject({ summary: 'Echo', security: [] });
    expect(echoed.responses.default.content).toBeDefined();
    expect(document.paths['/api/test-upload'].post.requestBody.content).toHaveProperty([
      'multipart/form-data',
    ]);
    expect(document.paths['/api/test-member'].get.security).toEqual([{ session: [] }]);
  });

  it('has a page that loads nothing from elsewhere, with a policy of its own', async () => {
    const reply = await send({ method: 'GET', url: '/api/reference/', headers: page });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-security-policy']).toContain("connect-src 'self'");
    expect(reply.body).not.toMatch(/(src|href)="https?:/);
    const script = await send({ method: 'GET', url: '/api/reference/js/scalar.js' });
    expect(script.headers['content-type']).toContain('javascript');
  });
});

/** Waits for a condition of the file system, which sends no event that could be waited for. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the condition did not come true');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
