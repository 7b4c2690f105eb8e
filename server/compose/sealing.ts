/** Sealing the minutes, with the documents that the seals name. */
import type { FastifyInstance } from 'fastify';
import type { Base } from './base.ts';
import { createMinutesRenderer } from '../documents/minutes/renderer.ts';
import { registerMinutesRoutes } from '../http/record/minutes-routes.ts';
import type { RecordStates } from '../services/attest/record-states.ts';
import type { AccessReader } from '../services/conduct/meeting-access.ts';
import type { Rooms } from '../services/conduct/rooms.ts';
import { createMeetingGate } from '../services/meeting-gate.ts';
import { createMinutesSealing } from '../services/record/minutes-sealing.ts';
import { createSealedMinutesStore } from '../storage/minutes/sealed-minutes-store.ts';

export interface SealingDeps {
  readonly base: Base;
  readonly rooms: Rooms;
  readonly accessOf: AccessReader;
  readonly attest: { readonly states: Pick<RecordStates, 'read'> };
}

export function registerSealing(app: FastifyInstance, { base, rooms, accessOf, attest }: SealingDeps): void {
  const { data, stores, database } = base;
  const sealing = createMinutesSealing({
    gate: createMeetingGate({ data, rooms, accessOf }),
    ledgers: stores.ledger,
    store: createSealedMinutesStore(database.db),
    renderer: createMinutesRenderer(),
    stateOf: attest.states.read,
  });
  registerMinutesRoutes(app, sealing);
}
