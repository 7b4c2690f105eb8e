import { Input, Radio } from 'antd';
import type { CramDownConditionId, CramDownWord } from '../../../server/protocol/entry-bodies/vote.ts';
import type { CramDownLineView, ResolutionSlice } from '../../../server/protocol/vote/slices.ts';
import { yuanWithUnit } from '../../format/money.ts';
import { Mark, type MarkShape } from '../parts/Mark.tsx';
import { useWords } from '../parts/use-words.ts';
import { isAnswered, type CramDownAnswers } from './cram-down-answers.ts';

const WORDS: readonly CramDownWord[] = ['YES', 'NO', 'NOT_APPLICABLE'];
const STATEMENT_MAX = 1_000;

const shapes: Readonly<Record<CramDownLineView['state'], MarkShape>> = {
  MET_BY_CONSENT: 'done',
  NOT_CONCERNED: 'paused',
  TO_BE_SHOWN: 'waiting',
};

interface CramDownFieldsProps {
  readonly resolution: ResolutionSlice;
  readonly answers: CramDownAnswers;
  readonly onChange: (answers: CramDownAnswers) => void;
}

/** Art. 87(2): each condition with what the groups voted, to be answered by the applicant. Nothing is preset. */
export function CramDownFields({ resolution, answers, onChange }: CramDownFieldsProps) {
  const { t } = useWords();
  const change = (condition: CramDownConditionId, part: CramDownAnswers[CramDownConditionId]) =>
    onChange({ ...answers, [condition]: { ...answers[condition], ...part } });
  return (
    <section aria-labelledby="cram-down-title">
      <h3 id="cram-down-title">{t('staff.decisions.checklist')}</h3>
      <p className="muted">{t('staff.decisions.checklistNote')}</p>
      <ol className="cram-down">
        {resolution.cramDown.map((line) => {
          const { condition, state } = line;
          const { answer, statement = '' } = answers[condition] ?? {};
          const words = t(`cramDown.condition.${condition}`);
          return (
            <li key={condition}>
              <fieldset>
                <legend>{words}</legend>
                <Mark shape={shapes[state]} word={t(`staff.decisions.line.${state}`)} />
                <GroupFigures line={line} resolution={resolution} />
                <Radio.Group
                  aria-label={t('staff.decisions.answerOf')}
                  value={answer}
                  options={WORDS.map((value) => ({ value, label: t(`staff.decisions.answer.${value}`) }))}
                  onChange={(event) => change(condition, { answer: event.target.value as CramDownWord })}
                />
                <Input.TextArea
                  rows={2}
                  maxLength={STATEMENT_MAX}
                  aria-label={`${words}：${t('staff.decisions.statement')}`}
                  placeholder={t(
                    state === 'TO_BE_SHOWN' ? 'staff.decisions.statementNeeded' : 'staff.decisions.statement',
                  )}
                  status={answer !== undefined && !isAnswered(line, answers) ? 'warning' : ''}
                  value={statement}
                  onChange={(event) => change(condition, { statement: event.target.value })}
                />
              </fieldset>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

interface GroupFiguresProps {
  readonly line: CramDownLineView;
  readonly resolution: ResolutionSlice;
}

/** How the groups concerned last voted, from the verdict that holds for each. */
function GroupFigures({ line, resolution }: GroupFiguresProps) {
  const { t, language } = useWords();
  const verdicts = [...resolution.earlierRounds, resolution].flatMap(({ verdict }) => verdict ?? []);
  if (line.groups.length === 0) return null;
  return (
    <ul className="cram-down-figures">
      {line.groups.map(({ group, outcome }) => {
        const last = verdicts
          .flatMap((verdict) => verdict.groups)
          .findLast((candidate) => candidate.group === group);
        return (
          <li key={group}>
            {t('staff.decisions.figures', {
              group: t(`group.${group}`),
              outcome: t(`verdict.outcome.${outcome}`),
              heads: `${last?.for.heads ?? '0'}/${last?.presentHeads ?? '0'}`,
              amount: yuanWithUnit(last?.for.fen ?? '0', language),
            })}
          </li>
        );
      })}
    </ul>
  );
}
