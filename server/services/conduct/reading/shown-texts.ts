/**
 * Texts that a meeting shows and that its entries hold as commitments only: reasons, numbers of the court's
 * decisions, statements. Read from the private part when the ledger is taken over, and remembered as they are
 * written. What was erased is shown empty.
 */
import type { MeetingState, VoteRound } from '../../../domain/meeting/state.ts';
import type { PrivateValue } from '../../ledger-port.ts';

export type ReadPrivates = (commitments: readonly string[]) => Promise<ReadonlyMap<string, PrivateValue>>;
export type TextOf = (commitment: string | undefined) => string;

/** A command with more values than this brings a list of people, and no text to show. */
const REMEMBERED_MAX = 16;

export function createShownTexts(readPrivates: ReadPrivates) {
  const texts = new Map<string, string>();
  return {
    textOf: ((commitment) => texts.get(commitment ?? '') ?? '') satisfies TextOf,
    /** Before the entries are written: whoever is told of them reads the texts at once. */
    expect(privates: readonly PrivateValue[]): void {
      if (privates.length > REMEMBERED_MAX) return;
      for (const { commitment, field, value } of privates) {
        if (shownFields.has(field)) texts.set(commitment, value);
      }
    },
    async takeUp(state: MeetingState): Promise<void> {
      const missing = shownCommitments(state).filter((commitment) => !texts.has(commitment));
      if (missing.length === 0) return;
      for (const [commitment, { value }] of await readPrivates(missing)) texts.set(commitment, value);
    },
  };
}

const shownFields: ReadonlySet<string> = new Set([
  'reason',
  'courtConsentNo',
  'reference',
  'text',
  'statement',
]);

function shownCommitments(state: MeetingState): string[] {
  const rounds = [...state.resolutions.values()].flatMap((resolution) => [
    resolution,
    ...resolution.earlierRounds,
  ]);
  const published = [...state.resolutions.values()].flatMap(({ published: { adHoc, commitments } }) =>
    adHoc ? [adHoc.consent.reference, commitments.reason] : [],
  );
  const rulings = state.rulings.flatMap(({ body }) => [
    ...Object.values(body.commitments),
    ...(body.checklist ?? []).map(({ statement }) => statement),
  ]);
  return [...rounds.flatMap(commitmentsOf), ...published, ...rulings].filter(
    (commitment) => commitment !== undefined,
  );
}

function commitmentsOf({ opened, extensions, closed, rolls }: VoteRound): (string | undefined)[] {
  return [
    opened?.body.carryOver?.statement,
    opened?.body.silence?.statement,
    ...extensions.flatMap(({ reason, consent }) => [reason, consent]),
    closed?.body.commitments?.reason,
    closed?.body.consent?.reference,
    ...rolls.flatMap(({ body }) => [body.commitments?.reason, body.consent?.reference]),
  ];
}
