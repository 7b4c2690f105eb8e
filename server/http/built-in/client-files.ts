import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../domain/errors.ts';
import { sendProblem } from '../problem.ts';
import { VERIFIER_PAGE_POLICY } from '../protection/security-headers.ts';

/** Files below it carry a hash of their content in the name. */
const HASHED = '/assets/';
const FOREVER = 'public, max-age=31536000, immutable';

/** The offline verifier, whichever compressed form of it is sent. */
const VERIFIER = /\/verifier\.html(\.br|\.gz)?$/;

/**
 * Serves the built client, compressed files first where the build made them. Every other path that a browser
 * opens is a page of the client and gets `index.html`; what is no page gets problem+json.
 */
export async function serveClient(app: FastifyInstance, directory: string): Promise<void> {
  const hasClient = existsSync(join(directory, 'index.html'));
  if (hasClient) {
    await app.register(fastifyStatic, {
      root: directory,
      prefix: '/',
      index: false,
      preCompressed: true,
      cacheControl: false,
      dotfiles: 'ignore',
      schemaHide: true,
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.includes(HASHED) ? FOREVER : 'no-cache');
        if (VERIFIER.test(path)) reply.header('content-security-policy', VERIFIER_PAGE_POLICY);
      },
    });
    app.get('/', { schema: { hide: true } }, async (_request, reply) => reply.sendFile('index.html'));
  }
  // Not async: awaiting a reply that the file server hands over to this handler waits for it twice.
  app.setNotFoundHandler((request, reply) => {
    if (hasClient && isPage(request)) reply.sendFile('index.html');
    else sendProblem(new DomainError('NOT_FOUND'), request, reply);
  });
}

function isPage(request: FastifyRequest): boolean {
  const path = request.url.split('?', 1)[0] ?? '';
  const isOurs = path.startsWith('/api/') || path.startsWith('/socket.io/') || path.startsWith(HASHED);
  const wantsPage = request.headers.accept?.includes('text/html') ?? false;
  return request.method === 'GET' && wantsPage && !isOurs;
}
