/**
 * Keeps this page in the live room: joins, takes the place up again after a lost socket, restarts ICE
 * when the network changes, and opens a new session when the SFU lost the room or ICE does not help.
 */
import type { ProducerInfo } from '../../server/protocol/media.ts';
import { MediaSession, type SessionEvents } from './session.ts';
import { codeOf, type LoadDevice, type MediaConnection, type TypedSignal } from './types.ts';

/** Pauses between attempts to join; each is stretched by up to half at random. The last repeats. */
const REJOIN_MS = [300, 700, 1_500, 3_000, 5_000] as const;
/** After this long without picture the page says so. */
const FAILED_AFTER_MS = 20_000;
/** A short hole in the radio heals by itself. */
const DISCONNECTED_PATIENCE_MS = 1_500;
/** New ICE has this long; then the session is opened anew. */
const ICE_PATIENCE_MS = 6_000;
/** Refusals that asking again does not change. */
const FINAL_CODES: ReadonlySet<string> = new Set([
  'MEDIA_UNSUPPORTED',
  'FORBIDDEN',
  'NOT_SIGNED_IN',
  'SESSION_REVOKED',
  'NOT_SIGNED_IN_TO_MEETING',
  'NOT_ON_THE_CASE',
]);

export interface RoomLinkDeps extends Omit<SessionEvents, 'onTransportState'> {
  readonly signal: TypedSignal;
  readonly loadDevice: LoadDevice;
  readonly layerFor: (info: ProducerInfo) => number;
  readonly onConnection: (connection: MediaConnection, failure: string | null) => void;
  /** What was sent in the session before is to be sent again in this one. */
  readonly onNewSession: (session: MediaSession) => Promise<void>;
}

export class RoomLink {
  readonly #deps: RoomLinkDeps;
  #session: MediaSession | undefined;
  /** Raised by each reset and end: what an older attempt still brings is thrown away. */
  #epoch = 0;
  #isWanted = false;
  #joining: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #lostAtMs: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isIceRestarting = false;
  /** What the room said while the answer to the join was on its way. */
  #backlog: ((session: MediaSession) => void)[] | undefined;

  constructor(deps: RoomLinkDeps) {
    this.#deps = deps;
  }

  get session(): MediaSession | undefined {
    return this.#session;
  }

  get isWanted(): boolean {
    return this.#isWanted;
  }

  /** Resolves when joined; rejects when the refusal is final. Passing failures are tried again. */
  connect(): Promise<void> {
    this.#isWanted = true;
    // The socket is back: no need to wait for the end of the pause.
    this.#wake?.();
    if (this.#joining) return this.#joining;
    if (!this.#session) this.#deps.onConnection('connecting', null);
    return this.#joinUntilDone(this.#session !== undefined);
  }

  /** The session that is, or that an attempt under way brings; undefined when there is none. */
  async requireSession(): Promise<MediaSession> {
    while (this.#joining) await this.#joining;
    if (!this.#session) throw new Error('the room has not been joined');
    return this.#session;
  }

  disconnect(): void {
    this.#isWanted = false;
    this.#lostAtMs = undefined;
    this.#dropSession();
  }

  /** The SFU lost the room: everything anew. */
  reset(): void {
    if (!this.#isWanted) return;
    this.#dropSession();
    this.#lost(null);
    this.#joinUntilDone(false).catch(() => undefined);
  }

  /** Hands a notification to the session, in order, even while that is being opened. */
  notify(act: (session: MediaSession) => void): void {
    if (this.#backlog) this.#backlog.push(act);
    else if (this.#session) act(this.#session);
  }

  /** The network changed, or the transports report that nothing comes through. */
  async restartIce(): Promise<void> {
    const session = this.#session;
    if (!session || this.#joining || this.#isIceRestarting) return;
    this.#isIceRestarting = true;
    try {
      await session.restartIce();
      this.#after(ICE_PATIENCE_MS, () => this.#resetUnlessHealthy());
    } catch (error) {
      // Without a socket nothing can be asked; the next join takes care of it.
      if (session === this.#session && codeOf(error)?.startsWith('MEDIA_')) this.reset();
    } finally {
      this.#isIceRestarting = false;
    }
  }

  #joinUntilDone(resume: boolean): Promise<void> {
    const epoch = this.#epoch;
    const joining = this.#attempts(epoch, resume).finally(() => {
      if (this.#joining === joining) this.#joining = undefined;
    });
    this.#joining = joining;
    return joining;
  }

  async #attempts(epoch: number, resume: boolean): Promise<void> {
    for (let attempt = 0; this.#isWanted && epoch === this.#epoch; attempt += 1) {
      try {
        return await this.#joinOnce(epoch, resume);
      } catch (error) {
        if (epoch !== this.#epoch) return;
        const code = failureCode(error);
        if (FINAL_CODES.has(code)) {
          this.#deps.onConnection('failed', code);
          throw error;
        }
        this.#lost(code);
        await this.#pause(REJOIN_MS[Math.min(attempt, REJOIN_MS.length - 1)] ?? 0);
      }
    }
  }

  async #joinOnce(epoch: number, resume: boolean): Promise<void> {
    const backlog: ((session: MediaSession) => void)[] = [];
    this.#backlog = backlog;
    try {
      const joined = await this.#deps.signal.ask('media:join', resume ? { resume: true } : {});
      if (epoch !== this.#epoch) return;
      if (joined.isResumed && this.#session) {
        this.#session.resumed(joined);
        this.#entered(backlog);
        if (!isHealthy(this.#session)) void this.restartIce();
        return;
      }
      this.#closeSession();
      const session = await MediaSession.open(this.#sessionDeps(), joined);
      if (epoch !== this.#epoch) return session.close();
      this.#session = session;
      this.#entered(backlog);
    } finally {
      if (this.#backlog === backlog) this.#backlog = undefined;
    }
    if (this.#session) await this.#deps.onNewSession(this.#session);
  }

  #entered(backlog: readonly ((session: MediaSession) => void)[]): void {
    this.#backlog = undefined;
    this.#lostAtMs = undefined;
    const session = this.#session;
    if (!session) return;
    for (const act of backlog) act(session);
    this.#deps.onConnection('connected', null);
    this.#deps.onRemoteChanged();
  }

  #sessionDeps() {
    const { signal, loadDevice, layerFor, onRemoteChanged, onOwnClosed, onOwnPaused } = this.#deps;
    const onTransportState = () => this.#transportChanged();
    return { signal, loadDevice, layerFor, onRemoteChanged, onOwnClosed, onOwnPaused, onTransportState };
  }

  #transportChanged(): void {
    const session = this.#session;
    if (!session) return;
    const states = session.transportStates;
    if (states.includes('failed')) {
      this.#lost(null);
      void this.restartIce();
    } else if (states.includes('disconnected')) {
      this.#lost(null);
      this.#after(DISCONNECTED_PATIENCE_MS, () => {
        if (!isHealthy(session)) void this.restartIce();
      });
    } else if (isHealthy(session)) {
      clearTimeout(this.#timer);
      this.#lostAtMs = undefined;
      this.#deps.onConnection('connected', null);
    }
  }

  #resetUnlessHealthy(): void {
    if (this.#session && !isHealthy(this.#session)) this.reset();
  }

  #lost(code: string | null): void {
    this.#lostAtMs ??= performance.now();
    const hasTakenLong = performance.now() - this.#lostAtMs > FAILED_AFTER_MS;
    this.#deps.onConnection(hasTakenLong ? 'failed' : 'interrupted', code);
  }

  #dropSession(): void {
    this.#epoch += 1;
    this.#wake?.();
    this.#joining = undefined;
    this.#backlog = undefined;
    this.#closeSession();
  }

  #closeSession(): void {
    clearTimeout(this.#timer);
    this.#session?.close();
    this.#session = undefined;
    this.#deps.onRemoteChanged();
  }

  #after(delayMs: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, delayMs);
  }

  async #pause(aboutMs: number): Promise<void> {
    // Spread, so that a room's clients do not all come back in the same instant.
    const delayMs = aboutMs * (1 + Math.random() / 2);
    const { promise, resolve } = withResolvers();
    const timer = setTimeout(resolve, delayMs);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
    if (this.#wake === resolve) this.#wake = undefined;
  }
}

/** `Promise.withResolvers` is missing in the older in-app browsers. */
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => undefined as void;
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

/** A transport that carries nothing yet is `new`, and well. */
function isHealthy(session: MediaSession): boolean {
  return session.transportStates.every((state) => state === 'connected' || state === 'new');
}

/** mediasoup-client says by the error's name that a browser cannot do it; those carry no code. */
function failureCode(error: unknown): string {
  const isUnsupported = error instanceof Error && error.name === 'UnsupportedError';
  return isUnsupported ? 'MEDIA_UNSUPPORTED' : (codeOf(error) ?? 'MEDIA_UNAVAILABLE');
}
