import { useTranslation } from 'react-i18next';
import type { PersonalState } from '../../../server/protocol/room.ts';
import type { AgendaItemView, ResolutionSlice } from '../../../server/protocol/room-slices.ts';
import { Button, LinkButton } from '../../components/Button.tsx';
import { DocumentList } from '../../components/DocumentList.tsx';
import { resultWords } from '../../components/verdict/result-words.ts';
import { VerdictCard } from '../../components/verdict/VerdictCard.tsx';
import { dateTime } from '../../format/time.ts';
import { usePreferences } from '../../state/preferences.ts';
import { isSignedIn, resolutionsOf, rightsIn } from '../../state/rights.ts';
import { markVerdictSeen, toVerdictKey, useSeenVerdicts } from '../../state/seen-verdicts.ts';
import { VerificationCall } from '../claims/VerificationCall.tsx';
import { MeetingEnded } from '../MeetingEnded.tsx';
import { useMeeting } from '../use-meeting.ts';
import { useFirstVote, VoteCall } from '../VoteCall.tsx';
import { VotedCards } from './VotedCards.tsx';

/** What is now: an open vote first, then a verdict until it was seen, then the item of the agenda. */
export function NowCard() {
  const vote = useFirstVote();
  return (
    <>
      {vote !== undefined && <VoteCall vote={vote} />}
      <VotedCards />
      <VerificationCall />
      <AddedMatters />
      <Verdicts />
      <CurrentItem />
    </>
  );
}

function Verdicts() {
  const { t } = useTranslation();
  const { state } = useMeeting();
  const seen = useSeenVerdicts((store) => store.keys);
  const unseen = resolutionsOf(state).flatMap(({ resolutionId, title, verdict }) =>
    verdict === null || seen.includes(toVerdictKey(resolutionId, verdict))
      ? []
      : [{ key: toVerdictKey(resolutionId, verdict), title, verdict }],
  );
  return unseen.map(({ key, title, verdict }) => (
    <section key={key} className="card" role="status" aria-label={t(`${resultWords(verdict)}.of`, { title })}>
      <h2>{title}</h2>
      <VerdictCard title={title} verdict={verdict} />
      <Button onClick={() => markVerdictSeen(key)}>{t('verdict.understood')}</Button>
    </section>
  ));
}

/** 临时议题 until its vote opens: nobody was told of it in advance, so it is told here, with the time to read it. */
function AddedMatters() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { state } = useMeeting();
  return resolutionsOf(state).map(({ resolutionId, title, text, documents, adHoc, status }) =>
    adHoc === null || status !== 'published' ? null : (
      <section key={resolutionId} className="card" role="status" aria-label={t('room.added', { title })}>
        <p>
          <span className="tag">{t('meeting.adHoc')}</span>
        </p>
        <h2>{title}</h2>
        <p>{t('room.addedReading', { time: dateTime(adHoc.openNotBefore, language) })}</p>
        <details>
          <summary>{t('room.addedText')}</summary>
          <p className="resolution-text">{text}</p>
        </details>
        {documents.length > 0 && <DocumentList documents={documents} />}
      </section>
    ),
  );
}

function CurrentItem() {
  const { t } = useTranslation();
  const { state, meeting, personal } = useMeeting();
  const item = state.agenda?.items.find(({ itemId }) => itemId === state.agenda?.currentItemId);
  if (meeting.phase === 'closed') return <MeetingEnded isInRoom />;
  if (meeting.phase === 'published') {
    return (
      <section className="card" role="status">
        <h2>{t('room.waiting')}</h2>
        <p>{t(isSignedIn(personal) ? 'room.waitingSignedIn' : 'room.waitingHint')}</p>
      </section>
    );
  }
  return (
    <section className="card now" aria-label={t('room.now')}>
      {meeting.phase === 'adjourned' && <p className="tag">{t('room.adjourned')}</p>}
      <p className="muted">{t('room.now')}</p>
      <h2>{item?.title ?? t('room.noItem')}</h2>
      {item !== undefined && <ItemDetail item={item} />}
    </section>
  );
}

function ItemDetail({ item }: { readonly item: AgendaItemView }) {
  const { t } = useTranslation();
  const { state, personal, base } = useMeeting();
  const resolution = item.resolutionId === null ? undefined : state[`resolution:${item.resolutionId}`];
  return (
    <>
      <p className="small">
        {resolution === undefined
          ? t(`agendaKind.${item.kind}`)
          : t(`room.${wordsOf(resolution, personal)}`, {
              defaultValue: t('agendaKind.vote'),
              outcome: resolution.verdict && t(`verdict.outcome.${resolution.verdict.outcome}`),
            })}
      </p>
      {resolution !== undefined && <WhyNoVote resolution={resolution} />}
      {resolution?.verdict && (
        <LinkButton to={`${base}/results/${resolution.resolutionId}`}>
          {t(`${resultWords(resolution)}.see`)}
        </LinkButton>
      )}
      {item.documents.length > 0 && <DocumentList documents={item.documents} />}
    </>
  );
}

/** Who has no vote will not be told of its beginning. */
function wordsOf(resolution: ResolutionSlice, personal: PersonalState): string {
  const { type, status } = resolution;
  if (type === 'R01') return `verification.${status}`;
  return status === 'published' && hasNoVote(resolution, personal) ? 'voteOfOthers' : `vote.${status}`;
}

function hasNoVote({ resolutionId, type }: ResolutionSlice, personal: PersonalState): boolean {
  // A verification is no vote for anybody, and its own words say so.
  if (type === 'R01' || personal.capacities.length === 0) return false;
  return rightsIn(personal, resolutionId).every(({ mayVote, receipt }) => !mayVote && receipt === null);
}

/** To whom nothing will be put to the vote in this item: why not, and what can be done. */
function WhyNoVote({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t } = useTranslation();
  const { personal } = useMeeting();
  const rights = rightsIn(personal, resolution.resolutionId);
  if (resolution.verdict !== null || !hasNoVote(resolution, personal)) return null;
  const reasons = [...new Set(rights.map(({ reason }) => reason ?? 'UNKNOWN'))];
  return (
    <div className="stack" role="note" aria-label={t('rights.noVote')}>
      <p>
        <span className="tag">{t('rights.noVote')}</span> {rights.length === 0 && t('rights.none')}
      </p>
      {reasons.map((reason) => (
        <p key={reason} className="small">
          {t(`noVote.${reason}`, { defaultValue: t('noVote.UNKNOWN') })}{' '}
          <span className="muted">
            {t(`noVoteRemedy.${reason}`, { defaultValue: t('noVoteRemedy.UNKNOWN') })}
          </span>
        </p>
      ))}
    </div>
  );
}
