import { Alert, Button, Table, type TableColumnsType } from 'antd';
import type { ImportFinding, ImportPreview } from '../../../../server/protocol/rest/case-routes.ts';
import { importMessage } from '../../../../server/protocol/import-messages.ts';
import { useWords } from '../../parts/use-words.ts';
import { ControlTotalsTable, investorsOf } from './ControlTotalsTable.tsx';
import { findingsCsv, saveText } from './findings-csv.ts';

const FINDINGS_PER_PAGE = 20;

function Findings({ rows }: { readonly rows: readonly ImportFinding[] }) {
  const { t, language } = useWords();
  const columns: TableColumnsType<ImportFinding> = [
    { title: t('staff.import.sheet'), dataIndex: 'sheet', width: 120 },
    { title: t('staff.import.cell'), dataIndex: 'cell', width: 90, className: 'num' },
    {
      title: t('staff.import.found'),
      width: 180,
      render: (_, row) => <span className="found">{row.params['found'] ?? ''}</span>,
    },
    {
      title: t('staff.import.problem'),
      render: (_, row) => importMessage(language, row.code, row.params),
    },
  ];
  return (
    <Table<ImportFinding>
      size="small"
      rowKey={(row) => `${row.sheet}!${row.cell}/${row.code}/${JSON.stringify(row.params)}`}
      columns={columns}
      dataSource={[...rows]}
      pagination={{ pageSize: FINDINGS_PER_PAGE, showSizeChanger: false, hideOnSinglePage: true }}
    />
  );
}

function Difference({ difference }: Pick<ImportPreview, 'difference'>) {
  const { t } = useWords();
  return (
    <dl className="facts">
      {(['added', 'changed', 'removed', 'unchanged'] as const).map((key) => (
        <div key={key}>
          <dt>{t(`staff.import.difference.${key}`)}</dt>
          <dd>{difference[key]}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Only where the file or the table in force has investors: they are counted apart from the claims. */
function InvestorsDifference({ preview: { investors } }: { readonly preview: ImportPreview }) {
  const { t } = useWords();
  const { persons, difference } = investors;
  if (difference === undefined || persons + difference.removed === 0) return null;
  return (
    <>
      <h2>{t('staff.import.investorsDifferenceTitle')}</h2>
      <Difference difference={difference} />
    </>
  );
}

interface ImportReportProps {
  readonly preview: ImportPreview;
  readonly onOtherFile: () => void;
  readonly onContinue: () => void;
}

/** Second step: errors first, then warnings, what changes against the table in force, and the sums. */
export function ImportReport({ preview, onOtherFile, onContinue }: ImportReportProps) {
  const { t, language } = useWords();
  const hasErrors = preview.errorCount > 0;
  const download = () => {
    const rows = [
      ...preview.errors.map((finding) => ({ severity: t('staff.import.error'), finding })),
      ...preview.warnings.map((finding) => ({ severity: t('staff.import.warning'), finding })),
    ];
    const heading = ['severity', 'sheet', 'cell', 'found', 'problem'].map((key) => t(`staff.import.${key}`));
    saveText(`${preview.fileName}.csv`, findingsCsv(heading, rows, language));
  };
  return (
    <>
      <Alert
        type={hasErrors ? 'error' : 'info'}
        showIcon
        role="status"
        title={t(hasErrors ? 'staff.import.hasErrors' : 'staff.import.noErrors', {
          file: preview.fileName,
          count: preview.errorCount,
          rows: preview.totals.rows,
          investors: investorsOf(t, preview),
        })}
      />
      {hasErrors ? (
        <section>
          <h2>{t('staff.import.errors', { count: preview.errorCount, shown: preview.errors.length })}</h2>
          <Findings rows={preview.errors} />
        </section>
      ) : null}
      {preview.warningCount > 0 ? (
        <section>
          <h2>
            {t('staff.import.warnings', { count: preview.warningCount, shown: preview.warnings.length })}
          </h2>
          <Findings rows={preview.warnings} />
        </section>
      ) : null}
      {hasErrors ? null : (
        <section>
          <h2>{t('staff.import.differenceTitle')}</h2>
          <Difference difference={preview.difference} />
          <InvestorsDifference preview={preview} />
          <h2>{t('staff.import.totals')}</h2>
          <ControlTotalsTable preview={preview} />
        </section>
      )}
      <footer className="drawer-actions">
        {preview.errorCount + preview.warningCount > 0 ? (
          <Button onClick={download}>{t('staff.import.download')}</Button>
        ) : null}
        <Button onClick={onOtherFile}>{t('staff.import.otherFile')}</Button>
        {hasErrors ? null : (
          <Button type="primary" onClick={onContinue}>
            {t('staff.import.toConfirm')}
          </Button>
        )}
      </footer>
    </>
  );
}
