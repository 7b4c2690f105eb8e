import { Button, Modal } from 'antd';
import { useState } from 'react';
import { enteredBallotRoutes } from '../../../server/protocol/rest/entered-ballot-routes.ts';
import type { ChoiceRead } from '../../../server/protocol/scalars.ts';
import { call } from '../../api/call.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import { ChoiceField } from './ChoiceField.tsx';
import type { PaperProps } from './PaperPage.tsx';

/** The second reading: from the scan alone, the first one is not shown. */
export function ConfirmPaper({ meetingId, row, onChanged }: PaperProps) {
  const { t } = useWords();
  const [choice, setChoice] = useState<ChoiceRead | undefined>(undefined);
  const [isAsking, setAsking] = useState(false);
  const { isBusy, error, run } = useAction();
  const confirm = () =>
    run(async () => {
      if (choice === undefined) return;
      const params = { meetingId, entryId: row.entryId };
      try {
        await call(enteredBallotRoutes.confirmEnteredBallot, { params, body: { choice } });
      } finally {
        setAsking(false);
        onChanged();
      }
    });
  return (
    <>
      <h2>{t('staff.papers.step.second')}</h2>
      <p>{t('staff.papers.secondNote')}</p>
      <ChoiceField label={t('staff.papers.choice')} choice={choice} onChange={setChoice} />
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Button type="primary" size="large" disabled={choice === undefined} onClick={() => setAsking(true)}>
        {t('staff.papers.confirm')}
      </Button>
      {choice === undefined ? <p className="muted">{t('staff.papers.missing.choice')}</p> : null}
      <Modal
        open={isAsking && choice !== undefined}
        title={t('staff.papers.confirm')}
        okText={t('staff.papers.confirmNow', { choice: t(`choice.${choice ?? 'for'}`) })}
        cancelText={t('staff.common.back')}
        confirmLoading={isBusy}
        onCancel={() => setAsking(false)}
        onOk={() => void confirm()}
      >
        <p className="confirm-sentence">
          {t('staff.papers.confirmSentence', {
            name: row.creditorName,
            title: row.resolutionTitle,
            choice: t(`choice.${choice ?? 'for'}`),
            channel: t(`channel.${row.channel}`),
          })}
        </p>
      </Modal>
    </>
  );
}
