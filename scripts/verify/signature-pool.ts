/**
 * Checks signatures in worker threads, so that the main one goes on reading: fifty thousand ballots and as many
 * keys are some fifteen seconds of one core. What is asked for in one turn travels as one message, unless it is
 * enough to keep the workers busy before.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Signed, VerifySignature } from '../../server/domain/record/keys.ts';

const MAX_WORKERS = 8;
/** Signatures for a worker that make a message of their own: about ten milliseconds of its time. */
const WORTH_SENDING = 64;

export interface SignaturePool {
  readonly verify: VerifySignature;
  close(): Promise<void>;
}

interface Asked {
  readonly signed: Signed;
  readonly resolve: (holds: boolean) => void;
  readonly reject: (error: Error) => void;
}

export function createSignaturePool(): SignaturePool {
  const count = Math.min(availableParallelism(), MAX_WORKERS);
  const workers = Array.from({ length: count }, startWorker);
  let waiting: Asked[] = [];

  /** The batch is cut into as many parts as there are workers. */
  function send(): void {
    const asked = waiting;
    waiting = [];
    if (asked.length === 0) return;
    const share = Math.ceil(asked.length / workers.length);
    for (const [index, worker] of workers.entries()) {
      const part = asked.slice(index * share, (index + 1) * share);
      if (part.length > 0) worker.ask(part);
    }
  }

  return {
    verify: (signed) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(send);
        waiting.push({ signed, resolve, reject });
        if (waiting.length === WORTH_SENDING * workers.length) send();
      }),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

function startWorker() {
  const worker = new Worker(new URL('signature-worker.ts', import.meta.url));
  /** Batches under way, oldest first: answers come in order. */
  const underWay: (readonly Asked[])[] = [];
  worker.on('message', (answers: readonly boolean[]) => {
    for (const [index, { resolve }] of (underWay.shift() ?? []).entries()) resolve(answers[index] === true);
  });
  let failure: Error | undefined;
  worker.on('error', (error) => {
    failure = error as Error;
    for (const batch of underWay.splice(0)) for (const { reject } of batch) reject(failure);
  });
  // Idle workers keep nobody waiting.
  worker.unref();
  return {
    ask(batch: readonly Asked[]) {
      if (failure !== undefined) {
        for (const { reject } of batch) reject(failure);
        return;
      }
      worker.ref();
      underWay.push(batch);
      // eslint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin.
      worker.postMessage(batch.map(({ signed }) => signed));
    },
    close: () => worker.terminate(),
  };
}
