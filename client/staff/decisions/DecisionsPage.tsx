import { Empty } from 'antd';
import { Link, useParams } from 'react-router';
import { isVerification } from '../../../server/protocol/resolution-types.ts';
import { meetingRoutes, type MeetingView } from '../../../server/protocol/rest/meeting-routes.ts';
import type { ResolutionSlice } from '../../../server/protocol/vote/slices.ts';
import { call } from '../../api/call.ts';
import { useResource } from '../../state/use-resource.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { Mark } from '../parts/Mark.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { mayRecordDecisions } from '../parts/permissions.ts';
import { useWords } from '../parts/use-words.ts';
import './decisions.css';

/** What the court decided of each item of a meeting, and what still waits for it. */
export function DecisionsPage() {
  const { meetingId = '' } = useParams();
  const meeting = useResource(`meeting/${meetingId}`, () =>
    call(meetingRoutes.getMeeting, { params: { meetingId } }),
  );
  return <Loaded resource={meeting}>{(view) => <Decisions meeting={view} />}</Loaded>;
}

function Decisions({ meeting }: { readonly meeting: MeetingView }) {
  const { t } = useWords();
  const mayRecord = mayRecordDecisions([meeting.myRole]);
  return (
    <>
      <PageTitle title={t('staff.decisions.title')} note={meeting.title} />
      <div className="panel">
        <p className="muted">{t('staff.decisions.note')}</p>
        {meeting.resolutions.length === 0 ? <Empty description={t('staff.decisions.empty')} /> : null}
        <ul className="row-list">
          {meeting.resolutions.map((resolution) => (
            <li key={resolution.resolutionId}>
              <div>
                <strong>{resolution.title}</strong>
                <p className="muted">
                  {resolution.verdict === null
                    ? t(`staff.decisions.${isVerification(resolution) ? 'notVerified' : 'notVoted'}`)
                    : [
                        t(`verdict.outcome.${resolution.verdict.outcome}`),
                        ...resolution.verdict.followUp.map((key) =>
                          t(`followUp.${key}`, { defaultValue: key }),
                        ),
                      ].join(' · ')}
                </p>
              </div>
              <DecisionState resolution={resolution} />
              <Link to={resolution.resolutionId}>
                {t(mayRecord ? 'staff.decisions.open' : 'staff.decisions.look')}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

/** Kinds of decision that nothing has to be waited for: they come when somebody asks the court. */
const UNASKED: readonly string[] = [
  'REVOKED',
  'REVOKED_IN_PART',
  'RECONSIDERATION_APPLICATION',
  'RECONSIDERATION_DECISION',
  'CRAM_DOWN_APPLICATION',
  'CRAM_DOWN_APPROVAL',
  'OTHER',
];

/** What somebody asked the court for: recorded, and the court's word on it still waited for. */
const APPLICATIONS: readonly string[] = ['PLAN_APPROVAL_APPLICATION', 'CRAM_DOWN_APPLICATION'];

function DecisionState({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t } = useWords();
  const { rulings, decisions } = resolution;
  const isWaiting = decisions.some((kind) => !UNASKED.includes(kind));
  const isDecided = rulings.some(({ kind }) => !APPLICATIONS.includes(kind));
  if (isWaiting && !isDecided) return <Mark shape="waiting" word={t('staff.decisions.waits')} />;
  if (rulings.length === 0) return null;
  return <Mark shape="done" word={t('staff.decisions.recorded', { count: rulings.length })} />;
}
