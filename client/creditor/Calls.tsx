import { useTranslation } from 'react-i18next';
import { LinkButton } from '../components/Button.tsx';
import { VerificationCall } from './claims/VerificationCall.tsx';
import { useMeeting } from './use-meeting.ts';
import { useFirstVote, VoteCall } from './VoteCall.tsx';

/** Away from the room: an open vote and an invitation to speak stay in sight until they are answered. */
export function Calls() {
  const { t } = useTranslation();
  const { personal, base } = useMeeting();
  const vote = useFirstVote();
  return (
    <>
      {personal.floor === 'offered' && (
        <section className="card" role="status" aria-label={t('floor.offered')}>
          <h2>{t('floor.offered')}</h2>
          <LinkButton to={`${base}/room`} look="primary">
            {t('floor.toRoom')}
          </LinkButton>
        </section>
      )}
      {vote !== undefined && <VoteCall vote={vote} />}
      <VerificationCall />
    </>
  );
}
