import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';

/** Named parts that must work before requests are sent here: database, ledger writer, media, … */
export type ReadinessChecks = Readonly<Record<string, () => boolean | Promise<boolean>>>;

/** Longer than this, a part counts as not ready. */
const CHECK_TIMEOUT_MS = 2_000;

const Health = Type.Object({ status: Type.Literal('ok') });
const Readiness = Type.Object({ ready: Type.Boolean(), checks: Type.Record(Type.String(), Type.Boolean()) });

/** `/healthz`: the process answers. `/readyz`: every part that it needs does, too (503 otherwise). */
export function registerHealth(app: FastifyInstance, checks: ReadinessChecks): void {
  const healthSchema = { summary: 'The process answers', tags: ['health'], response: { 200: Health } };
  app.get('/healthz', { schema: healthSchema }, async () => ({ status: 'ok' as const }));

  const readySchema = {
    summary: 'Every part that requests need answers',
    tags: ['health'],
    response: { 200: Readiness, 503: Readiness },
  };
  app.get('/readyz', { schema: readySchema }, async (_request, reply) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await passes(check)] as const),
    );
    const ready = results.every(([, passed]) => passed);
    return reply.code(ready ? 200 : 503).send({ ready, checks: Object.fromEntries(results) });
  });
}

async function passes(check: () => boolean | Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, CHECK_TIMEOUT_MS, false);
  });
  try {
    return await Promise.race([check(), timeout]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
