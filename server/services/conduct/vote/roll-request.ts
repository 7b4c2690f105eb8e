/**
 * What a roll is built from: the claims table in force, the rule of the type, the settings of the case and
 * what was decided for this resolution. The same for the preview, the freezing, a correction, and what one
 * creditor reads of the own rights before the vote is opened.
 */
import { DomainError } from '../../../domain/errors.ts';
import type { ResolutionState } from '../../../domain/meeting/state.ts';
import type { RollClaim, RollDecisions, RollRequest } from '../../../domain/roll.ts';
import { withExclusionsFromVotes } from '../../../domain/roll/exclusions.ts';
import { joinedHeadsOf } from '../../../domain/roll/joined-heads.ts';
import { settingsOfCase } from '../../../domain/rules/case-settings.ts';
import { isResolutionTypeId, resolutionTypes } from '../../../domain/rules/registry.ts';
import type { ResolutionType } from '../../../domain/rules/resolution-type.ts';
import type { CaseSettings, FrozenSettings } from '../../../protocol/case-settings.ts';
import type { Group } from '../../../protocol/entry-parts.ts';
import type { ClaimsBook } from '../conduct-data.ts';

/** For which round a roll is built. */
export interface RollRound {
  readonly passedGroups: readonly Group[];
  /** Of a correction: as they were frozen at the opening. */
  readonly settings?: FrozenSettings;
}

export interface RollBasis {
  readonly book: ClaimsBook;
  readonly settings: CaseSettings;
}

/** @throws DomainError RESOLUTION_UNKNOWN for a type of another version of this program */
export function requireType(type: string): ResolutionType {
  if (!isResolutionTypeId(type)) throw new DomainError('RESOLUTION_UNKNOWN');
  return resolutionTypes[type];
}

export function rollRequestOf(
  { book, settings }: RollBasis,
  { published }: Pick<ResolutionState, 'published'>,
  { passedGroups, settings: frozen }: RollRound,
): RollRequest {
  const type = requireType(published.type);
  const { particulars } = published;
  const unaffected = new Set(particulars?.unaffectedGroups ?? []);
  // Investors vote only where the plan adjusts their rights (art. 85(2)).
  const adjustsInvestors = particulars?.hasInvestorGroup === true;
  if (!adjustsInvestors) unaffected.add('INVESTOR');
  const decisions: RollDecisions = {
    exclusions: new Map(settings.exclusions.map(({ creditorId, reason }) => [creditorId, reason])),
    joinedTo: headsInForce(book, settings),
    employeeRepresentativeId: settings.employeeRepresentativeId,
    affiliates: book.affiliates,
    unaffectedGroups: [...unaffected],
    adjustsInvestors,
    passedGroups,
    members: particulars?.committeeMembers ?? [],
  };
  return withExclusionsFromVotes({
    claims: book.claims,
    rule: type.rule,
    settings: frozen ?? settingsOfCase(type, settings),
    decisions,
  });
}

/** By version of the table, of the settings that were asked with last: every right that is read asks for it. */
const known = new WeakMap<ClaimsBook, { settings: CaseSettings; heads: ReadonlyMap<string, string> }>();

function headsInForce(book: ClaimsBook, settings: CaseSettings): ReadonlyMap<string, string> {
  const last = known.get(book);
  if (last?.settings === settings) return last.heads;
  const heads = decidedHeadsOf(book, settings);
  known.set(book, { settings, heads });
  return heads;
}

/**
 * What the claims table says, and what was decided for the case, which goes before it. Each of them leads to a
 * head in one step; a representative of the table may be counted with another by the decision.
 */
function decidedHeadsOf(
  { joinedTo }: ClaimsBook,
  { joinedHeads }: CaseSettings,
): ReadonlyMap<string, string> {
  if (joinedHeads.length === 0) return joinedTo;
  const decided = new Map(
    joinedHeads.flatMap(({ representativeId, creditorIds }) =>
      [representativeId, ...creditorIds].map((creditorId) => [creditorId, representativeId] as const),
    ),
  );
  const heads = new Map(decided);
  for (const [creditorId, headId] of joinedTo) {
    if (!heads.has(creditorId)) heads.set(creditorId, decided.get(headId) ?? headId);
  }
  return heads;
}

/** The same request with the claims that bear on one creditor's own units and no others. */
export function requestOfCreditor(request: RollRequest, book: ClaimsBook, creditorId: string): RollRequest {
  const { decisions = {} } = request;
  const own: RollClaim[] = [...book.claimsOf(creditorId)];
  for (const [joined, representative] of joinedHeadsOf(decisions)) {
    if (representative === creditorId && joined !== creditorId) own.push(...book.claimsOf(joined));
  }
  // The representative casts one vote for the claims of all employees.
  if (decisions.employeeRepresentativeId === creditorId) {
    own.push(
      ...book.claims.filter((claim) => claim.nature === 'EMPLOYEE' && claim.creditorId !== creditorId),
    );
  }
  return { ...request, claims: own };
}
