import type { CramDownConditionId, CramDownWord } from '../../../server/protocol/entry-bodies/vote.ts';
import type { RulingInput } from '../../../server/protocol/rest/meeting-routes.ts';
import type { CramDownLineView } from '../../../server/protocol/vote/slices.ts';

/** What the applicant has filled in so far. */
export type CramDownAnswers = Readonly<
  Partial<Record<CramDownConditionId, { readonly answer?: CramDownWord; readonly statement?: string }>>
>;

/** A condition that the votes do not answer needs reasons; the server asks for the same. */
export function isAnswered({ condition, state }: CramDownLineView, answers: CramDownAnswers): boolean {
  const { answer, statement = '' } = answers[condition] ?? {};
  return answer !== undefined && (state !== 'TO_BE_SHOWN' || statement.trim().length >= 2);
}

export function toChecklist(
  lines: readonly CramDownLineView[],
  answers: CramDownAnswers,
): NonNullable<RulingInput['checklist']> {
  return lines.flatMap(({ condition }) => {
    const { answer, statement = '' } = answers[condition] ?? {};
    const said = statement.trim();
    return answer === undefined ? [] : [{ condition, answer, ...(said.length >= 2 && { statement: said }) }];
  });
}
