import { useEffect, useState } from 'react';
import { Outlet, useParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import { fetchMeetingPages } from '../app/meeting-pages.ts';
import { LinkButton } from '../components/Button.tsx';
import { ErrorNotice } from '../components/Notice.tsx';
import { Page } from '../components/Page.tsx';
import { Skeleton } from '../components/Skeleton.tsx';
import { prepareDeviceKey } from '../record/ballot-signing.ts';
import { restoreBallot } from '../state/ballots.ts';
import { ballotKeyOf } from './ballot/use-ballot.ts';
import { watchRecord } from '../record/record-watch.ts';
import { setHelp } from '../state/help.ts';
import { stopMedia } from '../state/media.ts';
import { enterRoom, leaveRoom, useRoom } from '../state/room.ts';
import { isSignedIn, resolutionsOf, rightsIn } from '../state/rights.ts';
import { RolledBackPage } from './rollback/RolledBackPage.tsx';
import { RecordAlarm } from './ballot/RecordAlarm.tsx';
import { RemoteAudio } from './room/RemoteAudio.tsx';
import { useRoomEvents } from './use-room-events.ts';

/** A wait shorter than this shows nothing at all. */
const SKELETON_AFTER_MS = 300;

/**
 * Keeps the socket of one meeting open while any of its pages is shown, so that a vote can be cast and
 * events are heard everywhere. A lost connection changes nothing on the page that one is on.
 */
export function MeetingLayout() {
  const { meetingId = '' } = useParams();
  const { state, personal, refusal, connection } = useRoom();
  useEffect(() => {
    enterRoom(meetingId);
    return () => {
      stopMedia();
      leaveRoom();
    };
  }, [meetingId]);
  const isIn = connection === 'connected';
  useEffect(() => {
    if (isIn) void fetchMeetingPages();
  }, [isIn]);
  useRoomEvents();
  useEffect(watchRecord, []);
  useKnownHelp();
  useRestoredBallots();
  useDeviceKey();
  if (refusal?.code === 'ROLLBACK') return <RolledBackPage />;
  if (connection === 'ended' && refusal !== undefined) return <Ended />;
  if (state.meeting === undefined || personal === undefined) return <Entering />;
  return (
    <>
      <RemoteAudio />
      <RecordAlarm />
      <Outlet />
    </>
  );
}

function useKnownHelp(): void {
  const meeting = useRoom((store) => store.state.meeting);
  useEffect(() => {
    if (meeting !== undefined) setHelp(meeting.helpPhone, meeting.isDemonstration);
  }, [meeting]);
}

/** The key that signs this person's ballots is made and bound with the sign-in (签到). */
function useDeviceKey(): void {
  const isReady = useRoom((store) => store.connection === 'connected' && isSignedIn(store.personal));
  const personId = useRoom((store) => store.personal?.personId);
  const origin = useRoom((store) => store.state.meeting?.origin);
  useEffect(() => {
    if (isReady && personId !== undefined && origin !== undefined)
      void prepareDeviceKey({ personId, origin });
  }, [isReady, personId, origin]);
}

/** Ballots that were confirmed before a reload are sent again from whatever page one comes back to. */
function useRestoredBallots(): void {
  const { state, personal } = useRoom();
  useEffect(() => {
    if (personal === undefined) return;
    const { personId } = personal;
    for (const resolution of resolutionsOf(state)) {
      if (resolution.status !== 'open' && resolution.status !== 'closed') continue;
      for (const right of rightsIn(personal, resolution.resolutionId)) {
        if (right.receipt !== null && !resolution.allowChange) continue;
        restoreBallot(ballotKeyOf({ personId, resolution, right }));
      }
    }
  }, [state, personal]);
}

function Entering() {
  const { t } = useTranslation();
  const connection = useRoom((store) => store.connection);
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Page title={t('room.entering')} isTitleHidden back={{ to: '/meetings', label: t('meetings.title') }}>
      {isSlow && <Skeleton heights={[2, 12, 6, 4]} />}
      {connection === 'lost' && <p role="alert">{t('connection.unreachable')}</p>}
    </Page>
  );
}

function Ended() {
  const { t } = useTranslation();
  const refusal = useRoom((store) => store.refusal);
  return (
    <Page title={t('room.endedTitle')}>
      {refusal !== undefined && <ErrorNotice error={refusal} retry={() => window.location.reload()} />}
      <LinkButton to="/meetings" look="primary">
        {t('meetings.title')}
      </LinkButton>
    </Page>
  );
}
