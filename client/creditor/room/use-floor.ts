import { useEffect, useState } from 'react';
import { toAppError, type AppError } from '../../api/app-error.ts';
import { codeOf } from '../../media/types.ts';
import { findMediaClient, startMedia } from '../../state/media.ts';
import { request, useRoom } from '../../state/room.ts';

/** What keeps camera or microphone from being used; words below `device.`. */
export type DeviceTrouble = string;

export interface Floor {
  /** `preview`: the invitation is accepted on this phone, own picture and level are shown. */
  readonly step: 'idle' | 'queued' | 'offered' | 'preview' | 'speaking' | 'speaking-elsewhere';
  readonly isBusy: boolean;
  readonly error: AppError | undefined;
  readonly microphoneTrouble: DeviceTrouble | undefined;
  readonly cameraTrouble: DeviceTrouble | undefined;
  raise(capacityId: string): void;
  lower(): void;
  accept(): void;
  decline(): void;
  start(): void;
  end(): void;
  /** After an interruption, a mute by the host, or a reload while speaking. */
  resume(): void;
}

async function releaseDevices(): Promise<void> {
  const client = findMediaClient();
  await Promise.all([client?.stopProducing('microphone'), client?.stopProducing('camera')]);
}

/** The floor's journey on this phone: raise → queue → offer → preview → speak → end. */
export function useFloor(): Floor {
  const personal = useRoom((store) => store.personal);
  const [isPreviewing, setPreviewing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | undefined>(undefined);
  const [microphoneTrouble, setMicrophoneTrouble] = useState<DeviceTrouble | undefined>(undefined);
  const [cameraTrouble, setCameraTrouble] = useState<DeviceTrouble | undefined>(undefined);
  const floor = personal?.floor ?? 'none';

  const run = (action: () => Promise<unknown>): void => {
    if (isBusy) return;
    setBusy(true);
    setError(undefined);
    action()
      .catch((thrown: unknown) => setError(toAppError(thrown)))
      .finally(() => setBusy(false));
  };

  const preview = async (): Promise<void> => {
    await startMedia();
    const client = findMediaClient();
    setPreviewing(true);
    setMicrophoneTrouble(undefined);
    setCameraTrouble(undefined);
    await client?.preview('microphone').catch((thrown: unknown) => setMicrophoneTrouble(troubleOf(thrown)));
    await client?.preview('camera').catch((thrown: unknown) => setCameraTrouble(troubleOf(thrown)));
  };

  const produce = async (): Promise<void> => {
    await startMedia();
    const client = findMediaClient();
    await client?.startProducing('microphone');
    // Without a camera one is still heard.
    await client?.startProducing('camera').catch((thrown: unknown) => setCameraTrouble(troubleOf(thrown)));
  };

  // Devices are given back as soon as the floor is gone: withdrawn, ended, or an offer taken back.
  const isOver = floor === 'none';
  useEffect(() => {
    if (!isOver) return;
    setPreviewing(false);
    void releaseDevices();
  }, [isOver]);

  return {
    step: stepOf({ floor, isPreviewing, isHere: personal?.isSpeakingHere ?? false, position: personal?.handPosition ?? null }),
    isBusy,
    error,
    microphoneTrouble,
    cameraTrouble,
    raise: (capacityId) => run(() => request('floor:raise', { capacityId })),
    lower: () => run(() => request('floor:lower', {})),
    accept: () => run(preview),
    decline: () =>
      run(async () => {
        setPreviewing(false);
        await releaseDevices();
        await request('floor:decline', {});
      }),
    start: () =>
      run(async () => {
        await request('floor:accept', {});
        setPreviewing(false);
        await produce();
      }),
    end: () =>
      run(async () => {
        await releaseDevices();
        await request('floor:end', {});
      }),
    resume: () =>
      run(async () => {
        const client = findMediaClient();
        await client?.resumeProducing('microphone');
        await client?.resumeProducing('camera').catch(() => undefined);
        await produce();
      }),
  };
}

function troubleOf(thrown: unknown): DeviceTrouble {
  return codeOf(thrown) ?? 'DEVICE_UNSUPPORTED';
}

interface StepFacts {
  readonly floor: 'none' | 'offered' | 'speaking';
  readonly isPreviewing: boolean;
  readonly isHere: boolean;
  readonly position: number | null;
}

function stepOf({ floor, isPreviewing, isHere, position }: StepFacts): Floor['step'] {
  if (floor === 'speaking') return isHere ? 'speaking' : 'speaking-elsewhere';
  if (floor === 'offered') return isPreviewing ? 'preview' : 'offered';
  return position === null ? 'idle' : 'queued';
}
