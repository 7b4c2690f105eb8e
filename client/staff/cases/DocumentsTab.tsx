import { UploadOutlined } from '@ant-design/icons';
import { Button, Empty, Table, Upload, type TableColumnsType } from 'antd';
import {
  DOCUMENT_MAX_BYTES,
  caseRoutes,
  type CaseDocumentView,
  type CaseView,
} from '../../../server/protocol/rest/case-routes.ts';
import { call, routeUrl } from '../../api/call.ts';
import { fileSize, megabytesOf } from '../../format/size.ts';
import { dateTime } from '../../format/time.ts';
import { useResource } from '../../state/use-resource.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { mayPrepare } from '../parts/permissions.ts';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';

function useColumns(): TableColumnsType<CaseDocumentView> {
  const { t, language } = useWords();
  return [
    {
      title: t('staff.document.title'),
      render: (_, row) => (
        <a
          href={routeUrl(caseRoutes.readDocument, { params: { documentId: row.documentId } })}
          target="_blank"
          rel="noreferrer"
        >
          {row.title}
        </a>
      ),
    },
    {
      title: t('staff.document.pages'),
      align: 'right',
      className: 'num',
      render: (_, row) => row.pages ?? '–',
    },
    {
      title: t('staff.document.size'),
      align: 'right',
      className: 'num',
      render: (_, row) => fileSize(row.sizeBytes),
    },
    { title: t('staff.document.uploadedAt'), render: (_, row) => dateTime(row.uploadedAt, language) },
    { title: 'SHA-256', render: (_, row) => <code className="hash">{row.sha256}</code> },
  ];
}

/** Documents of the case: PDF only, checked by their content. */
export function DocumentsTab({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const documents = useResource(`documents/${view.caseId}`, () =>
    call(caseRoutes.listDocuments, { params: { caseId: view.caseId } }),
  );
  const { isBusy, error, run } = useAction();
  const upload = (file: File) =>
    run(async () => {
      await call(caseRoutes.uploadDocument, { params: { caseId: view.caseId }, file });
      documents.reload();
    });
  const button = mayPrepare(view.myRole) ? (
    <Upload
      accept="application/pdf,.pdf"
      showUploadList={false}
      beforeUpload={(file) => {
        void upload(file);
        return Upload.LIST_IGNORE;
      }}
    >
      <Button type="primary" loading={isBusy} icon={<UploadOutlined aria-hidden="true" />}>
        {t('staff.document.upload')}
      </Button>
    </Upload>
  ) : null;
  return (
    <div className="panel">
      <div className="toolbar">
        <span className="muted">
          {t('staff.document.limits', { megabytes: megabytesOf(DOCUMENT_MAX_BYTES) })}
        </span>
        <span className="toolbar-end">{button}</span>
      </div>
      {error === undefined ? null : <ErrorNotice error={error} />}
      {documents.error === undefined ? null : (
        <ErrorNotice error={documents.error} onRetry={documents.reload} />
      )}
      <Table<CaseDocumentView>
        rowKey="documentId"
        size="small"
        columns={useColumns()}
        dataSource={documents.data?.rows ?? []}
        loading={documents.isLoading}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty description={t('staff.document.none')} /> }}
      />
    </div>
  );
}
