import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { caseRoutes, type CaseDocumentView } from '../../../server/protocol/rest/case-routes.ts';
import { meetingRoutes, type MeetingPreparation } from '../../../server/protocol/rest/meeting-routes.ts';
import { call } from '../../api/call.ts';
import { useResource } from '../../state/use-resource.ts';
import { DemoMark } from '../parts/DemoMark.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { useWords } from '../parts/use-words.ts';
import { MeetingEditor } from './MeetingEditor.tsx';
import { PublishedMeeting } from './PublishedMeeting.tsx';
import './prepare.css';

interface PreparationWithDocuments {
  readonly preparation: MeetingPreparation;
  readonly documents: readonly CaseDocumentView[];
}

async function load(meetingId: string): Promise<PreparationWithDocuments> {
  const preparation = await call(meetingRoutes.prepareMeeting, { params: { meetingId } });
  const params = { caseId: preparation.meeting.caseId };
  const { rows } = await call(caseRoutes.listDocuments, { params });
  return { preparation, documents: rows };
}

/** A meeting from its draft to its publication. */
export function PreparePage() {
  const { meetingId = '' } = useParams();
  const loaded = useResource(`preparation/${meetingId}`, () => load(meetingId));
  return <Loaded resource={loaded}>{(data) => <Prepared key={meetingId} initial={data} />}</Loaded>;
}

function Prepared({ initial }: { readonly initial: PreparationWithDocuments }) {
  const { t } = useWords();
  const [preparation, setPreparation] = useState(initial.preparation);
  const { meeting } = preparation;
  return (
    <>
      <PageTitle
        title={meeting.title}
        note={
          <>
            <Link to={`/staff/cases/${meeting.caseId}?tab=meetings`}>
              {meeting.caseNumber} {meeting.debtor}
            </Link>{' '}
            · {t(`staff.prepare.status.${meeting.status}`)}{' '}
            <DemoMark isDemonstration={meeting.isDemonstration} />
          </>
        }
      />
      {meeting.status === 'published' ? (
        <PublishedMeeting meeting={meeting} />
      ) : (
        <MeetingEditor preparation={preparation} documents={initial.documents} onChanged={setPreparation} />
      )}
    </>
  );
}
