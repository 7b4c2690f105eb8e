import { useEffect, useState } from 'react';
import { fetchWitnessed } from './record-api.ts';

/** Witnesses follow within seconds; later than this they are not waited for on the page. */
const ASK_AGAIN_MS = 15_000;
const TRIES = 4;

/**
 * Whether a quorum of witnesses stands behind the record up to this number (record.md 6): what holds for one holds
 * for all below it. Undefined while it is not known, and without a number.
 */
export function useWitnessed(meetingId: string, seq: string | undefined): boolean | undefined {
  const [isWitnessed, setWitnessed] = useState<boolean | undefined>(undefined);
  useEffect(() => {
    if (seq === undefined) return undefined;
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
  return isWitnessed;
}
