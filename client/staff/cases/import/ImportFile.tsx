import { InboxOutlined } from '@ant-design/icons';
import { Alert, Spin, Upload } from 'antd';
import { CLAIMS_FILE_MAX_BYTES, caseRoutes } from '../../../../server/protocol/rest/case-routes.ts';
import { importMessage } from '../../../../server/protocol/import-messages.ts';
import type { AppError } from '../../../api/app-error.ts';
import { routeUrl } from '../../../api/call.ts';
import { megabytesOf } from '../../../format/size.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { useWords } from '../../parts/use-words.ts';

interface ImportFileProps {
  readonly isBusy: boolean;
  readonly error: AppError | undefined;
  readonly onFile: (file: File) => void;
}

/** Why the file cannot be read, in the words of the reader when it gave a reason. */
function FileRefusal({ error }: { readonly error: AppError }) {
  const { language } = useWords();
  const { reason, ...rest } = error.params;
  if (typeof reason !== 'string') return <ErrorNotice error={error} />;
  const params = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  return <Alert type="error" showIcon role="alert" title={importMessage(language, reason, params)} />;
}

/** First step: the template to fill in, and the file. */
export function ImportFile({ isBusy, error, onFile }: ImportFileProps) {
  const { t } = useWords();
  return (
    <>
      {error === undefined ? null : <FileRefusal error={error} />}
      <Alert
        type="info"
        title={t('staff.import.templateHint')}
        action={
          <a href={routeUrl(caseRoutes.claimsTemplate)} download>
            {t('staff.import.template')}
          </a>
        }
      />
      <Spin spinning={isBusy} description={t('staff.import.reading')}>
        <Upload.Dragger
          accept=".xlsx"
          disabled={isBusy}
          showUploadList={false}
          beforeUpload={(file) => {
            onFile(file);
            return Upload.LIST_IGNORE;
          }}
        >
          <p className="upload-icon">
            <InboxOutlined aria-hidden="true" />
          </p>
          <p>{t('staff.import.drop')}</p>
          <p className="muted">
            {t('staff.import.limits', { megabytes: megabytesOf(CLAIMS_FILE_MAX_BYTES) })}
          </p>
        </Upload.Dragger>
      </Spin>
    </>
  );
}
