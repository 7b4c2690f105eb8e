import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReceiptView } from '../../../server/protocol/room.ts';
import { toAppError, type AppError } from '../../api/app-error.ts';
import { Button, LinkButton } from '../../components/Button.tsx';
import { ErrorNotice } from '../../components/Notice.tsx';
import { fetchProof } from '../../record/record-api.ts';
import { saveText } from '../../record/save-file.ts';
import { useMeeting } from '../use-meeting.ts';
import { ReceiptCheck } from './ReceiptCheck.tsx';

/** Check it, keep it as a file, print it. */
export function ReceiptActions({ receipt }: { readonly receipt: ReceiptView }) {
  const { t } = useTranslation();
  const { base } = useMeeting();
  return (
    <div className="stack">
      <ReceiptCheck receipt={receipt} />
      <SaveReceipt receipt={receipt} />
      <LinkButton to={`${base}/my-ballots/print?seq=${receipt.seq}`}>{t('check.print')}</LinkButton>
    </div>
  );
}

/** The file is the tlog-proof itself: what the court's offline verifier reads. */
function SaveReceipt({ receipt }: { readonly receipt: ReceiptView }) {
  const { t } = useTranslation();
  const { meeting } = useMeeting();
  const [failure, setFailure] = useState<AppError | undefined>(undefined);
  const save = async (): Promise<void> => {
    try {
      const proof = await fetchProof(meeting.meetingId, receipt.seq);
      saveText(`${t('check.receiptFile')}-${receipt.seq}.tlog-proof.txt`, proof);
      setFailure(undefined);
    } catch (thrown) {
      setFailure(toAppError(thrown));
    }
  };
  return (
    <>
      {failure !== undefined && <ErrorNotice error={failure} />}
      <Button onClick={() => void save()}>{t('check.saveReceipt')}</Button>
    </>
  );
}
