import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReceiptView } from '../../../server/protocol/room.ts';
import { toAppError, type AppError } from '../../api/app-error.ts';
import { Button } from '../../components/Button.tsx';
import { ErrorNotice } from '../../components/Notice.tsx';
import type { Checked } from '../../record/receipt-checking.ts';
import { useMeeting } from '../use-meeting.ts';
import { CheckResult } from './CheckResult.tsx';

type Progress =
  | { readonly kind: 'idle' | 'busy' }
  | { readonly kind: 'done'; readonly checked: Checked }
  | { readonly kind: 'unanswered'; readonly error: AppError };

/** 核对: the browser checks the receipt by itself and says in a sentence what it has checked. */
export function ReceiptCheck({ receipt }: { readonly receipt: ReceiptView }) {
  const { t } = useTranslation();
  const { meeting, personal } = useMeeting();
  const [progress, setProgress] = useState<Progress>({ kind: 'idle' });
  const check = async (): Promise<void> => {
    setProgress({ kind: 'busy' });
    try {
      const { checkOwnReceipt } = await import('../../record/receipt-checking.ts');
      const owner = { personId: personal.personId, origin: meeting.origin };
      const checked = await checkOwnReceipt({ meetingId: meeting.meetingId, owner, receipt });
      setProgress({ kind: 'done', checked });
    } catch (thrown) {
      setProgress({ kind: 'unanswered', error: toAppError(thrown) });
    }
  };
  return (
    <div className="stack" aria-live="polite">
      {progress.kind === 'unanswered' && <ErrorNotice error={progress.error} />}
      {progress.kind === 'done' && <CheckResult checked={progress.checked} />}
      <Button isBusy={progress.kind === 'busy'} onClick={() => void check()}>
        {t(
          progress.kind === 'done' ? 'check.again' : progress.kind === 'busy' ? 'check.busy' : 'check.start',
        )}
      </Button>
    </div>
  );
}
