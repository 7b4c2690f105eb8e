import { Radio } from 'antd';
import type { ChoiceRead } from '../../../server/protocol/scalars.ts';
import { useWords } from '../parts/use-words.ts';

const CHOICES: readonly ChoiceRead[] = ['for', 'against', 'abstain', 'invalid'];

const HINT_ID = 'paper-invalid-hint';

interface ChoiceFieldProps {
  readonly label: string;
  readonly choice: ChoiceRead | undefined;
  readonly onChange: (choice: ChoiceRead) => void;
}

/** 同意 / 不同意 / 弃权 / 无效票, equal in size, none chosen beforehand. */
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
        aria-describedby={HINT_ID}
        onChange={(event) => onChange(event.target.value as ChoiceRead)}
      />
      <small className="muted" id={HINT_ID}>
        {t('staff.papers.invalidHint')}
      </small>
    </div>
  );
}
