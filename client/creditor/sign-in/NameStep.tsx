import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Page } from '../../components/Page.tsx';
import { useHelp } from '../../state/help.ts';
import { signOut } from '../../state/session.ts';
import { checkName } from '../../state/sign-in.ts';
import { useSubmit } from './use-submit.ts';

const ID_CHARACTERS = 4;

/** Second check. No digits-only keyboard: an ID may end in X and a credit code in letters. */
export function NameStep() {
  const { t } = useTranslation();
  const { phone } = useHelp();
  const [name, setName] = useState('');
  const [idLast4, setIdLast4] = useState('');
  const { isBusy, error, submit, setError } = useSubmit(() => checkName(name.trim(), idLast4.trim()));
  const confirm = (): void => {
    if (name.trim() === '' || idLast4.trim().length !== ID_CHARACTERS) setError(t('signIn.nameIncomplete'));
    else submit();
  };
  return (
    <Page title={t('signIn.nameTitle')}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <Field
          label={t('signIn.name')}
          hint={t('signIn.nameHint')}
          name="name"
          autoComplete="name"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label={t('signIn.idLast4')}
          hint={t('signIn.idLast4Hint')}
          error={error}
          name="id-last-4"
          autoComplete="off"
          autoCapitalize="characters"
          maxLength={8}
          value={idLast4}
          onChange={(event) => setIdLast4(event.target.value)}
        />
        <Button type="submit" look="primary" isBusy={isBusy}>
          {t('signIn.confirm')}
        </Button>
      </form>
      <p className="muted">
        {t('signIn.wayOut')} {phone !== undefined && <a href={`tel:${phone}`}>{phone}</a>}
      </p>
      <Button look="quiet" onClick={() => void signOut()}>
        {t('signIn.otherNumber')}
      </Button>
    </Page>
  );
}
