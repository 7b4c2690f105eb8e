import { useEffect, useState } from 'react';
import { toAppError, type AppError } from '../../api/app-error.ts';
import { codeOf } from '../../media/types.ts';
import { findMediaClient, requireMediaClient } from '../../state/media.ts';
import { request, useRoom } from '../../state/room.ts';

/** What keeps camera or microphone from being used: a key below `device.microphone.` or `device.camera.`. */
export interface DeviceTroubles {
  readonly microphone?: string;
  readonly camera?: string;
}

/** `preview`: the invitation is accepted on this phone, own picture and level are shown. */
export type FloorStep = 'idle' | 'queued' | 'offered' | 'preview' | 'speaking' | 'speaking-elsewhere';

export interface Floor {
  readonly step: FloorStep;
  readonly isBusy: boolean;
  readonly error: AppError | undefined;
  readonly troubles: DeviceTroubles;
  raise(capacityId: string): void;
  lower(): void;
  accept(): void;
  decline(): void;
  start(): void;
  end(): void;
  /** After an interruption, a mute by the host, or a reload while speaking. */
  resume(): void;
}

const troubleOf = (thrown: unknown): string => codeOf(thrown) ?? 'DEVICE_UNSUPPORTED';

/** Own picture and sound for this phone alone. Asks for the devices. */
async function preview(): Promise<DeviceTroubles> {
  const client = await requireMediaClient();
  const troubles: { microphone?: string; camera?: string } = {};
  await client.preview('microphone').catch((thrown: unknown) => (troubles.microphone = troubleOf(thrown)));
  await client.preview('camera').catch((thrown: unknown) => (troubles.camera = troubleOf(thrown)));
  return troubles;
}

/** Sends what is previewed. Without a camera one is still heard. */
async function produce(): Promise<DeviceTroubles> {
  const client = await requireMediaClient();
  await client.startProducing('microphone');
  const troubles: { camera?: string } = {};
  await client.startProducing('camera').catch((thrown: unknown) => (troubles.camera = troubleOf(thrown)));
  return troubles;
}

async function resume(): Promise<DeviceTroubles> {
  const client = findMediaClient();
  await client?.resumeProducing('microphone');
  await client?.resumeProducing('camera').catch(() => undefined);
  return produce();
}

async function releaseDevices(): Promise<void> {
  const client = findMediaClient();
  await Promise.all([client?.stopProducing('microphone'), client?.stopProducing('camera')]);
}

interface StepFacts {
  readonly floor: 'none' | 'offered' | 'speaking';
  readonly isPreviewing: boolean;
  readonly isHere: boolean;
  readonly position: number | null;
}

function stepOf({ floor, isPreviewing, isHere, position }: StepFacts): FloorStep {
  if (floor === 'speaking') return isHere ? 'speaking' : 'speaking-elsewhere';
  if (floor === 'offered') return isPreviewing ? 'preview' : 'offered';
  return position === null ? 'idle' : 'queued';
}

/** The floor's journey on this phone: raise → queue → offer → preview → speak → end. */
export function useFloor(): Floor {
  const personal = useRoom((store) => store.personal);
  const [isPreviewing, setPreviewing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | undefined>(undefined);
  const [troubles, setTroubles] = useState<DeviceTroubles>({});
  const floor = personal?.floor ?? 'none';
  useReleaseWithoutFloor(floor, setPreviewing);

  const run = (action: () => Promise<unknown>): void => {
    if (isBusy) return;
    setBusy(true);
    setError(undefined);
    action()
      .catch((thrown: unknown) => setError(toAppError(thrown)))
      .finally(() => setBusy(false));
  };
  const leavePreview = async (): Promise<void> => {
    setPreviewing(false);
    await releaseDevices();
  };
  return {
    step: stepOf({
      floor,
      isPreviewing,
      isHere: personal?.isSpeakingHere ?? false,
      position: personal?.handPosition ?? null,
    }),
    isBusy,
    error,
    troubles,
    raise: (capacityId) => run(() => request('floor:raise', { capacityId })),
    lower: () => run(() => request('floor:lower', {})),
    accept: () =>
      run(() => {
        setPreviewing(true);
        return preview().then(setTroubles);
      }),
    decline: () => run(() => leavePreview().then(() => request('floor:decline', {}))),
    start: () =>
      run(async () => {
        await request('floor:accept', {});
        setTroubles(await produce());
      }),
    end: () => run(() => releaseDevices().then(() => request('floor:end', {}))),
    resume: () => run(() => resume().then(setTroubles)),
  };
}

/** Devices are given back as soon as the floor is gone: ended, withdrawn, or an offer taken back. */
function useReleaseWithoutFloor(
  floor: 'none' | 'offered' | 'speaking',
  setPreviewing: (isPreviewing: boolean) => void,
): void {
  useEffect(() => {
    if (floor === 'offered') return;
    setPreviewing(false);
    if (floor === 'none') void releaseDevices();
  }, [floor, setPreviewing]);
}
