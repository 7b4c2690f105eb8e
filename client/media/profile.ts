/** How picture and sound are taken and sent. Numbers: 720p at most, three layers of 150/500/1200 kbit/s. */
import type { types } from 'mediasoup-client';
import type { MediaSource } from '../../server/protocol/media.ts';

const CAMERA_ENCODINGS: readonly types.RtpEncodingParameters[] = [
  { rid: 'r0', scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
  { rid: 'r1', scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
  { rid: 'r2', scaleResolutionDownBy: 1, maxBitrate: 1_200_000, scalabilityMode: 'L1T3' },
];
/** Text must stay sharp: one layer, few frames. */
const SCREEN_ENCODINGS: readonly types.RtpEncodingParameters[] = [
  { maxBitrate: 2_500_000, scalabilityMode: 'L1T3' },
];
const SCREEN_FRAME_RATE_MAX = 15;

/** mediasoup-client writes into the encodings it is given, so each call gets its own. */
export function producerOptions(source: MediaSource): types.ProducerOptions {
  switch (source) {
    case 'camera':
      return {
        encodings: copiesOf(CAMERA_ENCODINGS),
        codecOptions: { videoGoogleStartBitrate: 600 },
      };
    case 'screen':
      return { encodings: copiesOf(SCREEN_ENCODINGS) };
    case 'microphone':
      // Discontinuous transmission: silence costs nothing. Mono is enough for speech.
      return { codecOptions: { opusDtx: true, opusFec: true, opusStereo: false, opusPtime: 20 } };
  }
}

export const cameraConstraints: MediaTrackConstraints = {
  width: { ideal: 1280, max: 1280 },
  height: { ideal: 720, max: 720 },
  frameRate: { ideal: 24, max: 30 },
  facingMode: 'user',
};
export const microphoneConstraints: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
};
export const screenConstraints: DisplayMediaStreamOptions = {
  video: { frameRate: { max: SCREEN_FRAME_RATE_MAX }, width: { max: 1920 }, height: { max: 1080 } },
  audio: false,
};

/** Heights of the layers of a 720p camera, in pixels. */
const LAYER_HEIGHTS_PX = [180, 360] as const;
/** A tile may be this much higher than its layer before the next one is worth its bandwidth. */
const STRETCH_ACCEPTED = 1.4;
/** Beyond this density nobody sees a difference in moving picture. */
const PIXEL_RATIO_MAX = 2;

export interface TileSize {
  /** CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The simulcast layer (0–2) that fills a tile; the smaller side counts, for pictures are letterboxed. */
export function layerForTile({ widthPx, heightPx }: TileSize, pixelRatio: number): number {
  const heightAsShownPx = Math.min(heightPx, (widthPx * 9) / 16);
  const neededPx = heightAsShownPx * Math.min(Math.max(pixelRatio, 1), PIXEL_RATIO_MAX);
  const layer = LAYER_HEIGHTS_PX.findIndex((layerPx) => neededPx <= layerPx * STRETCH_ACCEPTED);
  return layer === -1 ? LAYER_HEIGHTS_PX.length : layer;
}

/** Plain fields only; `structuredClone` itself is missing in the older in-app browsers. */
function copiesOf<T extends object>(items: readonly T[]): T[] {
  return items.map((item) => ({ ...item }));
}
