import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Page } from '../../components/Page.tsx';
import { requestCode, useSignIn } from '../../state/sign-in.ts';
import { ProvingNotice } from './ProvingNotice.tsx';
import { useSubmit } from './use-submit.ts';

const DIGITS_AT_LEAST = 5;

export function NumberStep() {
  const { t } = useTranslation();
  const [mobile, setMobile] = useState(() => useSignIn.getState().mobile);
  const { isBusy, error, submit, setError } = useSubmit(() => requestCode(mobile.trim()));
  const send = (): void => {
    if (mobile.replace(/\D/g, '').length < DIGITS_AT_LEAST) setError(t('signIn.numberMissing'));
    else submit();
  };
  return (
    <Page title={t('signIn.title')} back={{ to: '/', label: t('common.toStart') }}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Field
          label={t('signIn.mobile')}
          hint={t('signIn.mobileHint')}
          error={error}
          type="tel"
          name="mobile"
          autoComplete="tel"
          inputMode="tel"
          maxLength={24}
          value={mobile}
          onChange={(event) => setMobile(event.target.value)}
        />
        <ProvingNotice />
        <Button type="submit" look="primary" isBusy={isBusy}>
          {t('signIn.sendCode')}
        </Button>
        <p className="muted">{t('signIn.noFraud')}</p>
      </form>
    </Page>
  );
}
