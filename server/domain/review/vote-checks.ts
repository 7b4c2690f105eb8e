/** The checks of one vote: told in advance, roll first, window kept, counted right (see law-checks.ts). */
import type { LawCheck } from '../../protocol/rest/meeting-routes.ts';
import {
  deadlineOf,
  entriesOf,
  type MeetingHistory,
  type VoteHistory,
} from '../record/history/meeting-history.ts';

/** What counting a closed vote again from ledger and roll gave. */
export interface CountedAgain {
  /** The text that was put to the vote has the hash that was published; null when it was erased. */
  readonly textMatches: boolean | null;
  /** The stored rows have the root, the number and the totals that were frozen; null without the rows. */
  readonly rollMatches: boolean | null;
  /** The recount gives the tally whose hash was announced; null while there is nothing to compare. */
  readonly tallyMatches: boolean | null;
  /** Ballots that count, and units with a vote. */
  readonly validBallots: number;
  readonly units: number;
}

interface Votes {
  readonly history: MeetingHistory;
  readonly titleOf: (resolutionId: string) => string;
  readonly countedAgain: ReadonlyMap<string, CountedAgain>;
}

type State = LawCheck['state'];

export function voteChecks({ history, titleOf, countedAgain }: Votes): LawCheck[] {
  return history.votes
    .filter((vote) => vote.opened !== null)
    .flatMap((vote) => {
      const counted = countedAgain.get(`${vote.resolutionId}/${vote.round}`);
      const params = { title: titleOf(vote.resolutionId) };
      const check = (code: string, article: string, state: State): LawCheck => ({
        code,
        article,
        state,
        params,
      });
      return [
        check('TOLD_IN_ADVANCE', 'INTERP3_11', toldInAdvance(history, vote)),
        check('TEXT_UNCHANGED', 'INTERP3_11', stateOf(counted?.textMatches)),
        check('ROLL_BEFORE_OPENING', 'EBL_59', rollBeforeOpening(vote, counted)),
        check('WINDOW_KEPT', 'INTERP3_11', windowKept(vote, counted)),
        ...extensionChecks(vote, check),
        check('VERDICT_RECOMPUTES', 'EBL_64', verdictRecomputes(vote, counted)),
        ...rulingChecks(history, vote, check),
      ];
    });
}

const stateOf = (matches: boolean | null | undefined): State =>
  matches === true ? 'conforms' : matches === false ? 'deviates' : 'cannot-verify';

/** 解释三 art. 11(1): matters are told to the creditors before they vote on them otherwise than on site. */
function toldInAdvance(history: MeetingHistory, vote: VoteHistory): State {
  const published = entriesOf(history, 'resolution.publish').find(
    ({ body }) => body.resolutionId === vote.resolutionId,
  );
  const begun = entriesOf(history, 'agenda.move').find(({ body }) => body.move === 'begin');
  if (!published) return 'deviates';
  return Number(published.seq) < Number(begun?.seq ?? vote.opened?.seq) ? 'conforms' : 'deviates';
}

function rollBeforeOpening({ roll, opened }: VoteHistory, counted: CountedAgain | undefined): State {
  if (!roll || !opened) return 'deviates';
  const isFirst = Number(roll.seq) < Number(opened.seq) && roll.body.root === opened.body.rollRoot;
  return isFirst ? stateOf(counted?.rollMatches) : 'deviates';
}

/** Closed at the deadline in force; earlier only when all voted or the court consented. */
function windowKept(vote: VoteHistory, counted: CountedAgain | undefined): State {
  const { closed } = vote;
  if (!closed) return 'not-due';
  const { cause, effectiveAt, consent } = closed.body;
  switch (cause) {
    case 'DEADLINE':
      return effectiveAt === deadlineOf(vote) ? 'conforms' : 'deviates';
    case 'ALL_VOTED':
      if (!counted) return 'cannot-verify';
      return counted.validBallots === counted.units ? 'conforms' : 'deviates';
    case 'COURT_CONSENT':
    case 'AFTER_INTERRUPTION':
    case 'ABORTED':
      return consent ? 'conforms' : 'deviates';
  }
}

type Check = (code: string, article: string, state: State) => LawCheck;

/** Each extension came before the deadline that it moved, with the court's consent. */
function extensionChecks(vote: VoteHistory, check: Check): LawCheck[] {
  if (vote.extensions.length === 0) return [];
  const areInTime = vote.extensions.every(({ ts, body }) => ts < body.previousClosesAt);
  return [check('EXTENSIONS_IN_TIME', 'INTERP3_11', areInTime ? 'conforms' : 'deviates')];
}

function verdictRecomputes({ closed }: VoteHistory, counted: CountedAgain | undefined): State {
  return closed ? stateOf(counted?.tallyMatches) : 'not-due';
}

/** Art. 65: what did not pass goes to the court; its ruling has no date by law. */
function rulingChecks(history: MeetingHistory, vote: VoteHistory, check: Check): LawCheck[] {
  if (!vote.verdict?.body.followUp.includes('COURT_RULING')) return [];
  const isRuled = entriesOf(history, 'ruling').some(({ body }) => body.resolutionId === vote.resolutionId);
  return [check('COURT_RULING', 'EBL_65', isRuled ? 'conforms' : 'not-due')];
}
