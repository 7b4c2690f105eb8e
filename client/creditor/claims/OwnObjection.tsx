import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  WITHDRAWAL_REASON_MAX,
  objectionRoutes,
  type ObjectionView,
} from '../../../server/protocol/rest/objection-routes.ts';
import { call, routeUrl } from '../../api/call.ts';
import { Amount } from '../../components/Amount.tsx';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { dateTime } from '../../format/time.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useSubmit } from '../sign-in/use-submit.ts';
import { useMeeting } from '../use-meeting.ts';
import { ObjectedRow } from './ObjectedRow.tsx';

interface OwnObjectionProps {
  readonly objection: ObjectionView;
  readonly onChanged: () => void;
}

/** An objection with its number, what was said, the administrator's answer, and the way to take it back. */
export function OwnObjection({ objection, onChanged }: OwnObjectionProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { meetingId } = useMeeting().meeting;
  const { answer, attachment, objectionId, withdrawnAt, seq } = objection;
  const state = withdrawnAt !== null ? 'withdrawn' : answer === null ? 'waiting' : 'answered';
  return (
    <li className="card claim" aria-label={t('claims.objectionNo', { seq })}>
      <p className="claim__tags">
        <strong>{t('claims.objectionNo', { seq })}</strong>
        <span className={state === 'answered' ? 'tag tag--strong' : 'tag'}>{t(`claims.state.${state}`)}</span>
      </p>
      <ObjectedRow {...objection} />
      {objection.amountFen !== null && (
        <p>
          {t('claims.amountHeld')} <Amount fen={objection.amountFen} />
        </p>
      )}
      <p className="claim__text">{objection.text}</p>
      <p className="muted">
        {objection.objectorName} · {dateTime(objection.filedAt, language)}
      </p>
      {attachment !== null && (
        <a
          href={routeUrl(objectionRoutes.objectionFile, { params: { meetingId, objectionId } })}
          target="_blank"
          rel="noreferrer"
        >
          {t('claims.attachment')}
        </a>
      )}
      {answer !== null && (
        <Notice label={t('claims.answer')}>
          <p>
            <strong>{t(`claims.decision.${answer.decision}`)}</strong>
          </p>
          <p className="claim__text">{answer.text}</p>
          <p className="muted">
            {t('claims.answeredAt', { time: dateTime(answer.at, language), seq: answer.seq })}
          </p>
        </Notice>
      )}
      {withdrawnAt === null ? (
        <Withdraw objection={objection} onChanged={onChanged} />
      ) : (
        <p className="muted">{t('claims.withdrawnAt', { time: dateTime(withdrawnAt, language) })}</p>
      )}
    </li>
  );
}

function Withdraw({ objection, onChanged }: OwnObjectionProps) {
  const { t } = useTranslation();
  const { meetingId } = useMeeting().meeting;
  const id = useId();
  const [isAsked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const { isBusy, error, submit } = useSubmit(async () => {
    const params = { meetingId, objectionId: objection.objectionId };
    await call(objectionRoutes.withdrawObjection, { params, body: { reason: reason.trim() } });
    onChanged();
  });
  if (!isAsked) {
    return (
      <Button look="quiet" onClick={() => setAsked(true)}>
        {t('claims.withdraw')}
      </Button>
    );
  }
  return (
    <div className="stack">
      <p>{t('claims.withdrawMeans', { seq: objection.seq })}</p>
      <div className="field">
        <label htmlFor={id}>{t('claims.withdrawReason')}</label>
        <textarea
          id={id}
          rows={2}
          maxLength={WITHDRAWAL_REASON_MAX}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {error !== undefined && (
        <Notice kind="error" role="alert">
          {error}
        </Notice>
      )}
      <Button
        isBusy={isBusy}
        onClick={submit}
        disabledReason={reason.trim().length < 2 ? t('claims.writeReason') : undefined}
      >
        {t('claims.withdrawNow')}
      </Button>
      <Button look="quiet" onClick={() => setAsked(false)}>
        {t('claims.keep')}
      </Button>
    </div>
  );
}
