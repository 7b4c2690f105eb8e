import { afterAll, beforeAll, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { registerMetrics } from '../../server/http/built-in/metrics.ts';
import { sendProblem } from '../../server/http/problem.ts';

let app: FastifyInstance;

beforeAll(() => {
  app = Fastify();
  app.setErrorHandler(sendProblem);
  registerMetrics(app, () => ({
    sockets: 3,
    openMeetings: 1,
    mediaWorkersAlive: 1,
    mediaWorkerDeaths: 0,
    mediaProducers: 0,
    mediaConsumers: 0,
  }));
});
afterAll(() => app.close());

interface Asked {
  readonly from?: string;
  readonly headers?: Record<string, string>;
}

const ask = ({ from = '127.0.0.1', headers = {} }: Asked) =>
  app.inject({ url: '/metrics', remoteAddress: from, headers: { host: 'localhost:8080', ...headers } });

it('shows the figures to a collector on this machine', async () => {
  for (const host of ['localhost:8080', '127.0.0.1:8080', '[::1]:8080']) {
    const reply = await ask({ headers: { host } });
    expect(reply.statusCode).toBe(200);
    expect(reply.body).toContain('meeting_sockets 3');
  }
});

it.each<[string, Asked]>([
  ['another machine', { from: '192.0.2.7' }],
  ['a proxy here that forwards for somebody', { headers: { 'x-forwarded-for': '192.0.2.7' } }],
  ['a proxy here that says so by the standard', { headers: { forwarded: 'for=192.0.2.7' } }],
  ['a proxy here that keeps the public name', { headers: { host: 'meeting.example.cn' } }],
])('shows nothing to %s', async (_, asked) => {
  expect((await ask(asked)).statusCode).toBe(404);
});
