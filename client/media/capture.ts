/** Camera, microphone and screen. Called after a tap only: iOS gives devices to nothing else. */
import type { MediaSource } from '../../server/protocol/media.ts';
import { cameraConstraints, microphoneConstraints, screenConstraints } from './profile.ts';
import { MediaDeviceError, type DeviceProblem } from './types.ts';

/** The part of `navigator.mediaDevices` that is used; in-app browsers may lack any of it. */
export type CaptureDevices = Partial<Pick<MediaDevices, 'getUserMedia' | 'getDisplayMedia'>>;

const problems: Readonly<Record<string, DeviceProblem>> = {
  NotAllowedError: 'DEVICE_PERMISSION_DENIED',
  SecurityError: 'DEVICE_PERMISSION_DENIED',
  NotFoundError: 'DEVICE_NOT_FOUND',
  OverconstrainedError: 'DEVICE_NOT_FOUND',
  NotReadableError: 'DEVICE_BUSY',
  AbortError: 'DEVICE_BUSY',
};

/** Throws MediaDeviceError. `deviceId`: the one that was chosen in the sound check. */
export async function capture(
  source: MediaSource,
  devices: CaptureDevices | undefined,
  deviceId?: string,
): Promise<MediaStreamTrack> {
  try {
    const stream = await open(source, devices, deviceId);
    const [track, ...extra] = stream.getTracks();
    for (const unwanted of extra) unwanted.stop();
    if (!track) throw new MediaDeviceError('DEVICE_NOT_FOUND');
    // "detail" keeps text sharp and drops frames instead; "speech" lets the browser filter for voice.
    if (source === 'screen') track.contentHint = 'detail';
    if (source === 'microphone') track.contentHint = 'speech';
    return track;
  } catch (error) {
    if (error instanceof MediaDeviceError) throw error;
    const name = error instanceof Error || error instanceof DOMException ? error.name : '';
    throw new MediaDeviceError(problems[name] ?? 'DEVICE_UNSUPPORTED', { cause: error });
  }
}

async function open(
  source: MediaSource,
  devices: CaptureDevices | undefined,
  deviceId: string | undefined,
): Promise<MediaStream> {
  const chosen: MediaTrackConstraints = deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
  if (source === 'screen') {
    if (!devices?.getDisplayMedia) throw new MediaDeviceError('DEVICE_UNSUPPORTED');
    return devices.getDisplayMedia(screenConstraints);
  }
  // Absent on pages that are not secure, and in some in-app browsers.
  if (!devices?.getUserMedia) throw new MediaDeviceError('DEVICE_UNSUPPORTED');
  return devices.getUserMedia(
    source === 'camera'
      ? { video: { ...cameraConstraints, ...chosen } }
      : { audio: { ...microphoneConstraints, ...chosen } },
  );
}
