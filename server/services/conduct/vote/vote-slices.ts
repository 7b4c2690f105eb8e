/** From the folded votes to the slices that clients hold. Pure: texts come in through `textOf`. */
import { carriedRoundOf, countedRounds, nextRoundOf } from '../../../domain/meeting/rounds.ts';
import type {
  AnnouncedVerdict,
  DeadlineMove,
  MeetingState,
  ResolutionState,
  Stamped,
  VoteRound,
} from '../../../domain/meeting/state.ts';
import { settingsOfCase } from '../../../domain/rules/case-settings.ts';
import { decisionsOn } from '../../../domain/rules/court-decisions.ts';
import { cramDownChecklist, type CramDownLine } from '../../../domain/rules/cram-down.ts';
import { settingViews } from '../../../domain/rules/setting-views.ts';
import { isResolutionTypeId, resolutionTypes } from '../../../domain/rules/registry.ts';
import type { Group } from '../../../protocol/entry-parts.ts';
import type { Outcome } from '../../../protocol/tally.ts';
import type {
  CramDownLineView,
  NextRoundView,
  ResolutionSlice,
  RollCorrectionView,
  RollGroupView,
  RoundView,
  RulingView,
  SettingView,
} from '../../../protocol/vote/slices.ts';
import type { GroupTotals } from '../../../protocol/roll.ts';
import type { MeetingFacts } from '../conduct-data.ts';
import type { TextOf } from '../reading/shown-texts.ts';
import { documentViews } from '../reading/document-views.ts';
import { frozenSettingViews, verdictView } from './verdict-view.ts';
import type { Static } from 'typebox';

export interface SliceContext {
  readonly state: MeetingState;
  readonly facts: MeetingFacts;
  readonly textOf: TextOf;
}

export function resolutionSlice(resolution: ResolutionState, context: SliceContext): ResolutionSlice {
  const { facts, textOf } = context;
  const { published, roll, opened, closed } = resolution;
  const draft = facts.meeting.resolutions.find((item) => item.resolutionId === published.resolutionId);
  const settings = settingsOf(resolution, facts);
  return {
    resolutionId: published.resolutionId,
    itemId: published.itemId,
    type: published.type,
    title: draft?.title ?? '',
    text: draft?.text ?? '',
    documents: documentViews(draft?.documentIds ?? [], facts.documents),
    documentsRoot: published.documentsRoot,
    particulars: published.particulars ?? null,
    adHoc: adHocView(resolution, textOf),
    ...ruleOf(resolution),
    settings,
    allowChange: opened?.body.allowChange ?? facts.case.settings.allowChange,
    status: resolution.status,
    round: resolution.round,
    rollRoot: roll?.root ?? null,
    rollVersion: roll?.version ?? null,
    rollUnits: roll ? roll.totals.reduce((sum, group) => sum + Number(group.heads), 0) : null,
    rollGroups: groupViews(roll?.totals ?? []),
    rollCorrections: correctionViews(resolution, textOf),
    carriedFromRound: carriedRoundOf(resolution)?.round ?? null,
    openedAt: opened?.ts ?? null,
    closesAt: resolution.closesAt,
    closedAt: closed?.body.effectiveAt ?? null,
    closedBy: closed?.body.cause ?? null,
    ...closeTexts(resolution, textOf),
    extensions: extensionViews(resolution.extensions, textOf),
    ...viewsOf(resolution, published.type),
    earlierRounds: resolution.earlierRounds.map((round) => roundView(round, published.type, textOf)),
    nextRound: nextRoundView(resolution, facts),
    rulings: rulingViews(context).filter((ruling) => ruling.resolutionId === published.resolutionId),
    decisions: decisionsOn(resolution, context.state),
    cramDown: cramDownViews(resolution),
  };
}

/** Rule and article as frozen, or as the registry has them before opening. */
function ruleOf(resolution: ResolutionState): { ruleId: string; article: string } {
  const { type } = resolution.published;
  const rule =
    resolution.opened?.body.rule ?? (isResolutionTypeId(type) ? resolutionTypes[type].rule : undefined);
  return { ruleId: rule?.ruleId ?? type, article: rule?.article ?? '' };
}

/** As frozen; before opening as the case has them now. */
function settingsOf({ published, opened }: ResolutionState, facts: MeetingFacts): SettingView[] {
  if (opened) return frozenSettingViews(published.type, opened.body.rule);
  if (!isResolutionTypeId(published.type)) return [];
  const type = resolutionTypes[published.type];
  return settingViews(type.rule, settingsOfCase(type, facts.case.settings), type.ruleSet.defaults);
}

/** What a round and its verdicts need to know of the resolution. */
const viewsOf = (round: VoteRound, type: string) => ({
  verdict: round.verdict && verdictView(round, round.verdict, type),
  earlierVerdicts: round.verdicts
    .slice(0, -1)
    .flatMap((verdict: AnnouncedVerdict) => verdictView(round, verdict, type) ?? []),
});

function adHocView({ published }: ResolutionState, textOf: TextOf): ResolutionSlice['adHoc'] {
  const { adHoc, commitments } = published;
  if (!adHoc) return null;
  const { openNotBefore, consent } = adHoc;
  return { openNotBefore, reason: textOf(commitments.reason), courtConsentNo: textOf(consent.reference) };
}

export function groupViews(totals: readonly GroupTotals[]): RollGroupView[] {
  return totals.map((total) => ({
    group: total.group,
    units: Number(total.heads),
    amountFen: total.amountFen,
    unsecuredFen: total.unsecuredFen,
    temporaryUnits: Number(total.temporaryHeads),
    temporaryFen: total.temporaryFen,
  }));
}

function correctionViews({ rolls }: VoteRound, textOf: TextOf): Static<typeof RollCorrectionView>[] {
  return rolls.slice(1).map(({ body, ts }) => ({
    version: body.version,
    at: ts,
    difference: body.difference ?? null,
    reason: textOf(body.commitments?.reason),
    courtConsentNo: textOf(body.consent?.reference),
  }));
}

function extensionViews(moves: readonly DeadlineMove[], textOf: TextOf): ResolutionSlice['extensions'] {
  return moves.map(({ kind, from, to, at, reason, consent }) => ({
    kind,
    from,
    to,
    at,
    reason: textOf(reason),
    courtConsentNo: textOf(consent),
  }));
}

function closeTexts({ closed }: VoteRound, textOf: TextOf) {
  return {
    closeReason: textOf(closed?.body.commitments?.reason),
    closeConsentNo: textOf(closed?.body.consent?.reference),
  };
}

function roundView(round: VoteRound, type: string, textOf: TextOf): RoundView {
  const { opened, closed, roll, ballots } = round;
  const { closeReason, closeConsentNo } = closeTexts(round, textOf);
  return {
    round: round.round,
    status: closed?.body.cause === 'ABORTED' ? 'aborted' : 'closed',
    groups: groupViews(roll?.totals ?? []),
    openedAt: opened?.ts ?? null,
    closedAt: closed?.body.effectiveAt ?? null,
    closedBy: closed?.body.cause ?? null,
    ballots: ballots.size,
    extensions: extensionViews(round.extensions, textOf),
    closeReason,
    courtConsentNo: closeConsentNo,
    ...viewsOf(round, type),
  };
}

function nextRoundView(resolution: ResolutionState, { case: bankruptcyCase }: MeetingFacts) {
  const next = nextRoundOf(resolution);
  const { type } = resolution.published;
  if (!next || !isResolutionTypeId(type)) return null;
  // Of the groups that were formed: one that nobody is in, or that the plan does not touch, does not vote again.
  const failed = [...groupOutcomes(resolution)].flatMap(([group, outcome]) =>
    outcome === 'PASSED' ? [] : group,
  );
  const view: Static<typeof NextRoundView> = {
    round: next.round,
    groups: next.passedGroups.length > 0 ? failed : null,
    mayCarryOver: next.vote > 1 && bankruptcyCase.settings.carryOver,
  };
  return view;
}

/** Groups of a plan as they last voted; one that passed keeps that (art. 87(1): only failing groups vote again). */
function groupOutcomes(resolution: ResolutionState): Map<Group, Outcome> {
  return new Map(
    countedRounds(resolution).flatMap(({ verdict }) =>
      (verdict?.body.results.main.groups ?? []).map(({ group, outcome }) => [group, outcome] as const),
    ),
  );
}

/** The list of art. 87(2) for the plan as its groups have voted. */
export const cramDownLines = (resolution: ResolutionState): CramDownLine[] =>
  cramDownChecklist(groupOutcomes(resolution));

function cramDownViews(resolution: ResolutionState): CramDownLineView[] {
  const { verdict, published } = resolution;
  if (published.type !== 'R06' || verdict?.body.outcome !== 'FAILED') return [];
  const outcomes = groupOutcomes(resolution);
  return cramDownChecklist(outcomes).map(({ condition, state, groups }) => ({
    condition,
    state,
    groups: groups.flatMap((group) => {
      const outcome = outcomes.get(group);
      return outcome === undefined ? [] : [{ group, outcome }];
    }),
  }));
}

export function rulingView({ body, ts, seq }: Stamped<'ruling'>, textOf: TextOf): RulingView {
  return {
    rulingId: body.rulingId,
    kind: body.kind,
    resolutionId: body.resolutionId ?? null,
    round: body.round ?? null,
    group: body.group ?? null,
    decidedOn: body.decidedOn ?? null,
    reference: textOf(body.commitments.reference),
    text: textOf(body.commitments.text),
    checklist: (body.checklist ?? []).map(({ condition, answer, statement }) => ({
      condition,
      answer,
      statement: textOf(statement),
    })),
    recordedAt: ts,
    seq,
  };
}

export function rulingViews({ state, textOf }: Pick<SliceContext, 'state' | 'textOf'>): RulingView[] {
  return state.rulings.map((ruling) => rulingView(ruling, textOf));
}
