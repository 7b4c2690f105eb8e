import { useEffect, useRef, useState } from 'react';
import { Navigate, useNavigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import type { Choice } from '../../../server/protocol/scalars.ts';
import { ConnectionNotice } from '../../components/ConnectionState.tsx';
import { TopStrip } from '../../components/TopStrip.tsx';
import { submitBallot } from '../../state/ballots.ts';
import { ListeningLine } from '../room/ListeningLine.tsx';
import { CountedAmount } from '../RightsCard.tsx';
import { useMeeting } from '../use-meeting.ts';
import { createBallotBody, useBallotSentence, useBallotSubject, type BallotSubject } from './use-ballot.ts';
import './ballot.css';

/** The second tap of a double tap on the page before must not confirm anything. */
const INERT_FIRST_MS = 1_000;

export function ConfirmPage() {
  const subject = useBallotSubject();
  const { base } = useMeeting();
  if (subject === undefined) return <Navigate to={`${base}/my-ballots`} replace />;
  if (subject.progress === undefined || subject.receipt !== undefined) {
    return <Navigate to={subject.path} replace />;
  }
  if (subject.progress.kind !== 'draft') return <Navigate to={`${subject.path}/receipt`} replace />;
  // The ballot's own page says what has become of the vote.
  if (subject.resolution.status !== 'open') return <Navigate to={subject.path} replace />;
  return <Confirmation subject={subject} choice={subject.progress.choice} />;
}

function Confirmation({ subject, choice }: { readonly subject: BallotSubject; readonly choice: Choice }) {
  const { t } = useTranslation();
  const { meeting } = useMeeting();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const [isArmed, setArmed] = useState(false);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    const timer = setTimeout(() => setArmed(true), INERT_FIRST_MS);
    return () => clearTimeout(timer);
  }, []);
  const confirm = (): void => {
    const body = createBallotBody(meeting.origin, subject, choice);
    if (!isArmed || body === undefined) return;
    submitBallot(subject.key, body);
    void navigate(`${subject.path}/receipt`, { replace: true });
  };
  return (
    <div className="page">
      <TopStrip />
      <main className="page__main">
        <ListeningLine />
        <h1 ref={heading} tabIndex={-1}>
          {t('vote.confirmTitle')}
        </h1>
        <ConnectionNotice />
        <BallotSentence subject={subject} choice={choice} tense="now" />
        <CountedAmount right={subject.right} />
        <p>{t(subject.resolution.allowChange ? 'vote.mayChange' : 'vote.cannotChange')}</p>
      </main>
      <footer className="page__action">
        <div className="page__action-inner ballot-foot">
          <button
            type="button"
            className="button"
            aria-disabled={!isArmed}
            onClick={() => isArmed && void navigate(subject.path, { replace: true })}
          >
            {t('vote.change')}
          </button>
          <button type="button" className="button" aria-disabled={!isArmed} onClick={confirm}>
            {t('vote.confirm', { choice: t(`choice.${choice}`) })}
          </button>
        </div>
      </footer>
    </div>
  );
}

interface SentenceProps {
  readonly subject: BallotSubject;
  readonly choice: Choice;
  readonly tense: 'now' | 'past';
}

/** The sentence of a ballot; the choice is one piece, so that 不 and 同意 never stand on two lines. */
export function BallotSentence({ subject, choice, tense }: SentenceProps) {
  const { t } = useTranslation();
  const word = t(`choice.${choice}`);
  const text = useBallotSentence()(subject, choice, tense);
  const at = text.lastIndexOf(word);
  return (
    <p className="ballot-sentence">
      {text.slice(0, at)}
      <strong className="ballot-choice">{text.slice(at)}</strong>
    </p>
  );
}
