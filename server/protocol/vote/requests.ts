/**
 * Socket requests of a vote's life. A host's command carries what the host saw (`expected…`) and is refused
 * with STALE_COMMAND when that has changed; what departs from the course told to the creditors takes a reason
 * and the number of the court's consent.
 */
import { Type } from 'typebox';
import { Group } from '../entry-parts.ts';
import { closed, Count, Fen, Id, Instant, line } from '../scalars.ts';
import { ResolutionParticulars } from './particulars.ts';
import { RollDifference } from './roll-difference.ts';

const Done = Type.Object({}, closed);
const reason = line(500);
/** Characters of a reference to the court's consent. */
export const CONSENT_NO_MIN = 4;
/** 文号 or how the consent was given; 无 and the like name nothing that could be found in the court's file. */
const courtConsentNo = line(100, CONSENT_NO_MIN);
const courtDecision = { reason, courtConsentNo };

/** Shortest and longest time that creditors get to read a matter that was not told in advance. */
export const READING_MINUTES_MIN = 5;
export const READING_MINUTES_MAX = 7 * 24 * 60;

/** What the host confirmed of a roll: number of units and counted amount, by group where classes vote. */
const confirmedRoll = {
  expectedUnits: Type.Integer({ minimum: 0 }),
  expectedUnsecuredFen: Fen,
  expectedGroups: Type.Optional(
    Type.Array(Type.Object({ group: Group, units: Type.Integer({ minimum: 0 }), amountFen: Fen }, closed), {
      maxItems: 7,
    }),
  ),
};

export const voteRequests = {
  'vote:open': {
    request: Type.Object(
      {
        resolutionId: Id,
        /** The round that the host saw as next; the first when absent. */
        round: Type.Optional(Count),
        closesAt: Instant,
        ...confirmedRoll,
        /**
         * In a second round under the setting `carryOver`: consent given before stays unless changed (E28).
         * The host states that the text is unchanged and how the creditors were told.
         */
        carryOver: Type.Optional(Type.Object({ statement: reason }, closed)),
        /**
         * Where the case takes silence as consent to this type (E8): creditors to whom the notice that says so
         * was not delivered, and what the delivery to the others rests on.
         */
        silence: Type.Optional(
          Type.Object(
            {
              undeliveredCreditorIds: Type.Array(Id, { maxItems: 1_000, uniqueItems: true }),
              statement: reason,
            },
            closed,
          ),
        ),
      },
      closed,
    ),
    reply: Type.Object({ rollRoot: Type.String(), units: Type.Integer() }),
  },
  'vote:extend': {
    request: Type.Object(
      { resolutionId: Id, expectedClosesAt: Instant, closesAt: Instant, ...courtDecision },
      closed,
    ),
    reply: Done,
  },
  /** Before the deadline only when all units have voted, or with the court's consent and a reason. */
  'vote:close': {
    request: Type.Object(
      { resolutionId: Id, reason: Type.Optional(reason), courtConsentNo: Type.Optional(courtConsentNo) },
      closed,
    ),
    reply: Done,
  },
  /** Decision after an outage at the deadline (record.md 11). */
  'vote:resume': {
    request: Type.Object({ resolutionId: Id, closesAt: Instant, ...courtDecision }, closed),
    reply: Done,
  },
  /** Ends a round without a count: its ballots are void but kept, and a new round may be opened. */
  'vote:abort': {
    request: Type.Object({ resolutionId: Id, expectedRound: Count, ...courtDecision }, closed),
    reply: Done,
  },
  /**
   * The roll of a round that is open or closed is replaced by one on the claims table now in force; a closed
   * vote is counted anew with the same ballots, and both verdicts stay (record.md 7).
   */
  'roll:correct': {
    request: Type.Object(
      { resolutionId: Id, expectedRound: Count, expectedVersion: Count, ...confirmedRoll, ...courtDecision },
      closed,
    ),
    reply: Type.Object({ rollRoot: Type.String(), version: Count, difference: RollDifference }),
  },
  /** 临时议题: a matter that was not told in advance, by host or chair, with the court's consent. */
  'resolution:add': {
    request: Type.Object(
      {
        type: line(8),
        title: line(100, 2),
        text: line(20_000, 2),
        documentIds: Type.Array(Id, { maxItems: 20 }),
        particulars: Type.Optional(ResolutionParticulars),
        readingMinutes: Type.Integer({ minimum: READING_MINUTES_MIN, maximum: READING_MINUTES_MAX }),
        ...courtDecision,
      },
      closed,
    ),
    reply: Type.Object({ resolutionId: Id, itemId: Id, openNotBefore: Instant }),
  },
  /** Drawn where candidates of an election are equal in amount and heads; in the order drawn. */
  'election:lot': {
    request: Type.Object(
      { electionId: Id, order: Type.Array(Id, { minItems: 2, maxItems: 50, uniqueItems: true }), reason },
      closed,
    ),
    reply: Done,
  },
  /** The host has compared the server's clock after a jump: deadlines work again by themselves. */
  'clock:confirm': { request: Type.Object({ reason }, closed), reply: Done },
} as const;
