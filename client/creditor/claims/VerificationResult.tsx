import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../components/Button.tsx';
import { useMeeting } from '../use-meeting.ts';

/** What a verification came to: how many objections, and the way to one's own claims. */
export function VerificationResult({ claimsAt }: { readonly claimsAt: string }) {
  const { t } = useTranslation();
  const { verification } = useMeeting().state;
  return (
    <>
      {verification !== undefined && (
        <p>{t('claims.result', { filed: verification.filed, open: verification.open })}</p>
      )}
      <LinkButton to={claimsAt}>{t('claims.seeTable')}</LinkButton>
    </>
  );
}
