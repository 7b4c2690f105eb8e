/**
 * Who speaks, as the room is told. One observer chooses the dominant voice (steady, but it never says
 * "nobody"), the other reports silence; changes leave at most every SPEAKER_INTERVAL_MS.
 */
import type { types } from 'mediasoup';
import { SILENCE_INTERVAL_MS, SILENCE_THRESHOLD_DBOV, SPEAKER_INTERVAL_MS } from './limits.ts';

export class ActiveSpeaker {
  readonly #dominance: types.ActiveSpeakerObserver;
  readonly #loudness: types.AudioLevelObserver;
  readonly #tell: (peerId: string | null) => void;
  readonly #peerByProducer = new Map<string, string>();
  #dominant: string | null = null;
  #isSilent = true;
  #told: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isDirty = false;
  #closed = false;

  static async create(router: types.Router, tell: (peerId: string | null) => void): Promise<ActiveSpeaker> {
    const [dominance, loudness] = await Promise.all([
      router.createActiveSpeakerObserver({ interval: SPEAKER_INTERVAL_MS }),
      router.createAudioLevelObserver({
        maxEntries: 1,
        threshold: SILENCE_THRESHOLD_DBOV,
        interval: SILENCE_INTERVAL_MS,
      }),
    ]);
    return new ActiveSpeaker(dominance, loudness, tell);
  }

  private constructor(
    dominance: types.ActiveSpeakerObserver,
    loudness: types.AudioLevelObserver,
    tell: (peerId: string | null) => void,
  ) {
    this.#dominance = dominance;
    this.#loudness = loudness;
    this.#tell = tell;
    dominance.on('dominantspeaker', ({ producer }) => {
      this.#dominant = producer.id;
      this.#changed();
    });
    loudness.on('volumes', (volumes) => {
      this.#isSilent = false;
      this.#dominant ??= volumes[0]?.producer.id ?? null;
      this.#changed();
    });
    loudness.on('silence', () => {
      this.#isSilent = true;
      this.#changed();
    });
  }

  /** Starts to listen to a microphone. */
  async add(producerId: string, peerId: string): Promise<void> {
    this.#peerByProducer.set(producerId, peerId);
    await Promise.all([
      this.#dominance.addProducer({ producerId }),
      this.#loudness.addProducer({ producerId }),
    ]);
  }

  /** The producer is closed; the observers have dropped it themselves. */
  forget(producerId: string): void {
    this.#peerByProducer.delete(producerId);
    if (this.#dominant === producerId) this.#dominant = null;
    this.#changed();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #changed(): void {
    if (this.#closed) return;
    if (this.#timer !== undefined) {
      this.#isDirty = true;
      return;
    }
    const speaker =
      this.#isSilent || this.#dominant === null ? null : this.#peerByProducer.get(this.#dominant);
    if ((speaker ?? null) === this.#told) return;
    this.#told = speaker ?? null;
    this.#tell(this.#told);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isDirty) {
        this.#isDirty = false;
        this.#changed();
      }
    }, SPEAKER_INTERVAL_MS).unref();
  }
}
