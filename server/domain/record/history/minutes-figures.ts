/**
 * The figures that the minutes print, as data: attendance, and of each announced vote heads and amounts by
 * group. Whoever holds a bundle can compare them with the paper in hand.
 */
import type { GroupResult, Outcome } from '../../../protocol/tally.ts';
import { attendanceFigures } from './attendance.ts';
import { entriesOf, type MeetingHistory } from './meeting-history.ts';

type GroupFigures = Pick<
  GroupResult,
  'group' | 'outcome' | 'units' | 'presentHeads' | 'for' | 'against' | 'abstain' | 'silent' | 'absent'
>;

export interface MinutesFigures {
  readonly v: '1';
  readonly due: { readonly heads: string; readonly fen: string };
  readonly present: { readonly heads: string; readonly fen: string };
  readonly votes: readonly {
    readonly resolutionId: string;
    readonly round: string;
    readonly revision: string;
    readonly outcome: Outcome;
    readonly groups: readonly GroupFigures[];
  }[];
}

export function minutesFigures(history: MeetingHistory): MinutesFigures {
  const { due, present } = attendanceFigures(history);
  return {
    v: '1',
    due: { heads: String(due.heads), fen: String(due.fen) },
    present: { heads: String(present.heads), fen: String(present.fen) },
    votes: entriesOf(history, 'verdict').map(({ body }) => ({
      resolutionId: body.resolutionId,
      round: body.round,
      revision: body.revision,
      outcome: body.outcome,
      groups: body.results.main.groups.map(figuresOf),
    })),
  };
}

function figuresOf(result: GroupResult): GroupFigures {
  const { group, outcome, units, presentHeads, against, abstain, silent, absent } = result;
  return { group, outcome, units, presentHeads, for: result.for, against, abstain, silent, absent };
}
