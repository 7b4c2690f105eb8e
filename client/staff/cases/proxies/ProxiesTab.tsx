import { Button, Empty, Input, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { CaseView } from '../../../../server/protocol/rest/case-routes.ts';
import {
  proxyRoutes,
  type ProxyRow,
  type ProxyState,
} from '../../../../server/protocol/rest/proxy-routes.ts';
import { call } from '../../../api/call.ts';
import { dateTime } from '../../../format/time.ts';
import { useResource } from '../../../state/use-resource.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { Mark, type MarkShape } from '../../parts/Mark.tsx';
import { mayPrepare } from '../../parts/permissions.ts';
import { useAddress } from '../../parts/use-address.ts';
import { useWords } from '../../parts/use-words.ts';
import { DocumentLink } from './DocumentLink.tsx';
import { EnterProxies } from './EnterProxies.tsx';
import { ReviewProxy } from './ReviewProxy.tsx';
import { RevokeProxy } from './RevokeProxy.tsx';
import { useScopeWords } from './use-scope-words.ts';

const STATES = ['submitted', 'unreviewed', 'approved', 'expired', 'returned', 'revoked'] as const;

const SHAPES: Record<ProxyState, MarkShape> = {
  submitted: 'warning',
  unreviewed: 'warning',
  approved: 'done',
  expired: 'paused',
  returned: 'blocks',
  revoked: 'blocks',
};

/** What is being done, and to which proxy; entering the document of one that the claims table names included. */
export type ProxyStep =
  | { readonly kind: 'enter' }
  | { readonly kind: 'document'; readonly proxy: ProxyRow }
  | { readonly kind: 'review'; readonly proxy: ProxyRow }
  | { readonly kind: 'revoke'; readonly proxy: ProxyRow };

interface ProxiesTabProps {
  readonly view: CaseView;
}

/** Proxies of the case: those that wait for somebody first. */
export function ProxiesTab({ view }: ProxiesTabProps) {
  const { t } = useWords();
  const { get, page, set } = useAddress();
  const [step, setStep] = useState<ProxyStep | undefined>(undefined);
  const state = STATES.find((one) => one === get('state'));
  const query = {
    page,
    pageSize: 50,
    ...(get('search') === '' ? {} : { search: get('search') }),
    ...(state === undefined ? {} : { state }),
  };
  const { caseId } = view;
  const list = useResource(`proxies/${caseId}/${JSON.stringify(query)}`, () =>
    call(proxyRoutes.listProxies, { params: { caseId }, query }),
  );
  const isFiltered = get('search') !== '' || state !== undefined;
  const done = (isDone: boolean) => {
    setStep(undefined);
    if (isDone) list.reload();
  };
  return (
    <div className="panel">
      <div className="toolbar">
        <Filters state={state} />
        <span className="toolbar-end">
          {list.data === undefined ? null : t('staff.proxy.total', { total: list.data.total })}
          {mayPrepare(view.myRole) ? (
            <Button type="primary" onClick={() => setStep({ kind: 'enter' })}>
              {t('staff.proxy.enter')}
            </Button>
          ) : null}
        </span>
      </div>
      <p className="muted">{t('staff.proxy.hint')}</p>
      {list.error === undefined ? null : <ErrorNotice error={list.error} onRetry={list.reload} />}
      <Table<ProxyRow>
        rowKey="proxyId"
        size="small"
        columns={useColumns(view, setStep)}
        dataSource={list.data?.rows ?? []}
        loading={list.isLoading}
        scroll={{ x: 'max-content' }}
        locale={{
          emptyText: <Empty description={t(isFiltered ? 'staff.proxy.noMatch' : 'staff.proxy.none')} />,
        }}
        pagination={{
          current: page,
          pageSize: 50,
          total: list.data?.total ?? 0,
          showSizeChanger: false,
          hideOnSinglePage: true,
          onChange: (next) => set({ page: String(next) }),
        }}
      />
      {step === undefined ? null : <Step step={step} caseId={caseId} onDone={done} />}
    </div>
  );
}

function Step({
  step,
  ...rest
}: {
  readonly step: ProxyStep;
  readonly caseId: string;
  readonly onDone: (isDone: boolean) => void;
}) {
  if (step.kind === 'enter') return <EnterProxies named={undefined} {...rest} />;
  if (step.kind === 'document') return <EnterProxies named={step.proxy} {...rest} />;
  if (step.kind === 'review') return <ReviewProxy proxy={step.proxy} {...rest} />;
  return <RevokeProxy proxy={step.proxy} {...rest} />;
}

function Filters({ state }: { readonly state: ProxyState | undefined }) {
  const { t } = useWords();
  const { get, set } = useAddress();
  return (
    <>
      <Input.Search
        key={get('search')}
        className="filter-search"
        allowClear
        defaultValue={get('search')}
        placeholder={t('staff.proxy.searchHint')}
        aria-label={t('staff.proxy.searchHint')}
        onSearch={(search) => set({ search: search.trim() })}
      />
      <Select
        className="filter"
        allowClear
        aria-label={t('staff.proxy.state')}
        placeholder={t('staff.proxy.allStates')}
        value={state ?? null}
        options={STATES.map((value) => ({ value, label: t(`staff.proxyState.${value}`) }))}
        onChange={(next: ProxyState | null | undefined) => set({ state: next ?? undefined })}
      />
    </>
  );
}

function useColumns(view: CaseView, onStep: (step: ProxyStep) => void): TableColumnsType<ProxyRow> {
  const { t, language } = useWords();
  const scopeWords = useScopeWords(view.caseId);
  return [
    {
      title: t('staff.proxy.state'),
      render: (_, row) => <Mark shape={SHAPES[row.state]} word={t(`staff.proxyState.${row.state}`)} />,
    },
    { title: t('staff.proxy.principal'), className: 'wrap', dataIndex: 'creditorName' },
    {
      title: t('staff.proxy.holder'),
      render: (_, row) => (
        <>
          {row.holderName} <span className="muted num">{row.holderMobileMasked}</span>
        </>
      ),
    },
    {
      title: t('staff.proxy.authority'),
      render: (_, row) => (row.authority === null ? '–' : t(`staff.proxyAuthority.${row.authority}`)),
    },
    {
      title: t('staff.proxy.scope'),
      className: 'wrap',
      render: (_, row) => (row.scope === null ? '–' : scopeWords(row.scope)),
    },
    {
      title: t('staff.proxy.expiresAt'),
      className: 'num',
      render: (_, row) =>
        row.expiresAt === null ? t('staff.proxy.noEnd') : dateTime(row.expiresAt, language),
    },
    {
      title: t('staff.proxy.document'),
      render: (_, row) => (row.document === null ? t('staff.proxy.noDocument') : <DocumentLink row={row} />),
    },
    { title: t('staff.proxy.people'), className: 'wrap', render: (_, row) => <People row={row} /> },
    {
      title: t('staff.proxy.actions'),
      fixed: 'right',
      render: (_, row) => <Actions row={row} role={view.myRole} onStep={onStep} />,
    },
  ];
}

function People({ row }: { readonly row: ProxyRow }) {
  const { t } = useWords();
  const parts = [
    row.enteredByName === null ? undefined : t('staff.proxy.enteredBy', { name: row.enteredByName }),
    row.reviewedByName === null ? undefined : t('staff.proxy.reviewedBy', { name: row.reviewedByName }),
    row.reason === null ? undefined : t('staff.proxy.because', { reason: row.reason }),
  ].filter((part) => part !== undefined);
  return <>{parts.length === 0 ? t('staff.proxy.fromClaims') : parts.join('；')}</>;
}

interface ActionsProps {
  readonly row: ProxyRow;
  readonly role: string;
  readonly onStep: (step: ProxyStep) => void;
}

function Actions({ row, role, onStep }: ActionsProps) {
  const { t } = useWords();
  const isPreparing = mayPrepare(role);
  const mayRevoke = isPreparing && ['unreviewed', 'submitted', 'approved'].includes(row.state);
  return (
    <span className="row-actions">
      {row.state === 'unreviewed' && isPreparing ? (
        <Button size="small" onClick={() => onStep({ kind: 'document', proxy: row })}>
          {t('staff.proxy.addDocument')}
        </Button>
      ) : null}
      {row.state === 'submitted' ? (
        <Button
          size="small"
          type="primary"
          disabled={!row.mayReview}
          title={row.mayReview ? undefined : t('staff.proxy.secondPerson')}
          onClick={() => onStep({ kind: 'review', proxy: row })}
        >
          {t('staff.proxy.review')}
        </Button>
      ) : null}
      {mayRevoke ? (
        <Button size="small" onClick={() => onStep({ kind: 'revoke', proxy: row })}>
          {t('staff.proxy.revoke')}
        </Button>
      ) : null}
    </span>
  );
}
