/**
 * Where a ballot's time goes, without a line in the product: the ports that a ballot passes are wrapped while
 * the benchmark runs. The wrappers cost about 2 µs a ballot.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Composed } from '../../../server/compose.ts';
import type { MeetingRoom } from '../../../server/services/conduct/meeting-room.ts';

interface Stage {
  readonly 'mean ms': number;
  readonly 'share %': number;
}

export interface Stages {
  /** Means per ballot; `clientMeanMs` is what the clients have measured from sending to the receipt. */
  report(clientMeanMs: number): Record<string, Stage | string>;
}

type Method = (...args: never[]) => Promise<unknown>;

/** Replaces a method by itself with a stopwatch. */
function timing<T extends object, K extends keyof T>(target: T, name: K, add: (ms: number) => void): void {
  const method = target[name] as unknown as Method;
  target[name] = (async (...args: never[]) => {
    const startedAt = performance.now();
    try {
      return await method.apply(target, args);
    } finally {
      add(performance.now() - startedAt);
    }
  }) as never;
}

/** The moments of the one batch that is in flight, ms. */
function watchBatches({ stores, signer }: Composed) {
  const batch = { count: 0, startedAt: 0, insertedAt: 0, signedAt: 0, storedAt: 0 };
  const { append } = stores.ledger;
  stores.ledger.append = async (...args) => {
    batch.count += 1;
    batch.startedAt = performance.now();
    await append(...args);
    batch.insertedAt = performance.now();
  };
  const { sign } = signer;
  signer.sign = async (request) => {
    const verdict = await sign(request);
    batch.signedAt = performance.now();
    return verdict;
  };
  const { put } = stores.checkpoints;
  stores.checkpoints.put = async (...args) => {
    await put(...args);
    batch.storedAt = performance.now();
  };
  return batch;
}

export function createStages(server: Composed, room: MeetingRoom): Stages {
  const sums = {
    session: 0,
    access: 0,
    signature: 0,
    queue: 0,
    decide: 0,
    insert: 0,
    sign: 0,
    store: 0,
    reply: 0,
  };
  let ballots = 0;
  const batch = watchBatches(server);
  const casting = new AsyncLocalStorage<number>();

  const { conduct } = server.services;
  timing(server.accounts.sessions, 'findById', (ms) => (sums.session += ms));
  timing(conduct, 'admit', (ms) => (sums.access += ms));
  const { cast } = conduct;
  conduct.cast = (...args) => {
    ballots += 1;
    return casting.run(performance.now(), () => cast(...args));
  };
  const submit = room.submit.bind(room);
  room.submit = async (command) => {
    const submittedAt = performance.now();
    const castAt = casting.getStore();
    let decidedAt = 0;
    const decide: typeof command.decide = (...args) => {
      decidedAt = performance.now();
      return command.decide(...args);
    };
    const result = await submit({ ...command, decide });
    if (castAt !== undefined) sums.signature += submittedAt - castAt;
    sums.queue += decidedAt - submittedAt;
    sums.decide += batch.startedAt - decidedAt;
    sums.insert += batch.insertedAt - batch.startedAt;
    sums.sign += batch.signedAt - batch.insertedAt;
    sums.store += batch.storedAt - batch.signedAt;
    sums.reply += performance.now() - batch.storedAt;
    return result;
  };

  return {
    report(clientMeanMs) {
      const mean = (sum: number) => sum / Math.max(1, ballots);
      const stage = (ms: number): Stage => ({
        'mean ms': +ms.toFixed(3),
        'share %': +((100 * ms) / clientMeanMs).toFixed(1),
      });
      const known = Object.values(sums).reduce((sum, each) => sum + each, 0);
      return {
        'socket, schema, waiting for the loop': stage(clientMeanMs - mean(known)),
        'checks: session': stage(mean(sums.session)),
        'checks: access': stage(mean(sums.access)),
        'signature of the device': stage(mean(sums.signature)),
        'queue of the writer': stage(mean(sums.queue)),
        'decision and encoding of the batch': stage(mean(sums.decide)),
        'database: insert, majority and journal': stage(mean(sums.insert)),
        'checkpoint: consistency, state synced, signed': stage(mean(sums.sign)),
        'checkpoint: stored, majority and journal': stage(mean(sums.store)),
        'fold, listeners, receipt': stage(mean(sums.reply)),
        'seen by the client': stage(clientMeanMs),
        [`${batch.count} batches of ${(ballots / Math.max(1, batch.count)).toFixed(1)} ballots`]: '',
      };
    },
  };
}
