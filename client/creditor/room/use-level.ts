import { useEffect, useState } from 'react';

const READ_EVERY_MS = 100;
const FFT_SIZE = 512;
/** Speech at arm's length is around this loud; shown as full. */
const FULL_SCALE = 0.25;

/** How loud a microphone is now, 0 to 1. */
export function useLevel(track: MediaStreamTrack | undefined): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (track === undefined || typeof AudioContext === 'undefined') return undefined;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = FFT_SIZE;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(FFT_SIZE);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / FFT_SIZE;
      setLevel(Math.min(1, Math.sqrt(power) / FULL_SCALE));
    }, READ_EVERY_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [track]);
  return level;
}
