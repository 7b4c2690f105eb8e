import { countdown } from '../format/time.ts';
import { useServerNow } from '../state/clock.ts';
import { usePreferences } from '../state/preferences.ts';

/** Time left until an instant, by the server's clock. Silent: announcements are made elsewhere. */
export function Countdown({ until, label }: { readonly until: string; readonly label: string }) {
  const { language } = usePreferences();
  const nowMs = useServerNow();
  return (
    <span className="timer" role="timer" aria-label={label} aria-live="off">
      {countdown(Date.parse(until) - nowMs, language)}
    </span>
  );
}

/** Time gone since an instant. */
export function Elapsed({ since, label }: { readonly since: string; readonly label: string }) {
  const { language } = usePreferences();
  const nowMs = useServerNow();
  return (
    <span className="timer" role="timer" aria-label={label} aria-live="off">
      {countdown(Math.max(0, nowMs - Date.parse(since)), language)}
    </span>
  );
}
