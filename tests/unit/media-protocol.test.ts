import { describe, expect, it } from '@jest/globals';
import { Value } from 'typebox/value';
import { errorStatus } from '../../server/protocol/errors.ts';
import { mediaErrorCodes, mediaRequests } from '../../server/protocol/media.ts';

const produce = {
  transportId: 'aaaa-bbbb',
  source: 'camera',
  kind: 'video',
  rtpParameters: {
    codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }],
    encodings: [{ rid: 'r0', maxBitrate: 150_000, scaleResolutionDownBy: 4 }],
  },
};
const accepts = (value: unknown) => Value.Check(mediaRequests['media:produce'].request, value);

describe('a media request', () => {
  it('may carry fields of a browser that the server does not read, deep inside only', () => {
    expect(accepts(produce)).toBe(true);
    expect(accepts({ ...produce, paused: true })).toBe(false);
    expect(accepts({ ...produce, id: 'chosen-by-the-client' })).toBe(false);
    expect(accepts({ ...produce, appData: {} })).toBe(false);
  });

  it.each([
    ['a source that does not exist', { ...produce, source: 'desktop' }],
    ['no parameters', { ...produce, rtpParameters: undefined }],
    ['no codec', { ...produce, rtpParameters: { codecs: [] } }],
    ['an id that is no id', { ...produce, transportId: { $ne: null } }],
    [
      'a thousand codecs',
      { ...produce, rtpParameters: { codecs: Array(1000).fill(produce.rtpParameters.codecs[0]) } },
    ],
    [
      'an SSRC beyond 32 bits',
      { ...produce, rtpParameters: { ...produce.rtpParameters, encodings: [{ ssrc: 2 ** 32 }] } },
    ],
    [
      'a parameter that is an object',
      {
        ...produce,
        rtpParameters: { codecs: [{ ...produce.rtpParameters.codecs[0], parameters: { a: { b: 1 } } }] },
      },
    ],
  ])('with %s is refused', (_what, request) => {
    expect(accepts(request)).toBe(false);
  });

  it('for a receiving transport needs the capabilities, for a sending one takes none', () => {
    const create = mediaRequests['media:transport.create'].request;
    expect(Value.Check(create, { direction: 'send' })).toBe(true);
    expect(Value.Check(create, { direction: 'recv' })).toBe(false);
    expect(Value.Check(create, { direction: 'recv', rtpCapabilities: {} })).toBe(true);
    expect(Value.Check(create, { direction: 'send', enableSctp: true })).toBe(false);
  });

  it('is refused with codes that the contract knows', () => {
    expect(mediaErrorCodes.filter((code) => !(code in errorStatus))).toEqual([]);
  });
});
