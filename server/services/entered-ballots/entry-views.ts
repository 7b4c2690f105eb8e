/** Entered ballots as staff and as creditors read them. */
import type { EnteredBallot, Reading } from '../../domain/entered-ballots/entered-ballot.ts';
import { judgeEntryObjection } from '../../domain/entered-ballots/entered-ballot.ts';
import { maskCreditorName, maskIdNumber, maskMobile } from '../../domain/masking.ts';
import type {
  EnteredBallotView,
  OwnEnteredBallot,
  ScanView,
  VotingUnitRow,
} from '../../protocol/rest/entered-ballot-routes.ts';
import type { ConductData } from '../conduct/conduct-data.ts';
import { staffLabel } from '../conduct/labels.ts';
import type { MeetingRoom } from '../conduct/meeting-room.ts';
import { countedFenOf, titleOf } from '../conduct/rights.ts';
import type { StoredScan } from '../ports/entered-ballot-port.ts';

export const SCAN_TYPES = { pdf: 'application/pdf', jpg: 'image/jpeg', png: 'image/png' } as const;

export function toScanView({ sha256, kind, sizeBytes }: StoredScan): ScanView {
  if (kind === 'xlsx') throw new Error('a spreadsheet is no scan');
  return { sha256, mediaType: SCAN_TYPES[kind], sizeBytes };
}

/** What a view of an entry is made with. */
export interface ViewSource {
  readonly room: MeetingRoom;
  readonly scans: ReadonlyMap<string, StoredScan>;
  readonly people: ReadonlyMap<string, string>;
  readonly viewerId: string;
}

/** Full names of those who read the entries. */
export async function readersOf(
  data: ConductData,
  entries: readonly EnteredBallot[],
): Promise<ReadonlyMap<string, string>> {
  const readings = entries.flatMap(({ first, second, differences }) => [
    first,
    second,
    ...differences.map((difference) => difference.second),
  ]);
  const ids = new Set(readings.flatMap((reading) => (reading ? [reading.personId] : [])));
  const named = [...ids].map(async (id) => [id, (await data.personName(id)) ?? ''] as const);
  return new Map(await Promise.all(named));
}

export function toEntryView(entry: EnteredBallot, source: ViewSource): EnteredBallotView {
  const { room, scans, people, viewerId } = source;
  const { entryId, resolutionId, round, unitId, creditorId, channel, statedReceivedAt, state } = entry;
  const scan = scans.get(entry.scanSha256);
  if (!scan) throw new Error('the scan of an entered ballot is not known');
  const creditor = room.book.creditors.get(creditorId);
  const resolution = room.state.resolutions.get(resolutionId);
  const isOwnEntry = entry.first.personId === viewerId;
  const unit = room.rollOf(resolutionId)?.units.get(unitId);
  const labelOf = ({ personId, role }: Reading) => staffLabel(role, people.get(personId) ?? '');
  const isBlind = state === 'waiting' && !isOwnEntry;
  const lastDifference = entry.differences.at(-1);
  const second = entry.second ?? (state === 'differs' ? (lastDifference?.second ?? null) : null);
  return {
    entryId,
    resolutionId,
    resolutionTitle: titleOf(room, resolutionId),
    round,
    unitId,
    creditorName: creditor ? maskCreditorName(creditor.name, creditor.isIndividual) : '',
    mobileMasked: creditor ? maskMobile(creditor.mobile) : '',
    amountFen: String(unit?.amountFen ?? 0n),
    countedFen: String(unit && resolution ? countedFenOf(resolution, unit) : 0n),
    channel,
    statedReceivedAt,
    scan: toScanView(scan),
    state,
    enteredBy: labelOf(entry.first),
    enteredAt: entry.first.at,
    isOwnEntry,
    secondBy: second ? labelOf(second) : null,
    secondAt: second?.at ?? null,
    choice: isBlind ? null : entry.first.choice,
    secondChoice: second?.choice ?? null,
    closesAt: resolution?.closesAt ?? null,
    isVoteOpen: resolution?.status === 'open' && resolution.round === round,
    outcome: entry.outcome,
    withdrawnReason: entry.withdrawn?.reason ?? null,
    told: entry.told && { ...entry.told, reaches: entry.told.reaches ?? false },
    objectUntil: entry.objectUntil,
    objection: entry.objection && { at: entry.objection.at, text: entry.objection.text },
  };
}

/** Entries that have come to an end, as the creditor reads them. */
export function toOwnEntry(
  entry: EnteredBallot,
  room: MeetingRoom,
  nowMs: number,
): OwnEnteredBallot | undefined {
  const { entryId, resolutionId, unitId, creditorId, channel, statedReceivedAt, outcome, objectUntil } =
    entry;
  if (!outcome || objectUntil === null) return undefined;
  return {
    entryId,
    resolutionId,
    resolutionTitle: titleOf(room, resolutionId),
    unitId,
    creditorName: room.book.creditors.get(creditorId)?.name ?? '',
    channel,
    statedReceivedAt,
    choice: entry.first.choice,
    counts: outcome.kind === 'cast',
    reason: outcome.reason,
    seq: outcome.seq,
    recordedAt: outcome.ts,
    objectUntil,
    mayObject: entry.objection === null && judgeEntryObjection(entry, nowMs) === undefined,
    objection: entry.objection && { at: entry.objection.at, text: entry.objection.text },
  };
}

/** Units of an opened vote that match a search, in the order of their creditors' names. */
export function votingUnits(
  room: MeetingRoom,
  { resolutionId, search }: { readonly resolutionId: string; readonly search: string | undefined },
  pending: ReadonlySet<string>,
): VotingUnitRow[] {
  const resolution = room.state.resolutions.get(resolutionId);
  const units = [...(room.rollOf(resolutionId)?.units.values() ?? [])];
  return units.flatMap((unit) => {
    const creditor = room.book.creditors.get(unit.creditorId);
    if (!resolution || !creditor || !matchesSearch(creditor, search)) return [];
    const cast = resolution.ballots.get(unit.unitId);
    return [
      {
        unitId: unit.unitId,
        creditorName: maskCreditorName(creditor.name, creditor.isIndividual),
        idMasked: creditor.isIndividual ? maskIdNumber(creditor.idNumber) : creditor.idNumber,
        mobileMasked: maskMobile(creditor.mobile),
        group: unit.group,
        amountFen: String(unit.amountFen),
        countedFen: String(countedFenOf(resolution, unit)),
        ballot: cast ? { channel: cast.channel, ts: cast.ts, seq: cast.seq } : null,
        isPending: pending.has(unit.unitId),
      },
    ];
  });
}

/** Names in part; numbers by their end, as they are compared with a paper. */
function matchesSearch(
  creditor: { readonly name: string; readonly mobile: string; readonly idNumber: string },
  search: string | undefined,
): boolean {
  const wanted = search?.trim() ?? '';
  if (wanted === '') return true;
  if (creditor.name.includes(wanted)) return true;
  return wanted.length >= 4 && (creditor.mobile.endsWith(wanted) || creditor.idNumber.endsWith(wanted));
}
