import { Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { ObjectionDecision } from '../../../server/protocol/entry-bodies/meeting.ts';
import {
  OBJECTION_TEXT_MAX,
  objectionRoutes,
  type ObjectionView,
} from '../../../server/protocol/rest/objection-routes.ts';
import { call } from '../../api/call.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import { QuotedObjection } from './QuotedObjection.tsx';

const decisions: readonly ObjectionDecision[] = ['MAINTAINED', 'ADJUSTED'];

interface AnswerObjectionProps {
  readonly meetingId: string;
  readonly objection: ObjectionView;
  readonly onClose: () => void;
  readonly onAnswered: () => void;
}

/** 答复异议: explain or adjust (司法解释三 art. 8); recorded, and the objector gets a message without the text. */
export function AnswerObjection({ meetingId, objection, onClose, onAnswered }: AnswerObjectionProps) {
  const { t } = useWords();
  const [decision, setDecision] = useState<ObjectionDecision | undefined>(undefined);
  const [text, setText] = useState('');
  const { isBusy, error, run } = useAction();
  const isReady = decision !== undefined && text.trim().length >= 2;
  const answer = () =>
    run(async () => {
      if (decision === undefined) return;
      const params = { meetingId, objectionId: objection.objectionId };
      await call(objectionRoutes.answerObjection, { params, body: { decision, text: text.trim() } });
      onAnswered();
    });
  return (
    <Modal
      open
      width={640}
      title={t('staff.objections.answerNo', { seq: objection.seq })}
      okText={t('staff.objections.send')}
      okButtonProps={{ disabled: !isReady }}
      cancelText={t('staff.common.cancel')}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => void answer()}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      <QuotedObjection objection={objection} />
      <Radio.Group
        className="answer-decision"
        aria-label={t('staff.objections.decision')}
        value={decision}
        options={decisions.map((value) => ({ value, label: t(`claims.decision.${value}`) }))}
        onChange={(event) => setDecision(event.target.value as ObjectionDecision)}
      />
      <p className="muted">
        {t(decision === 'ADJUSTED' ? 'staff.objections.adjustHint' : 'staff.objections.answerHint')}
      </p>
      <label className="labelled">
        {t('staff.objections.text')}
        <Input.TextArea
          rows={5}
          maxLength={OBJECTION_TEXT_MAX}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
    </Modal>
  );
}
