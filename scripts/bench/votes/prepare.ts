/**
 * The day before the meeting, in a process of its own: imports the claims table, publishes the meeting, tells its
 * parent who leads it, and ends.
 */
import process from 'node:process';
import { manyClaimRows } from '../../../server/demo/fictitious-claims.ts';
import { createCase, createMeeting, createStaff } from '../../../server/demo/seed.ts';
import type { Session } from '../../../server/services/session.ts';
import { composeBenchServer } from '../bench-server.ts';

export interface PrepareOrder {
  readonly folder: string;
  readonly databaseUri: string;
  readonly creditors: number;
}

export interface PreparedMeeting {
  readonly meetingId: string;
  readonly host: Session;
}

process.once('message', (order: PrepareOrder) => void prepare(order));

async function prepare(order: PrepareOrder): Promise<void> {
  const server = await composeBenchServer(order);
  const staff = await createStaff(server);
  const caseView = await createCase(server, staff, {
    caseNumber: '（2026）虚01破98号',
    rows: manyClaimRows(order.creditors),
  });
  const { meeting } = await createMeeting(server, staff, { caseView, startsAtMs: Date.now() });
  const prepared: PreparedMeeting = { meetingId: meeting.meetingId, host: staff['administrator-lead'] };
  await server.close();
  process.send?.(prepared, () => process.disconnect());
}
