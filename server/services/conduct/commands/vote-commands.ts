/**
 * The life of a vote in ledger order: open on a frozen roll, extend, interrupt, resume, close, tally and
 * verdict (record.md 7, 8, 11). Extension and early closing take the court's consent and a reason.
 */
import { createHash } from 'node:crypto';
import { DomainError } from '../../../domain/errors.ts';
import type { MeetingState, ResolutionState } from '../../../domain/meeting/state.ts';
import { canonicalText } from '../../../domain/record/canonical.ts';
import { countVote, followUpOf } from '../../../domain/record/tally.ts';
import type { EntryBody, NewEntry } from '../../../protocol/entries.ts';
import type { FrozenRule } from '../../../protocol/tally.ts';
import {
  appendOne,
  createSealer,
  requireExpected,
  requireHost,
  type Command,
  type MeetingActor,
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

/** May this vote be opened now by this actor? Asked before the roll is built and again in the queue. */
export function requireOpenable(
  state: MeetingState,
  actor: MeetingActor,
  resolutionId: string,
): ResolutionState {
  requireHost(state, actor);
  if (state.phase !== 'in-progress')
    throw new DomainError('MEETING_STATE', { params: { phase: state.phase } });
  const resolution = requireResolution(state, resolutionId);
  if (resolution.status !== 'published') {
    throw new DomainError('RESOLUTION_ALREADY_OPEN', { params: { resolutionId, status: resolution.status } });
  }
  return resolution;
}

export function openVote(options: {
  readonly actor: MeetingActor;
  readonly freeze: EntryBody<'roll.freeze'>;
  readonly rule: FrozenRule;
  readonly closesAt: string;
}): Command<AppendedEntry> {
  const { actor, freeze, rule, closesAt } = options;
  const { resolutionId, round, root, version } = freeze;
  return {
    privates: [],
    decide: (state) => {
      const resolution = requireOpenable(state, actor, resolutionId);
      const open: EntryBody<'ballot.open'> = {
        resolutionId,
        round,
        rollRoot: root,
        rollVersion: version,
        documentsRoot: resolution.published.documentsRoot,
        rule,
        allowChange: false,
        closesAt,
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

interface CourtDecision {
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
  return appendOne((state) => {
    requireHost(state, actor);
    const resolution = requireOpen(state, resolutionId);
    requireExpected('closesAt', expectedClosesAt, resolution.closesAt);
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
  const sealed = hasConsent ? sealDecision({ actor, resolutionId, reason, courtConsentNo }) : undefined;
  return appendOne((state) => {
    requireHost(state, actor);
    const resolution = requireResolution(state, resolutionId);
    const isInterrupted = resolution.status === 'interrupted';
    if (!isInterrupted) requireOpen(state, resolutionId);
    const { round, closesAt, ballots } = resolution;
    const isPast = closesAt !== null && nowMs >= Date.parse(closesAt);
    const haveAllVoted = ballots.size >= roll.totals.heads;
    if (!sealed && (isInterrupted || !(isPast || haveAllVoted))) {
      const missing = roll.totals.heads - ballots.size;
      throw new DomainError('CONSENT_REQUIRED', { params: { missing } });
    }
    // After the deadline nothing can be received in time any more, whoever closes.
    const effectiveAt = isPast && closesAt !== null ? closesAt : new Date(nowMs).toISOString();
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

/**
 * Tally and verdict of a closed vote, each where it is missing; a restart between the entries finds the
 * tail and completes it. Counting is pure, so that both attempts give the same bytes.
 */
export function announceVerdict(resolutionId: string, roll: FrozenRoll): Command<void> {
  return {
    privates: [],
    decide: (state) => {
      const resolution = requireResolution(state, resolutionId);
      if (!resolution.closed || resolution.verdict) return { entries: [], reply: () => undefined };
      return { entries: verdictEntries(state, resolution, roll), reply: () => undefined };
    },
  };
}

function verdictEntries(state: MeetingState, resolution: ResolutionState, roll: FrozenRoll): NewEntry[] {
  const { opened, closed, published, round } = resolution;
  if (!opened || !closed) throw new Error('verdict of a vote that was not opened and closed');
  const tally = countVote({
    resolutionId: published.resolutionId,
    round,
    rollRoot: opened.body.rollRoot,
    rule: opened.body.rule,
    units: [...roll.units.values()],
    signIns: signInsBefore(state, Number(closed.seq)),
    ballots: [...resolution.ballots].map(([unitId, { choice, channel, isSigned }]) => ({
      unitId,
      choice,
      channel,
      isSigned,
    })),
    firstSeq: opened.seq,
    lastSeq: closed.seq,
  });
  const sha256 = createHash('sha256').update(canonicalText(tally)).digest('hex');
  const { results, unsignedBallots, warnings } = tally;
  const vote = { resolutionId: published.resolutionId, round, revision: '0' };
  const entries: NewEntry[] = [];
  if (!resolution.tally) {
    const { firstSeq, lastSeq } = tally;
    entries.push({ t: 'tally', body: { ...vote, rollVersion: roll.version, firstSeq, lastSeq, sha256 } });
  }
  entries.push({
    t: 'verdict',
    body: {
      ...vote,
      tallySha256: sha256,
      outcome: results.main.outcome,
      followUp: followUpOf(opened.body.rule, results.main.outcome),
      results,
      unsignedBallots,
      warnings,
    },
  });
  return entries;
}

function signInsBefore(state: MeetingState, closeSeq: number): Map<string, 'self' | 'staff'> {
  const signIns = new Map<string, 'self' | 'staff'>();
  for (const [creditorId, signIn] of state.presentCreditors) {
    if (Number(signIn.seq) < closeSeq) signIns.set(creditorId, signIn.isEnteredByStaff ? 'staff' : 'self');
  }
  return signIns;
}

function requireOpen(state: MeetingState, resolutionId: string): ResolutionState {
  const resolution = requireResolution(state, resolutionId);
  if (resolution.status !== 'open') {
    throw new DomainError('RESOLUTION_NOT_OPEN', { params: { status: resolution.status } });
  }
  return resolution;
}

function sealDecision({ reason, courtConsentNo }: CourtDecision) {
  const sealer = createSealer();
  return {
    sealer,
    consent: { reference: sealer.seal('courtConsentNo', courtConsentNo) },
    commitments: { reason: sealer.seal('reason', reason) },
  };
}
