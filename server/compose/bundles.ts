/** The evidence bundle of a meeting: written by a process of its own, sent over HTTP. */
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Base } from './base.ts';
import { createBundlePacker } from '../documents/bundle/bundle-packer.ts';
import { createNoteKey, formatVkey } from '../domain/record/notes/vkey.ts';
import { registerBundleRoutes } from '../http/record/bundle-routes.ts';
import type { AccessReader } from '../services/conduct/meeting-access.ts';
import type { Rooms } from '../services/conduct/rooms.ts';
import { withWitnessLines } from '../services/attest/cosigned-checkpoints.ts';
import { createBundleExport } from '../services/record/bundle-export.ts';
import { sha256 } from '../services/record-crypto.ts';
import { createCheckpointList } from '../storage/checkpoint-list.ts';

export interface BundlesDeps {
  readonly base: Base;
  readonly rooms: Rooms;
  readonly accessOf: AccessReader;
  readonly dataDir: string;
}

export async function registerBundles(app: FastifyInstance, deps: BundlesDeps): Promise<void> {
  const { stores, data, clock, signer, database } = deps.base;
  const packer = await createBundlePacker({ directory: path.join(deps.dataDir, 'bundles') });
  const vkeyOf = (name: string) =>
    formatVkey(createNoteKey(sha256, { name, type: 'log', publicKey: signer.publicKey }));
  const bundles = createBundleExport({
    data,
    rooms: deps.rooms,
    accessOf: deps.accessOf,
    ledgers: stores.ledger,
    rolls: stores.rolls,
    timeStamps: stores.timeStamps,
    haltOf: stores.checkpoints.findHalt,
    checkpointsOf: withWitnessLines(createCheckpointList(database.db), stores.cosignatures),
    vkeyOf,
    packer,
    audit: stores.audit,
    clock,
  });
  registerBundleRoutes(app, bundles);
}
