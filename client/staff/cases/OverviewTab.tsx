import { Alert, Descriptions } from 'antd';
import { Link } from 'react-router';
import type { CaseView } from '../../../server/protocol/rest/case-routes.ts';
import { useWords } from '../parts/use-words.ts';
import { DeadlinesPanel } from './deadlines/DeadlinesPanel.tsx';

interface NextStep {
  readonly tab: string;
  readonly text: string;
}

/** What the case lacks before a meeting can be held, the nearest first. */
function findNextStep(view: CaseView): NextStep | undefined {
  if (view.claims === 0) return { tab: 'creditors', text: 'staff.overview.needClaims' };
  if (view.meetings === 0) return { tab: 'meetings', text: 'staff.overview.needMeeting' };
  return undefined;
}

export function OverviewTab({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const nextStep = findNextStep(view);
  const items = [
    { key: 'number', label: t('staff.case.number'), children: view.caseNumber },
    { key: 'debtor', label: t('staff.case.debtor'), children: view.debtor },
    { key: 'court', label: t('staff.case.court'), children: view.court },
    { key: 'province', label: t('staff.case.province'), children: t(`staff.province.${view.province}`) },
    { key: 'procedure', label: t('staff.case.procedure'), children: t(`staff.procedure.${view.procedure}`) },
    { key: 'acceptedOn', label: t('staff.case.acceptedOn'), children: view.acceptedOn },
    { key: 'helpPhone', label: t('staff.case.helpPhone'), children: view.helpPhone },
    {
      key: 'claims',
      label: t('staff.overview.claims'),
      children: t('staff.overview.claimsOfCreditors', { claims: view.claims, creditors: view.creditors }),
    },
    { key: 'meetings', label: t('staff.case.meetings'), children: view.meetings },
    {
      key: 'file',
      label: t('staff.overview.claimsFile'),
      children:
        view.claimsFileSha256 === null ? (
          t('staff.overview.noFile')
        ) : (
          <code className="hash">{view.claimsFileSha256}</code>
        ),
    },
  ];
  return (
    <div className="panel">
      {nextStep === undefined ? null : (
        <Alert
          type="info"
          showIcon
          title={t(nextStep.text)}
          action={<Link to={`?tab=${nextStep.tab}`}>{t('staff.overview.go')}</Link>}
        />
      )}
      <Descriptions bordered size="small" column={{ xs: 1, md: 2 }} items={items} />
      <DeadlinesPanel caseId={view.caseId} isReorganisation={view.procedure === 'reorganisation'} />
    </div>
  );
}
