import { CheckCircleOutlined } from '@ant-design/icons';
import { Button, Checkbox, Result } from 'antd';
import { useState } from 'react';
import type { ImportPreview } from '../../../../server/protocol/rest/case-routes.ts';
import type { AppError } from '../../../api/app-error.ts';
import { yuanWithUnit } from '../../../format/money.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { useWords } from '../../parts/use-words.ts';
import { ControlTotalsTable, investorsOf } from './ControlTotalsTable.tsx';

interface ImportConfirmProps {
  readonly preview: ImportPreview;
  readonly isBusy: boolean;
  readonly error: AppError | undefined;
  readonly onBack: () => void;
  readonly onConfirm: () => void;
  readonly onDone: () => void;
}

/** Third step: the control totals once more, the one confirmation, and what was written. */
export function ImportConfirm({ preview, isBusy, error, onBack, onConfirm, onDone }: ImportConfirmProps) {
  const { t, language } = useWords();
  const [isCompared, setCompared] = useState(false);
  const { totals } = preview;
  const figures = {
    rows: totals.rows,
    creditors: totals.creditors,
    investors: investorsOf(t, preview),
    filed: yuanWithUnit(totals.filedFen, language),
    confirmed: yuanWithUnit(totals.confirmedFen, language),
  };
  if (preview.state === 'confirmed') {
    return (
      <Result
        icon={<CheckCircleOutlined aria-hidden="true" />}
        title={t('staff.import.written', figures)}
        subTitle={t('staff.import.fileHash', { sha256: preview.sha256 })}
        extra={
          <Button type="primary" onClick={onDone}>
            {t('staff.import.done')}
          </Button>
        }
      />
    );
  }
  return (
    <>
      {error === undefined ? null : <ErrorNotice error={error} />}
      <ControlTotalsTable preview={preview} />
      <p className="confirm-sentence">{t('staff.import.sentence', figures)}</p>
      <Checkbox checked={isCompared} onChange={(event) => setCompared(event.target.checked)}>
        {t('staff.import.compared')}
      </Checkbox>
      <footer className="drawer-actions">
        {isCompared ? null : <span className="muted">{t('staff.import.compareFirst')}</span>}
        <Button onClick={onBack}>{t('staff.common.back')}</Button>
        <Button type="primary" size="large" disabled={!isCompared} loading={isBusy} onClick={onConfirm}>
          {t('staff.import.write', { rows: totals.rows })}
        </Button>
      </footer>
    </>
  );
}
