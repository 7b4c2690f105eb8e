import { useAnnouncement } from '../state/announcements.ts';

/** Where screen readers hear of events. Visible text stands on the pages themselves. */
export function Announcer() {
  const current = useAnnouncement((store) => store.current);
  return (
    <div className="sr-only" role="status" aria-live="assertive" aria-atomic="true">
      {current !== undefined && <span key={current.id}>{current.text}</span>}
    </div>
  );
}
