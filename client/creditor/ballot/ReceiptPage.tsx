import { useEffect } from 'react';
import { Navigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import type { ReceiptView } from '../../../server/protocol/room.ts';
import { Button, LinkButton } from '../../components/Button.tsx';
import { ConnectionBadge, ConnectionNotice } from '../../components/ConnectionState.tsx';
import { Countdown } from '../../components/Countdown.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { dateTimeWithSeconds } from '../../format/time.ts';
import type { KeptRefusal } from '../../record/kept-receipts.ts';
import { discardBallot, type BallotProgress } from '../../state/ballots.ts';
import { useServerNow } from '../../state/clock.ts';
import { useHelp } from '../../state/help.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useFirstVote, votePath } from '../VoteCall.tsx';
import { CountedAmount } from '../RightsCard.tsx';
import { ListeningLine } from '../room/ListeningLine.tsx';
import { useMeeting } from '../use-meeting.ts';
import { ReceiptActions } from './ReceiptActions.tsx';
import { ReceiptQr } from './ReceiptQr.tsx';
import { ReceiptWitnessed } from './ReceiptWitnessed.tsx';
import { ChangeBallot } from './after/ChangeBallot.tsx';
import { RefusedBallot } from './after/RefusedBallot.tsx';
import { BallotSentence } from './ConfirmPage.tsx';
import { findRefusalOf, useBallotSubject, type BallotSubject } from './use-ballot.ts';
import './ballot.css';

/** With this little time left the telephone is the other way to vote. */
const CALL_BELOW_MS = 60_000;

/** After confirming: not yet delivered, delivered with its receipt, or refused. */
export function ReceiptPage() {
  const subject = useBallotSubject();
  const { base, meeting } = useMeeting();
  if (subject === undefined) return <Navigate to={`${base}/my-ballots`} replace />;
  if (subject.receipt !== undefined) return <Receipt subject={subject} receipt={subject.receipt} />;
  if (subject.progress?.kind === 'sending') return <Sending subject={subject} progress={subject.progress} />;
  if (subject.progress?.kind === 'refused') {
    return <Refused subject={subject} refusal={subject.progress.refusal} />;
  }
  // From before a reload. While the vote is open the ballot itself comes first: it may be cast anew.
  const refusal = findRefusalOf(subject, meeting.origin);
  if (refusal !== undefined && subject.resolution.status !== 'open') {
    return <Refused subject={subject} refusal={refusal} />;
  }
  return <Navigate to={subject.path} replace />;
}

interface ProgressProps<K extends BallotProgress['kind']> {
  readonly subject: BallotSubject;
  readonly progress: Extract<BallotProgress, { kind: K }>;
}

function Sending({ subject, progress }: ProgressProps<'sending'>) {
  const { t } = useTranslation();
  const { phone } = useHelp();
  const { closesAt } = subject.resolution;
  const nowMs = useServerNow();
  const isLate = closesAt !== null && Date.parse(closesAt) - nowMs < CALL_BELOW_MS;
  useLeaveWarning();
  return (
    <Page title={t('vote.sendingTitle')} aside={<ConnectionBadge />}>
      <ListeningLine />
      <Notice kind="attention" role="alert" label={t('vote.unsent')}>
        <h2>{t('vote.unsent')}</h2>
        <p>{t('vote.unsentStay')}</p>
      </Notice>
      <ConnectionNotice />
      <BallotSentence subject={subject} choice={progress.choice} tense="now" />
      {closesAt !== null && (
        <p>
          {t('vote.left')} <Countdown until={closesAt} label={t('vote.left')} />
        </p>
      )}
      {isLate && phone !== undefined && (
        <Notice kind="attention">
          {t('vote.callNow')} <a href={`tel:${phone}`}>{phone}</a>
        </Notice>
      )}
    </Page>
  );
}

/** The browser asks before this page is closed with a ballot that has not arrived. */
function useLeaveWarning(): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);
}

interface RefusedProps {
  readonly subject: BallotSubject;
  readonly refusal: KeptRefusal;
}

function Refused({ subject, refusal }: RefusedProps) {
  const { t } = useTranslation();
  const { base } = useMeeting();
  return (
    <Page
      title={t('vote.notCounted')}
      aside={<ConnectionBadge />}
      action={
        <LinkButton to={`${base}/my-ballots`} look="primary">
          {t('myBallots.title')}
        </LinkButton>
      }
    >
      <RefusedBallot refusal={refusal} role="alert" />
      {subject.resolution.status === 'open' && (
        <Button onClick={() => discardBallot(subject.key)}>{t('vote.startAgain')}</Button>
      )}
    </Page>
  );
}

function Receipt({ subject, receipt }: { readonly subject: BallotSubject; readonly receipt: ReceiptView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { base, meeting } = useMeeting();
  const another = useFirstVote();
  const isOver = meeting.phase === 'closed';
  return (
    <Page
      title={t('vote.receiptTitle')}
      aside={<ConnectionBadge />}
      action={
        another === undefined ? (
          <LinkButton to={isOver ? base : `${base}/room`} look="primary">
            {t(isOver ? 'vote.toMeeting' : 'vote.backToRoom')}
          </LinkButton>
        ) : (
          <LinkButton to={votePath(base, another)} look="primary">
            {t('vote.nextBallot')}
          </LinkButton>
        )
      }
    >
      <ListeningLine />
      <section className="card receipt" aria-label={t('vote.receiptTitle')}>
        <p className="receipt__word">
          <span aria-hidden="true">✓ </span>
          {t('vote.delivered')}
        </p>
        <BallotSentence subject={subject} choice={receipt.choice} tense="past" />
        <CountedAmount right={subject.right} />
        <dl className="facts">
          <dt>{t('vote.number')}</dt>
          <dd>{t('vote.numberOf', { seq: receipt.seq })}</dd>
          <dt>{t('vote.time')}</dt>
          <dd>{dateTimeWithSeconds(receipt.ts, language)}</dd>
          <dt>{t('vote.channel')}</dt>
          <dd>{t(`channel.${receipt.channel}`, { defaultValue: receipt.channel })}</dd>
          <dt>{t('vote.origin')}</dt>
          <dd className="receipt__hash">{receipt.origin}</dd>
          <dt>{t('vote.leafHash')}</dt>
          <dd className="receipt__hash">{receipt.leafHash}</dd>
        </dl>
        <p className="muted">{t(receipt.isSigned ? 'vote.signed' : 'vote.unsigned')}</p>
        <ReceiptWitnessed seq={receipt.seq} />
        <p className="muted">
          {t('vote.recordedAs')} {receipt.sentence}
        </p>
        <ReceiptQr receipt={receipt} />
        <p className="muted">{t('vote.keepReceipt')}</p>
      </section>
      <ReceiptActions receipt={receipt} />
      <ChangeBallot resolution={subject.resolution} right={subject.right} />
    </Page>
  );
}
