import { Alert, Button, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { RESOLUTION_TYPE_IDS } from '../../../../server/protocol/resolution-types.ts';
import { READING_MINUTES_MAX, READING_MINUTES_MIN } from '../../../../server/protocol/vote/requests.ts';
import { useWords } from '../../parts/use-words.ts';
import { useFormCommand } from '../use-command.ts';
import { ConsentFields, isComplete, NO_CONSENT, trimmed } from '../vote/ConsentFields.tsx';

const TITLE_MAX = 100;
const TEXT_MAX = 20_000;
const DEFAULT_READING_MINUTES = 30;
/** Elections and the committee's own resolutions are prepared before the meeting: they name people. */
const TYPES = RESOLUTION_TYPE_IDS.filter((type) => type !== 'R01' && type !== 'R08' && type !== 'R12');

/** 增加临时议题: what was not told in advance, with the court's consent and time to read. */
export function AddAdHoc() {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <Button onClick={() => setAsked(true)}>{t('staff.adHoc.action')}</Button>
      {isAsked ? <AdHocForm onClose={() => setAsked(false)} /> : null}
    </>
  );
}

function AdHocForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const [type, setType] = useState<string>('R11');
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [readingMinutes, setReading] = useState(DEFAULT_READING_MINUTES);
  const [consent, setConsent] = useState(NO_CONSENT);
  const { isBusy, send, refusal } = useFormCommand();
  const isReady = title.trim().length >= 2 && text.trim().length >= 2 && isComplete(consent);
  const add = async () => {
    const isDone = await send('resolution:add', {
      type,
      title: title.trim(),
      text: text.trim(),
      documentIds: [],
      readingMinutes,
      ...trimmed(consent),
    });
    if (isDone) onClose();
  };
  return (
    <Modal
      open
      width={640}
      title={t('staff.adHoc.title')}
      okText={t('staff.adHoc.confirm')}
      cancelText={t('staff.common.back')}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: !isReady }}
      onOk={() => void add()}
      onCancel={onClose}
    >
      {refusal === undefined ? null : <Alert type="warning" showIcon role="alert" title={refusal} />}
      <p className="confirm-sentence">{t('staff.adHoc.sentence')}</p>
      <label className="labelled">
        {t('staff.prepare.resolutionType')}
        <Select
          value={type}
          options={TYPES.map((value) => ({ value, label: t(`staff.resolutionType.${value}`) }))}
          onChange={setType}
        />
      </label>
      <label className="labelled">
        {t('staff.prepare.resolutionTitle')}
        <Input value={title} maxLength={TITLE_MAX} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <label className="labelled">
        {t('staff.prepare.voted.text')}
        <Input.TextArea
          value={text}
          maxLength={TEXT_MAX}
          autoSize={{ minRows: 3, maxRows: 10 }}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <label className="labelled">
        {t('staff.adHoc.reading')}
        <InputNumber
          min={READING_MINUTES_MIN}
          max={READING_MINUTES_MAX}
          precision={0}
          value={readingMinutes}
          onChange={(minutes) => setReading(minutes ?? DEFAULT_READING_MINUTES)}
        />
      </label>
      <ConsentFields consent={consent} onChange={setConsent} />
    </Modal>
  );
}
