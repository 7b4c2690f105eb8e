import { Input, Segmented } from 'antd';
import { serverNowMs } from '../../../state/clock.ts';
import { toWallTime } from '../../parts/china-time.ts';
import { useWords } from '../../parts/use-words.ts';
import type { DeadlineChoice } from './deadline-choice.ts';

const MS_PER_DAY = 86_400_000;

interface DeadlinePickerProps {
  readonly label: string;
  readonly presetsMinutes: readonly number[];
  /** From what the minutes count: catalogue key with `{{minutes}}`. */
  readonly presetKey: string;
  readonly choice: DeadlineChoice;
  readonly onChange: (choice: DeadlineChoice) => void;
}

/** Presets in minutes, and a date with time for votes that run for days. */
export function DeadlinePicker({ label, presetsMinutes, presetKey, choice, onChange }: DeadlinePickerProps) {
  const { t } = useWords();
  const options = [
    ...presetsMinutes.map((minutes) => ({ value: String(minutes), label: t(presetKey, { minutes }) })),
    { value: 'at', label: t('staff.deadline.at') },
  ];
  const choose = (value: string) =>
    onChange(
      value === 'at'
        ? { kind: 'at', wallTime: toWallTime(serverNowMs() + MS_PER_DAY) }
        : { kind: 'minutes', minutes: Number(value) },
    );
  return (
    <div className="deadline-picker" role="group" aria-label={label}>
      <span>{label}</span>
      <Segmented
        options={options}
        value={choice.kind === 'at' ? 'at' : String(choice.minutes)}
        onChange={choose}
      />
      {choice.kind === 'at' ? (
        <Input
          className="deadline-field"
          type="datetime-local"
          aria-label={t('staff.deadline.field')}
          value={choice.wallTime}
          onChange={(event) => onChange({ kind: 'at', wallTime: event.target.value })}
        />
      ) : null}
    </div>
  );
}
