import { Button } from 'antd';
import { useState } from 'react';
import {
  enteredBallotRoutes,
  type EnteredChannel,
} from '../../../server/protocol/rest/entered-ballot-routes.ts';
import type { ChoiceRead } from '../../../server/protocol/scalars.ts';
import { call } from '../../api/call.ts';
import { findInstant, toWallTime } from '../parts/china-time.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import { ChoiceField } from './ChoiceField.tsx';
import type { PaperProps } from './PaperPage.tsx';
import { ReceivedFields, type Received } from './ReceivedFields.tsx';

/** Both readings side by side; the paper is looked at again and entered anew. */
export function CorrectPaper({ meetingId, row, onChanged }: PaperProps) {
  const { t } = useWords();
  const [choice, setChoice] = useState<ChoiceRead | undefined>(undefined);
  const [received, setReceived] = useState<Received>({
    channel: row.channel as EnteredChannel,
    wallTime: toWallTime(Date.parse(row.statedReceivedAt)),
  });
  const { isBusy, error, run } = useAction();
  const statedReceivedAt = findInstant(received.wallTime);
  const correct = () =>
    run(async () => {
      if (choice === undefined || statedReceivedAt === undefined) return;
      await call(enteredBallotRoutes.correctEnteredBallot, {
        params: { meetingId, entryId: row.entryId },
        body: { choice, channel: received.channel, statedReceivedAt },
      });
      onChanged();
    });
  return (
    <>
      <h2>{t('staff.papers.step.correct')}</h2>
      <p className="paper-warning" role="alert">
        {t('staff.papers.differs', {
          first: t(`choice.${row.choice ?? 'for'}`),
          firstBy: row.enteredBy,
          second: t(`choice.${row.secondChoice ?? 'for'}`),
          secondBy: row.secondBy ?? '',
        })}
      </p>
      <ReceivedFields received={received} onChange={setReceived} />
      <ChoiceField label={t('staff.papers.choice')} choice={choice} onChange={setChoice} />
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Button
        type="primary"
        size="large"
        disabled={choice === undefined}
        loading={isBusy}
        onClick={() => void correct()}
      >
        {t('staff.papers.submit')}
      </Button>
    </>
  );
}
