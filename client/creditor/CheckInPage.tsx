import { useState } from 'react';
import { Navigate, useNavigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import type { CapacityView } from '../../server/protocol/room.ts';
import { toAppError, type AppError } from '../api/app-error.ts';
import { Button } from '../components/Button.tsx';
import { ConnectionBadge, ConnectionNotice } from '../components/ConnectionState.tsx';
import { ErrorNotice, Notice } from '../components/Notice.tsx';
import { Page } from '../components/Page.tsx';
import { unlockSound } from '../state/announcements.ts';
import { request, useRoom } from '../state/room.ts';
import { useMeeting } from './use-meeting.ts';
import './check-in.css';

/** 签到: decides who is present, so it is a page of its own. Its button also unlocks sound. */
export function CheckInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { personal, base } = useMeeting();
  const open = personal.capacities.filter((capacity) => capacity.signedInAt === null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<AppError | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const isConnected = useRoom((store) => store.connection === 'connected');
  const chosen = open.filter(({ capacityId }) => !left.has(capacityId)).map(({ capacityId }) => capacityId);

  const checkIn = async (): Promise<void> => {
    unlockSound();
    setBusy(true);
    setFailure(undefined);
    try {
      await request('presence:sign-in', { capacityIds: chosen });
      await navigate(`${base}/room`, { replace: true });
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'ALREADY_SIGNED_IN') await navigate(`${base}/room`, { replace: true });
      else setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  if (open.length === 0 && !isBusy) return <Navigate to={`${base}/room`} replace />;
  const reason = !isConnected
    ? t('connection.lost')
    : chosen.length === 0
      ? t('checkIn.chooseOne')
      : undefined;
  return (
    <Page
      title={t('checkIn.title')}
      back={{ to: base, label: t('meeting.title') }}
      aside={<ConnectionBadge />}
      action={
        <Button look="primary" isBusy={isBusy} disabledReason={reason} onClick={() => void checkIn()}>
          {t('checkIn.enter')}
        </Button>
      }
    >
      <ConnectionNotice />
      {failure !== undefined && <ErrorNotice error={failure} />}
      <OnBehalf open={open} left={left} onChange={setLeft} />
      <Notice>
        <p>{t('checkIn.recording')}</p>
        <p>{t('checkIn.noOwnRecording')}</p>
        <p className="muted">{t('checkIn.privacy')}</p>
      </Notice>
      <section className="card">
        <h2>{t('checkIn.whatItMeans')}</h2>
        <dl className="meanings">
          <dt>{t('checkIn.notSignedIn')}</dt>
          <dd>{t('checkIn.notSignedInMeans')}</dd>
          <dt>{t('checkIn.abstain')}</dt>
          <dd>{t('checkIn.abstainMeans')}</dd>
          <dt>{t('checkIn.silent')}</dt>
          <dd>{t('checkIn.silentMeans')}</dd>
        </dl>
      </section>
    </Page>
  );
}

interface OnBehalfProps {
  readonly open: readonly CapacityView[];
  /** Capacities that are not to be signed in now. */
  readonly left: ReadonlySet<string>;
  readonly onChange: (left: ReadonlySet<string>) => void;
}

/** On whose behalf; a choice only where there is more than one. */
function OnBehalf({ open, left, onChange }: OnBehalfProps) {
  const { t } = useTranslation();
  const [only] = open;
  if (only === undefined) return null;
  if (open.length === 1) {
    return (
      <p>
        {t('checkIn.as')} <strong>{only.creditorName}</strong>（{t(`capacity.${only.kind}`)}）
      </p>
    );
  }
  const toggle = (capacityId: string): void => {
    const next = new Set(left);
    if (!next.delete(capacityId)) next.add(capacityId);
    onChange(next);
  };
  return (
    <fieldset className="card">
      <legend className="sr-only">{t('checkIn.behalf')}</legend>
      <h2 aria-hidden="true">{t('checkIn.behalf')}</h2>
      {open.map(({ capacityId, creditorName, kind }) => (
        <label key={capacityId} className="check-row">
          <input type="checkbox" checked={!left.has(capacityId)} onChange={() => toggle(capacityId)} />
          <span>
            {creditorName}（{t(`capacity.${kind}`)}）
          </span>
        </label>
      ))}
    </fieldset>
  );
}
