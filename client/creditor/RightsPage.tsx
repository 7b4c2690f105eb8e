import { useTranslation } from 'react-i18next';
import { ConnectionBadge, ConnectionNotice } from '../components/ConnectionState.tsx';
import { Page } from '../components/Page.tsx';
import { MyRights } from './MyRights.tsx';
import { Calls } from './Calls.tsx';
import { ListeningLine } from './room/ListeningLine.tsx';
import { useMeeting } from './use-meeting.ts';

export function RightsPage() {
  const { t } = useTranslation();
  const { base } = useMeeting();
  return (
    <Page
      title={t('rights.title')}
      back={{ to: `${base}/room`, label: t('room.title') }}
      aside={<ConnectionBadge />}
    >
      <ConnectionNotice />
      <ListeningLine />
      <Calls />
      <section className="card">
        <MyRights heading="h2" />
      </section>
    </Page>
  );
}
