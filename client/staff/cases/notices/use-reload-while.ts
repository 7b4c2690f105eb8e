import { useEffect } from 'react';

/** The queue of the server sends a portion every second. */
const ASK_AGAIN_EVERY_MS = 3_000;

/** Asks again while messages wait to be sent. */
export function useReloadWhile(isWaiting: boolean, reload: () => void): void {
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(reload, ASK_AGAIN_EVERY_MS);
    return () => clearInterval(timer);
  }, [isWaiting, reload]);
}
