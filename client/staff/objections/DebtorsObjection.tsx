import { Button, Input, Modal, Select, Upload } from 'antd';
import { useState } from 'react';
import { CLAIM_NO_PATTERN, type ObjectionPoint } from '../../../server/protocol/entry-bodies/meeting.ts';
import { SCAN_MAX_BYTES } from '../../../server/protocol/rest/entered-ballot-routes.ts';
import { OBJECTION_TEXT_MAX, objectionRoutes } from '../../../server/protocol/rest/objection-routes.ts';
import { call } from '../../api/call.ts';
import { points } from '../../claims/points.ts';
import { findFen } from '../../format/money.ts';
import { megabytesOf } from '../../format/size.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';

const CLAIM_NO = new RegExp(CLAIM_NO_PATTERN);

interface DebtorsObjectionProps {
  readonly meetingId: string;
  /** The verification that is open. */
  readonly resolutionId: string;
  readonly onClose: () => void;
  readonly onFiled: () => void;
}

/** 登记债务人的异议 (企业破产法 art. 58(3)): the debtor has no account; what it handed in is entered with its paper. */
export function DebtorsObjection({ meetingId, resolutionId, onClose, onFiled }: DebtorsObjectionProps) {
  const { t } = useWords();
  // Sent again after a lost network it is recorded once.
  const [objectionId] = useState(() => crypto.randomUUID());
  const [claimNo, setClaimNo] = useState('');
  const [point, setPoint] = useState<ObjectionPoint>('AMOUNT');
  const [amount, setAmount] = useState('');
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | undefined>(undefined);
  const { isBusy, error, run } = useAction();
  const amountFen = findFen(amount);
  const isAmountWrong = amount.trim() !== '' && amountFen === undefined;
  const isTooLarge = file !== undefined && file.size > SCAN_MAX_BYTES;
  const isReady = CLAIM_NO.test(claimNo) && text.trim().length >= 2 && !isAmountWrong && !isTooLarge;
  const enter = () =>
    run(async () => {
      const params = { meetingId };
      const paper = file && (await call(objectionRoutes.uploadObjectionFile, { params, file }));
      const body = {
        ...{ objectionId, resolutionId, claimNo, point, text: text.trim() },
        ...(amountFen !== undefined && { amountFen }),
        ...(paper && { attachmentSha256: paper.sha256 }),
      };
      await call(objectionRoutes.fileDebtorsObjection, { params, body });
      onFiled();
    });
  return (
    <Modal
      open
      width={640}
      title={t('staff.objections.debtor.title')}
      okText={t('staff.objections.debtor.enter')}
      okButtonProps={{ disabled: !isReady }}
      cancelText={t('staff.common.cancel')}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => void enter()}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      <p className="muted">{t('staff.objections.debtor.hint')}</p>
      <div className="field-pair">
        <label className="labelled">
          {t('staff.objections.debtor.claimNo')}
          <Input
            maxLength={32}
            value={claimNo}
            onChange={(event) => setClaimNo(event.target.value.trim().toUpperCase())}
          />
        </label>
        <label className="labelled">
          {t('claims.about')}
          <Select<ObjectionPoint>
            aria-label={t('claims.about')}
            value={point}
            options={points.map((value) => ({ value, label: t(`claims.point.${value}`) }))}
            onChange={setPoint}
          />
        </label>
      </div>
      <label className="labelled">
        {t('staff.objections.debtor.amount')}
        <Input
          inputMode="decimal"
          maxLength={24}
          status={isAmountWrong ? 'error' : ''}
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
        />
        {isAmountWrong ? <span role="alert">{t('claims.amountWrong')}</span> : null}
      </label>
      <label className="labelled">
        {t('claims.reason')}
        <Input.TextArea
          rows={5}
          maxLength={OBJECTION_TEXT_MAX}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Upload
        accept="image/jpeg,image/png,application/pdf"
        maxCount={1}
        fileList={file === undefined ? [] : [{ uid: 'paper', name: file.name }]}
        beforeUpload={(chosen) => {
          setFile(chosen);
          return false;
        }}
        onRemove={() => setFile(undefined)}
      >
        <Button>{t('staff.objections.debtor.paper')}</Button>
      </Upload>
      <p className="muted">
        {t('staff.objections.debtor.paperHint', { megabytes: megabytesOf(SCAN_MAX_BYTES) })}
      </p>
      {isTooLarge ? <p role="alert">{t('claims.photoTooLarge')}</p> : null}
    </Modal>
  );
}
