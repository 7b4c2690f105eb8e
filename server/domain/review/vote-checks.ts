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
      const params = { title: titleInRound(titleOf(vote.resolutionId), vote) };
      const check = (code: string, article: string, state: State): LawCheck => ({
        code,
        article,
        state,
        params,
      });
      return [
        // 临时议题 has a check of its own: the court's consent and time to read.
        ...(publicationOf(history, vote)?.body.adHoc
          ? []
          : [check('TOLD_IN_ADVANCE', 'INTERP3_11', toldInAdvance(history, vote))]),
        check('TEXT_UNCHANGED', 'INTERP3_11', stateOf(counted?.textMatches)),
        check('ROLL_BEFORE_OPENING', 'EBL_59', rollBeforeOpening(vote, counted)),
        check('WINDOW_KEPT', 'INTERP3_11', windowKept(vote, counted)),
        ...adHocChecks(history, vote, check),
        ...roundChecks(history, vote, check),
        ...correctionChecks(vote, check),
        ...extensionChecks(vote, check),
        check('VERDICT_RECOMPUTES', 'EBL_64', verdictRecomputes(vote, counted)),
        ...rulingChecks(history, vote, check),
      ];
    });
}

/** Which vote, and which of its counts, where there is more than one. */
export function titleInRound(
  title: string,
  { round, revision = '0' }: { readonly round: string; readonly revision?: string },
): string {
  const inRound = round === '1' ? '' : `（第 ${round} 次表决）`;
  return `${title}${inRound}${revision === '0' ? '' : `（第 ${revision} 次更正）`}`;
}

const stateOf = (matches: boolean | null | undefined): State =>
  matches === true ? 'conforms' : matches === false ? 'deviates' : 'cannot-verify';

/** 解释三 art. 11(1): matters are told to the creditors before they vote on them otherwise than on site. */
function toldInAdvance(history: MeetingHistory, vote: VoteHistory): State {
  const published = publicationOf(history, vote);
  const begun = entriesOf(history, 'agenda.move').find(({ body }) => body.move === 'begin');
  if (!published) return 'deviates';
  return Number(published.seq) < Number(begun?.seq ?? vote.opened?.seq) ? 'conforms' : 'deviates';
}

function publicationOf(history: MeetingHistory, { resolutionId }: VoteHistory) {
  return entriesOf(history, 'resolution.publish').find(({ body }) => body.resolutionId === resolutionId);
}

function rollBeforeOpening({ rolls: [roll], opened }: VoteHistory, counted: CountedAgain | undefined): State {
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
  return closed && closed.body.cause !== 'ABORTED' ? stateOf(counted?.tallyMatches) : 'not-due';
}

/** 临时议题: with the court's consent, and not opened before the time to read was over. */
function adHocChecks(history: MeetingHistory, vote: VoteHistory, check: Check): LawCheck[] {
  const published = publicationOf(history, vote);
  const adHoc = published?.body.adHoc;
  if (!adHoc || !vote.opened) return [];
  return [
    check('AD_HOC_READ', 'INTERP3_11', vote.opened.ts >= adHoc.openNotBefore ? 'conforms' : 'deviates'),
  ];
}

/** Arts. 65(2), 87(1): no more votes than the law allows, aborted rounds left out; each after the one before. */
function roundChecks(history: MeetingHistory, vote: VoteHistory, check: Check): LawCheck[] {
  if (vote.round === '1' || !vote.opened) return [];
  const before = history.votes.filter(
    ({ resolutionId, round, closed }) =>
      resolutionId === vote.resolutionId &&
      Number(round) < Number(vote.round) &&
      closed?.body.cause !== 'ABORTED',
  );
  const allowed = Number(vote.opened.body.rule.rounds ?? '1');
  const areCounted = before.every(({ verdict }) => verdict?.body.outcome === 'FAILED');
  const state = areCounted && before.length < allowed ? 'conforms' : 'deviates';
  return [check('ROUNDS_ALLOWED', vote.opened.body.rule.secondRound === 'ALL' ? 'EBL_65' : 'EBL_87', state)];
}

/** A correction has the court's decision and a reason, and both counts stand in the record. */
function correctionChecks({ rolls, closed, tallies }: VoteHistory, check: Check): LawCheck[] {
  const corrections = rolls.slice(1);
  if (corrections.length === 0) return [];
  const areReasoned = corrections.every(({ body }) => body.consent && body.commitments);
  const last = corrections.at(-1);
  const isCounted = !closed || tallies.some(({ body }) => body.rollVersion === last?.body.version);
  return [check('ROLL_CORRECTED', 'EBL_59', areReasoned && isCounted ? 'conforms' : 'deviates')];
}

/** Follow-ups that end with a decision of the court, each with the article that says so. */
const courtDecides: Readonly<Record<string, string>> = {
  COURT_RULING: 'EBL_65',
  COURT_RULING_65_2: 'EBL_65',
  COURT_RECOGNITION: 'EBL_115',
  COURT_RECOGNITION_98: 'EBL_98',
  COURT_RECOGNITION_105: 'EBL_105',
  COURT_APPROVAL: 'EBL_86',
  COURT_APPROVAL_67: 'EBL_67',
};

const decided: ReadonlySet<string> = new Set([
  'COURT_RULING',
  'COURT_RECOGNITION',
  'COURT_APPROVAL',
  'COURT_REFUSAL',
  'CRAM_DOWN_APPROVAL',
]);

/** What goes to the court by law; its decision has no date here. */
function rulingChecks(history: MeetingHistory, vote: VoteHistory, check: Check): LawCheck[] {
  const code = vote.verdict?.body.followUp.find((followUp) => courtDecides[followUp] !== undefined);
  if (code === undefined) return [];
  const isRuled = entriesOf(history, 'ruling').some(
    ({ body }) => body.resolutionId === vote.resolutionId && decided.has(body.kind),
  );
  return [check('COURT_RULING', courtDecides[code] ?? '', isRuled ? 'conforms' : 'not-due')];
}
