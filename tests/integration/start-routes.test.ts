import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';

interface Operation {
  readonly summary?: string;
  readonly security?: readonly unknown[];
  readonly responses: Readonly<Record<string, unknown>>;
}

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

describe('the description of a whole server', () => {
  it('says of every route what it does, who may ask and how it refuses', async () => {
    const reply = await fetch(`${server.origin}/api/openapi.json`);
    const { paths } = (await reply.json()) as { paths: Record<string, Record<string, Operation>> };
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
    );
    expect(operations.length).toBeGreaterThan(40);
    const api = operations.filter(({ name }) => name.includes(' /api/'));
    expect(operations.filter(({ summary }) => !summary).map(({ name }) => name)).toEqual([]);
    expect(api.filter(({ security }) => security === undefined).map(({ name }) => name)).toEqual([]);
    expect(api.filter(({ responses }) => !('default' in responses)).map(({ name }) => name)).toEqual([]);
  });

  it('is read on a page without tools that lead to another service', async () => {
    const page = await (await fetch(`${server.origin}/api/reference/`)).text();
    expect(page).toMatch(/"showDeveloperTools":\s*"never"/);
    expect(page).toMatch(/"agent":\s*{\s*"disabled":\s*true/);
  });

  it('has both states of health', async () => {
    expect(await (await fetch(`${server.origin}/healthz`)).json()).toEqual({ status: 'ok' });
    const ready = await fetch(`${server.origin}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { ready: true, checks: { database: true, media: true } },
    ]);
  });
});
