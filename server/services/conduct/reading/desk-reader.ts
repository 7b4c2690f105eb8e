/** What the desk reads: roster, rolls as they would be, and who has not voted. */
import { DomainError } from '../../../domain/errors.ts';
import { maskCreditorName, maskMobile } from '../../../domain/masking.ts';
import { nextRoundOf } from '../../../domain/meeting/rounds.ts';
import type { MeetingState, ResolutionState } from '../../../domain/meeting/state.ts';
import type { Roll } from '../../../domain/roll.ts';
import type { RosterRow } from '../../../protocol/rest/meeting-routes.ts';
import type { RollPreview } from '../../../protocol/vote/roll-views.ts';
import { runSlices } from '../../run-slices.ts';
import type { MeetingReader, RosterQuery } from '../../meetings/meeting-reader-port.ts';
import { requireResolution } from '../commands/vote-commands.ts';
import type { CreditorFacts } from '../conduct-data.ts';
import type { Gate, MeetingReaderDeps } from '../meeting-reader.ts';
import type { MeetingRoom } from '../meeting-room.ts';
import { countedFenOf } from '../rights.ts';
import { previewCorrection } from '../use-cases/opening.ts';
import { pageOf } from './page-of.ts';
import { notVotedUnits } from '../vote/not-voted.ts';
import { groupViews, resolutionSlice } from '../vote/vote-slices.ts';

/** Why a number is unmasked, as the audit trail keeps it. */
const REMINDING = '提醒尚未表决的债权人';
/** Rows of a correction's preview; the difference counts all of them. */
const CORRECTION_ROWS_MAX = 200;

type DeskReading = Pick<
  MeetingReader,
  'roster' | 'rollPreview' | 'notVoted' | 'notVotedTelephone' | 'rollCorrection'
>;

export function createDeskReading(
  deps: MeetingReaderDeps,
  { requireStaffRoom, requireHostRoom }: Gate,
): DeskReading {
  return {
    async roster(session, meetingId, query) {
      const room = await requireStaffRoom(session, meetingId);
      const wanted = [...room.book.creditors.values()].filter((creditor) =>
        matches(room.state, creditor, query),
      );
      const slice = pageOf(wanted, query);
      return { ...slice, rows: slice.rows.map((creditor) => rosterRow(deps, room, creditor)) };
    },

    async rollPreview(session, { meetingId, resolutionId }) {
      const room = await requireHostRoom(session, meetingId);
      const resolution = requireResolution(room.state, resolutionId);
      const next = nextRoundOf(resolution);
      if (!next) throw new DomainError('RESOLUTION_ALREADY_OPEN', { params: { resolutionId } });
      return toPreview(room, resolution, { round: next.round, roll: await room.rollFor(resolution, next) });
    },

    async notVoted(session, { meetingId, resolutionId }, query) {
      const room = await requireHostRoom(session, meetingId);
      const resolution = requireResolution(room.state, resolutionId);
      const roll = room.rollOf(resolutionId);
      if (!roll) return { rows: [], total: 0 };
      const missing = await runSlices(notVotedUnits(resolution, roll, query.group));
      const slice = pageOf(missing, query);
      const rows = slice.rows.flatMap((unit) => {
        const creditor = room.book.creditors.get(unit.creditorId);
        if (!creditor) return [];
        const counted = {
          unitId: unit.unitId,
          group: unit.group,
          amountFen: String(unit.amountFen),
          countedFen: String(countedFenOf(resolution, unit)),
          ...(resolution.invalid.has(unit.unitId) && { isInvalid: true }),
        };
        return [{ ...rosterRow(deps, room, creditor), ...counted }];
      });
      return { ...slice, rows };
    },

    notVotedTelephone: async (session, ref) =>
      unmaskMobile(deps, { room: await requireHostRoom(session, ref.meetingId), ref, by: session.personId }),

    async rollCorrection(session, { meetingId, resolutionId }) {
      const room = await requireHostRoom(session, meetingId);
      const found = await previewCorrection(room, resolutionId, CORRECTION_ROWS_MAX);
      const { resolution, inForce, roll, difference, rows } = found;
      const { round, roll: frozen } = resolution;
      return {
        round,
        version: frozen?.version ?? '0',
        totals: {
          units: inForce.heads,
          amountFen: String(inForce.amountFen),
          unsecuredFen: String(inForce.unsecuredFen),
        },
        preview: toPreview(room, resolution, { round, roll }),
        difference,
        rows: rows.map(({ creditorId, ...row }) => ({ ...row, name: maskedName(room, creditorId) })),
      };
    },
  };
}

interface Unmasking {
  readonly room: MeetingRoom;
  readonly ref: { readonly meetingId: string; readonly resolutionId: string; readonly unitId: string };
  /** Person who looks. */
  readonly by: string;
}

/** The look is kept before anything is shown. */
async function unmaskMobile({ audit, clock }: MeetingReaderDeps, { room, ref, by }: Unmasking) {
  const { creditorId, mobile } = requireNotVoted(room, ref);
  await audit.append({
    at: new Date(clock.now()),
    actor: by,
    action: 'creditor.unmask-mobile',
    subject: `case:${room.facts.case.caseId}`,
    after: { meetingId: ref.meetingId, resolutionId: ref.resolutionId, creditorId },
    reason: REMINDING,
  });
  return { mobile };
}

/** Whoever has voted is not to be called about it any more. */
function requireNotVoted(room: MeetingRoom, { resolutionId, unitId }: Unmasking['ref']): CreditorFacts {
  const resolution = requireResolution(room.state, resolutionId);
  const { status } = resolution;
  if (status !== 'open') throw new DomainError('RESOLUTION_NOT_OPEN', { params: { status } });
  const unit = room.rollOf(resolutionId)?.units.get(unitId);
  const creditor = unit && room.book.creditors.get(unit.creditorId);
  if (!creditor) throw new DomainError('UNIT_NOT_ON_ROLL', { params: { reason: 'NOT_ON_ROLL' } });
  const cast = resolution.ballots.get(unitId);
  if (cast) throw new DomainError('ALREADY_CAST', { params: { at: cast.ts, channel: cast.channel } });
  return creditor;
}

function toPreview(
  room: MeetingRoom,
  resolution: ResolutionState,
  { round, roll }: { readonly round: string; readonly roll: Roll },
): RollPreview {
  const { state, facts, textOf } = room;
  const groups = groupViews(roll.totals);
  const sum = (of: (group: (typeof groups)[number]) => string) =>
    String(groups.reduce((total, group) => total + BigInt(of(group)), 0n));
  return {
    round,
    units: roll.units.length,
    heads: roll.units.length,
    amountFen: sum(({ amountFen }) => amountFen),
    unsecuredFen: sum(({ unsecuredFen }) => unsecuredFen),
    temporaryFen: sum(({ temporaryFen }) => temporaryFen),
    temporaryUnits: groups.reduce((total, { temporaryUnits }) => total + temporaryUnits, 0),
    groups,
    groupsNotFormed: [...roll.notFormed],
    settings: resolutionSlice(resolution, { state, facts, textOf }).settings,
    excluded: roll.excludedTotals.map(({ reason, creditors }) => ({ reason, creditors: Number(creditors) })),
  };
}

function rosterRow(deps: MeetingReaderDeps, room: MeetingRoom, creditor: CreditorFacts): RosterRow {
  const { creditorId } = creditor;
  const signIn = room.state.presentCreditors.get(creditorId);
  const amountFen = String(room.amounts.get(creditorId) ?? 0n);
  return {
    unitId: creditorId,
    creditorId,
    group: 'ALL',
    name: maskCreditorName(creditor.name, creditor.isIndividual),
    natures: [...creditor.natures],
    amountFen,
    countedFen: amountFen,
    signedInAt: signIn?.ts ?? null,
    signInChannel: signIn?.channel ?? null,
    isOnline: signIn !== undefined && deps.isOnline(room.meetingId, signIn.personId),
    mobileMasked: maskMobile(creditor.mobile),
  };
}

function maskedName({ book }: MeetingRoom, creditorId: string): string {
  const creditor = book.creditors.get(creditorId);
  return creditor ? maskCreditorName(creditor.name, creditor.isIndividual) : '';
}

function matches(state: MeetingState, creditor: CreditorFacts, query: RosterQuery): boolean {
  const isPresent = state.presentCreditors.has(creditor.creditorId);
  if (query.state === 'signed-in' && !isPresent) return false;
  if (query.state === 'absent' && isPresent) return false;
  return query.search === undefined || creditor.name.includes(query.search);
}
