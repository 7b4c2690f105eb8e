import { useTranslation } from 'react-i18next';
import type { AgendaItemView } from '../../../server/protocol/room-slices.ts';
import { Button, LinkButton } from '../../components/Button.tsx';
import { DocumentList } from '../../components/DocumentList.tsx';
import { resultWords } from '../../components/verdict/result-words.ts';
import { VerdictCard } from '../../components/verdict/VerdictCard.tsx';
import { isSignedIn, resolutionsOf } from '../../state/rights.ts';
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
  const { state, base } = useMeeting();
  const resolution = item.resolutionId === null ? undefined : state[`resolution:${item.resolutionId}`];
  return (
    <>
      <p className="small">
        {resolution === undefined
          ? t(`agendaKind.${item.kind}`)
          : t(`room.${resolution.type === 'R01' ? 'verification' : 'vote'}.${resolution.status}`, {
              defaultValue: t('agendaKind.vote'),
              outcome: resolution.verdict && t(`verdict.outcome.${resolution.verdict.outcome}`),
            })}
      </p>
      {resolution?.verdict && (
        <LinkButton to={`${base}/results/${resolution.resolutionId}`}>
          {t(`${resultWords(resolution)}.see`)}
        </LinkButton>
      )}
      {item.documents.length > 0 && <DocumentList documents={item.documents} />}
    </>
  );
}
