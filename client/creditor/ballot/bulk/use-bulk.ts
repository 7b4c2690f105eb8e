import { useParams } from 'react-router';
import type { ReceiptView, UnitRight } from '../../../../server/protocol/room.ts';
import type { ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import type { Choice } from '../../../../server/protocol/scalars.ts';
import { useBallots, type BallotProgress } from '../../../state/ballots.ts';
import { findResolution, rightsIn } from '../../../state/rights.ts';
import { useMeeting } from '../../use-meeting.ts';
import { ballotKeyOf } from '../use-ballot.ts';

/** Always in this order. */
export const CHOICES = ['for', 'against', 'abstain'] as const satisfies readonly Choice[];

/** One principal's ballot on this device. */
export interface BulkRow {
  readonly right: UnitRight;
  readonly key: string;
  readonly progress: BallotProgress | undefined;
  readonly receipt: ReceiptView | undefined;
  /** Chosen and not yet confirmed. */
  readonly draft: Choice | undefined;
  /** A choice can be made now. */
  readonly isOpen: boolean;
}

export interface Bulk {
  readonly resolution: ResolutionSlice;
  readonly rows: readonly BulkRow[];
  /** Path of the page; `/confirm` and `/sent` lie below it. */
  readonly path: string;
}

/** Rights as this page has seen them: a ballot on its way outlives the proxy that it was confirmed under. */
const lastSeen = new Map<string, UnitRight>();

type Keyed = Pick<BulkRow, 'right' | 'key'>;

/** Ballots that were confirmed and are not answered, or were refused, while the right to cast them ended. */
function withRightLost(
  own: readonly Keyed[],
  ballots: Readonly<Record<string, BallotProgress>>,
): readonly Keyed[] {
  const [first] = own;
  if (first === undefined) return [];
  const prefix = first.key.slice(0, first.key.indexOf(first.right.unitId));
  const known = new Set(own.map(({ key }) => key));
  return [...lastSeen].flatMap(([key, right]) => {
    const kind = ballots[key]?.kind;
    const isUnderWay = key.startsWith(prefix) && (kind === 'sending' || kind === 'refused');
    return isUnderWay && !known.has(key) ? [{ key, right }] : [];
  });
}

/** The ballots of all for whom this person acts in the resolution of the address; undefined without any. */
export function useBulk(): Bulk | undefined {
  const { resolutionId = '' } = useParams();
  const { state, personal, base } = useMeeting();
  const ballots = useBallots((store) => store.ballots);
  const resolution = findResolution(state, resolutionId);
  const rights = rightsIn(personal, resolutionId);
  if (resolution === undefined || rights.length === 0) return undefined;
  const { personId } = personal;
  const own = rights.map((right) => ({ right, key: ballotKeyOf({ personId, resolution, right }) }));
  const rows = [...own, ...withRightLost(own, ballots)].map(({ right, key }): BulkRow => {
    const progress = ballots[key];
    const receipt = progress?.kind === 'received' ? progress.receipt : (right.receipt ?? undefined);
    const isUntouched = progress === undefined || progress.kind === 'draft';
    const isOpen = right.mayVote && receipt === undefined && isUntouched && resolution.status === 'open';
    const draft = isOpen && progress?.kind === 'draft' ? progress.choice : undefined;
    return { right, key, progress, receipt, draft, isOpen };
  });
  for (const { right, key } of own) lastSeen.set(key, right);
  return { resolution, rows, path: `${base}/votes/${resolutionId}` };
}

export interface ChoiceSum {
  readonly choice: Choice;
  readonly heads: number;
  readonly fen: string;
}

/** Heads and counted amount of each choice made. */
export function sumsOf(rows: readonly BulkRow[]): readonly ChoiceSum[] {
  return CHOICES.map((choice) => {
    const own = rows.filter(({ draft }) => draft === choice);
    const fen = own.reduce((sum, { right }) => sum + BigInt(right.countedFen), 0n);
    return { choice, heads: own.length, fen: String(fen) };
  });
}
