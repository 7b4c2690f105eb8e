import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Page } from '../../components/Page.tsx';
import { useHelp } from '../../state/help.ts';
import { changeNumber, requestCode, useSignIn, verifyCode } from '../../state/sign-in.ts';
import { ProvingNotice } from './ProvingNotice.tsx';
import { useSubmit } from './use-submit.ts';

const CODE_DIGITS = 6;

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Filled or pasted codes arrive all at once and are submitted; typed ones wait for 下一步. */
function isFilledAtOnce(before: string, now: string): boolean {
  return digitsOf(now).length === CODE_DIGITS && digitsOf(now).length - digitsOf(before).length > 1;
}

export function CodeStep() {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const latest = useRef('');
  const { isBusy, error, submit, setError } = useSubmit(() => verifyCode(digitsOf(latest.current)));
  const change = (text: string): void => {
    const isWhole = isFilledAtOnce(latest.current, text);
    latest.current = text;
    setCode(text);
    setError(undefined);
    if (isWhole) submit();
  };
  const next = (): void => {
    if (digitsOf(latest.current).length === CODE_DIGITS) submit();
    else setError(t('signIn.codeIncomplete'));
  };
  return (
    <Page title={t('signIn.codeTitle')}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        <Field
          label={t('signIn.code')}
          hint={t('signIn.codeHint')}
          error={error}
          className="field__code"
          type="text"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          maxLength={14}
          value={code}
          onChange={(event) => change(event.target.value)}
        />
        <ProvingNotice />
        <Button type="submit" look="primary" isBusy={isBusy}>
          {t('signIn.next')}
        </Button>
      </form>
      <NoCode onSent={() => change('')} />
    </Page>
  );
}

/** 收不到验证码？ Send again, another number, the telephone. */
function NoCode({ onSent }: { readonly onSent: () => void }) {
  const { t } = useTranslation();
  const { mobile, resendFromMs } = useSignIn();
  const { phone } = useHelp();
  const leftS = useSecondsUntil(resendFromMs);
  const { isBusy, error, submit } = useSubmit(() => requestCode(mobile).then(onSent));
  const waiting = leftS > 0 ? t('signIn.resendIn', { seconds: leftS }) : undefined;
  return (
    <section className="card">
      <h2>{t('signIn.noCode')}</h2>
      <p className="muted">{t('signIn.noCodeHint')}</p>
      <Button disabledReason={waiting} isBusy={isBusy} onClick={submit}>
        {t('signIn.resend')}
      </Button>
      {error !== undefined && (
        <p className="field__error" role="alert">
          {error}
        </p>
      )}
      <Button look="quiet" onClick={changeNumber}>
        {t('signIn.otherNumber')}
      </Button>
      {phone !== undefined && (
        <p>
          {t('signIn.callAdministrator')} <a href={`tel:${phone}`}>{phone}</a>
        </p>
      )}
    </section>
  );
}

const secondsUntil = (instantMs: number): number => Math.max(0, Math.ceil((instantMs - Date.now()) / 1000));

function useSecondsUntil(instantMs: number): number {
  const [left, setLeft] = useState(() => secondsUntil(instantMs));
  useEffect(() => {
    setLeft(secondsUntil(instantMs));
    const timer = setInterval(() => setLeft(secondsUntil(instantMs)), 1000);
    return () => clearInterval(timer);
  }, [instantMs]);
  return left;
}
