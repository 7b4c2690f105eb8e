import { useId, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import {
  enteredBallotRoutes,
  type OwnEnteredBallot,
} from '../../../server/protocol/rest/entered-ballot-routes.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../components/Button.tsx';
import { ErrorNotice, Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { dateTime } from '../../format/time.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useResource } from '../../state/use-resource.ts';
import { useSubmit } from '../sign-in/use-submit.ts';
import { useMeeting } from '../use-meeting.ts';

/** 对代录有异议: what staff entered, in words, and the creditor's own words about it. */
export function ObjectToEntryPage() {
  const { t } = useTranslation();
  const { entryId = '' } = useParams();
  const { meeting, base } = useMeeting();
  const { meetingId } = meeting;
  const own = useResource(`own-entered/${meetingId}`, () =>
    call(enteredBallotRoutes.ownEnteredBallots, { params: { meetingId } }),
  );
  const entry = own.data?.rows.find((row) => row.entryId === entryId);
  return (
    <Page title={t('entered.object')} back={{ to: `${base}/my-ballots`, label: t('myBallots.title') }}>
      {own.error !== undefined && <ErrorNotice error={own.error} retry={own.reload} />}
      {entry !== undefined && <ObjectionForm entry={entry} />}
    </Page>
  );
}

function ObjectionForm({ entry }: { readonly entry: OwnEnteredBallot }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { meeting, base } = useMeeting();
  const navigate = useNavigate();
  const id = useId();
  const [text, setText] = useState('');
  const { isBusy, error, submit } = useSubmit(async () => {
    const params = { meetingId: meeting.meetingId, entryId: entry.entryId };
    await call(enteredBallotRoutes.objectToEnteredBallot, { params, body: { text: text.trim() } });
    await navigate(`${base}/my-ballots`);
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (entry.mayObject && text.trim().length >= 2) submit();
      }}
    >
      <Notice>
        {t('entered.sentence', {
          name: entry.creditorName,
          title: entry.resolutionTitle,
          choice: t(`choice.${entry.choice}`),
          channel: t(`channel.${entry.channel}`, { defaultValue: entry.channel }),
          received: dateTime(entry.statedReceivedAt, language),
          seq: entry.seq,
        })}
      </Notice>
      <p>{t('entered.what')}</p>
      <div className="field">
        <label htmlFor={id}>{t('entered.why')}</label>
        <textarea
          id={id}
          rows={5}
          maxLength={1000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {error !== undefined && (
        <Notice kind="error" role="alert">
          {error}
        </Notice>
      )}
      <Button type="submit" look="primary" isBusy={isBusy} disabledReason={reason()}>
        {t('entered.submit')}
      </Button>
    </form>
  );

  function reason(): string | undefined {
    if (entry.objection !== null) return t('entered.already');
    if (!entry.mayObject) return t('errors.OBJECTION_TOO_LATE');
    return text.trim().length < 2 ? t('entered.writeFirst') : undefined;
  }
}
