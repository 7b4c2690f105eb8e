import { useTranslation } from 'react-i18next';
import type { DocumentView, RoomState } from '../../server/protocol/room-slices.ts';
import { ConnectionBadge, ConnectionNotice } from '../components/ConnectionState.tsx';
import { DocumentList } from '../components/DocumentList.tsx';
import { Page } from '../components/Page.tsx';
import { resolutionsOf } from '../state/rights.ts';
import { Calls } from './Calls.tsx';
import { ListeningLine } from './room/ListeningLine.tsx';
import { useMeeting } from './use-meeting.ts';

/** Every document of the meeting once, in the order of the agenda. */
export function documentsOf(state: RoomState): readonly DocumentView[] {
  const all = [
    ...(state.agenda?.items ?? []).flatMap((item) => item.documents),
    ...resolutionsOf(state).flatMap((resolution) => resolution.documents),
  ];
  return [...new Map(all.map((document) => [document.documentId, document])).values()];
}

export function DocumentsPage() {
  const { t } = useTranslation();
  const { state, base } = useMeeting();
  return (
    <Page
      title={t('meeting.documents')}
      back={{ to: `${base}/room`, label: t('room.title') }}
      aside={<ConnectionBadge />}
    >
      <ConnectionNotice />
      <ListeningLine />
      <Calls />
      <section className="card">
        <DocumentList documents={documentsOf(state)} />
      </section>
    </Page>
  );
}
