/**
 * What a resolution of some types needs beside its text (domain.md 2.2): fixed with the text when it is
 * published, and read when its roll is built. Identifiers only; names stand in titles and texts.
 */
import { Type, type Static } from 'typebox';
import { Group } from '../entry-parts.ts';
import { closed, Count, Id } from '../scalars.ts';

/** Seat of the creditors' committee: a creditors' representative, or the one of employees or union (art. 67). */
export const SeatKind = Type.Union([Type.Literal('CREDITOR'), Type.Literal('EMPLOYEE')]);
export type SeatKind = Static<typeof SeatKind>;

/** Candidates of one election name the same election, number of seats and kind of seat. */
export const Candidacy = Type.Object(
  {
    electionId: Id,
    /** Seats of this kind to be filled. */
    seats: Count,
    seatKind: SeatKind,
    /** Seats of this kind of members who are in office and stay, elected at an earlier meeting; absent: none. */
    held: Type.Optional(Count),
    /** The creditor that stands; absent for a representative of employees who is no creditor. */
    creditorId: Type.Optional(Id),
  },
  closed,
);
export type Candidacy = Static<typeof Candidacy>;

export const ResolutionParticulars = Type.Object(
  {
    /** R06: groups whose rights the plan leaves as they are; they are not formed (解释三 art. 11(2)). */
    unaffectedGroups: Type.Optional(Type.Array(Group, { maxItems: 6, uniqueItems: true })),
    /** R06: the plan adjusts the investors' rights, so that their group votes too (art. 85(2)). */
    hasInvestorGroup: Type.Optional(Type.Boolean()),
    /** R08: the election in which this resolution is one candidate. */
    candidateOf: Type.Optional(Candidacy),
    /** R12: the members of the committee, all of whom are the base (解释三 art. 14). */
    committeeMembers: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 9, uniqueItems: true })),
  },
  closed,
);
export type ResolutionParticulars = Static<typeof ResolutionParticulars>;
