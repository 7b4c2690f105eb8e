import { Link, useParams } from 'react-router';
import { caseRoutes } from '../../../server/protocol/rest/case-routes.ts';
import { meetingRoutes, type MeetingView } from '../../../server/protocol/rest/meeting-routes.ts';
import { call } from '../../api/call.ts';
import { NotFoundPage } from '../../app/ErrorPage.tsx';
import { CourtDecisions } from '../../components/verdict/CourtDecisions.tsx';
import { VerdictCard } from '../../components/verdict/VerdictCard.tsx';
import { useResource } from '../../state/use-resource.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { mayRecordDecisions } from '../parts/permissions.ts';
import { useWords } from '../parts/use-words.ts';
import { DecisionForm } from './DecisionForm.tsx';
import './decisions.css';

/** One item with its verdict, what the court decided of it, and the form to record more. */
export function DecisionPage() {
  const { meetingId = '' } = useParams();
  const meeting = useResource(`meeting/${meetingId}`, () =>
    call(meetingRoutes.getMeeting, { params: { meetingId } }),
  );
  return (
    <Loaded resource={meeting}>{(view) => <OneItem meeting={view} onRecorded={meeting.reload} />}</Loaded>
  );
}

interface OneItemProps {
  readonly meeting: MeetingView;
  readonly onRecorded: () => void;
}

function OneItem({ meeting, onRecorded }: OneItemProps) {
  const { t } = useWords();
  const { resolutionId } = useParams();
  const { meetingId, caseId } = meeting;
  const resolution = meeting.resolutions.find((candidate) => candidate.resolutionId === resolutionId);
  const documents = useResource(`documents/${caseId}`, () =>
    call(caseRoutes.listDocuments, { params: { caseId } }),
  );
  if (resolution === undefined) return <NotFoundPage />;
  const { title, verdict, rulings } = resolution;
  return (
    <>
      <PageTitle
        title={t('staff.decisions.title')}
        note={`${meeting.title} · ${title}`}
        action={<Link to={`/staff/meetings/${meetingId}/decisions`}>{t('staff.decisions.back')}</Link>}
      />
      <div className="decision-columns">
        <section className="panel" aria-labelledby="decision-item">
          <h2 id="decision-item">{title}</h2>
          {verdict === null ? (
            <>
              <p className="muted">{t('staff.decisions.notVoted')}</p>
              <CourtDecisions rulings={rulings} />
            </>
          ) : (
            <VerdictCard title={title} verdict={verdict} rulings={rulings} />
          )}
        </section>
        {mayRecordDecisions([meeting.myRole]) ? (
          <DecisionForm
            key={rulings.length}
            meetingId={meetingId}
            resolution={resolution}
            documents={documents.data?.rows ?? []}
            onRecorded={onRecorded}
          />
        ) : (
          <section className="panel">
            <p>{t('staff.decisions.mayNot')}</p>
          </section>
        )}
      </div>
    </>
  );
}
