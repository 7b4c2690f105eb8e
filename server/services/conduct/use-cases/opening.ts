/** Rolls: opening a round on a frozen one, and correcting the one that is in force. */
import { DomainError } from '../../../domain/errors.ts';
import { roundToCarryFrom } from '../../../domain/meeting/rounds.ts';
import type { MeetingState, ResolutionState } from '../../../domain/meeting/state.ts';
import { toldOfSilence } from '../../../domain/notices/deliveries.ts';
import type { Roll } from '../../../domain/roll.ts';
import { settingsOfCase } from '../../../domain/rules/case-settings.ts';
import { freezeRule } from '../../../domain/rules/freeze-rule.ts';
import { isMandatoryGroupMissing } from '../../../domain/rules/mandatory-groups.ts';
import type { FrozenSettings } from '../../../protocol/case-settings.ts';
import type { RoomReply, RoomRequest } from '../../../protocol/room.ts';
import { runSlices } from '../../run-slices.ts';
import { correctRoll, requireCorrectable } from '../commands/item-commands.ts';
import {
  openVote,
  requireDeadline,
  requireOpenable,
  type Opening,
  type VoteToOpen,
} from '../commands/vote-commands.ts';
import type { MeetingRoom } from '../meeting-room.ts';
import { indexBuilt } from '../vote/frozen-roll.ts';
import { compareRolls, toBeforeAndAfter } from '../vote/roll-difference.ts';
import { requireType, type RollRound } from '../vote/roll-request.ts';
import { storeRoll, type StoredRoll } from '../vote/roll-freezing.ts';
import { actorOf, type Admitted, type ConductDeps } from './conduct-deps.ts';

export function createOpening(deps: ConductDeps) {
  return {
    /** The roll is built, confirmed against what the host saw, stored, and frozen with the opening. */
    async openVote(admitted: Admitted, request: RoomRequest<'vote:open'>): Promise<RoomReply<'vote:open'>> {
      const { room } = admitted;
      const actor = actorOf(admitted);
      const nowMs = deps.clock.now();
      const { resolutionId, round = '1', closesAt } = request;
      const opening = requireOpenable(room.state, actor, { resolutionId, round, nowMs });
      requireDeadline(closesAt, nowMs);
      const type = requireType(opening.resolution.published.type);
      const settings = settingsOfCase(type, room.facts.case.settings);
      const asked = requireConditions(settings, opening, request);
      await deps.requireSpaceForVote();
      const roll = await room.rollFor(opening.resolution, opening.next);
      requireConfirmedRoll(roll, request);
      const conditions = { ...asked, silence: withUnproved(room.state, resolutionId, { roll, asked }) };
      const rule = freezeRule(type, settings, { round: opening.next.vote, roll });
      const stored = await freeze(deps, admitted, { resolutionId, round, version: '0', roll });
      const vote = { actor, freeze: stored.freeze, rule, closesAt, nowMs, ...conditions };
      await orDiscard(admitted, stored, () => room.submit(openVote(vote)));
      return { rollRoot: stored.freeze.root, units: roll.units.length };
    },

    /** A new version of the roll in force; a closed vote is counted anew with the same ballots. */
    async correctRoll(
      admitted: Admitted,
      request: RoomRequest<'roll:correct'>,
    ): Promise<RoomReply<'roll:correct'>> {
      const { room } = admitted;
      const actor = actorOf(admitted);
      const { resolutionId, expectedRound: round, expectedVersion, reason, courtConsentNo } = request;
      const expected = { resolutionId, round, version: expectedVersion };
      const resolution = requireCorrectable(room.state, actor, expected);
      const before = room.rollOf(resolutionId);
      if (!before) throw new DomainError('RESOLUTION_NOT_OPEN');
      const roll = await room.rollFor(resolution, presentRound(resolution));
      requireSameGroups(roll, resolution);
      requireConfirmedRoll(roll, request);
      const { difference } = await runSlices(compareRolls(before, roll));
      const version = String(Number(expectedVersion) + 1);
      const stored = await freeze(deps, admitted, { resolutionId, round, version, roll });
      const correction = { ...stored.freeze, difference };
      await orDiscard(admitted, stored, () =>
        room.submit(correctRoll({ actor, freeze: correction, reason, courtConsentNo })),
      );
      await deps.voteClock.announce(room);
      return { rollRoot: stored.freeze.root, version, difference };
    },
  };
}

/** What a correction would change now, and the first of the units that it changes. */
export async function previewCorrection(room: MeetingRoom, resolutionId: string, rows: number) {
  const resolution = room.state.resolutions.get(resolutionId);
  const before = room.rollOf(resolutionId);
  if (!resolution || !before) throw new DomainError('RESOLUTION_NOT_OPEN');
  const roll = await room.rollFor(resolution, presentRound(resolution));
  const { difference, changed } = await runSlices(compareRolls(before, roll));
  const after = await runSlices(indexBuilt('preview', roll));
  return {
    resolution,
    inForce: before.totals,
    roll,
    difference,
    rows: changed.slice(0, rows).map((unitId) => toBeforeAndAfter(unitId, before, after)),
  };
}

/** A correction keeps what the opening froze: the settings, and that groups which had passed do not vote. */
function presentRound({ opened }: ResolutionState): RollRound {
  const { settings, groupsNotFormed = [] } = opened?.body.rule ?? {};
  const passed = groupsNotFormed.filter(({ reason }) => reason === 'PASSED_BEFORE');
  return { passedGroups: passed.map(({ group }) => group), ...(settings && { settings }) };
}

/** Groups are formed at the opening; a correction that would form another, or leave one empty, is a new vote. */
function requireSameGroups({ totals }: Roll, { opened }: ResolutionState): void {
  const frozen = (opened?.body.rule.groups ?? []).map(({ group }) => group).sort();
  const now = totals.map(({ group }) => group).sort();
  const isObjection = opened?.body.rule.mode === 'OBJECTION';
  if (!isObjection && frozen.join() !== now.join()) {
    throw new DomainError('SETTING_FORBIDS', { params: { setting: 'groups' } });
  }
}

interface RollVersion {
  readonly resolutionId: string;
  readonly round: string;
  readonly version: string;
  readonly roll: Roll;
}

async function freeze(
  { data, rolls }: ConductDeps,
  admitted: Admitted,
  { roll, version, ...vote }: RollVersion,
): Promise<StoredRoll> {
  const { room } = admitted;
  const stored = await storeRoll(rolls, {
    meetingId: room.meetingId,
    ...vote,
    version,
    roll,
    book: room.book,
    sourceSha256: room.facts.case.claimsFileSha256,
    auditHead: await data.auditHead(),
    actor: actorOf(admitted),
  });
  room.expectRoll(stored.freeze.root, await runSlices(indexBuilt(version, roll)));
  return stored;
}

/** What was stored of people for a roll that did not come to be is taken back. */
async function orDiscard<R>({ room }: Admitted, stored: StoredRoll, submit: () => Promise<R>): Promise<R> {
  let isFrozen = false;
  try {
    const answer = await submit();
    isFrozen = true;
    return answer;
  } finally {
    if (!isFrozen) {
      room.forgetRoll(stored.freeze.root);
      await stored.discard();
    }
  }
}

/** What the settings ask of the opening, and what they forbid. */
function requireConditions(
  settings: FrozenSettings,
  { resolution, next }: Opening,
  { carryOver, silence }: RoomRequest<'vote:open'>,
): Pick<VoteToOpen, 'carryOver' | 'silence'> {
  const from = next.vote > 1 ? roundToCarryFrom(resolution) : undefined;
  if (carryOver && !(settings.carryOver && from)) {
    throw new DomainError('SETTING_FORBIDS', { params: { setting: 'carryOver' } });
  }
  if ((silence !== undefined) !== (settings.silence === 'CONSENT')) {
    throw new DomainError(silence ? 'SETTING_FORBIDS' : 'CONSENT_REQUIRED', {
      params: { setting: 'silence' },
    });
  }
  return {
    carryOver: carryOver && from && { fromRound: from.round, statement: carryOver.statement },
    silence: silence && { undelivered: silence.undeliveredCreditorIds, statement: silence.statement },
  };
}

/** Entries are at most 200 KB; a vote whose notice reached so few must not count silence at all. */
const UNDELIVERED_MAX = 3_000;

/**
 * E8: silence is consent of those alone to whom the notice that says so is proved delivered; whom staff know it
 * did not reach is left out besides. @throws DomainError NOTICE_NOT_PROVED where it reached too few
 */
function withUnproved(
  state: MeetingState,
  resolutionId: string,
  { roll, asked }: { readonly roll: Roll; readonly asked: Pick<VoteToOpen, 'silence'> },
): VoteToOpen['silence'] {
  const { silence } = asked;
  if (silence === undefined) return undefined;
  const told = toldOfSilence(state, resolutionId);
  const onRoll = roll.units.map(({ creditorId }) => creditorId);
  const unproved = onRoll.filter((creditorId) => !told.has(creditorId));
  const undelivered = [...new Set([...silence.undelivered, ...unproved])];
  if (undelivered.length > UNDELIVERED_MAX) {
    throw new DomainError('NOTICE_NOT_PROVED', {
      params: { count: undelivered.length, max: UNDELIVERED_MAX },
    });
  }
  return { ...silence, undelivered };
}

type Confirmed = Pick<RoomRequest<'vote:open'>, 'expectedUnits' | 'expectedUnsecuredFen' | 'expectedGroups'>;

/** The host confirmed figures in words; the roll that is frozen must be the one that was confirmed. */
function requireConfirmedRoll(roll: Roll, confirmed: Confirmed): void {
  if (roll.units.length === 0) throw new DomainError('ROLL_EMPTY');
  if (isMandatoryGroupMissing(roll.notFormed)) throw new DomainError('INVESTORS_MISSING');
  const unsecuredFen = String(roll.totals.reduce((sum, total) => sum + BigInt(total.unsecuredFen), 0n));
  const isConfirmed =
    roll.units.length === confirmed.expectedUnits &&
    unsecuredFen === confirmed.expectedUnsecuredFen &&
    areGroupsConfirmed(roll, confirmed);
  if (isConfirmed) return;
  throw new DomainError('STALE_COMMAND', {
    params: { field: 'roll', actual: `${roll.units.length}/${unsecuredFen}` },
  });
}

/** Where classes vote the host confirms each of them. */
function areGroupsConfirmed({ totals }: Roll, { expectedGroups }: Confirmed): boolean {
  if (expectedGroups === undefined) return totals.length === 1;
  return (
    expectedGroups.length === totals.length &&
    expectedGroups.every(({ group, units, amountFen }) =>
      totals.some(
        (total) => total.group === group && total.heads === String(units) && total.amountFen === amountFen,
      ),
    )
  );
}
