import { isActorsToChange, type BallotQuestion } from '../../domain/meeting/ballot-rules.ts';
import { carriedChoiceOf } from '../../domain/meeting/rounds.ts';
import type { ResolutionState, VoteRound } from '../../domain/meeting/state.ts';
import type { TallyUnit } from '../../domain/record/tally.ts';
import { isResolutionTypeId, resolutionTypes } from '../../domain/rules/registry.ts';
import type { Capacity } from '../../domain/master-data.ts';
import { findProxyBar, type ScopedItem } from '../../domain/people/proxies.ts';
import type { Group } from '../../protocol/entry-parts.ts';
import type { CapacityView, ProxyTermsView, UnitRight } from '../../protocol/room.ts';
import { toReceipt } from './commands/ballot-command.ts';
import type { ExcludedUnit } from './vote/frozen-roll.ts';
import type { MeetingAccess } from './meeting-access.ts';
import type { MeetingRoom } from './meeting-room.ts';

/**
 * What a person may vote for in one resolution, unit by unit, with the exact reason where not. A creditor has
 * one unit, or where classes vote one in each group (`您有 2 张表决票`).
 */
export function rightsOf(room: MeetingRoom, resolution: ResolutionState, access: MeetingAccess): UnitRight[] {
  return access.capacities.flatMap((capacity) => {
    const creditor = room.book.creditors.get(capacity.creditorId);
    const { units, excluded } = room.unitsOf(resolution, capacity.creditorId);
    if (!creditor && units.length + excluded.length === 0) return [];
    const whose = {
      creditorId: capacity.creditorId,
      creditorName: creditor?.name ?? '',
      capacityId: capacity.capacityId,
      capacityKind: capacity.kind,
    };
    const natures = [...(creditor?.natures ?? [])];
    const view = (figures: UnitFigures): UnitRight => ({
      ...whose,
      natures,
      ...underProxy(figures, { room, capacity, item: resolution.published }),
      ...ballotsOf(room, resolution, {
        ...figures,
        creditorName: whose.creditorName,
        actor: { personId: access.personId, isProxy: capacity.kind === 'proxy' },
      }),
    });
    const rights = [
      ...units.map((unit) => view(figuresOf(unit, resolution))),
      ...excluded.map((row) => view(withoutVote(row))),
    ];
    return rights.length > 0 ? rights : [view(notOnRoll(capacity.creditorId))];
  });
}

type UnitFigures = Pick<
  UnitRight,
  'unitId' | 'group' | 'mayVote' | 'reason' | 'heads' | 'amountFen' | 'countedFen' | 'isTemporary'
>;

interface ActingFor {
  readonly room: MeetingRoom;
  readonly capacity: Capacity;
  readonly item: ScopedItem;
}

/** A vote that the unit has is the holder's to cast only where the proxy reaches. */
function underProxy(
  figures: UnitFigures,
  { room, capacity, item }: ActingFor,
): UnitFigures & Pick<UnitRight, 'proxy'> {
  const bar = findProxyBar(capacity, item, room.state.ownPresence.has(capacity.creditorId));
  const isBarred = figures.mayVote && bar !== undefined;
  return { ...figures, ...(isBarred && { mayVote: false, reason: bar }), ...proxyTermsOf(capacity) };
}

function proxyTermsOf({ kind, proxy, expiresAt }: Capacity): { readonly proxy?: ProxyTermsView } {
  if (kind !== 'proxy') return {};
  return {
    proxy: {
      scope: proxy?.scope ?? null,
      expiresAt: expiresAt?.toISOString() ?? null,
      documentSha256: proxy?.documentSha256 ?? null,
    },
  };
}

function figuresOf(unit: TallyUnit, resolution: ResolutionState): UnitFigures {
  const isVote = !isObjection(resolution);
  return {
    unitId: unit.unitId,
    group: unit.group,
    mayVote: isVote,
    reason: isVote ? null : 'OBJECTIONS_ONLY',
    heads: '1',
    amountFen: String(unit.amountFen),
    countedFen: String(countedFenOf(resolution, unit)),
    isTemporary: unit.temporaryFen > 0n,
  };
}

/** What a unit counts with in the amount test: without the secured part where the test measures unsecured claims. */
export function countedFenOf(
  resolution: ResolutionState,
  { group, amountFen, unsecuredFen }: Pick<TallyUnit, 'group' | 'amountFen' | 'unsecuredFen'>,
): bigint {
  return amountBaseOf(resolution, group) === 'unsecuredTotal' ? unsecuredFen : amountFen;
}

/** What the amount test of a group measures; before opening as the type has it. */
function amountBaseOf({ opened, published }: ResolutionState, group: Group): string | undefined {
  const frozen = opened?.body.rule.groups.find((own) => own.group === group);
  if (opened) return frozen?.amount?.base;
  return isResolutionTypeId(published.type) ? resolutionTypes[published.type].rule.amount?.base : undefined;
}

/** Art. 58: claims are verified by objections; nobody has a vote, whoever may object. */
function isObjection({ published: { type } }: ResolutionState): boolean {
  return isResolutionTypeId(type) && resolutionTypes[type].rule.mode === 'OBJECTION';
}

const NOTHING = { heads: '0', amountFen: '0', countedFen: '0', isTemporary: false, mayVote: false } as const;

function withoutVote({ unitId, group, reason }: ExcludedUnit): UnitFigures {
  return { ...NOTHING, unitId, group, reason };
}

function notOnRoll(creditorId: string): UnitFigures {
  return { ...NOTHING, unitId: creditorId, group: 'ALL', reason: 'NOT_ON_ROLL' };
}

/** What the unit has cast, in this round and the ones before it. */
function ballotsOf(
  room: MeetingRoom,
  resolution: ResolutionState,
  {
    unitId,
    group,
    creditorName,
    actor,
  }: Pick<UnitRight, 'unitId' | 'group' | 'creditorName'> & Pick<BallotQuestion, 'actor'>,
): Pick<UnitRight, 'receipt' | 'mayChange' | 'carriedChoice' | 'earlierReceipts'> {
  const { resolutionId } = resolution.published;
  const about = {
    resolutionId,
    unitId,
    group: group as Group,
    creditorName,
    resolutionTitle: titleOf(room, resolutionId),
  };
  const receiptIn = ({ round, ballots }: VoteRound) => {
    const cast = ballots.get(unitId);
    return cast ? toReceipt(room.state, cast, { ...about, round }) : null;
  };
  const receipt = receiptIn(resolution);
  const cast = resolution.ballots.get(unitId);
  const isToChange = cast !== undefined && isActorsToChange(cast, actor);
  const allowsChange = resolution.status === 'open' && resolution.opened?.body.allowChange === true;
  return {
    receipt,
    mayChange: allowsChange && isToChange && cast.channel === 'online',
    carriedChoice: receipt ? null : (carriedChoiceOf(resolution, unitId) ?? null),
    earlierReceipts: resolution.earlierRounds.flatMap((round) => receiptIn(round) ?? []),
  };
}

export function titleOf(room: MeetingRoom, resolutionId: string): string {
  const { resolutions } = room.facts.meeting;
  return resolutions.find((resolution) => resolution.resolutionId === resolutionId)?.title ?? '';
}

export function capacityViews(room: MeetingRoom, access: MeetingAccess): CapacityView[] {
  return access.capacities.map((capacity) => ({
    capacityId: capacity.capacityId,
    creditorId: capacity.creditorId,
    creditorName: room.book.creditors.get(capacity.creditorId)?.name ?? '',
    kind: capacity.kind,
    signedInAt: room.state.signIns.get(`${access.personId}/${capacity.capacityId}`)?.ts ?? null,
    ...proxyTermsOf(capacity),
  }));
}

/** Rights per resolution id. */
export function allRights(room: MeetingRoom, access: MeetingAccess): Record<string, UnitRight[]> {
  if (access.capacities.length === 0) return {};
  return Object.fromEntries(
    [...room.state.resolutions].map(([id, resolution]) => [id, rightsOf(room, resolution, access)]),
  );
}

/** Of one vote the rights for some units alone, as they stand among all. */
export function rightsOfUnits(
  room: MeetingRoom,
  access: MeetingAccess,
  {
    resolutionId,
    units,
  }: {
    readonly resolutionId: string;
    readonly units: readonly { readonly unitId: string; readonly creditorId: string }[];
  },
): UnitRight[] {
  const resolution = room.state.resolutions.get(resolutionId);
  if (!resolution) return [];
  const owners = new Set(units.map(({ creditorId }) => creditorId));
  const unitIds = new Set(units.map(({ unitId }) => unitId));
  const capacities = access.capacities.filter(({ creditorId }) => owners.has(creditorId));
  return rightsOf(room, resolution, { ...access, capacities }).filter(({ unitId }) => unitIds.has(unitId));
}
