/**
 * The server's clock as seen from here. Every deadline is counted from it: a phone's own clock may be
 * wrong by hours.
 */
import { useEffect, useState } from 'react';

const TICK_MS = 500;

let offsetMs = 0;
let bestRoundTripMs = Number.POSITIVE_INFINITY;

/** Takes a timestamp of the server; the answer with the shortest way is the most exact. */
export function observeServerTime(serverTime: string, sentMs: number, receivedMs: number): void {
  const roundTripMs = Math.max(0, receivedMs - sentMs);
  const isFarOff = Math.abs(Date.parse(serverTime) - serverNowMs()) > roundTripMs + 1_000;
  if (roundTripMs > bestRoundTripMs && !isFarOff) return;
  bestRoundTripMs = roundTripMs;
  offsetMs = Date.parse(serverTime) - (sentMs + roundTripMs / 2);
}

/** Milliseconds since 1970 by the server's clock. */
export function serverNowMs(): number {
  return Date.now() + offsetMs;
}

/** Re-renders twice a second with the server's time; costs nothing while `isActive` is false. */
export function useServerNow(isActive = true): number {
  const [nowMs, setNowMs] = useState(serverNowMs);
  useEffect(() => {
    if (!isActive) return undefined;
    setNowMs(serverNowMs());
    const timer = setInterval(() => setNowMs(serverNowMs()), TICK_MS);
    return () => clearInterval(timer);
  }, [isActive]);
  return nowMs;
}
