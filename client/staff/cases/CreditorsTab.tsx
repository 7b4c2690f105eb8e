import { Button, Empty, Input, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { caseRoutes, type CaseView, type CreditorRow } from '../../../server/protocol/rest/case-routes.ts';
import { call } from '../../api/call.ts';
import { yuan } from '../../format/money.ts';
import { useResource } from '../../state/use-resource.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { natures } from '../parts/natures.ts';
import { mayPrepare } from '../parts/permissions.ts';
import { useAddress } from '../parts/use-address.ts';
import { useWords } from '../parts/use-words.ts';
import { YuanCell } from '../parts/YuanCell.tsx';
import { ClaimsImport } from './import/ClaimsImport.tsx';

const SORTS = ['number', 'amount', 'name'] as const;
type Sort = (typeof SORTS)[number];

/** What of the table bears on its head and its vote, besides amounts: one line each. */
function Standing({ row }: { readonly row: CreditorRow }) {
  const { t } = useWords();
  const lines = [
    ...(row.isAffiliate ? [t('staff.creditor.affiliate')] : []),
    ...(row.isPriorityWaived ? [t('staff.creditor.waived')] : []),
    ...(row.head === null
      ? []
      : [
          t('staff.creditor.joined', {
            number: row.head.creditorNo,
            reason: t(`staff.settings.join.${row.head.reason}`),
            basis: row.head.basis,
          }),
        ]),
    ...row.recourseFor.map((number) => t('staff.creditor.recourse', { number })),
    ...(row.contributionFen === '0'
      ? []
      : [t('staff.creditor.contribution', { amount: yuan(row.contributionFen) })]),
  ];
  return (
    <>
      {lines.map((line) => (
        <div key={line} className="muted creditor-standing">
          {line}
        </div>
      ))}
    </>
  );
}

/** What of its amounts counts where secured claims do not, said where it is not all of them. */
function UnsecuredPart({ row }: { readonly row: CreditorRow }) {
  const { t } = useWords();
  if (BigInt(row.unsecuredFen) === BigInt(row.confirmedFen) + BigInt(row.temporaryFen)) return null;
  return (
    <div className="muted creditor-standing">
      {t('staff.creditor.unsecured')}
      <br />
      {yuan(row.unsecuredFen)}
    </div>
  );
}

function useColumns(): TableColumnsType<CreditorRow> {
  const { t } = useWords();
  return [
    { title: t('staff.creditor.no'), dataIndex: 'creditorNo', className: 'num' },
    {
      title: t('staff.creditor.name'),
      render: (_, row) => (
        <>
          {row.name}
          <Standing row={row} />
        </>
      ),
    },
    {
      title: t('staff.creditor.kind'),
      render: (_, row) => t(`staff.creditorKind.${row.kind}`, { defaultValue: row.kind }),
    },
    {
      // One below the other: beside one another the table was wider than a desk of 1280 px.
      title: t('staff.creditor.idNoAndMobile'),
      className: 'num',
      render: (_, { idNoMasked, mobileMasked }) => (
        <>
          {idNoMasked}
          <div className="muted">{mobileMasked}</div>
        </>
      ),
    },
    {
      title: t('staff.creditor.natures'),
      className: 'wrap',
      render: (_, row) =>
        row.natures.map((nature) => t(`nature.${nature}`, { defaultValue: nature })).join('、'),
    },
    { title: t('staff.creditor.claims'), dataIndex: 'claims', align: 'right', className: 'num' },
    { title: t('staff.creditor.filed'), align: 'right', render: (_, row) => <YuanCell fen={row.filedFen} /> },
    {
      title: t('staff.creditor.confirmed'),
      align: 'right',
      render: (_, row) => (
        <>
          <YuanCell fen={row.confirmedFen} />
          <UnsecuredPart row={row} />
        </>
      ),
    },
    {
      title: t('staff.creditor.temporary'),
      align: 'right',
      render: (_, row) => <YuanCell fen={row.temporaryFen} />,
    },
  ];
}

function Filters() {
  const { t } = useWords();
  const { get, set } = useAddress();
  return (
    <>
      <Input.Search
        key={get('search')}
        className="filter-search"
        allowClear
        defaultValue={get('search')}
        placeholder={t('staff.creditor.searchHint')}
        aria-label={t('staff.creditor.searchHint')}
        onSearch={(search) => set({ search: search.trim() })}
      />
      <Select
        className="filter"
        allowClear
        aria-label={t('staff.creditor.natures')}
        placeholder={t('staff.creditor.allNatures')}
        value={get('nature') === '' ? null : get('nature')}
        options={natures.map((value) => ({ value, label: t(`nature.${value}`) }))}
        onChange={(nature: string | null | undefined) => set({ nature: nature ?? undefined })}
      />
      <Select<Sort>
        className="filter"
        aria-label={t('staff.creditor.sort')}
        value={(get('sort') || 'number') as Sort}
        options={SORTS.map((value) => ({ value, label: t(`staff.creditorSort.${value}`) }))}
        onChange={(sort) => set({ sort: sort === 'number' ? undefined : sort })}
      />
    </>
  );
}

interface CreditorsTabProps {
  readonly view: CaseView;
  readonly onImported: () => void;
}

/** Creditors, and apart from them who is on the register of investors alone. */
function Count({ total, onlyInvestors }: { readonly total: number; readonly onlyInvestors: number }) {
  const { t } = useWords();
  return (
    <span>
      {t('staff.creditor.total', { total: total - onlyInvestors })}
      {onlyInvestors === 0 ? null : t('staff.creditor.investors', { count: onlyInvestors })}
    </span>
  );
}

/** Creditors with their sums, 50 a page, filtered and sorted by the server; the way to a new claims table. */
export function CreditorsTab({ view, onImported }: CreditorsTabProps) {
  const { t } = useWords();
  const { get, page, set } = useAddress();
  const [isImporting, setImporting] = useState(false);
  const query = {
    page,
    pageSize: 50,
    ...(get('search') === '' ? {} : { search: get('search') }),
    ...(get('nature') === '' ? {} : { nature: get('nature') }),
    ...(SORTS.includes(get('sort') as Sort) ? { sort: get('sort') as Sort } : {}),
  };
  const list = useResource(`creditors/${view.caseId}/${JSON.stringify(query)}/${view.claimsFileSha256}`, () =>
    call(caseRoutes.listCreditors, { params: { caseId: view.caseId }, query }),
  );
  const importButton = mayPrepare(view.myRole) ? (
    <Button type="primary" onClick={() => setImporting(true)}>
      {t('staff.import.start')}
    </Button>
  ) : null;
  const close = (isWritten: boolean) => {
    setImporting(false);
    if (isWritten) onImported();
  };
  return (
    <div className="panel">
      <div className="toolbar">
        <Filters />
        <span className="toolbar-end">
          {list.data === undefined ? null : <Count {...list.data} />}
          {importButton}
        </span>
      </div>
      {list.error === undefined ? null : <ErrorNotice error={list.error} onRetry={list.reload} />}
      <Table<CreditorRow>
        rowKey="creditorId"
        size="small"
        columns={useColumns()}
        dataSource={list.data?.rows ?? []}
        loading={list.isLoading}
        scroll={{ x: 'max-content' }}
        locale={{
          emptyText: (
            <Empty description={t(view.creditors === 0 ? 'staff.creditor.none' : 'staff.creditor.noMatch')} />
          ),
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
      {isImporting ? <ClaimsImport view={view} onClose={close} /> : null}
    </div>
  );
}
