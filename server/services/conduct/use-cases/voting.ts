/** Votes: opening on a frozen roll, extension, resumption, closing, and the way of a ballot. */
import { DomainError } from '../../../domain/errors.ts';
import { freezeRule, settingsFor } from '../../../domain/rules/freeze-rule.ts';
import { isResolutionTypeId, resolutionTypes } from '../../../domain/rules/registry.ts';
import type { ReceiptView, RoomRequest } from '../../../protocol/room.ts';
import { castBallot, toReceipt } from '../commands/ballot-command.ts';
import {
  closeVoteByHost,
  extendVote,
  openVote,
  requireDeadline,
  requireOpenable,
  requireResolution,
  resumeVote,
} from '../commands/vote-commands.ts';
import { previewRoll } from '../meeting-room.ts';
import { titleOf } from '../rights.ts';
import { indexRoll } from '../vote/frozen-roll.ts';
import { prepareRoll } from '../vote/roll-freezing.ts';
import { checkSignature } from './keys.ts';
import { actorOf, type Admitted, type ConductDeps } from './conduct-deps.ts';

export function createVoting(deps: ConductDeps) {
  const { clock } = deps;
  return {
    openVote: (admitted: Admitted, request: RoomRequest<'vote:open'>) =>
      openOnFrozenRoll(deps, admitted, request),

    async extendVote(admitted: Admitted, request: RoomRequest<'vote:extend'>): Promise<void> {
      requireDeadline(request.closesAt, clock.now());
      await admitted.room.submit(extendVote({ actor: actorOf(admitted), ...request }));
    },

    async resumeVote(admitted: Admitted, request: RoomRequest<'vote:resume'>): Promise<void> {
      requireDeadline(request.closesAt, clock.now());
      await admitted.room.submit(resumeVote({ actor: actorOf(admitted), ...request }));
    },

    async closeVote(admitted: Admitted, request: RoomRequest<'vote:close'>): Promise<void> {
      const { room } = admitted;
      const { resolutionId, reason, courtConsentNo } = request;
      requireResolution(room.state, resolutionId);
      const roll = room.rollOf(resolutionId);
      if (!roll) throw new DomainError('RESOLUTION_NOT_OPEN');
      const actor = actorOf(admitted);
      const nowMs = clock.now();
      await room.submit(closeVoteByHost({ actor, resolutionId, reason, courtConsentNo, nowMs, roll }));
      await deps.voteClock.announce(room);
    },

    /** The way of a ballot. `receivedAt` is taken first: the deadline is judged by it. */
    async cast(
      admitted: Admitted,
      request: RoomRequest<'ballot:cast'>,
      receivedAt: string,
    ): Promise<ReceiptView> {
      const { room, access } = admitted;
      const { ballot } = request;
      const { resolutionId, round, unitId } = ballot;
      const isOwnUnit = access.capacities.some(
        (capacity) => capacity.creditorId === unitId && capacity.capacityId === ballot.actingAs,
      );
      const signature = await checkSignature(room, request);
      const roll = room.rollOf(resolutionId);
      const recorded = await room.submit(
        castBallot({ ballot, personId: access.personId, isOwnUnit, signature, roll, receivedAt }),
      );
      const receipt = toReceipt(room.state, recorded, {
        resolutionId,
        round,
        unitId,
        creditorName: room.book.creditors.get(unitId)?.name ?? '',
        resolutionTitle: titleOf(room, resolutionId),
      });
      deps.announceReceipt(admitted, receipt);
      return receipt;
    },
  };
}

/** The roll is built, confirmed against what the host saw, stored, and frozen with the opening. */
async function openOnFrozenRoll(
  deps: ConductDeps,
  admitted: Admitted,
  request: RoomRequest<'vote:open'>,
): Promise<{ rollRoot: string; units: number }> {
  const { data, clock } = deps;
  const { room } = admitted;
  const actor = actorOf(admitted);
  const resolution = requireOpenable(room.state, actor, request.resolutionId);
  requireDeadline(request.closesAt, clock.now());
  await deps.requireSpaceForVote();
  const { type } = resolution.published;
  if (!isResolutionTypeId(type)) throw new DomainError('RESOLUTION_UNKNOWN');
  const roll = previewRoll(room.book, type);
  requireConfirmedRoll(roll, request);
  const prepared = await prepareRoll({
    resolutionId: request.resolutionId,
    round: resolution.round,
    version: '0',
    roll,
    book: room.book,
    sourceSha256: room.facts.case.claimsFileSha256,
    auditHead: await data.auditHead(),
    actor,
  });
  const { freeze, chunks, privates, rows } = prepared;
  for (const [index, bytes] of chunks.entries()) {
    await deps.rolls.putChunk(room.meetingId, { sha256: freeze.chunks[index]?.sha256 ?? '', bytes });
  }
  room.expectRoll(freeze.root, indexRoll(freeze.version, rows));
  const resolutionType = resolutionTypes[type];
  const rule = freezeRule(resolutionType, settingsFor(resolutionType));
  const command = openVote({ actor, freeze, rule, closesAt: request.closesAt });
  await room.submit({ ...command, privates });
  return { rollRoot: freeze.root, units: roll.units.length };
}

/** The host confirmed figures in words; the roll that is frozen must be the one that was confirmed. */
function requireConfirmedRoll(roll: ReturnType<typeof previewRoll>, request: RoomRequest<'vote:open'>): void {
  if (roll.units.length === 0) throw new DomainError('ROLL_EMPTY');
  const unsecuredFen = roll.totals[0]?.unsecuredFen ?? '0';
  const isConfirmed =
    roll.units.length === request.expectedUnits && unsecuredFen === request.expectedUnsecuredFen;
  if (isConfirmed) return;
  throw new DomainError('STALE_COMMAND', {
    params: { field: 'roll', actual: `${roll.units.length}/${unsecuredFen}` },
  });
}
