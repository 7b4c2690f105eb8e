import { useParams, Link } from 'react-router';
import {
  enteredBallotRoutes,
  type EnteredBallotView,
} from '../../../server/protocol/rest/entered-ballot-routes.ts';
import { call } from '../../api/call.ts';
import { dateTime, dateTimeWithSeconds } from '../../format/time.ts';
import { useResource } from '../../state/use-resource.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { useWords } from '../parts/use-words.ts';
import { ConfirmPaper } from './ConfirmPaper.tsx';
import { CorrectPaper } from './CorrectPaper.tsx';
import { PaperState } from './PaperState.tsx';
import { ScanPane } from './ScanPane.tsx';
import { VotingAmount } from './VotingAmount.tsx';
import { TellAgain, WithdrawPaper } from './paper-actions.tsx';
import './papers.css';

/** One entered ballot with its scan: read as the second person, corrected after a difference, or looked at. */
export function PaperPage() {
  const { meetingId = '', entryId = '' } = useParams();
  const paper = useResource(`paper/${entryId}`, () =>
    call(enteredBallotRoutes.enteredBallot, { params: { meetingId, entryId } }),
  );
  return (
    <Loaded resource={paper}>
      {(row) => <Paper meetingId={meetingId} row={row} onChanged={paper.reload} />}
    </Loaded>
  );
}

export interface PaperProps {
  readonly meetingId: string;
  readonly row: EnteredBallotView;
  readonly onChanged: () => void;
}

function Paper({ meetingId, row, onChanged }: PaperProps) {
  const { t } = useWords();
  const subject = { meetingId, row, onChanged };
  const isUnfinished = row.state === 'waiting' || row.state === 'confirming';
  return (
    <>
      <PageTitle
        title={t('staff.papers.one', { name: row.creditorName })}
        note={row.resolutionTitle}
        action={<Link to={`/staff/meetings/${meetingId}/papers`}>{t('staff.papers.back')}</Link>}
      />
      <div className="paper-columns">
        <section className="panel" aria-label={t('staff.papers.scan')}>
          <ScanPane meetingId={meetingId} scan={row.scan} />
        </section>
        <section className="panel" aria-label={t('staff.papers.step.content')}>
          <Facts row={row} />
          {isUnfinished && !row.isOwnEntry ? <ConfirmPaper {...subject} /> : null}
          {isUnfinished && row.isOwnEntry ? <p role="status">{t('staff.papers.waitsForOther')}</p> : null}
          {row.state === 'differs' ? <CorrectPaper {...subject} /> : null}
          {row.state === 'waiting' || row.state === 'differs' ? <WithdrawPaper {...subject} /> : null}
          {row.outcome === null ? null : <TellAgain {...subject} />}
        </section>
      </div>
    </>
  );
}

function Facts({ row }: { readonly row: EnteredBallotView }) {
  const { t, language } = useWords();
  const isRead = row.choice !== null;
  return (
    <dl className="paper-facts">
      <dt>{t('staff.papers.column.state')}</dt>
      <dd>
        <PaperState row={row} />
      </dd>
      <dt>{t('staff.papers.unit')}</dt>
      <dd>
        {row.creditorName} <span className="muted num">{row.mobileMasked}</span>
      </dd>
      <dt>{t('staff.papers.amount')}</dt>
      <dd>
        <VotingAmount unit={row} />
      </dd>
      <dt>{t('staff.papers.channel')}</dt>
      <dd>
        {t(`channel.${row.channel}`)}，{t('staff.papers.receivedAt')}{' '}
        {dateTime(row.statedReceivedAt, language)}
      </dd>
      <dt>{t('staff.papers.enteredBy')}</dt>
      <dd>
        {row.enteredBy} <span className="muted">{dateTimeWithSeconds(row.enteredAt, language)}</span>
        {isRead ? <strong> {t(`choice.${row.choice}`)}</strong> : null}
      </dd>
      <dt>{t('staff.papers.secondBy')}</dt>
      <dd>
        {row.secondBy ?? t('staff.papers.noSecond')}{' '}
        {row.secondAt === null ? null : (
          <span className="muted">{dateTimeWithSeconds(row.secondAt, language)}</span>
        )}
        {row.secondChoice === null ? null : <strong> {t(`choice.${row.secondChoice}`)}</strong>}
      </dd>
      {row.objectUntil === null ? null : (
        <>
          <dt>{t('staff.papers.objectUntil')}</dt>
          <dd>{dateTime(row.objectUntil, language)}</dd>
        </>
      )}
    </dl>
  );
}
