import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchWitnessed } from '../../record/record-api.ts';
import { useMeeting } from '../use-meeting.ts';

/** Witnesses follow within seconds; later than this they are not waited for on the page. */
const ASK_AGAIN_MS = 15_000;
const TRIES = 4;

/** Whether a quorum of witnesses stands behind the receipt (record.md 6): a word and a shape, never left out. */
export function ReceiptWitnessed({ seq }: { readonly seq: string }) {
  const { t } = useTranslation();
  const { meetingId } = useMeeting().meeting;
  const [isWitnessed, setWitnessed] = useState<boolean | undefined>(undefined);
  useEffect(() => {
    let tries = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      tries += 1;
      // Without an answer nothing is claimed either way.
      const answer = await fetchWitnessed(meetingId, seq).catch(() => undefined);
      if (!isCurrent) return;
      if (answer !== undefined) setWitnessed(answer);
      if (answer !== true && tries < TRIES) timer = setTimeout(() => void ask(), ASK_AGAIN_MS);
    };
    void ask();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [meetingId, seq]);
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
