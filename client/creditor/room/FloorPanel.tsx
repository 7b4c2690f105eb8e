import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { Elapsed } from '../../components/Countdown.tsx';
import { ErrorNotice, Notice } from '../../components/Notice.tsx';
import { useArmed } from '../../components/use-armed.ts';
import { useMedia } from '../../state/media.ts';
import { useRoom } from '../../state/room.ts';
import type { Floor } from './use-floor.ts';
import { useLevel } from './use-level.ts';

/** Everything about one's own turn to speak, between the stage and the agenda. */
export function FloorPanel({ floor }: { readonly floor: Floor }) {
  return (
    <>
      {floor.error !== undefined && <ErrorNotice error={floor.error} />}
      {floor.step === 'queued' && <Queued />}
      {floor.step === 'offered' && <Offered floor={floor} />}
      {floor.step === 'preview' && <Preview floor={floor} />}
      {floor.step === 'speaking' && <Speaking floor={floor} />}
      {floor.step === 'speaking-elsewhere' && <SpeakingElsewhere />}
    </>
  );
}

function Queued() {
  const { t } = useTranslation();
  const position = useRoom((store) => store.personal?.handPosition ?? 0);
  return <Notice role="status">{t('floor.position', { position })}</Notice>;
}

function Offered({ floor }: { readonly floor: Floor }) {
  const { t } = useTranslation();
  return (
    <section className="card floor-card" role="status" aria-label={t('floor.offered')}>
      <h2>{t('floor.offered')}</h2>
      <Button look="primary" isBusy={floor.isBusy} onClick={floor.accept}>
        {t('floor.speakNow')}
      </Button>
      <Button isBusy={floor.isBusy} onClick={floor.decline}>
        {t('floor.notNow')}
      </Button>
      <p className="muted">{t('floor.devicesNext')}</p>
    </section>
  );
}

function Preview({ floor }: { readonly floor: Floor }) {
  const { t } = useTranslation();
  const microphone = useMedia((store) => store.local.microphone?.track);
  const { microphone: microphoneTrouble, camera: cameraTrouble } = floor.troubles;
  const reason = microphone === undefined ? t('floor.noMicrophoneYet') : undefined;
  return (
    <section className="card floor-card" aria-label={t('floor.preview')}>
      <h2>{t('floor.preview')}</h2>
      <OwnPicture />
      <Level />
      {cameraTrouble !== undefined && <p className="muted">{t(`device.camera.${cameraTrouble}`)}</p>}
      {microphoneTrouble !== undefined && (
        <Notice kind="attention" role="alert">
          {t(`device.microphone.${microphoneTrouble}`)}
        </Notice>
      )}
      {microphoneTrouble !== undefined && (
        <Button isBusy={floor.isBusy} onClick={floor.accept}>
          {t('common.retry')}
        </Button>
      )}
      <Button look="primary" isBusy={floor.isBusy} disabledReason={reason} onClick={floor.start}>
        {t('floor.start')}
      </Button>
      <Button isBusy={floor.isBusy} onClick={floor.decline}>
        {t('floor.notNow')}
      </Button>
    </section>
  );
}

/** Why nobody hears the speaker, below `floor.`; undefined while the sound goes out. */
function useUnheard(): 'lost' | 'cutOff' | 'notHeard' | 'muted' | 'interrupted' | undefined {
  const isOffline = useRoom((store) => store.connection !== 'connected');
  const isMediaLost = useMedia(({ connection }) => connection === 'interrupted' || connection === 'failed');
  const status = useMedia((store) => store.local.microphone?.status);
  if (isMediaLost) return isOffline ? 'cutOff' : 'notHeard';
  // Sound may go on for a while after the server is lost: whoever believes to be alone must not be overheard.
  if (isOffline) return 'lost';
  if (status === 'paused') return 'muted';
  return status === 'sending' || status === 'starting' ? undefined : 'interrupted';
}

function Speaking({ floor }: { readonly floor: Floor }) {
  const { t } = useTranslation();
  const since = useRoom((store) => store.state.floor?.since ?? null);
  const unheard = useUnheard();
  const isOwnToResume = unheard === 'muted' || unheard === 'interrupted';
  return (
    <section className="card floor-card floor-card--speaking" aria-label={t('floor.speaking')}>
      <p className="floor-card__word">
        <span aria-hidden="true">● </span>
        {t('floor.speaking')} {since !== null && <Elapsed since={since} label={t('floor.spokenFor')} />}
      </p>
      {unheard === undefined ? (
        <Level />
      ) : (
        <Notice kind="attention" role="alert">
          {t(`floor.${unheard}`)}
        </Notice>
      )}
      {isOwnToResume && (
        <Button look="primary" isBusy={floor.isBusy} onClick={floor.resume}>
          {t('floor.resume')}
        </Button>
      )}
      <OwnPicture />
    </section>
  );
}

/** The second tap of a double tap on 开始发言 must not end what has just begun. */
const END_ARMED_AFTER_MS = 600;

/** 结束发言 stands in the foot of the room, where nothing pushes it out of sight or lies over it. */
export function EndSpeaking({ floor }: { readonly floor: Floor }) {
  return floor.step === 'speaking' ? <EndButton floor={floor} /> : null;
}

function EndButton({ floor }: { readonly floor: Floor }) {
  const { t } = useTranslation();
  const isArmed = useArmed(END_ARMED_AFTER_MS);
  return (
    <div className="room__end">
      <Button look="primary" isBusy={floor.isBusy || !isArmed} onClick={floor.end}>
        {t('floor.end')}
      </Button>
    </div>
  );
}

function SpeakingElsewhere() {
  const { t } = useTranslation();
  return <Notice role="status">{t('floor.elsewhere')}</Notice>;
}

/** Own picture, mirrored as in a mirror; only on this phone. */
function OwnPicture() {
  const { t } = useTranslation();
  const element = useRef<HTMLVideoElement>(null);
  const track = useMedia((store) => store.local.camera?.track);
  useEffect(() => {
    const video = element.current;
    if (video === null) return;
    video.srcObject = track === undefined ? null : new MediaStream([track]);
    if (track !== undefined) void video.play().catch(() => undefined);
  }, [track]);
  if (track === undefined) return null;
  return (
    <video
      ref={element}
      className="own-picture"
      muted
      playsInline
      autoPlay
      aria-label={t('floor.ownPicture')}
    />
  );
}

function Level() {
  const { t } = useTranslation();
  const track = useMedia((store) => store.local.microphone?.track);
  const level = useLevel(track);
  return (
    <label className="level">
      <span>{t('floor.level')}</span>
      <meter min={0} max={1} value={level}>
        {Math.round(level * 100)}%
      </meter>
    </label>
  );
}
