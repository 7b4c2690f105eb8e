import { Radio } from 'antd';
import type { Choice } from '../../../server/protocol/scalars.ts';
import { useWords } from '../parts/use-words.ts';

const CHOICES: readonly Choice[] = ['for', 'against', 'abstain'];

interface ChoiceFieldProps {
  readonly label: string;
  readonly choice: Choice | undefined;
  readonly onChange: (choice: Choice) => void;
}

/** 同意 / 不同意 / 弃权, equal in size, none chosen beforehand. */
export function ChoiceField({ label, choice, onChange }: ChoiceFieldProps) {
  const { t } = useWords();
  return (
    <div className="labelled" role="group" aria-label={label}>
      {label}
      <Radio.Group
        className="paper-choices"
        optionType="button"
        size="large"
        value={choice ?? null}
        options={CHOICES.map((value) => ({ value, label: t(`choice.${value}`) }))}
        onChange={(event) => onChange(event.target.value as Choice)}
      />
    </div>
  );
}
