import { isIP } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { DomainError } from '../../domain/errors.ts';

/** What the server counts beside the process's own figures. Names follow Prometheus. */
export interface ServerFigures {
  readonly sockets: number;
  readonly openMeetings: number;
  readonly mediaWorkersAlive: number;
  readonly mediaWorkerDeaths: number;
  readonly mediaProducers: number;
  readonly mediaConsumers: number;
}

const names: Readonly<Record<keyof ServerFigures, string>> = {
  sockets: 'meeting_sockets',
  openMeetings: 'meeting_open_meetings',
  mediaWorkersAlive: 'meeting_media_workers_alive',
  mediaWorkerDeaths: 'meeting_media_worker_deaths',
  mediaProducers: 'meeting_media_producers',
  mediaConsumers: 'meeting_media_consumers',
};

/**
 * `/metrics` for a collector on this machine; others are told that there is nothing. The longest time that
 * the event loop was held since the last reading is `meeting_event_loop_held_max_ms`.
 */
export function registerMetrics(app: FastifyInstance, read: () => ServerFigures): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const held = new Gauge({
    name: 'meeting_event_loop_held_max_ms',
    help: 'Longest hold of the event loop since the last reading, milliseconds',
    registers: [registry],
  });
  const gauges = Object.entries(names).map(([key, name]) => ({
    key: key as keyof ServerFigures,
    gauge: new Gauge({ name, help: key, registers: [registry] }),
  }));
  app.addHook('onClose', async () => delay.disable());
  const schema = { summary: 'Figures for a collector on this machine', tags: ['health'] };
  app.get('/metrics', { schema }, async (request, reply) => {
    if (!isFromThisMachine(request)) throw new DomainError('NOT_FOUND');
    const figures = read();
    for (const { key, gauge } of gauges) gauge.set(figures[key]);
    held.set(delay.max / 1e6);
    delay.reset();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

/** A reverse proxy on this machine is told from a collector by the header that it adds and the name it is asked by. */
function isFromThisMachine({ headers, socket }: FastifyRequest): boolean {
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  const name = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  const isAskedByName = name !== 'localhost' && !isLoopback(name);
  return !isForwarded && !isAskedByName && isLoopback(socket.remoteAddress ?? '');
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return isIP(plain) === 4 ? plain.startsWith('127.') : plain === '::1';
}
