/** How loud a microphone is, for the sound check. Needs a tap before it on iOS, like all sound. */

const INTERVAL_MS = 100;
/** Loudness (RMS of ±1) that fills the meter; normal speech close to a phone. */
const FULL_SCALE_RMS = 0.25;

/** Calls back ten times a second with 0–1. Returns the function that ends it. */
export function meterLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
    onLevel(Math.min(1, Math.sqrt(energy / samples.length) / FULL_SCALE_RMS));
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
