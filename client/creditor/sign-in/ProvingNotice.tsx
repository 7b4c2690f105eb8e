import { useTranslation } from 'react-i18next';
import { Notice } from '../../components/Notice.tsx';
import { useSignIn } from '../../state/sign-in.ts';

/** Shown while the phone computes a proof of work, which takes a second or a few. */
export function ProvingNotice() {
  const { t } = useTranslation();
  const isProving = useSignIn((store) => store.isProving);
  return isProving ? <Notice role="status">{t('signIn.proving')}</Notice> : null;
}
