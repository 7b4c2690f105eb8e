import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useMeeting } from '../use-meeting.ts';

/** Before 签到 the room can be read but not heard. */
export function NotSignedIn() {
  const { t } = useTranslation();
  const { base } = useMeeting();
  return (
    <Notice kind="attention">
      <p>{t('room.notSignedIn')}</p>
      <LinkButton to={`${base}/check-in`} look="primary">
        {t('meeting.toCheckIn')}
      </LinkButton>
    </Notice>
  );
}
