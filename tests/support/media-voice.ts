/**
 * A sound that browsers take for a voice: a buzz of gliding pitch in syllables. A plain tone would be
 * filtered out as noise by the processing that speech goes through.
 */
const SAMPLE_RATE_HZ = 48_000;
const DURATION_S = 4;
const SYLLABLES_PER_S = 4;
const HARMONICS = 20;

/** WAV file, mono, 16 bits. */
export function voiceWav(): Buffer {
  const samples = SAMPLE_RATE_HZ * DURATION_S;
  const data = Buffer.alloc(samples * 2);
  let phase = 0;
  for (let index = 0; index < samples; index += 1) {
    const timeS = index / SAMPLE_RATE_HZ;
    const pitchHz = 140 + 40 * Math.sin(2 * Math.PI * 0.7 * timeS);
    phase += (2 * Math.PI * pitchHz) / SAMPLE_RATE_HZ;
    const loudness = Math.max(0, Math.sin(Math.PI * SYLLABLES_PER_S * timeS)) ** 0.5;
    let buzz = 0;
    for (let harmonic = 1; harmonic <= HARMONICS; harmonic += 1)
      buzz += Math.sin(harmonic * phase) / harmonic;
    data.writeInt16LE(Math.round(buzz * loudness * 0.3 * 0x7fff), index * 2);
  }
  return Buffer.concat([wavHeader(data.length), data]);
}

function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  header.writeUInt32LE(SAMPLE_RATE_HZ * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
