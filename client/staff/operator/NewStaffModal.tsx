import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { Static } from 'typebox';
import type { EnrolmentCodeView } from '../../../server/protocol/rest/account-views.ts';
import { staffRoutes } from '../../../server/protocol/rest/auth-routes.ts';
import type { Role } from '../../../server/protocol/scalars.ts';
import { call } from '../../api/call.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { useProvinceOptions } from '../parts/provinces.ts';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import { USERNAME, isRoleChoice } from './account-rules.ts';
import { EnrolmentCode } from './EnrolmentCode.tsx';

const STAFF_ROLES: readonly Role[] = [
  'administrator-lead',
  'administrator-staff',
  'judge',
  'clerk',
  'reviewer',
  'operator',
];

interface NewStaff {
  readonly name: string;
  readonly username: string;
  readonly roles: Role[];
  readonly province?: string;
}

/** A new account, then its one-time code, which is shown once and handed over in person. */
export function NewStaffModal({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const [form] = Form.useForm<NewStaff>();
  const [code, setCode] = useState<Static<typeof EnrolmentCodeView> | undefined>(undefined);
  const { isBusy, error, run } = useAction();
  const create = ({ province, ...values }: NewStaff) =>
    run(async () => {
      const needsProvince = values.roles.includes('reviewer');
      const body = { ...values, province: needsProvince ? (province ?? null) : null };
      setCode(await call(staffRoutes.createStaff, { body }));
    });
  const footer =
    code === undefined ? (
      <>
        <Button onClick={onClose}>{t('staff.common.cancel')}</Button>
        <Button type="primary" loading={isBusy} onClick={() => form.submit()}>
          {t('staff.operator.createNow')}
        </Button>
      </>
    ) : (
      <Button type="primary" onClick={onClose}>
        {t('staff.operator.codeNoted')}
      </Button>
    );
  return (
    <Modal
      open
      title={t('staff.operator.create')}
      footer={footer}
      closable={code === undefined}
      mask={{ closable: false }}
      onCancel={onClose}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      {code === undefined ? (
        <Form<NewStaff>
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(values) => void create(values)}
        >
          <StaffFields form={form} />
        </Form>
      ) : (
        <EnrolmentCode code={code} />
      )}
    </Modal>
  );
}

function StaffFields({ form }: { readonly form: ReturnType<typeof Form.useForm<NewStaff>>[0] }) {
  const { t } = useWords();
  const provinces = useProvinceOptions();
  const roles: readonly Role[] | undefined = Form.useWatch('roles', form);
  const required = { required: true, message: t('staff.common.required') };
  const single = {
    validator: (_: unknown, chosen: readonly Role[] = []) =>
      isRoleChoice(chosen) ? Promise.resolve() : Promise.reject(new Error(t('staff.operator.rolesSingle'))),
  };
  return (
    <>
      <Form.Item name="name" label={t('staff.member.name')} rules={[required]}>
        <Input maxLength={50} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="username"
        label={t('staff.member.username')}
        extra={t('staff.operator.usernameHint')}
        rules={[required, { pattern: USERNAME, message: t('staff.operator.usernameWrong') }]}
      >
        <Input maxLength={32} autoComplete="off" autoCapitalize="none" />
      </Form.Item>
      <Form.Item name="roles" label={t('staff.operator.roles')} rules={[required, single]}>
        <Select
          mode="multiple"
          maxCount={4}
          options={STAFF_ROLES.map((value) => ({ value, label: t(`staff.role.${value}`) }))}
        />
      </Form.Item>
      {(roles?.includes('reviewer') ?? false) ? (
        <Form.Item
          name="province"
          label={t('staff.case.province')}
          extra={t('staff.operator.provinceHint')}
          rules={[required]}
        >
          <Select options={provinces} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
      ) : null}
    </>
  );
}
