import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { enteredBallotRoutes } from '../../../server/protocol/rest/entered-ballot-routes.ts';
import { call } from '../../api/call.ts';
import { dateTime } from '../../format/time.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { useAction, useToldAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import type { PaperProps } from './PaperPage.tsx';

/** Takes back an entry that has not become a ballot. */
export function WithdrawPaper({ meetingId, row, onChanged }: PaperProps) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { isBusy, error, run } = useAction();
  const withdraw = () =>
    run(async () => {
      const params = { meetingId, entryId: row.entryId };
      await call(enteredBallotRoutes.withdrawEnteredBallot, { params, body: { reason: reason.trim() } });
      setOpen(false);
      onChanged();
    });
  return (
    <p>
      <Button onClick={() => setOpen(true)}>{t('staff.papers.withdraw')}</Button>
      <Modal
        open={isOpen}
        title={t('staff.papers.withdraw')}
        okText={t('staff.papers.withdraw')}
        okButtonProps={{ disabled: reason.trim().length < 2 }}
        cancelText={t('staff.common.cancel')}
        confirmLoading={isBusy}
        onCancel={() => setOpen(false)}
        onOk={() => void withdraw()}
      >
        {error === undefined ? null : <ErrorNotice error={error} />}
        <p>{t('staff.papers.withdrawNote')}</p>
        <label className="labelled">
          {t('staff.papers.withdrawReason')}
          <Input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
        </label>
      </Modal>
    </p>
  );
}

/** Whether the creditor was told; the message can be sent again. */
export function TellAgain({ meetingId, row, onChanged }: PaperProps) {
  const { t, language } = useWords();
  const { isBusy, run } = useToldAction();
  const tell = () =>
    run(async () => {
      await call(enteredBallotRoutes.tellEnteredBallot, { params: { meetingId, entryId: row.entryId } });
      onChanged();
    });
  const words = row.told?.reaches === true ? 'told' : 'kept';
  return (
    <p>
      {row.told?.isSent ? t(`staff.papers.${words}`, { time: dateTime(row.told.at, language) }) : null}{' '}
      <Button size="small" loading={isBusy} onClick={() => void tell()}>
        {t('staff.papers.tellAgain')}
      </Button>
    </p>
  );
}
