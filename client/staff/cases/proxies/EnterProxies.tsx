import { UploadOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Radio, Select, Upload } from 'antd';
import { useState } from 'react';
import { caseRoutes, type CreditorRow } from '../../../../server/protocol/rest/case-routes.ts';
import { proxyRoutes, type ProxyRow } from '../../../../server/protocol/rest/proxy-routes.ts';
import { call } from '../../../api/call.ts';
import { useResource } from '../../../state/use-resource.ts';
import { findInstant } from '../../parts/china-time.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useWords } from '../../parts/use-words.ts';
import { ScopeFields, toScope, type ScopeValues } from './ScopeFields.tsx';

interface Values extends ScopeValues {
  readonly creditorIds?: readonly string[];
  readonly name?: string;
  readonly idNo?: string;
  readonly mobile?: string;
  readonly authority: 'GENERAL' | 'SPECIAL';
  /** Last calendar day on which it is in force, China Standard Time. */
  readonly lastDay?: string;
}

const MOBILE = /^(\+?\d[\d -]{5,18})$/;

interface EnterProxiesProps {
  readonly caseId: string;
  /** The claims table names principal and holder; only what the document says is missing. */
  readonly named: ProxyRow | undefined;
  readonly onDone: (isDone: boolean) => void;
}

/** Enters what a 授权委托书 says, with the document itself. Another person approves it. */
export function EnterProxies({ caseId, named, onDone }: EnterProxiesProps) {
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  const [file, setFile] = useState<File | undefined>(undefined);
  const { isBusy, error, run } = useAction();
  const enter = async (values: Values, pdf: File) => {
    const isDone = await run(async () => {
      const document = await call(caseRoutes.uploadDocument, { params: { caseId }, file: pdf });
      const terms = {
        authority: values.authority,
        scope: toScope(values),
        expiresAt: endOfDay(values.lastDay),
        documentId: document.documentId,
      };
      if (named === undefined) {
        const { creditorIds = [], name = '', idNo = '', mobile = '' } = values;
        const holder = { name: name.trim(), idNo: idNo.trim(), mobile: mobile.trim() };
        const body = { creditorIds: [...creditorIds], holder, ...terms };
        await call(proxyRoutes.enterProxies, { params: { caseId }, body });
      } else {
        const params = { caseId, proxyId: named.proxyId };
        await call(proxyRoutes.documentProxy, { params, body: terms });
      }
    });
    if (isDone) onDone(true);
  };
  return (
    <Modal
      open
      width={680}
      title={t('staff.proxy.enterTitle')}
      okText={t('staff.proxy.submit')}
      cancelText={t('staff.common.cancel')}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: file === undefined }}
      onOk={() => form.submit()}
      onCancel={() => onDone(false)}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ authority: 'SPECIAL', scopeKind: 'all' }}
        onFinish={(values) => {
          if (file !== undefined) void enter(values, file);
        }}
      >
        {named === undefined ? <HolderFields caseId={caseId} /> : <NamedHolder named={named} />}
        <Form.Item name="authority" label={t('staff.proxy.authority')}>
          <Radio.Group
            options={(['SPECIAL', 'GENERAL'] as const).map((value) => ({
              value,
              label: t(`staff.proxyAuthority.${value}`),
            }))}
          />
        </Form.Item>
        <ScopeFields caseId={caseId} />
        <Form.Item name="lastDay" label={t('staff.proxy.lastDay')} extra={t('staff.proxy.lastDayHint')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item label={t('staff.proxy.document')} extra={t('staff.proxy.documentHint')}>
          <Upload
            accept="application/pdf,.pdf"
            maxCount={1}
            fileList={file === undefined ? [] : [{ uid: 'document', name: file.name }]}
            beforeUpload={(chosen) => {
              setFile(chosen);
              return false;
            }}
            onRemove={() => setFile(undefined)}
          >
            <Button icon={<UploadOutlined aria-hidden="true" />}>{t('staff.proxy.chooseDocument')}</Button>
          </Upload>
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** A day named in a document counts whole (民法典 art. 1259: 届满 includes the day). */
function endOfDay(day: string | undefined): string | null {
  const midnight = day === undefined || day === '' ? undefined : findInstant(`${day}T00:00`);
  return midnight === undefined ? null : new Date(Date.parse(midnight) + 86_400_000).toISOString();
}

function NamedHolder({ named }: { readonly named: ProxyRow }) {
  const { t } = useWords();
  return (
    <p className="confirm-sentence">
      {t('staff.proxy.named', {
        principal: named.creditorName,
        holder: named.holderName,
        mobile: named.holderMobileMasked,
      })}
    </p>
  );
}

function HolderFields({ caseId }: { readonly caseId: string }) {
  const { t } = useWords();
  const required = { required: true, message: t('staff.common.required') };
  return (
    <>
      <Form.Item
        name="creditorIds"
        label={t('staff.proxy.principals')}
        extra={t('staff.proxy.principalsHint')}
        rules={[{ ...required, type: 'array', min: 1 }]}
      >
        <CreditorSelect caseId={caseId} />
      </Form.Item>
      <div className="field-pair">
        <Form.Item name="name" label={t('staff.proxy.holderName')} rules={[{ ...required, min: 2 }]}>
          <Input maxLength={50} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="mobile"
          label={t('staff.proxy.holderMobile')}
          rules={[required, { pattern: MOBILE, message: t('staff.proxy.mobileWrong') }]}
        >
          <Input type="tel" maxLength={20} autoComplete="off" />
        </Form.Item>
      </div>
      <Form.Item name="idNo" label={t('staff.proxy.holderIdNo')} rules={[{ ...required, min: 4 }]}>
        <Input maxLength={30} autoComplete="off" />
      </Form.Item>
    </>
  );
}

interface CreditorSelectProps {
  readonly caseId: string;
  readonly value?: string[];
  readonly onChange?: (creditorIds: string[]) => void;
}

/** Creditors by name or number, found by the server. */
function CreditorSelect({ caseId, value, onChange }: CreditorSelectProps) {
  const { t } = useWords();
  const [search, setSearch] = useState('');
  const [known, setKnown] = useState<ReadonlyMap<string, CreditorRow>>(new Map());
  const query = { pageSize: 50, sort: 'number' as const, ...(search === '' ? {} : { search }) };
  const found = useResource(`creditor-select/${caseId}/${search}`, async () => {
    const page = await call(caseRoutes.listCreditors, { params: { caseId }, query });
    setKnown((before) => new Map([...before, ...page.rows.map((row) => [row.creditorId, row] as const)]));
    return page;
  });
  const labelOf = ({ creditorNo, name }: CreditorRow) => `${creditorNo} ${name}`.trim();
  const chosen = (value ?? []).flatMap((id) => known.get(id) ?? []);
  const offered = [...chosen, ...(found.data?.rows ?? [])];
  const options = new Map(offered.map((row) => [row.creditorId, labelOf(row)]));
  return (
    <Select
      mode="multiple"
      className="full-width"
      aria-label={t('staff.proxy.principals')}
      value={value ?? []}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      notFoundContent={t('staff.creditor.noMatch')}
      options={[...options].map(([id, label]) => ({ value: id, label }))}
      onChange={(ids: string[]) => onChange?.(ids)}
    />
  );
}
