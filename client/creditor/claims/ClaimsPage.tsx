import { useTranslation } from 'react-i18next';
import {
  objectionRoutes,
  type OwnVerificationView,
  type VerificationView,
} from '../../../server/protocol/rest/objection-routes.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../components/Button.tsx';
import { ConnectionBadge, ConnectionNotice } from '../../components/ConnectionState.tsx';
import { ErrorNotice, Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { calendarDate, dateTime } from '../../format/time.ts';
import { usePreferences } from '../../state/preferences.ts';
import { ListeningLine } from '../room/ListeningLine.tsx';
import { useSubmit } from '../sign-in/use-submit.ts';
import { useMeeting } from '../use-meeting.ts';
import { ClaimRow } from './ClaimRow.tsx';
import { OtherClaims } from './OtherClaims.tsx';
import { OwnObjection } from './OwnObjection.tsx';
import { useVerification } from './use-verification.ts';
import { Watermark } from './Watermark.tsx';
import './claims.css';

/** 核查债权: own rows first, own objections with their answers, then everybody's by search. It is no vote. */
export function ClaimsPage() {
  const { t } = useTranslation();
  const { meeting, base } = useMeeting();
  const verification = useVerification();
  const back =
    meeting.phase === 'closed'
      ? { to: base, label: t('meeting.title') }
      : { to: `${base}/room`, label: t('room.title') };
  return (
    <Page title={t('claims.title')} back={back} aside={<ConnectionBadge />}>
      <ListeningLine />
      <ConnectionNotice />
      {verification.error !== undefined && (
        <ErrorNotice error={verification.error} retry={verification.reload} />
      )}
      {verification.data !== undefined && (
        <Verification view={verification.data} onChanged={verification.reload} />
      )}
    </Page>
  );
}

interface VerificationProps {
  readonly view: OwnVerificationView;
  readonly onChanged: () => void;
}

function Verification({ view, onChanged }: VerificationProps) {
  const { t } = useTranslation();
  const { base } = useMeeting();
  const { verification, own, objections, watermark } = view;
  const mayObject = verification.state === 'open' && view.capacities.length > 0;
  const objectAt = mayObject ? (claimNo: string) => `${base}/claims/${claimNo}` : undefined;
  return (
    <>
      <Watermark text={watermark} />
      <Period verification={verification} />
      {objections.length > 0 && (
        <section className="stack" aria-labelledby="own-objections">
          <h2 id="own-objections">{t('claims.ownObjections')}</h2>
          <ul className="stack">
            {objections.map((objection) => (
              <OwnObjection key={objection.objectionId} objection={objection} onChanged={onChanged} />
            ))}
          </ul>
        </section>
      )}
      <section className="stack" aria-labelledby="own-claims">
        <h2 id="own-claims">{t('claims.own')}</h2>
        {own.length === 0 && <p className="muted">{t('claims.noOwn')}</p>}
        <ul className="stack">
          {own.map((row) => (
            <ClaimRow key={row.claimNo} row={row} objectAt={objectAt?.(row.claimNo)} />
          ))}
        </ul>
      </section>
      {view.capacities.map((capacity) => (
        <NoObjection key={capacity.capacityId} view={view} capacity={capacity} onChanged={onChanged} />
      ))}
      <OtherClaims objectAt={objectAt} />
    </>
  );
}

/** Until when one may object, what silence means, and what can be done after the end. */
function Period({ verification }: { readonly verification: VerificationView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { state, endsAt, suitUntil } = verification;
  const isOver = state === 'ended';
  return (
    <section className="card" aria-labelledby="period">
      <h2 id="period">{t(`claims.period.${state}`)}</h2>
      <p>
        {t('claims.noVote')} {endsAt !== null && t('claims.silence', { time: dateTime(endsAt, language) })}
      </p>
      {isOver && suitUntil !== null && (
        <p>{t('claims.suitUntil', { date: calendarDate(suitUntil, language) })}</p>
      )}
      {!isOver && <p className="muted">{t('claims.suit')}</p>}
    </section>
  );
}

interface NoObjectionProps extends VerificationProps {
  readonly capacity: OwnVerificationView['capacities'][number];
}

/** 无异议: optional, for silence is recorded alike; it can still be changed into an objection until the end. */
function NoObjection({ view, capacity, onChanged }: NoObjectionProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { meetingId } = useMeeting().meeting;
  const { resolutionId, state } = view.verification;
  const { capacityId, creditorName, none } = capacity;
  const { isBusy, error, submit } = useSubmit(async () => {
    const body = { objectionId: crypto.randomUUID(), resolutionId: resolutionId ?? '', capacityId };
    await call(objectionRoutes.haveNoObjection, { params: { meetingId }, body });
    onChanged();
  });
  const mayChange = state === 'open';
  if (none !== null) {
    return (
      <Notice role="status" label={t('claims.noneOf', { name: creditorName })}>
        <p>
          ✓ {t('claims.noneSaid', { name: creditorName, seq: none.seq, time: dateTime(none.at, language) })}
        </p>
        {mayChange && <p className="muted">{t('claims.mayStill')}</p>}
      </Notice>
    );
  }
  if (!mayChange || capacity.standing > 0) return null;
  return (
    <section className="card stack" aria-label={t('claims.noneOf', { name: creditorName })}>
      <p>{t('claims.noneHint', { name: creditorName })}</p>
      {error !== undefined && (
        <Notice kind="error" role="alert">
          {error}
        </Notice>
      )}
      <Button isBusy={isBusy} onClick={submit}>
        {t('claims.haveNone')}
      </Button>
    </section>
  );
}
