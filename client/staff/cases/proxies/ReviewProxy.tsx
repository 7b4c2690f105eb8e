import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { proxyRoutes, type ProxyRow } from '../../../../server/protocol/rest/proxy-routes.ts';
import { call } from '../../../api/call.ts';
import { dateTime } from '../../../format/time.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useWords } from '../../parts/use-words.ts';
import { DocumentLink } from './DocumentLink.tsx';
import { useScopeWords } from './use-scope-words.ts';

interface ReviewProxyProps {
  readonly caseId: string;
  readonly proxy: ProxyRow;
  readonly onDone: (isDone: boolean) => void;
}

/** The second person compares the entry with the document, and approves it or returns it with a reason. */
export function ReviewProxy({ caseId, proxy, onDone }: ReviewProxyProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const { isBusy, error, run } = useAction();
  const params = { caseId, proxyId: proxy.proxyId };
  const finish = async (step: () => Promise<unknown>) => {
    const isDone = await run(async () => void (await step()));
    if (isDone) onDone(true);
  };
  const approve = () => finish(() => call(proxyRoutes.approveProxy, { params }));
  const sendBack = () =>
    finish(() => call(proxyRoutes.returnProxy, { params, body: { reason: reason.trim() } }));
  return (
    <Modal
      open
      width={620}
      title={t('staff.proxy.reviewTitle')}
      onCancel={() => onDone(false)}
      footer={[
        <Button key="cancel" onClick={() => onDone(false)}>
          {t('staff.common.cancel')}
        </Button>,
        <Button key="return" disabled={reason.trim() === ''} loading={isBusy} onClick={() => void sendBack()}>
          {t('staff.proxy.return')}
        </Button>,
        <Button key="approve" type="primary" loading={isBusy} onClick={() => void approve()}>
          {t('staff.proxy.approve')}
        </Button>,
      ]}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      {proxy.isNamedLikeStaff ? (
        <Alert type="warning" showIcon title={t('staff.proxy.namedLikeStaff')} />
      ) : null}
      <Facts caseId={caseId} proxy={proxy} />
      <p>{t('staff.proxy.reviewHint')}</p>
      <label className="labelled">
        {t('staff.proxy.returnReason')}
        <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Modal>
  );
}

function Facts({ caseId, proxy }: Pick<ReviewProxyProps, 'caseId' | 'proxy'>) {
  const { t, language } = useWords();
  const scopeWords = useScopeWords(caseId);
  const { scope, authority, expiresAt } = proxy;
  const lines = [
    [t('staff.proxy.principal'), proxy.creditorName],
    [t('staff.proxy.holder'), `${proxy.holderName} ${proxy.holderIdNoMasked} ${proxy.holderMobileMasked}`],
    [t('staff.proxy.authority'), authority === null ? '–' : t(`staff.proxyAuthority.${authority}`)],
    [t('staff.proxy.scope'), scope === null ? '–' : scopeWords(scope)],
    [t('staff.proxy.expiresAt'), expiresAt === null ? t('staff.proxy.noEnd') : dateTime(expiresAt, language)],
    [t('staff.proxy.document'), <DocumentLink key="document" row={proxy} />],
    [
      'SHA-256',
      <code key="hash" className="hash">
        {proxy.document?.sha256}
      </code>,
    ],
  ] as const;
  return (
    <dl className="facts">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
