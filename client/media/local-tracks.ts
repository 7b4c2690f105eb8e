/**
 * The own camera, microphone and screen: taken after a tap, watched while in use, given back at the end.
 * Nothing is taken by itself, and a microphone that was interrupted stays shut until its owner says so.
 */
import { mediaSources, type MediaSource } from '../../server/protocol/media.ts';
import { capture, type CaptureDevices } from './capture.ts';
import type { LocalStatus, LocalTrack } from './types.ts';

export interface LocalTracksDeps {
  readonly devices: CaptureDevices | undefined;
  readonly onChanged: () => void;
  /** The device was taken away (a call, another app), or the sharing of the screen was ended. */
  readonly onInterrupted: (source: MediaSource) => void;
}

interface Held {
  track: MediaStreamTrack;
  status: LocalStatus;
  deviceId: string | undefined;
  stopWatching: () => void;
}

export class LocalTracks {
  readonly #deps: LocalTracksDeps;
  readonly #held = new Map<MediaSource, Held>();

  constructor(deps: LocalTracksDeps) {
    this.#deps = deps;
  }

  get snapshot(): Partial<Record<MediaSource, LocalTrack>> {
    return Object.fromEntries(
      [...this.#held].map(([source, { track, status }]) => [source, { track, status }]),
    );
  }

  statusOf(source: MediaSource): LocalStatus | undefined {
    return this.#held.get(source)?.status;
  }

  /** What was being sent and is to be sent again after the room was lost. */
  get toSendAgain(): readonly { source: MediaSource; track: MediaStreamTrack; isPaused: boolean }[] {
    return mediaSources.flatMap((source) => {
      const held = this.#held.get(source);
      if (!held || held.status === 'preview' || held.status === 'starting') return [];
      return [{ source, track: held.track, isPaused: held.status !== 'sending' }];
    });
  }

  /** Takes the device unless it is held already; another device replaces the one of before. */
  async open(source: MediaSource, status: LocalStatus, deviceId?: string): Promise<MediaStreamTrack> {
    const before = this.#held.get(source);
    const isSame = before && before.track.readyState === 'live' && before.deviceId === deviceId;
    if (isSame || (before && deviceId === undefined && before.track.readyState === 'live')) {
      before.status = status;
      this.#deps.onChanged();
      return before.track;
    }
    const track = await capture(source, this.#deps.devices, deviceId ?? before?.deviceId);
    this.#release(source);
    this.#held.set(source, {
      track,
      status,
      deviceId: deviceId ?? before?.deviceId,
      stopWatching: this.#watch(source, track),
    });
    this.#deps.onChanged();
    return track;
  }

  setStatus(source: MediaSource, status: LocalStatus): void {
    const held = this.#held.get(source);
    if (!held || held.status === status) return;
    held.status = status;
    this.#deps.onChanged();
  }

  /** Gives the device back: its light goes out. Idempotent. */
  drop(source: MediaSource): void {
    if (this.#release(source)) this.#deps.onChanged();
  }

  dropAll(): void {
    for (const source of mediaSources) this.drop(source);
  }

  #release(source: MediaSource): boolean {
    const held = this.#held.get(source);
    if (!held) return false;
    this.#held.delete(source);
    held.stopWatching();
    held.track.stop();
    return true;
  }

  /** `mute` is how iOS reports a telephone call; `ended` a pulled plug, or "stop sharing". */
  #watch(source: MediaSource, track: MediaStreamTrack): () => void {
    const interrupted = () => this.#deps.onInterrupted(source);
    track.addEventListener('ended', interrupted);
    track.addEventListener('mute', interrupted);
    return () => {
      track.removeEventListener('ended', interrupted);
      track.removeEventListener('mute', interrupted);
    };
  }
}
