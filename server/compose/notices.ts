/** Notices to creditors and the queue that sends them. */
import type { FastifyInstance } from 'fastify';
import type { Base } from './base.ts';
import { EBL_2006_V1 } from '../domain/rules/ebl-2006-v1.ts';
import type { WorkCalendar } from '../domain/timers/working-days.ts';
import { registerNoticeRoutes } from '../http/notices/notice-routes.ts';
import type { AccessReader } from '../services/conduct/meeting-access.ts';
import type { Rooms } from '../services/conduct/rooms.ts';
import { createMeetingGate } from '../services/meeting-gate.ts';
import { createDelivery } from '../services/notices/delivery.ts';
import { createIssuing } from '../services/notices/issue.ts';
import { createSendQueue } from '../services/notices/send-queue.ts';
import { createNoticeStore } from '../storage/channels/notice-store.ts';

const TICK_MS = 1_000;

export interface NoticesDeps {
  readonly base: Base;
  readonly rooms: Rooms;
  readonly accessOf: AccessReader;
  readonly calendar: WorkCalendar;
}

/** With the application the queue ends: no tick more, and the running portion is sent. */
export async function registerNotices(app: FastifyInstance, deps: NoticesDeps): Promise<void> {
  const { database, data, messenger, clock, log, stores } = deps.base;
  const store = await createNoticeStore(database.db);
  const noticeDeps = {
    gate: createMeetingGate({ ...deps, data }),
    store,
    calendars: { ruleSet: EBL_2006_V1, calendar: deps.calendar },
    reaches: messenger.reaches,
    audit: stores.audit,
    clock,
  };
  registerNoticeRoutes(app, {
    issuing: createIssuing(noticeDeps),
    delivery: createDelivery(noticeDeps),
  });
  const queue = createSendQueue({ store, data, messenger, clock, log });
  const timer = setInterval(() => void queue.tick(), TICK_MS);
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await queue.settled();
  });
}
