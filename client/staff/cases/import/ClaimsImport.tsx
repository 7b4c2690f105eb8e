import { Drawer, Steps } from 'antd';
import { useState } from 'react';
import {
  caseRoutes,
  type CaseView,
  type ImportPreview,
} from '../../../../server/protocol/rest/case-routes.ts';
import { call } from '../../../api/call.ts';
import { useAction } from '../../parts/use-action.ts';
import { useWords } from '../../parts/use-words.ts';
import { ImportConfirm } from './ImportConfirm.tsx';
import { ImportFile } from './ImportFile.tsx';
import { ImportReport } from './ImportReport.tsx';

interface ClaimsImportProps {
  readonly view: CaseView;
  /** True when a table was written. */
  readonly onClose: (isWritten: boolean) => void;
}

/** Where the import stands: choose the file, read the report, confirm the control totals, done. */
interface Progress {
  readonly step: 0 | 1 | 2;
  readonly preview: ImportPreview | undefined;
}

/** Import of a claims table in three steps; nothing is written before the last. */
export function ClaimsImport({ view, onClose }: ClaimsImportProps) {
  const { t } = useWords();
  const [{ step, preview }, setProgress] = useState<Progress>({ step: 0, preview: undefined });
  const { isBusy, error, clearError, run } = useAction();
  const upload = (file: File) =>
    run(async () => {
      const read = await call(caseRoutes.uploadClaims, { params: { caseId: view.caseId }, file });
      setProgress({ step: 1, preview: read });
    });
  const goTo = (next: Progress['step']) => {
    clearError();
    setProgress({ step: next, preview: next === 0 ? undefined : preview });
  };
  const confirm = (ready: ImportPreview) =>
    run(async () => {
      const params = { caseId: view.caseId, importId: ready.importId };
      const written = await call(caseRoutes.confirmImport, { params, body: { totals: ready.totals } });
      setProgress({ step: 2, preview: written });
    });
  const steps = ['choose', 'report', 'confirm'].map((key) => ({ title: t(`staff.import.step.${key}`) }));
  return (
    <Drawer
      open
      size={980}
      title={t('staff.import.title', { caseNumber: view.caseNumber })}
      onClose={() => onClose(preview?.state === 'confirmed')}
      mask={{ closable: false }}
    >
      <Steps current={step} items={steps} size="small" />
      <div className="import-step">
        {step === 0 || preview === undefined ? (
          <ImportFile isBusy={isBusy} error={error} onFile={(file) => void upload(file)} />
        ) : step === 1 ? (
          <ImportReport preview={preview} onOtherFile={() => goTo(0)} onContinue={() => goTo(2)} />
        ) : (
          <ImportConfirm
            preview={preview}
            isBusy={isBusy}
            error={error}
            onBack={() => goTo(1)}
            onConfirm={() => void confirm(preview)}
            onDone={() => onClose(true)}
          />
        )}
      </div>
    </Drawer>
  );
}
