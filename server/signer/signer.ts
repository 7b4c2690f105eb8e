/**
 * Runs the signer as a child process and starts it again when it ends. In a process group of its own: Ctrl-C goes
 * to the whole group of the terminal, and would end the signer before the server has finished its open batch.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import type { Signer } from '../services/ports/signer-port.ts';
import { DAMAGED_EXIT_CODE, type FromSigner, type SignerAnswer, type SignerQuestion } from './messages.ts';

const CHILD = path.join(import.meta.dirname, 'signer-child.ts');
const START_TIMEOUT_MS = 20_000;
/** A signer that does not answer for this long is ended and started again. */
const ANSWER_TIMEOUT_MS = 10_000;
const RESTART_MIN_MS = 50;
const RESTART_MAX_MS = 2_000;

export interface SignerOptions {
  /** Where key and state lie; made when it is not there. Never inside the database's directory. */
  readonly directory: string;
  readonly log?: (message: string) => void;
}

export interface RunningSigner extends Signer {
  /** Process id of the child that answers now; undefined while there is none. */
  readonly pid: number | undefined;
  /** Starts again after the first one. */
  readonly restarts: number;
  close(): Promise<void>;
}

interface Waiting {
  resolve(answer: SignerAnswer): void;
  reject(error: Error): void;
  readonly timer: NodeJS.Timeout;
}

/** Resolves when the signer is ready. Rejects when its files are damaged or it does not start. */
export async function startSigner(options: SignerOptions): Promise<RunningSigner> {
  const supervisor = new Supervisor(options);
  const publicKey = await supervisor.start();
  return {
    publicKey,
    get pid() {
      return supervisor.pid;
    },
    get restarts() {
      return supervisor.restarts;
    },
    async headOf(origin) {
      const answer = await supervisor.ask({ ask: 'head', origin });
      if ('head' in answer) return answer.head;
      throw new Error('the signer answered something else');
    },
    async sign(request) {
      const answer = await supervisor.ask({ ask: 'sign', request });
      if ('verdict' in answer) return answer.verdict;
      throw new RangeError('refused' in answer ? answer.refused : 'the signer answered something else');
    },
    close: () => supervisor.close(),
  };
}

class Supervisor {
  restarts = 0;
  readonly #options: SignerOptions;
  readonly #waiting = new Map<number, Waiting>();
  /** Set while a child is ready. */
  #child: ChildProcess | undefined;
  #starting: ChildProcess | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #isEnding = false;
  #attempts = 0;
  #lastId = 0;

  constructor(options: SignerOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#spawn({ onReady: resolve, onEnd: (reason) => reject(new Error(reason)) });
    });
  }

  ask(question: SignerQuestion): Promise<SignerAnswer> {
    const child = this.#child;
    if (child === undefined) return Promise.reject(new Error('the signer is away'));
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      const timer = setTimeout(() => child.kill('SIGKILL'), ANSWER_TIMEOUT_MS).unref();
      this.#waiting.set(id, { resolve, reject, timer });
      // An error of sending is the end of the child, which rejects what waits.
      child.send({ ...question, id }, () => undefined);
    });
  }

  async close(): Promise<void> {
    this.#isEnding = true;
    clearTimeout(this.#restartTimer);
    const child = this.#child ?? this.#starting;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    // Now it is waited for: with nothing else to do, the process would end before the child does.
    child.ref();
    // The child ends with its channel, after the batch at hand.
    if (child.connected) child.disconnect();
    await ended;
  }

  #spawn({
    onReady,
    onEnd,
  }: {
    onReady: (publicKey: Uint8Array) => void;
    onEnd: (reason: string) => void;
  }): void {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', CHILD, this.#options.directory],
      { detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced', env: {} },
    );
    this.#starting = child;
    const overdue = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS).unref();
    child.on('message', (message: FromSigner) => {
      if ('answers' in message) return this.#settle(message.answers);
      clearTimeout(overdue);
      this.#starting = undefined;
      this.#child = child;
      this.#attempts = 0;
      // The signer alone keeps no process running, as the media workers do not.
      child.unref();
      child.channel?.unref();
      onReady(Uint8Array.from(message.publicKey));
    });
    child.once('error', () => undefined);
    child.once('exit', (code, signal) => {
      clearTimeout(overdue);
      const wasReady = this.#child === child;
      this.#child = undefined;
      this.#starting = undefined;
      const reason = `the signer ended (${signal ?? code ?? 'unknown'})`;
      this.#rejectAll(reason);
      if (!wasReady) onEnd(reason);
      if (wasReady || this.restarts > 0) this.#restartLater(code, reason);
    });
  }

  #restartLater(code: number | null, reason: string): void {
    if (this.#isEnding) return;
    this.#options.log?.(reason);
    // Files that do not belong together stay so: the meetings wait, and people must look at it.
    if (code === DAMAGED_EXIT_CODE) return;
    const waitMs = Math.min(RESTART_MAX_MS, RESTART_MIN_MS * 2 ** Math.min(this.#attempts, 10));
    this.#attempts += 1;
    this.#restartTimer = setTimeout(() => {
      this.restarts += 1;
      this.#spawn({ onReady: () => undefined, onEnd: () => undefined });
    }, waitMs);
  }

  #settle(answers: readonly (SignerAnswer & { readonly id: number })[]): void {
    for (const { id, ...answer } of answers) {
      const waiting = this.#waiting.get(id);
      if (waiting === undefined) continue;
      this.#waiting.delete(id);
      clearTimeout(waiting.timer);
      waiting.resolve(answer);
    }
  }

  #rejectAll(reason: string): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new Error(reason));
    }
    this.#waiting.clear();
  }
}
