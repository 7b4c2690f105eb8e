import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Static } from 'typebox';
import type { EnrolmentView } from '../../../server/protocol/rest/account-views.ts';
import { authRoutes } from '../../../server/protocol/rest/auth-routes.ts';
import { call } from '../../api/call.ts';
import { setLanguage } from '../../state/preferences.ts';
import { loadSession } from '../../state/session.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import { PASSWORD_MIN_CHARACTERS, USERNAME } from './account-rules.ts';
import { SecondFactor } from './SecondFactor.tsx';

interface FirstStep {
  readonly code: string;
  readonly password: string;
  /** The first operator names the own account; invited staff have one. */
  readonly username?: string;
  readonly name?: string;
}

function begin({ code, password, username, name }: FirstStep): Promise<Static<typeof EnrolmentView>> {
  return username === undefined || name === undefined
    ? call(authRoutes.enrolStaff, { body: { code, password } })
    : call(authRoutes.setupOperator, { body: { code, password, username, name } });
}

/** `operator`: the first account, by the code on the terminal. `staff`: by the code of the invitation. */
export function EnrolPage({ who }: { readonly who: 'operator' | 'staff' }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [enrolling, setEnrolling] = useState<{ code: string; factor: Static<typeof EnrolmentView> }>();
  const { isBusy, error, run } = useAction();
  const start = (values: FirstStep) =>
    run(async () => {
      const code = values.code.trim();
      setEnrolling({ code, factor: await begin({ ...values, code }) });
    });
  const finish = (code: string, totp: string) =>
    run(async () => {
      await call(authRoutes.confirmEnrolment, { body: { code, totp } });
      await loadSession();
      await navigate('/staff', { replace: true });
    });
  return (
    <main className="staff-main enrol">
      <PageTitle
        title={t(`staff.enrol.title.${who}`)}
        note={t(`staff.enrol.note.${who}`)}
        action={<OtherLanguage />}
      />
      <section className="panel">
        {error === undefined ? null : <ErrorNotice error={error} />}
        {enrolling === undefined ? (
          <FirstStepForm
            isOperator={who === 'operator'}
            isBusy={isBusy}
            onSubmit={(values) => void start(values)}
          />
        ) : (
          <SecondFactor
            factor={enrolling.factor}
            isBusy={isBusy}
            onSubmit={(totp) => void finish(enrolling.code, totp)}
          />
        )}
      </section>
      <p className="muted">
        {t('staff.enrol.hasAccount')} <Link to="/staff/sign-in">{t('staff.enrol.signIn')}</Link>
      </p>
    </main>
  );
}

function OtherLanguage() {
  const { language } = useWords();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <Button type="text" lang={other} onClick={() => void setLanguage(other)}>
      {other === 'en' ? 'English' : '中文'}
    </Button>
  );
}

interface FirstStepFormProps {
  readonly isOperator: boolean;
  readonly isBusy: boolean;
  readonly onSubmit: (values: FirstStep) => void;
}

function FirstStepForm({ isOperator, isBusy, onSubmit }: FirstStepFormProps) {
  const { t } = useWords();
  const required = { required: true, message: t('staff.common.required') };
  return (
    <Form<FirstStep> layout="vertical" requiredMark={false} onFinish={onSubmit}>
      <Form.Item name="code" label={t('staff.enrol.code')} rules={[required]}>
        <Input maxLength={64} autoComplete="off" autoCapitalize="none" />
      </Form.Item>
      {isOperator ? (
        <>
          <Form.Item name="name" label={t('staff.member.name')} rules={[required]}>
            <Input maxLength={50} autoComplete="name" />
          </Form.Item>
          <Form.Item
            name="username"
            label={t('staff.member.username')}
            extra={t('staff.operator.usernameHint')}
            rules={[required, { pattern: USERNAME, message: t('staff.operator.usernameWrong') }]}
          >
            <Input maxLength={32} autoComplete="username" autoCapitalize="none" />
          </Form.Item>
        </>
      ) : null}
      <Form.Item
        name="password"
        label={t('staff.enrol.password')}
        extra={t('staff.enrol.passwordHint', { characters: PASSWORD_MIN_CHARACTERS })}
        rules={[required, { min: PASSWORD_MIN_CHARACTERS, message: t('errors.PASSWORD_WEAK') }]}
      >
        <Input.Password maxLength={128} autoComplete="new-password" />
      </Form.Item>
      <Button block size="large" type="primary" htmlType="submit" loading={isBusy}>
        {t('staff.enrol.next')}
      </Button>
    </Form>
  );
}
