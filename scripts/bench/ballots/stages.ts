/**
 * Where a ballot's time goes, without a line in the product: the ports that a ballot passes are wrapped while
 * the benchmark runs, and one ballot in eight is timed, so that the stopwatches take nothing worth counting.
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

const TIMED_ONE_IN = 8;

/** True for one call in eight. */
function createSampler(): () => boolean {
  let calls = 0;
  return () => ++calls % TIMED_ONE_IN === 0;
}

/** Replaces a method by itself with a stopwatch for some of its calls; answers with their mean, ms. */
function timing<T extends object, K extends keyof T>(target: T, name: K): () => number {
  const method = target[name] as unknown as Method;
  const isTimed = createSampler();
  let [sum, timed] = [0, 0];
  const time = async (args: never[]) => {
    const startedAt = performance.now();
    try {
      return await method.apply(target, args);
    } finally {
      sum += performance.now() - startedAt;
      timed += 1;
    }
  };
  target[name] = ((...args: never[]) => (isTimed() ? time(args) : method.apply(target, args))) as never;
  return () => sum / Math.max(1, timed);
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

/** From the arrival at the use case to the receipt: what each part of it takes, summed over the ballots timed. */
function watchCasts(server: Composed, room: MeetingRoom) {
  const sums = {
    signature: 0,
    queue: 0,
    decide: 0,
    insert: 0,
    sign: 0,
    store: 0,
    reply: 0,
  };
  let ballots = 0;
  let timed = 0;
  const isTimed = createSampler();
  const batch = watchBatches(server);
  const casting = new AsyncLocalStorage<number>();

  const { conduct } = server.services;
  const { cast } = conduct;
  conduct.cast = (...args) => {
    ballots += 1;
    return isTimed() ? casting.run(performance.now(), () => cast(...args)) : cast(...args);
  };
  const submit = room.submit.bind(room);
  room.submit = async (command) => {
    const castAt = casting.getStore();
    if (castAt === undefined) return submit(command);
    const submittedAt = performance.now();
    let decidedAt = 0;
    const decide: typeof command.decide = (...args) => {
      decidedAt = performance.now();
      return command.decide(...args);
    };
    const result = await submit({ ...command, decide });
    timed += 1;
    sums.signature += submittedAt - castAt;
    sums.queue += decidedAt - submittedAt;
    sums.decide += batch.startedAt - decidedAt;
    sums.insert += batch.insertedAt - batch.startedAt;
    sums.sign += batch.signedAt - batch.insertedAt;
    sums.store += batch.storedAt - batch.signedAt;
    sums.reply += performance.now() - batch.storedAt;
    return result;
  };
  return { sums, batch, mean: (sum: number) => sum / Math.max(1, timed), ballots: () => ballots };
}

export function createStages(server: Composed, room: MeetingRoom): Stages {
  const sessionMs = timing(server.accounts.sessions, 'findById');
  const accessMs = timing(server.services.conduct, 'admit');
  const { sums, batch, mean, ballots } = watchCasts(server, room);
  return {
    report(clientMeanMs) {
      const stage = (ms: number): Stage => ({
        'mean ms': +ms.toFixed(3),
        'share %': +((100 * ms) / clientMeanMs).toFixed(1),
      });
      const known = sessionMs() + accessMs() + mean(Object.values(sums).reduce((sum, each) => sum + each, 0));
      return {
        'socket, schema, waiting for the loop': stage(clientMeanMs - known),
        'checks: session': stage(sessionMs()),
        'checks: access': stage(accessMs()),
        'signature of the device': stage(mean(sums.signature)),
        'queue of the writer': stage(mean(sums.queue)),
        'decision and encoding of the batch': stage(mean(sums.decide)),
        'database: insert, majority and journal': stage(mean(sums.insert)),
        'checkpoint: consistency, state synced, signed': stage(mean(sums.sign)),
        'checkpoint: stored, majority and journal': stage(mean(sums.store)),
        'fold, listeners, receipt': stage(mean(sums.reply)),
        'seen by the client': stage(clientMeanMs),
        [`${batch.count} batches of ${(ballots() / Math.max(1, batch.count)).toFixed(1)} ballots`]: '',
      };
    },
  };
}
