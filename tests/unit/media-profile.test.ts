import { describe, expect, it } from '@jest/globals';
import { capture } from '../../client/media/capture.ts';
import { layerForTile, producerOptions } from '../../client/media/profile.ts';
import { createTurnServers } from '../../server/realtime/turn-credentials.ts';

describe('the layer of a tile', () => {
  it.each([
    ['a thumbnail', 160, 90, 1, 0],
    ['a thumbnail on a dense screen', 160, 90, 3, 0],
    ['a phone in portrait, whose width limits the picture', 360, 640, 1, 0],
    ['the same on a dense screen', 360, 640, 2, 1],
    ['half a desk', 640, 360, 1, 1],
    ['a whole desk', 1280, 720, 1, 2],
    ['a projector', 3840, 2160, 1, 2],
  ])('for %s (%d×%d at %d) is right', (_what, widthPx, heightPx, ratio, layer) => {
    expect(layerForTile({ widthPx, heightPx }, ratio)).toBe(layer);
  });
});

describe('what is sent', () => {
  it('is 150, 500 and 1200 kbit/s for a camera, one layer for a screen, Opus with DTX for a voice', () => {
    const bitrates = producerOptions('camera').encodings?.map(({ maxBitrate }) => maxBitrate);
    expect(bitrates).toEqual([150_000, 500_000, 1_200_000]);
    expect(producerOptions('screen').encodings).toHaveLength(1);
    expect(producerOptions('microphone').codecOptions).toMatchObject({ opusDtx: true });
  });

  it('is made anew for each producer, because the library writes into it', () => {
    expect(producerOptions('camera').encodings?.[0]).not.toBe(producerOptions('camera').encodings?.[0]);
  });
});

describe('taking a device', () => {
  const refusing = (name: string) => ({
    getUserMedia: () => Promise.reject(Object.assign(new Error(name), { name })),
  });

  it.each([
    ['NotAllowedError', 'DEVICE_PERMISSION_DENIED'],
    ['NotFoundError', 'DEVICE_NOT_FOUND'],
    ['OverconstrainedError', 'DEVICE_NOT_FOUND'],
    ['NotReadableError', 'DEVICE_BUSY'],
    ['TypeError', 'DEVICE_UNSUPPORTED'],
  ])('that ends in %s is reported as %s', async (name, code) => {
    await expect(capture('camera', refusing(name))).rejects.toMatchObject({ code });
  });

  it('is reported as unsupported where a page may not have devices at all', async () => {
    await expect(capture('microphone', undefined)).rejects.toMatchObject({ code: 'DEVICE_UNSUPPORTED' });
    await expect(capture('screen', {})).rejects.toMatchObject({ code: 'DEVICE_UNSUPPORTED' });
  });
});

describe('TURN credentials', () => {
  const options = { urls: ['turn:example.org'], secret: 'north', lifetimeS: 60, now: () => 1_000_000 };

  it('carry the time of their expiry and its HMAC under the shared secret', () => {
    expect(createTurnServers(options)('peer')).toEqual([
      { urls: ['turn:example.org'], username: '1060:peer', credential: 'QSazi68c4inwUwmocxa0DEqP5fY=' },
    ]);
  });

  it('are not made when no server is configured', () => {
    expect(createTurnServers({ ...options, urls: [] })('peer')).toEqual([]);
  });
});
