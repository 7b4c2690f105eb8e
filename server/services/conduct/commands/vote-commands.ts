/**
 * The life of a vote in ledger order: open on a frozen roll, extend, interrupt, resume, close or abort, and
 * once more where the law allows another round (record.md 7, 8, 11; 企业破产法 arts. 65(2), 87(1)). What departs
 * from the course told to the creditors takes the court's consent and a reason.
 */
import { DomainError } from '../../../domain/errors.ts';
import { isOpenableAfterwards, nextRoundOf, type NextRound } from '../../../domain/meeting/rounds.ts';
import type { MeetingState, ResolutionState } from '../../../domain/meeting/state.ts';
import type { EntryBody, NewEntry } from '../../../protocol/entries.ts';
import type { FrozenRule } from '../../../protocol/tally.ts';
import {
  appendOne,
  createSealer,
  requireExpected,
  requireHost,
  type Command,
  type MeetingActor,
  type Sealer,
} from './command.ts';
import type { AppendedEntry } from '../../ledger-port.ts';
import type { FrozenRoll } from '../vote/frozen-roll.ts';

/** Shortest and longest time from opening to the deadline. */
export const VOTE_WINDOW_MIN_MS = 20_000;
export const VOTE_WINDOW_MAX_MS = 120 * 24 * 3_600_000;

export function requireResolution(state: MeetingState, resolutionId: string): ResolutionState {
  const resolution = state.resolutions.get(resolutionId);
  if (!resolution) throw new DomainError('RESOLUTION_UNKNOWN');
  return resolution;
}

/** @throws DomainError DEADLINE_INVALID */
export function requireDeadline(closesAt: string, nowMs: number): void {
  const windowMs = Date.parse(closesAt) - nowMs;
  if (!(windowMs >= VOTE_WINDOW_MIN_MS && windowMs <= VOTE_WINDOW_MAX_MS)) {
    throw new DomainError('DEADLINE_INVALID', { params: { minSeconds: VOTE_WINDOW_MIN_MS / 1000 } });
  }
}

/** After a jump nothing may hang on the server's time until the host has confirmed it. @throws CLOCK_JUMPED */
export function requireClock({ isClockSuspect }: MeetingState): void {
  if (isClockSuspect) throw new DomainError('CLOCK_JUMPED');
}

export interface Opening {
  readonly resolution: ResolutionState;
  readonly next: NextRound;
}

/** May this round be opened now by this actor? Asked before the roll is built and again in the queue. */
export function requireOpenable(
  state: MeetingState,
  actor: MeetingActor,
  wanted: { readonly resolutionId: string; readonly round: string; readonly nowMs: number },
): Opening {
  const { resolutionId, round, nowMs } = wanted;
  requireHost(state, actor);
  const resolution = requireResolution(state, resolutionId);
  const next = nextRoundOf(resolution);
  const isAfterwards = state.phase === 'closed' && isOpenableAfterwards(resolution);
  if (state.phase !== 'in-progress' && !isAfterwards) {
    throw new DomainError('MEETING_STATE', { params: { phase: state.phase } });
  }
  requireClock(state);
  if (!next) {
    throw new DomainError('RESOLUTION_ALREADY_OPEN', { params: { resolutionId, status: resolution.status } });
  }
  requireExpected('round', round, next.round);
  const openNotBefore = resolution.published.adHoc?.openNotBefore;
  if (openNotBefore !== undefined && nowMs < Date.parse(openNotBefore)) {
    throw new DomainError('READING_TIME', { params: { openNotBefore } });
  }
  return { resolution, next };
}

export interface VoteToOpen {
  readonly actor: MeetingActor;
  readonly freeze: EntryBody<'roll.freeze'>;
  readonly rule: FrozenRule;
  readonly closesAt: string;
  readonly nowMs: number;
  /** Round whose consent counts, and the host's statement that the text is unchanged. */
  readonly carryOver: { readonly fromRound: string; readonly statement: string } | undefined;
  /** Where silence is consent: to whom the notice was not delivered, and what the delivery rests on. */
  readonly silence: { readonly undelivered: readonly string[]; readonly statement: string } | undefined;
}

export function openVote(vote: VoteToOpen): Command<AppendedEntry> {
  const { actor, freeze, rule, closesAt, nowMs } = vote;
  const { resolutionId, round, root, version } = freeze;
  const sealer = createSealer();
  const conditions = conditionsOf(vote, sealer);
  return {
    privates: sealer.privates,
    decide: (state) => {
      const { resolution } = requireOpenable(state, actor, { resolutionId, round, nowMs });
      const open: EntryBody<'ballot.open'> = {
        resolutionId,
        round,
        rollRoot: root,
        rollVersion: version,
        documentsRoot: resolution.published.documentsRoot,
        rule,
        allowChange: rule.settings?.allowChange ?? false,
        closesAt,
        ...conditions,
        actor,
      };
      return {
        entries: [
          { t: 'roll.freeze', body: freeze },
          { t: 'ballot.open', body: open },
        ],
        reply: (appended) => appended[1] as AppendedEntry,
      };
    },
  };
}

function conditionsOf(
  { carryOver, silence }: VoteToOpen,
  sealer: Sealer,
): Pick<EntryBody<'ballot.open'>, 'carryOver' | 'silence'> {
  const seal = (statement: string) => sealer.seal('statement', statement);
  return {
    ...(carryOver && {
      carryOver: { fromRound: carryOver.fromRound, statement: seal(carryOver.statement) },
    }),
    ...(silence && {
      silence: { undelivered: [...silence.undelivered], statement: seal(silence.statement) },
    }),
  };
}

export interface CourtDecision {
  readonly actor: MeetingActor;
  readonly resolutionId: string;
  readonly reason: string;
  readonly courtConsentNo: string;
}

export function extendVote(
  decision: CourtDecision & { readonly expectedClosesAt: string; readonly closesAt: string },
): Command<AppendedEntry> {
  const { actor, resolutionId, expectedClosesAt, closesAt } = decision;
  const { sealer, consent, commitments } = sealDecision(decision);
  return appendOne((state, { tsMs }) => {
    requireHost(state, actor);
    requireClock(state);
    const resolution = requireOpen(state, resolutionId);
    requireExpected('closesAt', expectedClosesAt, resolution.closesAt);
    // Before the deadline only (E9): between it and the close entry the count can be seen already.
    if (tsMs >= Date.parse(expectedClosesAt)) throw new DomainError('RESOLUTION_NOT_OPEN');
    if (closesAt <= expectedClosesAt)
      throw new DomainError('DEADLINE_INVALID', { params: { minSeconds: 0 } });
    const { round } = resolution;
    return {
      t: 'ballot.extend',
      body: {
        resolutionId,
        round,
        previousClosesAt: expectedClosesAt,
        closesAt,
        consent,
        actor,
        commitments,
      },
    };
  }, sealer);
}

/** After an outage at the deadline: the vote goes on to a new deadline by the court's consent. */
export function resumeVote(decision: CourtDecision & { readonly closesAt: string }): Command<AppendedEntry> {
  const { actor, resolutionId, closesAt } = decision;
  const { sealer, consent, commitments } = sealDecision(decision);
  return appendOne((state) => {
    requireHost(state, actor);
    requireClock(state);
    const resolution = requireResolution(state, resolutionId);
    if (resolution.status !== 'interrupted') throw new DomainError('RESOLUTION_NOT_OPEN');
    const { round } = resolution;
    return { t: 'ballot.resume', body: { resolutionId, round, closesAt, consent, actor, commitments } };
  }, sealer);
}

/** The host closes: all have voted, or the court consents. `nowMs` is the server's clock. */
export function closeVoteByHost(options: {
  readonly actor: MeetingActor;
  readonly resolutionId: string;
  readonly reason: string | undefined;
  readonly courtConsentNo: string | undefined;
  readonly nowMs: number;
  readonly roll: FrozenRoll;
}): Command<AppendedEntry> {
  const { actor, resolutionId, nowMs, roll, reason, courtConsentNo } = options;
  const hasConsent = reason !== undefined && courtConsentNo !== undefined;
  const sealed = hasConsent ? sealDecision({ reason, courtConsentNo }) : undefined;
  return appendOne((state, { tsMs }) => {
    requireHost(state, actor);
    const resolution = requireResolution(state, resolutionId);
    const isInterrupted = resolution.status === 'interrupted';
    if (!isInterrupted) requireOpen(state, resolutionId);
    const { round, closesAt, ballots } = resolution;
    const isPast = closesAt !== null && nowMs >= Date.parse(closesAt);
    const missing = isObjection(resolution) ? roll.totals.heads : unitsMissing(roll, ballots);
    const haveAllVoted = missing === 0;
    // After a jump the deadline may not have passed, whatever the clock says.
    if (isPast && !haveAllVoted && !sealed) requireClock(state);
    if (!sealed && (isInterrupted || !(isPast || haveAllVoted))) {
      throw new DomainError('CONSENT_REQUIRED', { params: { missing } });
    }
    // After the deadline nothing can be received in time any more, whoever closes.
    // Ballots that were received while this waited in the queue stand before it, and count.
    const effectiveAt =
      isPast && closesAt !== null ? closesAt : new Date(Math.max(nowMs, tsMs)).toISOString();
    const decision = sealed && { consent: sealed.consent, commitments: sealed.commitments };
    return {
      t: 'ballot.close',
      body: { resolutionId, round, effectiveAt, cause: causeOf(), actor, ...decision },
    };

    function causeOf(): EntryBody<'ballot.close'>['cause'] {
      if (isInterrupted) return 'AFTER_INTERRUPTION';
      if (isPast) return 'DEADLINE';
      return haveAllVoted ? 'ALL_VOTED' : 'COURT_CONSENT';
    }
  }, sealed?.sealer);
}

/** At the deadline, by the clock. Nothing to append when somebody closed or extended in the meantime. */
export function closeVoteAtDeadline(resolutionId: string, closesAt: string): Command<void> {
  return {
    privates: [],
    decide: (state) => {
      const resolution = requireResolution(state, resolutionId);
      const isDue = resolution.status === 'open' && resolution.closesAt === closesAt;
      const { round } = resolution;
      const entry: NewEntry = {
        t: 'ballot.close',
        body: { resolutionId, round, effectiveAt: closesAt, cause: 'DEADLINE' },
      };
      return { entries: isDue ? [entry] : [], reply: () => undefined };
    },
  };
}

export function interruptVote(
  resolutionId: string,
  down: { readonly from: string; readonly to: string },
): Command<void> {
  return {
    privates: [],
    decide: (state) => {
      const { status, round, closesAt } = requireResolution(state, resolutionId);
      const isDue = status === 'open' && closesAt !== null;
      const entry: NewEntry = {
        t: 'ballot.interrupt',
        body: { resolutionId, round, closesAt: closesAt ?? down.to, downFrom: down.from, downTo: down.to },
      };
      return { entries: isDue ? [entry] : [], reply: () => undefined };
    },
  };
}

export function recordIncident(body: EntryBody<'incident'>): Command<AppendedEntry> {
  return appendOne(() => ({ t: 'incident', body }));
}

/** The round ends without a count: its ballots are void but kept, and it does not count as a vote by law. */
export function abortVote(
  decision: CourtDecision & { readonly expectedRound: string; readonly nowMs: number },
): Command<AppendedEntry> {
  const { actor, resolutionId, expectedRound, nowMs } = decision;
  const { sealer, consent, commitments } = sealDecision(decision);
  return appendOne((state) => {
    requireHost(state, actor);
    const resolution = requireResolution(state, resolutionId);
    requireExpected('round', expectedRound, resolution.round);
    if (resolution.status !== 'interrupted') requireOpen(state, resolutionId);
    const effectiveAt = new Date(nowMs).toISOString();
    const vote = { resolutionId, round: resolution.round };
    return {
      t: 'ballot.close',
      body: { ...vote, effectiveAt, cause: 'ABORTED', consent, actor, commitments },
    };
  }, sealer);
}

/** The host has compared the clock: what waits for the time goes on. Nothing to do where nothing waits. */
export function confirmClock(actor: MeetingActor, reason: string): Command<void> {
  const sealer = createSealer();
  const body: EntryBody<'incident'> = {
    code: 'CLOCK_CONFIRMED',
    actor,
    commitments: { text: sealer.seal('text', reason) },
  };
  return {
    privates: sealer.privates,
    decide: (state) => {
      requireHost(state, actor);
      return { entries: state.isClockSuspect ? [{ t: 'incident', body }] : [], reply: () => undefined };
    },
  };
}

function requireOpen(state: MeetingState, resolutionId: string): ResolutionState {
  const resolution = requireResolution(state, resolutionId);
  if (resolution.status !== 'open') {
    throw new DomainError('RESOLUTION_NOT_OPEN', { params: { status: resolution.status } });
  }
  return resolution;
}

/** Ballots of units that a correction took off the roll are in `ballots` too. */
function unitsMissing(roll: FrozenRoll, ballots: ReadonlyMap<string, unknown>): number {
  if (ballots.size < roll.units.size) return roll.units.size - ballots.size;
  let missing = 0;
  for (const unitId of roll.units.keys()) if (!ballots.has(unitId)) missing += 1;
  return missing;
}

/** Where objections are recorded nobody votes, so that nobody has voted. */
function isObjection({ opened }: ResolutionState): boolean {
  return opened?.body.rule.mode === 'OBJECTION';
}

export function sealDecision({
  reason,
  courtConsentNo,
}: {
  readonly reason: string;
  readonly courtConsentNo: string;
}) {
  const sealer = createSealer();
  return {
    sealer,
    consent: { reference: sealer.seal('courtConsentNo', courtConsentNo) },
    commitments: { reason: sealer.seal('reason', reason) },
  };
}
