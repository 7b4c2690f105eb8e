/** Meetings whose record was rolled back: what they go on from, and the routes for it. */
import type { FastifyInstance } from 'fastify';
import type { Base } from './base.ts';
import { registerContinuationRoutes } from '../http/record/continuation-routes.ts';
import type { AccessReader } from '../services/conduct/meeting-access.ts';
import type { Rooms } from '../services/conduct/rooms.ts';
import { createMeetingGate } from '../services/meeting-gate.ts';
import { createContinuation } from '../services/record/continuation/continuation.ts';
import { createEarlierRecord } from '../services/record/continuation/earlier-record.ts';
import { createLateEvidence } from '../services/record/continuation/late-evidence.ts';

/** What the first entry of a meeting says of the record that it goes on from, and who is told that it does. */
export function composeContinuing(
  { stores, signer }: Base,
  { continued }: { readonly continued: (meetingId: string) => void },
) {
  const { ledger: ledgers, checkpoints, master } = stores;
  return {
    continuesOf: createEarlierRecord({ ledgers, checkpoints, signer, findMeeting: master.meetings.find }),
    onContinued: continued,
  };
}

export function registerContinuation(
  app: FastifyInstance,
  deps: { readonly base: Base; readonly rooms: Rooms; readonly accessOf: AccessReader },
): void {
  const { base, rooms, accessOf } = deps;
  const { stores, signer } = base;
  const continuation = createContinuation({ ...base, ...stores, ...stores.master, rooms, accessOf });
  const gate = createMeetingGate({ data: base.data, rooms, accessOf });
  registerContinuationRoutes(app, continuation, createLateEvidence({ gate, ledgers: stores.ledger, signer }));
}
