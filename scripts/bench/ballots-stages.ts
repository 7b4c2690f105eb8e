/**
 * Where a ballot's time goes, without a line in the product: the ports that a ballot passes are wrapped while
 * the benchmark runs. The wrappers cost about 2 µs a ballot.
 */
import type { Composed } from '../../server/compose.ts';
import type { MeetingRoom } from '../../server/services/conduct/meeting-room.ts';

interface Stage {
  readonly 'mean ms': number;
  readonly 'share %': number;
}

export interface Stages {
  /** Means per ballot; `clientMeanMs` is what the clients have measured from sending to the receipt. */
  report(clientMeanMs: number): Record<string, Stage | string>;
}

/** Moments of one ballot, ms. */
interface Times {
  submittedAt: number;
  decidedAt: number;
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

export function createStages(server: Composed, room: MeetingRoom): Stages {
  const sums = { session: 0, access: 0, cast: 0, queue: 0, decide: 0, insert: 0, reply: 0 };
  let ballots = 0;
  let batches = 0;
  let appendStartedAt = 0;
  let appendEndedAt = 0;

  const { conduct } = server.services;
  timing(server.accounts.sessions, 'findByToken', (ms) => (sums.session += ms));
  timing(conduct, 'admit', (ms) => (sums.access += ms));
  timing(conduct, 'cast', (ms) => {
    sums.cast += ms;
    ballots += 1;
  });
  const { append } = server.stores.ledger;
  server.stores.ledger.append = async (...args) => {
    appendStartedAt = performance.now();
    batches += 1;
    await append(...args);
    appendEndedAt = performance.now();
  };
  const submit = room.submit.bind(room);
  room.submit = async (command) => {
    const times: Times = { submittedAt: performance.now(), decidedAt: 0 };
    const decide: typeof command.decide = (...args) => {
      times.decidedAt = performance.now();
      return command.decide(...args);
    };
    const result = await submit({ ...command, decide });
    sums.queue += times.decidedAt - times.submittedAt;
    sums.decide += appendStartedAt - times.decidedAt;
    sums.insert += appendEndedAt - appendStartedAt;
    sums.reply += performance.now() - appendEndedAt;
    return result;
  };

  return {
    report(clientMeanMs) {
      const mean = (sum: number) => sum / Math.max(1, ballots);
      const stage = (ms: number): Stage => ({
        'mean ms': +ms.toFixed(3),
        'share %': +((100 * ms) / clientMeanMs).toFixed(1),
      });
      const { session, access, queue, decide, insert, reply } = sums;
      const known = session + access + queue + decide + insert + reply;
      return {
        'socket, schema, waiting for the loop': stage(clientMeanMs - mean(known)),
        session: stage(mean(session)),
        access: stage(mean(access)),
        'queue of the writer': stage(mean(queue)),
        'decision and encoding of the batch': stage(mean(decide)),
        'database insert, majority and journal': stage(mean(insert)),
        'fold, listeners, answers': stage(mean(reply)),
        'seen by the client': stage(clientMeanMs),
        [`${batches} batches of ${(ballots / Math.max(1, batches)).toFixed(1)} ballots`]: '',
      };
    },
  };
}
