/**
 * What is added to a meeting that runs or is over: a corrected roll (record.md 7), a matter that was not told in
 * advance (临时议题), what the court decided or was asked (企业破产法 arts. 64(2), 65, 66, 86-88, 98, 99), and a lot
 * between equal candidates. The program records these and decides none of them.
 */
import { DomainError } from '../../../domain/errors.ts';
import type { MeetingState, ResolutionState } from '../../../domain/meeting/state.ts';
import type { EntryBody } from '../../../protocol/entries.ts';
import type { RulingInput } from '../../../protocol/rest/meeting-routes.ts';
import {
  appendOne,
  createSealer,
  requireExpected,
  requireHost,
  type Command,
  type MeetingActor,
} from './command.ts';
import type { AppendedEntry } from '../../ledger-port.ts';
import { requireResolution, sealDecision } from './vote-commands.ts';

/** May the roll of the present round be corrected now? Asked before it is built and again in the queue. */
export function requireCorrectable(
  state: MeetingState,
  actor: MeetingActor,
  expected: { readonly resolutionId: string; readonly round: string; readonly version: string },
): ResolutionState {
  requireHost(state, actor);
  const resolution = requireResolution(state, expected.resolutionId);
  requireExpected('round', expected.round, resolution.round);
  requireExpected('rollVersion', expected.version, resolution.roll?.version ?? '');
  // Between closing and counting nothing may move; an aborted round has no count to correct.
  const isRunning = resolution.status === 'open' || resolution.status === 'interrupted';
  if (!isRunning && !(resolution.status === 'closed' && resolution.verdict !== null)) {
    throw new DomainError('RESOLUTION_NOT_OPEN', { params: { status: resolution.status } });
  }
  return resolution;
}

export function correctRoll(options: {
  readonly actor: MeetingActor;
  /** Of the new version, with what changed. */
  readonly freeze: EntryBody<'roll.freeze'>;
  readonly reason: string;
  readonly courtConsentNo: string;
}): Command<AppendedEntry> {
  const { actor, freeze } = options;
  const { sealer, consent, commitments } = sealDecision(options);
  const { resolutionId, round } = freeze;
  const version = String(Number(freeze.version) - 1);
  return appendOne((state) => {
    requireCorrectable(state, actor, { resolutionId, round, version });
    return { t: 'roll.freeze', body: { ...freeze, consent, commitments } };
  }, sealer);
}

/** What of a published resolution does not depend on when it was published. */
export type ResolutionToAdd = Omit<EntryBody<'resolution.publish'>, 'adHoc' | 'actor' | 'commitments'>;

/** 临时议题: host or chair, with the court's consent and the reason why it was not told in advance. */
export function addResolution(options: {
  readonly actor: MeetingActor;
  readonly resolution: ResolutionToAdd;
  readonly title: string;
  readonly text: string;
  readonly reason: string;
  readonly courtConsentNo: string;
  readonly openNotBefore: string;
}): Command<AppendedEntry> {
  const { actor, resolution, title, text, openNotBefore } = options;
  const { sealer, consent, commitments } = sealDecision(options);
  const sealed = { ...commitments, title: sealer.seal('title', title), text: sealer.seal('text', text) };
  return appendOne((state) => {
    requireMayAdd(state, actor);
    return {
      t: 'resolution.publish',
      body: { ...resolution, adHoc: { consent, openNotBefore }, actor, commitments: sealed },
    };
  }, sealer);
}

/** @throws DomainError NOT_HOST, or MEETING_STATE unless the meeting is in progress */
export function requireMayAdd(state: MeetingState, actor: MeetingActor): void {
  if (actor.role !== 'chair') requireHost(state, actor);
  if (state.phase !== 'in-progress') {
    throw new DomainError('MEETING_STATE', { params: { phase: state.phase } });
  }
}

export interface RulingToRecord {
  readonly actor: MeetingActor;
  readonly ruling: Omit<EntryBody<'ruling'>, 'actor' | 'commitments'>;
  readonly reference: string;
  readonly text: string | undefined;
  /** Answers to art. 87(2), with reasons in words. */
  readonly checklist: RulingInput['checklist'];
}

export function recordRuling({
  actor,
  ruling,
  reference,
  text,
  checklist,
}: RulingToRecord): Command<AppendedEntry> {
  const sealer = createSealer();
  const commitments = {
    reference: sealer.seal('reference', reference),
    ...(text !== undefined && { text: sealer.seal('text', text) }),
  };
  const answers = checklist?.map(({ condition, answer, statement }) => ({
    condition,
    answer,
    ...(statement !== undefined && { statement: sealer.seal('statement', statement) }),
  }));
  return appendOne((state) => {
    const { resolutionId, round } = ruling;
    if (resolutionId !== undefined) {
      const resolution = requireResolution(state, resolutionId);
      const rounds = [...resolution.earlierRounds, resolution];
      if (round !== undefined && !rounds.some((one) => one.round === round)) {
        throw new DomainError('INVALID_REQUEST', { detail: 'body/round' });
      }
    }
    const body = { ...ruling, ...(answers && { checklist: answers }), actor, commitments };
    return { t: 'ruling', body };
  }, sealer);
}

/** The host records a lot; the order must be of candidates of this election, each once. */
export function recordLot(options: {
  readonly actor: MeetingActor;
  readonly rulingId: string;
  readonly electionId: string;
  readonly order: readonly string[];
  readonly reason: string;
}): Command<AppendedEntry> {
  const { actor, rulingId, electionId, order, reason } = options;
  const sealer = createSealer();
  const commitments = { reference: sealer.seal('reference', reason) };
  return appendOne((state) => {
    requireHost(state, actor);
    for (const resolutionId of order) {
      const { published, verdict } = requireResolution(state, resolutionId);
      if (published.particulars?.candidateOf?.electionId !== electionId || verdict === null) {
        throw new DomainError('INVALID_REQUEST', { detail: 'order' });
      }
    }
    return {
      t: 'ruling',
      body: { rulingId, kind: 'LOT_DRAWN', electionId, order: [...order], actor, commitments },
    };
  }, sealer);
}
