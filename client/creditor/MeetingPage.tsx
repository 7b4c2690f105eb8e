import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { meetingRoutes } from '../../server/protocol/rest/meeting-routes.ts';
import type { ResolutionSlice } from '../../server/protocol/room-slices.ts';
import { routeUrl } from '../api/call.ts';
import { Button, LinkButton } from '../components/Button.tsx';
import { ConnectionBadge, ConnectionNotice } from '../components/ConnectionState.tsx';
import { DocumentList } from '../components/DocumentList.tsx';
import { Page } from '../components/Page.tsx';
import { resultWords } from '../components/verdict/result-words.ts';
import { dateTime } from '../format/time.ts';
import { matterOf } from '../format/matter.ts';
import { serverNowMs } from '../state/clock.ts';
import { trySound } from '../state/announcements.ts';
import { liveStateOf } from '../state/meeting-state.ts';
import { usePreferences } from '../state/preferences.ts';
import { isSignedIn, resolutionsOf } from '../state/rights.ts';
import { Calls } from './Calls.tsx';
import { documentsOf } from './DocumentsPage.tsx';
import { EvidenceBundle } from './EvidenceBundle.tsx';
import { MeetingStateTag } from './entry/MeetingStateTag.tsx';
import { HandInReceipts } from './rollback/HandInReceipts.tsx';
import { MeetingEnded } from './MeetingEnded.tsx';
import { MyRights } from './MyRights.tsx';
import { NoticesCall } from './notices/NoticesCall.tsx';
import { ListeningLine } from './room/ListeningLine.tsx';
import { useMeeting } from './use-meeting.ts';
import './meeting.css';

/** One meeting: what will be voted, documents, agenda, sound, own rights. */
export function MeetingPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { meeting, state } = useMeeting();
  const isOver = meeting.phase === 'closed';
  return (
    <Page
      title={meeting.title}
      back={{ to: '/meetings', label: t('meetings.title') }}
      aside={<ConnectionBadge />}
      action={<EnterAction />}
    >
      <ConnectionNotice />
      <MeetingStateTag {...liveStateOf(meeting, state, serverNowMs())} />
      <p>
        {dateTime(meeting.startsAt, language)}
        <br />
        <span className="muted">
          {meeting.debtor} · {meeting.caseNumber} · {meeting.court}
        </span>
      </p>
      <ListeningLine />
      {isOver && <MeetingEnded />}
      <HandInReceipts />
      <Calls />
      <NoticesCall />
      <Votes />
      <section className="card" aria-labelledby="documents">
        <h2 id="documents">{t('meeting.documents')}</h2>
        <DocumentList documents={documentsOf(state)} />
      </section>
      {isOver && <Minutes />}
      {isOver && <EvidenceBundle />}
      <Agenda />
      {!isOver && (
        <section className="card" aria-labelledby="sound">
          <h2 id="sound">{t('meeting.trySound')}</h2>
          <p className="muted">{t('meeting.trySoundHint')}</p>
          <Button onClick={trySound}>{t('meeting.trySound')}</Button>
        </section>
      )}
      <section className="card" aria-labelledby="rights">
        <h2 id="rights">{t('rights.title')}</h2>
        <MyRights heading="h3" />
      </section>
      <Link to="my-ballots">{t('myBallots.title')}</Link>
    </Page>
  );
}

function EnterAction() {
  const { t } = useTranslation();
  const { meeting, personal, base } = useMeeting();
  if (meeting.phase === 'closed') {
    return (
      <LinkButton to={`${base}/my-ballots`} look="primary">
        {t('meeting.results')}
      </LinkButton>
    );
  }
  const isReady = isSignedIn(personal) || personal.capacities.length === 0;
  return (
    <LinkButton to={isReady ? `${base}/room` : `${base}/check-in`} look="primary">
      {t(isReady ? 'meeting.enterRoom' : 'meeting.toCheckIn')}
    </LinkButton>
  );
}

function Votes() {
  const { t } = useTranslation();
  const { state, meeting } = useMeeting();
  const resolutions = resolutionsOf(state);
  const matters = resolutions.some(({ type }) => type === 'R01') ? 'votesAndClaims' : 'votes';
  return (
    <section className="card" aria-labelledby="votes">
      <h2 id="votes">{t(`meeting.${matters}${meeting.phase === 'closed' ? 'Past' : ''}`)}</h2>
      {resolutions.length === 0 && <p className="muted">{t('meeting.noVotes')}</p>}
      <ul className="stack">
        {resolutions.map((resolution) => (
          <VoteItem key={resolution.resolutionId} resolution={resolution} />
        ))}
      </ul>
    </section>
  );
}

function VoteItem({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t } = useTranslation();
  return (
    <li>
      <h3>
        {matterOf(resolution, t)}
        {resolution.adHoc && <span className="tag">{t('meeting.adHoc')}</span>}
      </h3>
      <p>{t(`resolutionType.${resolution.type}.gloss`, { defaultValue: '' })}</p>
      <details>
        <summary>{t('rule.short', { article: resolution.article })}</summary>
        <p className="muted">{t(`rule.${resolution.ruleId}`, { defaultValue: t('rule.GENERAL_64') })}</p>
      </details>
      <details>
        <summary>{t('meeting.fullText')}</summary>
        <p className="resolution-text">{resolution.text}</p>
      </details>
      {resolution.type === 'R01' && <Link to="claims">{t('claims.seeTable')}</Link>}
      {resolution.verdict !== null && (
        <Link to={`results/${resolution.resolutionId}`}>
          {t(`${resultWords(resolution)}.see`)} {t(`verdict.outcome.${resolution.verdict.outcome}`)}
        </Link>
      )}
    </li>
  );
}

function Agenda() {
  const { t } = useTranslation();
  const { state, meeting } = useMeeting();
  const agenda = state.agenda;
  const currentItemId = meeting.phase === 'closed' ? null : agenda?.currentItemId;
  return (
    <section className="card" aria-labelledby="agenda">
      <h2 id="agenda">{t('meeting.agenda')}</h2>
      <ol className="agenda">
        {(agenda?.items ?? []).map((item) => (
          <li key={item.itemId} aria-current={item.itemId === currentItemId ? 'step' : undefined}>
            {item.title}
            {item.isAdHoc && <span className="tag">{t('meeting.adHoc')}</span>}
            {item.itemId === currentItemId && <span className="tag">{t('meeting.now')}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** After the meeting creditors read what was put down (司法解释三 art. 10); names of others are masked. */
function Minutes() {
  const { t } = useTranslation();
  const { meetingId } = useMeeting().meeting;
  return (
    <section className="card" aria-labelledby="minutes">
      <h2 id="minutes">{t('meeting.minutes')}</h2>
      <ul>
        {(['pdf', 'docx'] as const).map((format) => (
          <li key={format}>
            <a href={routeUrl(meetingRoutes.minutes, { params: { meetingId, format } })} download>
              {t(`meeting.minutesAs.${format}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
