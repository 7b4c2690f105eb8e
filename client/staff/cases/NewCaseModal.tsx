import { Form, Input, Modal, Radio, Select } from 'antd';
import { useNavigate } from 'react-router';
import { caseRoutes } from '../../../server/protocol/rest/case-routes.ts';
import type { BodyOf } from '../../../server/protocol/rest/rest.ts';
import { call } from '../../api/call.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { useProvinceOptions } from '../parts/provinces.ts';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';

type NewCase = BodyOf<typeof caseRoutes.createCase>;

const CASE_NUMBER = /^[（(]\d{4}[)）].{1,20}破.{0,20}号$/;
const PHONE = /^[0-9+\- ]{7,20}$/;

interface NewCaseModalProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Form of a new case; the person who creates it leads it. */
export function NewCaseModal({ isOpen, onClose }: NewCaseModalProps) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [form] = Form.useForm<NewCase>();
  const { isBusy, error, run } = useAction();
  const create = (values: NewCase) =>
    run(async () => {
      const created = await call(caseRoutes.createCase, { body: values });
      await navigate(`/staff/cases/${created.caseId}`);
    });
  return (
    <Modal
      open={isOpen}
      title={t('staff.case.create')}
      okText={t('staff.case.createNow')}
      cancelText={t('staff.common.cancel')}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => form.submit()}
      width={620}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Form<NewCase>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ procedure: 'liquidation' }}
        onFinish={(values) => void create(values)}
      >
        <NewCaseFields />
      </Form>
    </Modal>
  );
}

function NewCaseFields() {
  const { t } = useWords();
  const provinces = useProvinceOptions();
  const required = { required: true, message: t('staff.common.required') };
  return (
    <>
      <Form.Item
        name="caseNumber"
        label={t('staff.case.number')}
        extra={t('staff.case.numberHint')}
        rules={[required, { pattern: CASE_NUMBER, message: t('staff.case.numberWrong') }]}
      >
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="debtor" label={t('staff.case.debtor')} rules={[{ ...required, min: 2 }]}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="court" label={t('staff.case.court')} rules={[{ ...required, min: 2 }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <div className="field-pair">
        <Form.Item name="province" label={t('staff.case.province')} rules={[required]}>
          <Select options={provinces} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
        <Form.Item name="acceptedOn" label={t('staff.case.acceptedOn')} rules={[required]}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item name="procedure" label={t('staff.case.procedure')} rules={[required]}>
        <Radio.Group
          options={(['liquidation', 'reorganisation', 'settlement'] as const).map((value) => ({
            value,
            label: t(`staff.procedure.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="helpPhone"
        label={t('staff.case.helpPhone')}
        extra={t('staff.case.helpPhoneHint')}
        rules={[required, { pattern: PHONE, message: t('staff.case.helpPhoneWrong') }]}
      >
        <Input type="tel" maxLength={20} autoComplete="off" />
      </Form.Item>
    </>
  );
}
