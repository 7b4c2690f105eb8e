import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { TimelineEntry } from '../../../server/protocol/rest/meeting-routes.ts';
import { dateTimeWithSeconds } from '../../format/time.ts';
import { useWords, wordOr } from '../parts/use-words.ts';

/** A meeting of some hundred creditors has as many sign-ins; they are shown on request. */
const REPEATED: ReadonlySet<string> = new Set([
  'presence',
  'floor',
  'writer.epoch',
  'key.bind',
  'notice.delivery',
]);
const SHOWN_AT_FIRST = 100;

/** The record in its order, number and fingerprint of each entry beside it. */
export function RecordTimeline({ timeline }: { readonly timeline: readonly TimelineEntry[] }) {
  const { t, language } = useWords();
  const [showsAll, setShowsAll] = useState(false);
  const [limit, setLimit] = useState(SHOWN_AT_FIRST);
  const chosen = showsAll ? timeline : timeline.filter(({ t: type }) => !REPEATED.has(type));
  return (
    <section className="panel" aria-labelledby="record-timeline">
      <div className="toolbar">
        <h2 id="record-timeline">{t('staff.record.timeline')}</h2>
        <span className="toolbar-end">
          <Checkbox checked={showsAll} onChange={(event) => setShowsAll(event.target.checked)}>
            {t('staff.record.showAll', { count: timeline.length })}
          </Checkbox>
        </span>
      </div>
      <ol className="timeline">
        {chosen.slice(0, limit).map((entry) => (
          <li key={`${entry.seq}/${entry.code}`}>
            <time className="num">{dateTimeWithSeconds(entry.ts, language)}</time>
            <span className="timeline-text">
              {wordOr(t, `staff.timeline.${entry.code}`, entry)}
              <small className="muted num">
                {t('staff.record.entry', { seq: entry.seq })}{' '}
                <code className="hash">{entry.leafHash.slice(0, 16)}</code>
              </small>
            </span>
          </li>
        ))}
      </ol>
      {chosen.length > limit ? (
        <Button onClick={() => setLimit(limit + SHOWN_AT_FIRST)}>
          {t('staff.record.more', { count: chosen.length - limit })}
        </Button>
      ) : null}
    </section>
  );
}
