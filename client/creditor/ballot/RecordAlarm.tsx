import { useRecordAlarm } from '../../record/record-watch.ts';
import { CheckResult } from './CheckResult.tsx';

/** Stays on every page of the meeting: the record does not hold against what this browser saw. */
export function RecordAlarm() {
  const { alarm } = useRecordAlarm();
  if (alarm === undefined) return null;
  return (
    <aside className="record-alarm">
      <CheckResult checked={alarm} />
    </aside>
  );
}
