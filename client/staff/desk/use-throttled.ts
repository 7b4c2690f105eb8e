import { useEffect, useRef, useState } from 'react';

/** A value that follows its source at most every `intervalMs`, and always arrives at the last one. */
export function useThrottled<T>(value: T, intervalMs: number): T {
  const [shown, setShown] = useState(value);
  const lastMs = useRef(0);
  useEffect(() => {
    if (Object.is(value, shown)) return undefined;
    const waitMs = Math.max(0, lastMs.current + intervalMs - Date.now());
    const timer = setTimeout(() => {
      lastMs.current = Date.now();
      setShown(value);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [value, shown, intervalMs]);
  return shown;
}

/** Calls `reload` when `turn` changes, not at first. */
export function useReload(turn: unknown, reload: () => void): void {
  const seen = useRef(turn);
  useEffect(() => {
    if (Object.is(seen.current, turn)) return;
    seen.current = turn;
    reload();
  }, [turn, reload]);
}
