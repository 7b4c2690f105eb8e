import { useEffect, useState } from 'react';

/** False for the first moment of a button: a touch that was meant for what lay there before does nothing. */
export function useArmed(afterMs: number): boolean {
  const [isArmed, setArmed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setArmed(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return isArmed;
}
