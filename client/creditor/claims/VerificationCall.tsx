import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../components/Button.tsx';
import { ClosingTime } from '../../components/ClosingTime.tsx';
import { useMeeting } from '../use-meeting.ts';
import { useClaimsPath } from './use-verification.ts';

/** While claims are verified: until when, and the way to the claims table. */
export function VerificationCall() {
  const { t } = useTranslation();
  const { state } = useMeeting();
  const path = useClaimsPath();
  const closesAt = state[`resolution:${state.verification?.resolutionId ?? ''}`]?.closesAt ?? null;
  if (path === undefined) return null;
  return (
    <section className="card stack" role="status" aria-label={t('claims.isOpen')}>
      <p>
        <strong>{t('claims.isOpen')}</strong>
      </p>
      <p className="small">{t('claims.noVote')}</p>
      {closesAt !== null && <ClosingTime closesAt={closesAt} />}
      <LinkButton to={path} look="primary">
        {t('claims.go')}
      </LinkButton>
    </section>
  );
}
