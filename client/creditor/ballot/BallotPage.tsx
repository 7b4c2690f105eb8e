import { Navigate, useNavigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import type { Choice } from '../../../server/protocol/scalars.ts';
import { Amount } from '../../components/Amount.tsx';
import { LinkButton } from '../../components/Button.tsx';
import { ConnectionBadge, ConnectionNotice } from '../../components/ConnectionState.tsx';
import { Countdown } from '../../components/Countdown.tsx';
import { DocumentList } from '../../components/DocumentList.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { matterOf } from '../../format/matter.ts';
import { deadline } from '../../format/time.ts';
import { chooseDraft } from '../../state/ballots.ts';
import { serverNowMs } from '../../state/clock.ts';
import { usePreferences } from '../../state/preferences.ts';
import { CountedAmount } from '../RightsCard.tsx';
import { ListeningLine } from '../room/ListeningLine.tsx';
import { useMeeting } from '../use-meeting.ts';
import { findRefusalOf, useBallotSubject, useUnitLabel, type BallotSubject } from './use-ballot.ts';
import './ballot.css';

/** Always in this order, equal in size and look, none preselected. */
const CHOICES = ['for', 'against', 'abstain'] as const satisfies readonly Choice[];

export function BallotPage() {
  const subject = useBallotSubject();
  const { meeting } = useMeeting();
  if (subject === undefined) return <NoBallot code="unknown" />;
  if (subject.progress?.kind === 'sending' || subject.progress?.kind === 'refused') {
    return <Navigate to={`${subject.path}/receipt`} replace />;
  }
  if (subject.receipt !== undefined) return <Navigate to={`${subject.path}/receipt`} replace />;
  if (subject.resolution.status !== 'open' && findRefusalOf(subject, meeting.origin) !== undefined) {
    return <Navigate to={`${subject.path}/receipt`} replace />;
  }
  if (!subject.right.mayVote) return <NoBallot code="noRight" />;
  const { status, resolutionId, verdict } = subject.resolution;
  if (status === 'closed')
    return <NoBallot code="closed" resultOf={verdict === null ? undefined : resolutionId} />;
  if (status !== 'open') return <NoBallot code="notOpen" />;
  return <OpenBallot subject={subject} />;
}

interface NoBallotProps {
  readonly code: 'unknown' | 'noRight' | 'notOpen' | 'closed';
  /** Resolution whose result is there to be read. */
  readonly resultOf?: string | undefined;
}

function NoBallot({ code, resultOf }: NoBallotProps) {
  const { t } = useTranslation();
  const { base } = useMeeting();
  return (
    <Page
      title={t('vote.noBallotTitle')}
      back={{ to: `${base}/room`, label: t('room.title') }}
      aside={<ConnectionBadge />}
    >
      <Notice>{t(`vote.noBallot.${code}`)}</Notice>
      {resultOf !== undefined && (
        <LinkButton to={`${base}/results/${resultOf}`}>{t('vote.toResult')}</LinkButton>
      )}
      <LinkButton to={`${base}/my-ballots`} look="primary">
        {t('myBallots.title')}
      </LinkButton>
    </Page>
  );
}

function OpenBallot({ subject }: { readonly subject: BallotSubject }) {
  const { t } = useTranslation();
  const { base } = useMeeting();
  const { resolution, right, path, progress, key } = subject;
  const navigate = useNavigate();
  const candidacy = resolution.particulars?.candidateOf;
  const matter = matterOf(resolution, t);
  const choose = (choice: Choice): void => {
    chooseDraft(key, choice);
    void navigate(`${path}/confirm`);
  };
  return (
    <Page
      title={matter}
      back={{ to: `${base}/room`, label: t('room.title') }}
      aside={<ConnectionBadge />}
      action={<TimeLeft subject={subject} />}
    >
      <ListeningLine />
      <ConnectionNotice />
      <OwnUnit subject={subject} />
      {right.receipt !== null && (
        <Notice>
          {t('vote.changing', { choice: t(`choice.${right.receipt.choice}`), seq: right.receipt.seq })}
        </Notice>
      )}
      {right.carriedChoice !== null && (
        <Notice>{t('vote.carried', { choice: t(`choice.${right.carriedChoice}`) })}</Notice>
      )}
      {progress?.kind === 'draft' && (
        <Notice kind="attention">{t('vote.draft', { choice: t(`choice.${progress.choice}`) })}</Notice>
      )}
      <div className="choices" role="group" aria-label={matter}>
        {CHOICES.map((choice) => (
          <button
            key={choice}
            type="button"
            className="choice"
            aria-label={t(`choice.${choice}`)}
            aria-describedby={`gloss-${choice}`}
            data-gloss={t(`choiceGloss.${choice}`)}
            onClick={() => choose(choice)}
          >
            {t(`choice.${choice}`)}
          </button>
        ))}
      </div>
      {CHOICES.map((choice) => (
        <span key={choice} id={`gloss-${choice}`} hidden>
          {t(`choiceGloss.${choice}`)}
        </span>
      ))}
      <p className="muted">{t('vote.confirmFollows')}</p>
      <section className="card">
        <h2>{t('vote.whatIsVoted')}</h2>
        <p>{t(`resolutionType.${resolution.type}.gloss`, { defaultValue: '' })}</p>
        {candidacy !== undefined && (
          <p>{t(`vote.seats.${candidacy.seatKind}`, { seats: candidacy.seats })}</p>
        )}
        <details open={candidacy !== undefined}>
          <summary>{t('meeting.fullText')}</summary>
          <p className="resolution-text">{resolution.text}</p>
        </details>
        <DocumentList documents={resolution.documents} />
      </section>
    </Page>
  );
}

function OwnUnit({ subject: { right, resolution } }: { readonly subject: BallotSubject }) {
  const { t } = useTranslation();
  const unitLabel = useUnitLabel();
  return (
    <div className="ballot-facts">
      <p>
        <strong>{right.creditorName}</strong>（{unitLabel(right)}）
      </p>
      <p>
        <Amount fen={right.amountFen} />
      </p>
      <CountedAmount right={right} />
      <details>
        <summary>{t('rule.short', { article: resolution.article })}</summary>
        <p className="muted">{t(`rule.${resolution.ruleId}`, { defaultValue: t('rule.GENERAL_64') })}</p>
      </details>
    </div>
  );
}

export function TimeLeft({ subject: { resolution } }: { readonly subject: BallotSubject }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  if (resolution.closesAt === null) return null;
  return (
    <div className="ballot-foot ballot-foot--time">
      <p>
        {t('vote.left')} <Countdown until={resolution.closesAt} label={t('vote.left')} />
      </p>
      <p className="muted">
        {t('vote.deadline', { time: deadline(resolution.closesAt, serverNowMs(), language) })}
      </p>
    </div>
  );
}
