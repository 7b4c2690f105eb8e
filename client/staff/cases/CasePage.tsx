import { Tabs } from 'antd';
import { useParams } from 'react-router';
import { caseRoutes, type CaseView } from '../../../server/protocol/rest/case-routes.ts';
import { call } from '../../api/call.ts';
import { useResource } from '../../state/use-resource.ts';
import { DemoMark } from '../parts/DemoMark.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { mayFollowNotices } from '../parts/permissions.ts';
import { useAddress } from '../parts/use-address.ts';
import { useWords } from '../parts/use-words.ts';
import { CreditorsTab } from './CreditorsTab.tsx';
import { DocumentsTab } from './DocumentsTab.tsx';
import { MeetingsTab } from './MeetingsTab.tsx';
import { MembersTab } from './MembersTab.tsx';
import { OverviewTab } from './OverviewTab.tsx';
import { NoticesTab } from './notices/NoticesTab.tsx';
import { ProxiesTab } from './proxies/ProxiesTab.tsx';
import { SettingsTab } from './SettingsTab.tsx';

const TABS = [
  'overview',
  'creditors',
  'proxies',
  'meetings',
  'notices',
  'documents',
  'settings',
  'team',
] as const;
type Tab = (typeof TABS)[number];

/** Filters belong to the tab on which they were set. */
const FILTERS_OFF = {
  search: undefined,
  state: undefined,
  nature: undefined,
  sort: undefined,
  meeting: undefined,
  notice: undefined,
} as const;

/** One case: overview, creditors and claims, meetings, documents, team. The tab stands in the address. */
export function CasePage() {
  const { caseId = '' } = useParams();
  const opened = useResource(`case/${caseId}`, () => call(caseRoutes.getCase, { params: { caseId } }));
  return <Loaded resource={opened}>{(view) => <OpenedCase view={view} onChanged={opened.reload} />}</Loaded>;
}

function OpenedCase({ view, onChanged }: { readonly view: CaseView; readonly onChanged: () => void }) {
  const { t } = useWords();
  const { get, set } = useAddress();
  const chosen = get('tab') as Tab;
  const tabs: readonly Tab[] = mayFollowNotices([view.myRole])
    ? TABS
    : TABS.filter((one) => one !== 'notices');
  const tab = tabs.includes(chosen) ? chosen : 'overview';
  const pages: Record<Tab, React.ReactNode> = {
    overview: <OverviewTab view={view} />,
    creditors: <CreditorsTab view={view} onImported={onChanged} />,
    proxies: <ProxiesTab view={view} />,
    meetings: <MeetingsTab view={view} />,
    notices: <NoticesTab view={view} />,
    documents: <DocumentsTab view={view} />,
    settings: <SettingsTab view={view} />,
    team: <MembersTab view={view} />,
  };
  return (
    <>
      <PageTitle
        title={`${view.caseNumber} ${view.debtor}`}
        note={
          <>
            {view.court} · {t(`staff.procedure.${view.procedure}`)}{' '}
            <DemoMark isDemonstration={view.isDemonstration} />
          </>
        }
      />
      <Tabs
        activeKey={tab}
        destroyOnHidden
        onChange={(next) => set({ ...FILTERS_OFF, tab: next })}
        items={tabs.map((key) => ({
          key,
          label: t(`staff.caseTab.${key}`),
          children: key === tab ? pages[key] : null,
        }))}
      />
    </>
  );
}
