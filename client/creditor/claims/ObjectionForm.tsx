import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectionPoint } from '../../../server/protocol/entry-bodies/meeting.ts';
import { SCAN_MAX_BYTES } from '../../../server/protocol/rest/entered-ballot-routes.ts';
import {
  OBJECTION_TEXT_MAX,
  objectionRoutes,
  type ClaimRowView,
  type ObjectionView,
  type OwnVerificationView,
} from '../../../server/protocol/rest/objection-routes.ts';
import { call } from '../../api/call.ts';
import { points } from '../../claims/points.ts';
import { Amount } from '../../components/Amount.tsx';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Notice } from '../../components/Notice.tsx';
import { findFen } from '../../format/money.ts';
import { megabytesOf } from '../../format/size.ts';
import { useRoom } from '../../state/room.ts';
import { useSubmit } from '../sign-in/use-submit.ts';
import { useMeeting } from '../use-meeting.ts';
import { useObjectionDraft } from './objection-draft.ts';

interface ObjectionFormProps {
  readonly view: OwnVerificationView;
  readonly row: ClaimRowView;
  readonly onFiled: (objection: ObjectionView) => void;
}

export function ObjectionForm({ view, row, onFiled }: ObjectionFormProps) {
  const { t } = useTranslation();
  const { meetingId } = useMeeting().meeting;
  const { verification, capacities } = view;
  const id = useId();
  const { draft, change, forget } = useObjectionDraft(meetingId, row.claimNo);
  const [capacityId, setCapacityId] = useState(
    capacities.length === 1 ? capacities[0]?.capacityId : undefined,
  );
  const [file, setFile] = useState<File | undefined>(undefined);
  const amountFen = findFen(draft.amount);
  const isAmountWrong = draft.amount.trim() !== '' && amountFen === undefined;
  const isOffline = useRoom((store) => store.connection === 'lost');
  const problem = findProblem();
  const { isBusy, error, submit } = useSubmit(async () => {
    const params = { meetingId };
    const attachment = file && (await call(objectionRoutes.uploadObjectionFile, { params, file }));
    const body = {
      objectionId: draft.objectionId,
      resolutionId: verification.resolutionId ?? '',
      capacityId: capacityId ?? '',
      claimNo: row.claimNo,
      point: draft.point,
      text: draft.text.trim(),
      ...(amountFen !== undefined && { amountFen }),
      ...(attachment && { attachmentSha256: attachment.sha256 }),
    };
    const filed = await call(objectionRoutes.fileObjection, { params, body });
    forget();
    onFiled(filed);
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined) submit();
      }}
    >
      {capacities.length > 1 && (
        <div className="field">
          <label htmlFor={`${id}-for`}>{t('claims.onBehalf')}</label>
          <select
            id={`${id}-for`}
            value={capacityId ?? ''}
            onChange={(event) => setCapacityId(event.target.value)}
          >
            <option value="" disabled>
              {t('claims.chooseCreditor')}
            </option>
            {capacities.map((capacity) => (
              <option key={capacity.capacityId} value={capacity.capacityId}>
                {capacity.creditorName}
              </option>
            ))}
          </select>
        </div>
      )}
      <div className="field">
        <label htmlFor={`${id}-point`}>{t('claims.about')}</label>
        <select
          id={`${id}-point`}
          value={draft.point}
          onChange={(event) => change({ point: event.target.value as ObjectionPoint })}
        >
          {points.map((point) => (
            <option key={point} value={point}>
              {t(`claims.point.${point}`)}
            </option>
          ))}
        </select>
      </div>
      <Field
        label={t('claims.amount')}
        hint={t('claims.amountHint')}
        inputMode="decimal"
        autoComplete="off"
        maxLength={24}
        value={draft.amount}
        error={isAmountWrong ? t('claims.amountWrong') : undefined}
        onChange={(event) => change({ amount: event.target.value })}
      />
      {amountFen !== undefined && (
        <p className="muted">
          <Amount fen={amountFen} />
        </p>
      )}
      <div className="field">
        <label htmlFor={`${id}-text`}>{t('claims.reason')}</label>
        <p className="muted" id={`${id}-hint`}>
          {t('claims.reasonHint')}
        </p>
        <textarea
          id={`${id}-text`}
          aria-describedby={`${id}-hint`}
          rows={5}
          maxLength={OBJECTION_TEXT_MAX}
          value={draft.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-file`}>{t('claims.photo')}</label>
        <p className="muted" id={`${id}-limits`}>
          {t('claims.photoHint', { megabytes: megabytesOf(SCAN_MAX_BYTES) })}
        </p>
        <input
          id={`${id}-file`}
          type="file"
          accept="image/jpeg,image/png,application/pdf"
          aria-describedby={`${id}-limits`}
          onChange={(event) => setFile(event.target.files?.[0])}
        />
      </div>
      <p className="muted">{t('claims.recordHint')}</p>
      {error !== undefined && (
        <Notice kind="error" role="alert">
          {error}
        </Notice>
      )}
      <Button type="submit" look="primary" isBusy={isBusy} disabledReason={problem}>
        {t('claims.submit')}
      </Button>
    </form>
  );

  function findProblem(): string | undefined {
    if (isOffline) return t('claims.offline');
    if (verification.state === 'ended') return t('errors.VERIFICATION_ENDED');
    if (verification.state !== 'open') return t('errors.VERIFICATION_NOT_OPEN');
    if (capacityId === undefined) return t('claims.chooseCreditor');
    if (isAmountWrong) return t('claims.amountWrong');
    if (draft.text.trim().length < 2) return t('claims.writeReason');
    return file !== undefined && file.size > SCAN_MAX_BYTES ? t('claims.photoTooLarge') : undefined;
  }
}
