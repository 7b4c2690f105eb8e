import { Fragment } from 'react';
import { Link } from 'react-router';
import { useTranslation } from 'react-i18next';
import type { OwnEnteredBallot } from '../../../server/protocol/rest/entered-ballot-routes.ts';
import type { UnitRight } from '../../../server/protocol/room.ts';
import type { ResolutionSlice } from '../../../server/protocol/room-slices.ts';
import { Amount } from '../../components/Amount.tsx';
import { CountedAmount } from '../RightsCard.tsx';
import { LinkButton } from '../../components/Button.tsx';
import { ConnectionBadge, ConnectionNotice } from '../../components/ConnectionState.tsx';
import { Countdown } from '../../components/Countdown.tsx';
import { Page } from '../../components/Page.tsx';
import { resultWords } from '../../components/verdict/result-words.ts';
import { dateTime } from '../../format/time.ts';
import { matterOf } from '../../format/matter.ts';
import { keptRefusalsOf, type KeptRefusal } from '../../record/kept-receipts.ts';
import { useBallots, type BallotProgress } from '../../state/ballots.ts';
import { usePreferences } from '../../state/preferences.ts';
import { resolutionsOf, rightsIn } from '../../state/rights.ts';
import { useOwnEntered } from './use-own-entered.ts';
import { EnteredNotes } from './EnteredNotes.tsx';
import { NoticesCall } from '../notices/NoticesCall.tsx';
import { ListeningLine } from '../room/ListeningLine.tsx';
import { useMeeting } from '../use-meeting.ts';
import { ballotKeyOf, useUnitLabel } from './use-ballot.ts';
import { ReceiptCheck } from './ReceiptCheck.tsx';
import { ChangeBallot } from './after/ChangeBallot.tsx';
import { RefusedBallot } from './after/RefusedBallot.tsx';
import './ballot.css';

type CardState = 'toVote' | 'unsent' | 'refused' | 'voted' | 'noRight' | 'notOpen' | 'interrupted' | 'closed';

/** Shapes beside the words. */
const SHAPES: Record<CardState, string> = {
  toVote: '▣',
  unsent: '◌',
  refused: '✕',
  voted: '✓',
  noRight: '—',
  notOpen: '○',
  interrupted: '❙❙',
  closed: '■',
};

/** A verification of claims is no vote: its card says how far it is, not whether one may vote. */
const VERIFICATION: Record<ResolutionSlice['status'], { readonly shape: CardState; readonly word: string }> =
  {
    published: { shape: 'notOpen', word: 'claims.period.not-open' },
    open: { shape: 'toVote', word: 'claims.period.open' },
    interrupted: { shape: 'interrupted', word: 'claims.period.interrupted' },
    closed: { shape: 'closed', word: 'claims.period.ended' },
    aborted: { shape: 'notOpen', word: 'claims.period.not-open' },
  };

interface CardFacts extends BallotCardProps {
  readonly progress: BallotProgress | undefined;
  readonly refusals: readonly KeptRefusal[];
}

function cardState({ resolution, right, progress, refusals }: CardFacts): CardState {
  if (right.receipt !== null || progress?.kind === 'received') return 'voted';
  if (progress?.kind === 'sending') return 'unsent';
  if (right.mayVote && resolution.status === 'open') return 'toVote';
  if (refusals.some(({ body }) => body.round === resolution.round)) return 'refused';
  if (!right.mayVote) return 'noRight';
  if (resolution.status === 'published' || resolution.status === 'aborted') return 'notOpen';
  return resolution.status === 'interrupted' ? 'interrupted' : 'closed';
}

/** 我的表决: one card per item and unit, each with its own deadline. */
export function MyBallotsPage() {
  const { t } = useTranslation();
  const { state, personal, meeting, base } = useMeeting();
  const cards = resolutionsOf(state).flatMap((resolution) =>
    rightsIn(personal, resolution.resolutionId).map((right) => ({ resolution, right })),
  );
  const entered = useOwnEntered();
  // Read anew with every answer that comes.
  useBallots((store) => store.ballots);
  const refusals = keptRefusalsOf(meeting.origin);
  const isOf =
    ({ resolution, right }: BallotCardProps) =>
    ({ body }: KeptRefusal): boolean =>
      body.resolutionId === resolution.resolutionId && body.unitId === right.unitId;
  const homeless = refusals.filter((refusal) => !cards.some((card) => isOf(card)(refusal)));
  const back =
    meeting.phase === 'closed'
      ? { to: base, label: t('meeting.title') }
      : { to: `${base}/room`, label: t('room.title') };
  return (
    <Page title={t('myBallots.title')} back={back} aside={<ConnectionBadge />}>
      <ListeningLine />
      <ConnectionNotice />
      <NoticesCall />
      {cards.length === 0 && (
        <div className="card">
          <p>{t('myBallots.empty')}</p>
          <LinkButton to={base}>{t('meeting.title')}</LinkButton>
        </div>
      )}
      {homeless.map((refusal) => (
        <section key={refusal.body.nonce} className="card">
          <RefusedBallot refusal={refusal} />
        </section>
      ))}
      <ul className="stack">
        {cards.map(({ resolution, right }) => (
          <BallotCard
            key={`${resolution.resolutionId}.${right.unitId}`}
            resolution={resolution}
            right={right}
            refusals={refusals.filter(isOf({ resolution, right }))}
            entered={entered.filter(
              ({ resolutionId, unitId }) =>
                resolutionId === resolution.resolutionId && unitId === right.unitId,
            )}
          />
        ))}
      </ul>
      {cards.some(({ right }) => right.receipt !== null) && (
        <LinkButton to={`${base}/my-ballots/print`}>{t('check.printAll')}</LinkButton>
      )}
    </Page>
  );
}

interface BallotCardProps {
  readonly resolution: ResolutionSlice;
  readonly right: UnitRight;
}

interface CardProps extends BallotCardProps {
  readonly refusals: readonly KeptRefusal[];
  readonly entered: readonly OwnEnteredBallot[];
}

function BallotCard({ resolution, right, refusals, entered }: CardProps) {
  const { t } = useTranslation();
  const { personal, base } = useMeeting();
  const { resolutionId } = resolution;
  const key = ballotKeyOf({ personId: personal.personId, resolution, right });
  const progress = useBallots((store) => store.ballots[key]);
  const state = cardState({ resolution, right, progress, refusals });
  const verification = resolution.type === 'R01' ? VERIFICATION[resolution.status] : undefined;
  const path = `${base}/vote/${resolutionId}/${right.unitId}`;
  const unitLabel = useUnitLabel();
  const receipt = progress?.kind === 'received' ? progress.receipt : right.receipt;
  return (
    <li className="card" aria-label={`${resolution.title} ${right.creditorName} ${unitLabel(right)}`}>
      <p className="ballot-card__state">
        <span className={state === 'toVote' ? 'tag tag--strong' : 'tag'}>
          <span aria-hidden="true">{SHAPES[verification?.shape ?? state]} </span>
          {t(verification?.word ?? `myBallots.state.${state}`)}
        </span>
        {state === 'toVote' && resolution.closesAt !== null && (
          <span>
            {t('vote.left')} <Countdown until={resolution.closesAt} label={t('vote.left')} />
          </span>
        )}
      </p>
      <h2>{matterOf(resolution, t)}</h2>
      <p>
        {right.creditorName}（{unitLabel(right)}）
        {right.mayVote && (
          <>
            {' · '}
            <Amount fen={right.amountFen} />
          </>
        )}
      </p>
      {right.mayVote && <CountedAmount right={right} />}
      {right.earlierReceipts.map((earlier) => (
        <Fragment key={earlier.seq}>
          <p className="muted">
            {t('myBallots.earlier', {
              round: earlier.round,
              choice: t(`choice.${earlier.choice}`),
              seq: earlier.seq,
            })}
          </p>
          <ReceiptCheck receipt={earlier} />
        </Fragment>
      ))}
      {right.carriedChoice !== null && right.receipt === null && (
        <p>{t('vote.carried', { choice: t(`choice.${right.carriedChoice}`) })}</p>
      )}
      <CardDetail state={state} resolution={resolution} right={right} progress={progress} />
      {refusals.map((refusal) => (
        <RefusedBallot key={refusal.body.nonce} refusal={refusal} />
      ))}
      <EnteredNotes entries={entered} />
      {state === 'toVote' && (
        <LinkButton to={path} look="primary">
          {t('vote.go')}
        </LinkButton>
      )}
      {(state === 'voted' || state === 'unsent') && (
        <Link to={`${path}/receipt`}>{t('myBallots.receipt')}</Link>
      )}
      <ChangeBallot resolution={resolution} right={right} />
      {receipt !== null && <ReceiptCheck receipt={receipt} />}
      {resolution.type === 'R01' && <Link to={`${base}/claims`}>{t('claims.seeTable')}</Link>}
      {resolution.verdict !== null && (
        <Link to={`${base}/results/${resolutionId}`}>
          {t(`${resultWords(resolution)}.see`)} {t(`verdict.outcome.${resolution.verdict.outcome}`)}
        </Link>
      )}
    </li>
  );
}

interface CardDetailProps extends BallotCardProps {
  readonly state: CardState;
  readonly progress: BallotProgress | undefined;
}

function CardDetail({ state, resolution, right, progress }: CardDetailProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const receipt = progress?.kind === 'received' ? progress.receipt : right.receipt;
  if (state === 'voted' && receipt !== null) {
    return (
      <p>
        <strong>{t(`choice.${receipt.choice}`)}</strong>{' '}
        <span className="muted">
          {dateTime(receipt.ts, language)} ·{' '}
          {t(`channel.${receipt.channel}`, { defaultValue: receipt.channel })} ·{' '}
          {t('vote.numberOf', { seq: receipt.seq })}
        </span>
      </p>
    );
  }
  if (state === 'noRight') {
    return (
      <p className="muted">
        {t(`noVote.${right.reason ?? 'UNKNOWN'}`, { defaultValue: t('noVote.UNKNOWN') })}
      </p>
    );
  }
  if (state === 'unsent') return <p className="muted">{t('vote.unsentStay')}</p>;
  if (state === 'interrupted') return <p className="muted">{t('myBallots.interruptedHint')}</p>;
  const time = resolution.closedAt ?? resolution.closesAt;
  if (state === 'notOpen' || time === null) return null;
  return (
    <>
      <p className="muted">{t('vote.deadline', { time: dateTime(time, language) })}</p>
      {resolution.extensions.map((extension) => (
        <p key={extension.at} className="muted">
          {t('vote.extended', {
            from: dateTime(extension.from, language),
            to: dateTime(extension.to, language),
          })}
        </p>
      ))}
    </>
  );
}
