import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import { isVerification } from '../../../server/protocol/resolution-types.ts';
import { meetingRoutes, type RecordView } from '../../../server/protocol/rest/meeting-routes.ts';
import { call, routeUrl } from '../../api/call.ts';
import { Amount } from '../../components/Amount.tsx';
import { DocumentList } from '../../components/DocumentList.tsx';
import { VerdictCard } from '../../components/verdict/VerdictCard.tsx';
import { VerdictHistory } from '../../components/verdict/VerdictHistory.tsx';
import { dateTime } from '../../format/time.ts';
import { useResource } from '../../state/use-resource.ts';
import { RecordDetails } from '../attest/RecordDetails.tsx';
import { DemoMark } from '../parts/DemoMark.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { MeetingStateMark } from '../parts/MeetingStateMark.tsx';
import { mayRecordDecisions } from '../parts/permissions.ts';
import { PageTitle } from '../parts/PageTitle.tsx';
import { useWords } from '../parts/use-words.ts';
import { LateEvidence } from '../rollback/LateEvidence.tsx';
import { RolledBack } from '../rollback/RolledBack.tsx';
import { useStaffRoles } from '../staff-session.ts';
import { EvidenceBundle } from './EvidenceBundle.tsx';
import { LawChecks } from './LawChecks.tsx';
import { SealedMinutes } from './SealedMinutes.tsx';
import { RecordTimeline } from './RecordTimeline.tsx';
import './review.css';

/** One record, read-only: the timeline, the checks of the law beside it, verdicts, minutes. */
export function RecordPage() {
  const { meetingId = '' } = useParams();
  const record = useResource(`record/${meetingId}`, () =>
    call(meetingRoutes.record, { params: { meetingId } }),
  );
  return <Loaded resource={record}>{(view) => <Opened record={view} />}</Loaded>;
}

function Minutes({ meetingId }: { readonly meetingId: string }) {
  const { t } = useWords();
  return (
    <span className="minutes-links">
      {(['docx', 'pdf'] as const).map((format) => (
        <Button
          key={format}
          icon={<DownloadOutlined aria-hidden="true" />}
          href={routeUrl(meetingRoutes.minutes, { params: { meetingId, format } })}
          download
        >
          {t(`staff.record.minutes.${format}`)}
        </Button>
      ))}
    </span>
  );
}

function Attendance({ record }: { readonly record: RecordView }) {
  const { t } = useWords();
  const { attendance } = record;
  return (
    <dl className="facts">
      <div>
        <dt>{t('staff.record.signedIn')}</dt>
        <dd>{t('staff.record.units', { signedIn: attendance.signedInUnits, due: attendance.dueUnits })}</dd>
      </div>
      <div>
        <dt>{t('staff.record.presentAmount')}</dt>
        <dd>
          <Amount fen={attendance.signedInFen} />
        </dd>
      </div>
      <div>
        <dt>{t('staff.record.dueAmount')}</dt>
        <dd>
          <Amount fen={attendance.dueFen} />
        </dd>
      </div>
      <div>
        <dt>{t('staff.record.entries')}</dt>
        <dd>{record.entries}</dd>
      </div>
    </dl>
  );
}

/** Each with its result in force, and beside it every earlier round and every count that was corrected. */
function Resolutions({ record }: { readonly record: RecordView }) {
  const { t } = useWords();
  const { meeting } = record;
  return (
    <section className="panel" aria-labelledby="record-resolutions">
      <h2 id="record-resolutions">{t('staff.record.resolutions')}</h2>
      {record.resolutions.length === 0 ? <p className="muted">{t('staff.record.noResolutions')}</p> : null}
      {record.resolutions.map((resolution) => (
        <article key={resolution.resolutionId} className="record-resolution">
          <h3>{resolution.title}</h3>
          {resolution.verdict === null ? (
            <p className="muted">
              {t(
                `staff.${isVerification(resolution) ? 'verificationStatus' : 'resolutionStatus'}.${resolution.status}`,
              )}
            </p>
          ) : (
            <VerdictCard
              title={resolution.title}
              verdict={resolution.verdict}
              rulings={resolution.rulings}
              recordAt={
                mayRecordDecisions([meeting.myRole])
                  ? `/staff/meetings/${meeting.meetingId}/decisions/${resolution.resolutionId}`
                  : undefined
              }
            />
          )}
          <VerdictHistory resolution={resolution} />
        </article>
      ))}
    </section>
  );
}

const isVoting = ({ resolutions }: RecordView): boolean =>
  resolutions.some(({ status }) => status === 'open' || status === 'interrupted');

function Verification({ record }: { readonly record: RecordView }) {
  const { t } = useWords();
  return (
    <section className="panel" aria-labelledby="record-verification">
      <h2 id="record-verification">{t('staff.attest.title')}</h2>
      <p className="disclaimer">{t('staff.attest.disclaimer')}</p>
      <RecordDetails state={record.state} />
    </section>
  );
}

function Opened({ record }: { readonly record: RecordView }) {
  const { t, language } = useWords();
  const { meeting } = record;
  const isReviewer = useStaffRoles().includes('reviewer');
  const backTo = isReviewer ? '/staff/review' : `/staff/cases/${meeting.caseId}?tab=meetings`;
  return (
    <>
      <PageTitle
        title={meeting.title}
        note={
          <>
            {meeting.caseNumber} {meeting.debtor} · {meeting.court} · {dateTime(meeting.startsAt, language)}{' '}
            <MeetingStateMark state={meeting.state} /> <DemoMark isDemonstration={meeting.isDemonstration} />
          </>
        }
        action={<Minutes meetingId={meeting.meetingId} />}
      />
      <div className="toolbar">
        <span className="muted">{t('staff.record.readOnly')}</span>
        <Link to={backTo}>{t('staff.record.back')}</Link>
      </div>
      {meeting.state === 'halted' ? <RolledBack meetingId={meeting.meetingId} /> : null}
      <LateEvidence meetingId={meeting.meetingId} />
      <div className="panel">
        <Attendance record={record} />
      </div>
      <div className="two-columns record-columns">
        <div>
          <Resolutions record={record} />
          <RecordTimeline timeline={record.timeline} />
        </div>
        <div>
          <Verification record={record} />
          {isReviewer || meeting.state === 'halted' ? null : <SealedMinutes meetingId={meeting.meetingId} />}
          <LawChecks checks={record.checks} />
          <EvidenceBundle
            meetingId={meeting.meetingId}
            myRole={meeting.myRole}
            isReady={meeting.state === 'closed' && !isVoting(record)}
            isHalted={meeting.state === 'halted'}
          />
          <section className="panel" aria-labelledby="record-documents">
            <h2 id="record-documents">{t('staff.record.documents')}</h2>
            <DocumentList documents={record.documents} />
          </section>
        </div>
      </div>
    </>
  );
}
