/**
 * Events that matter, told at once to screen readers and by a chime (phones do not all vibrate for
 * pages). What is seen stays on the page itself; nothing here covers anything.
 */
import { create } from 'zustand';

interface Announcement {
  readonly id: number;
  readonly text: string;
}

export const useAnnouncement = create<{ readonly current: Announcement | undefined }>(() => ({
  current: undefined,
}));

let audio: AudioContext | undefined;
let lastId = 0;

/** Browsers let a page sound only after a tap: called by the button 签到并进入（有声音）. */
export function unlockSound(): void {
  try {
    audio ??= new AudioContext();
    void audio.resume();
  } catch {
    audio = undefined;
  }
}

const CHIME_HZ = [660, 880];
const NOTE_SECONDS = 0.18;
const CHIME_GAIN = 0.15;

function chime(): void {
  if (audio === undefined || audio.state !== 'running') return;
  const gain = audio.createGain();
  gain.gain.value = CHIME_GAIN;
  gain.connect(audio.destination);
  CHIME_HZ.forEach((frequency, index) => {
    const note = (audio as AudioContext).createOscillator();
    note.frequency.value = frequency;
    note.connect(gain);
    note.start((audio as AudioContext).currentTime + index * NOTE_SECONDS);
    note.stop((audio as AudioContext).currentTime + (index + 1) * NOTE_SECONDS);
  });
}

/** Says it once. `withChime` for what a person must not miss. */
export function announce(text: string, withChime: boolean): void {
  lastId += 1;
  useAnnouncement.setState({ current: { id: lastId, text } });
  if (withChime) chime();
}

/** Plays the chime so that a person can hear whether the sound is on (试听声音). */
export function trySound(): void {
  unlockSound();
  void audio?.resume().then(chime);
}
