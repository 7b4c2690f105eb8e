import { Input, Modal } from 'antd';
import { useState } from 'react';
import { proxyRoutes, type ProxyRow } from '../../../../server/protocol/rest/proxy-routes.ts';
import { call } from '../../../api/call.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useWords } from '../../parts/use-words.ts';

interface RevokeProxyProps {
  readonly caseId: string;
  readonly proxy: ProxyRow;
  readonly onDone: (isDone: boolean) => void;
}

/** Records that the principal has ended the proxy. It takes effect at once and cannot be undone. */
export function RevokeProxy({ caseId, proxy, onDone }: RevokeProxyProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const { isBusy, error, run } = useAction();
  const revoke = async () => {
    const params = { caseId, proxyId: proxy.proxyId };
    const body = { reason: reason.trim() };
    const isDone = await run(async () => void (await call(proxyRoutes.revokeProxy, { params, body })));
    if (isDone) onDone(true);
  };
  return (
    <Modal
      open
      title={t('staff.proxy.revokeTitle')}
      okText={t('staff.proxy.revokeConfirm')}
      cancelText={t('staff.common.cancel')}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: reason.trim() === '' }}
      onOk={() => void revoke()}
      onCancel={() => onDone(false)}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      <p className="confirm-sentence">
        {t('staff.proxy.revokeSentence', { principal: proxy.creditorName, holder: proxy.holderName })}
      </p>
      <label className="labelled">
        {t('staff.proxy.revokeReason')}
        <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Modal>
  );
}
