import type { ResolutionSlice } from '../../server/protocol/room-slices.ts';

type Matter = Pick<ResolutionSlice, 'type' | 'title' | 'particulars'>;
type Translate = (key: string, options: Record<string, unknown>) => string;

/** Where a title says by itself what the candidate stands for. */
const NAMES_THE_OFFICE = /委员会|committee/i;

/**
 * What one says yes or no to, in words. The title of a candidate's resolution (R08) is often the bare name, which is
 * no question: 选举江南某某公司为债权人委员会成员.
 */
export function matterOf({ type, title, particulars }: Matter, t: Translate): string {
  const candidacy = particulars?.candidateOf;
  if (type !== 'R08' || candidacy === undefined || NAMES_THE_OFFICE.test(title)) return title;
  return t(`vote.election.${candidacy.seatKind}`, { title });
}
