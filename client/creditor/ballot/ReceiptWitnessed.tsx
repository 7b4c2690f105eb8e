import { useTranslation } from 'react-i18next';
import { useWitnessed } from '../../record/use-witnessed.ts';
import { useMeeting } from '../use-meeting.ts';

/** Whether witnesses stand behind a receipt: a word and a shape, on screen and on paper, never left out. */
export function WitnessedLine({ isWitnessed }: { readonly isWitnessed: boolean | undefined }) {
  const { t } = useTranslation();
  return (
    <p className="muted" role="status">
      {isWitnessed === undefined ? (
        <>○ {t('check.witnessUnknown')}</>
      ) : isWitnessed ? (
        <>✓ {t('check.witnessed')}</>
      ) : (
        <>! {t('check.notWitnessed')}</>
      )}
    </p>
  );
}

/** The line of one receipt, which asks for itself. */
export function ReceiptWitnessed({ seq }: { readonly seq: string }) {
  const { meetingId } = useMeeting().meeting;
  return <WitnessedLine isWitnessed={useWitnessed(meetingId, seq)} />;
}
