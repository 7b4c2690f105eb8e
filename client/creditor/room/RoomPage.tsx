import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useTranslation } from 'react-i18next';
import { ConnectionBadge, ConnectionNotice } from '../../components/ConnectionState.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useFocusOnArrival } from '../../components/Page.tsx';
import { TopStrip } from '../../components/TopStrip.tsx';
import { startMedia, useMedia } from '../../state/media.ts';
import { isSignedIn } from '../../state/rights.ts';
import { useRoom } from '../../state/room.ts';
import { useMeeting } from '../use-meeting.ts';
import { useFirstVote } from '../VoteCall.tsx';
import { EndSpeaking, FloorPanel } from './FloorPanel.tsx';
import { NotSignedIn } from './NotSignedIn.tsx';
import { NowCard } from './NowCard.tsx';
import { RestoreSound } from './RestoreSound.tsx';
import { endFullScreen, Stage } from './Stage.tsx';
import { StageControls } from './StageControls.tsx';
import { useFloor, type Floor } from './use-floor.ts';
import { useWakeLock } from './use-wake-lock.ts';
import './room.css';

/** The live room, phone first: stage, what is now, four labelled buttons. */
export function RoomPage() {
  const { t } = useTranslation();
  const { meeting, personal, base } = useMeeting();
  const heading = useFocusOnArrival();
  const floor = useFloor();
  const isAttending = isSignedIn(personal) || personal.capacities.length === 0;
  // Whether one is heard comes before everything else, once one has begun to speak.
  const isOnAir = isAttending && floor.step === 'speaking';
  useMediaWhile(isAttending && meeting.phase !== 'closed');
  useWakeLock(meeting.phase !== 'closed');
  useFullScreenEnds(floor);
  useEffect(() => {
    document.title = `${meeting.title} · ${t('common.product')}`;
  }, [meeting.title, t]);
  return (
    <div className="room">
      <TopStrip />
      <div className="room__head" role="region" aria-label={meeting.title}>
        <Link className="page__back" to={base} aria-label={t('room.back')}>
          <span aria-hidden="true">‹</span>
        </Link>
        <div className="room__title">
          <h1 ref={heading} tabIndex={-1}>
            {meeting.title}
          </h1>
          <Position />
        </div>
        <ConnectionBadge />
      </div>
      <main className="room__body">
        <Stage />
        <div className="room__now">
          {isOnAir && <FloorPanel floor={floor} />}
          <ConnectionNotice />
          <MediaNotice />
          <RestoreSound />
          {!isAttending && meeting.phase !== 'closed' && <NotSignedIn />}
          {isAttending && !isOnAir && <FloorPanel floor={floor} />}
          <StageControls />
          <NowCard />
        </div>
      </main>
      <RoomButtons floor={floor} />
    </div>
  );
}

/** Picture and sound begin after 签到, once the room itself is shown. */
function useMediaWhile(isWanted: boolean): void {
  const connection = useRoom((store) => store.connection);
  useEffect(() => {
    if (isWanted && connection === 'connected') void startMedia();
  }, [isWanted, connection]);
}

function useFullScreenEnds(floor: Floor): void {
  const vote = useFirstVote();
  const hasSomethingToDo = vote !== undefined || floor.step === 'offered';
  useEffect(() => {
    if (hasSomethingToDo) endFullScreen();
  }, [hasSomethingToDo]);
}

function Position() {
  const { t } = useTranslation();
  const agenda = useRoom((store) => store.state.agenda);
  const isOver = useRoom((store) => store.state.meeting?.phase === 'closed');
  const index = agenda?.items.findIndex(({ itemId }) => itemId === agenda.currentItemId) ?? -1;
  if (isOver) return <p className="muted">{t('phase.closed')}</p>;
  return (
    <p className="muted">
      {index < 0
        ? t('room.items', { count: agenda?.items.length ?? 0 })
        : t('room.position', { index: index + 1, count: agenda?.items.length ?? 0 })}
    </p>
  );
}

/** What this browser cannot do and where it can be done; interruptions are told on the stage. */
function MediaNotice() {
  const { t } = useTranslation();
  const failure = useMedia((store) => store.failure);
  if (failure !== 'MEDIA_UNSUPPORTED') return null;
  return (
    <Notice kind="attention" role="status">
      {t('connection.mediaUnsupported')}
    </Notice>
  );
}

/** Why a hand cannot be raised now; undefined when it can. */
function useRaiseRefusal(
  floor: Floor,
): 'meetingOver' | 'needsSignIn' | 'needsMeeting' | 'needsEnd' | undefined {
  const { personal, meeting } = useMeeting();
  if (meeting.phase === 'closed') return 'meetingOver';
  if (!isSignedIn(personal)) return 'needsSignIn';
  if (meeting.phase !== 'in-progress') return 'needsMeeting';
  return floor.step === 'idle' || floor.step === 'queued' ? undefined : 'needsEnd';
}

function RoomButtons({ floor }: { readonly floor: Floor }) {
  const { t } = useTranslation();
  const { personal, base } = useMeeting();
  const refusal = useRaiseRefusal(floor);
  const [isAsked, setAsked] = useState(false);
  const isQueued = floor.step === 'queued';
  const raise = (): void => {
    setAsked(refusal !== undefined);
    if (refusal !== undefined || floor.isBusy) return;
    const capacity = personal.capacities.find(({ signedInAt }) => signedInAt !== null);
    if (isQueued) floor.lower();
    else if (capacity !== undefined) floor.raise(capacity.capacityId);
  };
  return (
    <footer className="room__foot">
      <EndSpeaking floor={floor} />
      {isAsked && refusal !== undefined && (
        <p className="room__refusal" role="status">
          {t(`floor.${refusal}`)}
        </p>
      )}
      <nav className="room__buttons" aria-label={t('room.actions')}>
        <button type="button" className="room-button" aria-disabled={refusal !== undefined} onClick={raise}>
          <Icon name="hand" />
          {t(isQueued ? 'floor.lower' : 'floor.raise')}
        </button>
        <Link className="room-button" to={`${base}/documents`}>
          <Icon name="document" />
          {t('room.documents')}
        </Link>
        <Link className="room-button" to={`${base}/rights`}>
          <Icon name="scales" />
          {t('room.rights')}
        </Link>
        <Link className="room-button" to={`${base}/my-ballots`}>
          <Icon name="ballot" />
          {t('room.myBallots')}
        </Link>
      </nav>
    </footer>
  );
}
