/**
 * What a type needs beside its text, and nothing that another type needs: R06 the groups of the plan (企业破产法
 * arts. 82, 83, 85; 司法解释三 art. 11(2)), R08 the election and its candidate (art. 67), R12 the members of the
 * committee (司法解释三 art. 14). A refusal names the place.
 */
import { DomainError } from '../../domain/errors.ts';
import { seatsOfKind } from '../../domain/rules/election.ts';
import type { ResolutionTypeId } from '../../protocol/resolution-types.ts';
import type { Candidacy, ResolutionParticulars } from '../../protocol/vote/particulars.ts';

export interface ParticularsToCheck {
  readonly type: ResolutionTypeId;
  readonly particulars: ResolutionParticulars | undefined;
  /** Path of the particulars in the request. */
  readonly place: string;
  /** Whether an id is that of a party on the claims table. */
  readonly isParty: (creditorId: string) => boolean;
}

type Field = keyof ResolutionParticulars;

/** Which particulars belong to which type. Types that are not named need none. */
const fieldsOf: Partial<Record<ResolutionTypeId, readonly Field[]>> = {
  R06: ['unaffectedGroups', 'hasInvestorGroup'],
  R08: ['candidateOf'],
  R12: ['committeeMembers'],
};

/** @throws DomainError INVALID_REQUEST naming the place */
export function checkParticulars(input: ParticularsToCheck): ResolutionParticulars | undefined {
  const { type, particulars, place, isParty } = input;
  const allowed = fieldsOf[type] ?? [];
  for (const field of Object.keys(particulars ?? {}) as Field[]) {
    if (!allowed.includes(field)) refuse(`${place}/${field}`);
  }
  if (type === 'R08') checkCandidacy(particulars?.candidateOf, input);
  if (type === 'R12') {
    const members = particulars?.committeeMembers ?? refuse(`${place}/committeeMembers`);
    members.forEach((member, index) => {
      if (!isParty(member)) refuse(`${place}/committeeMembers/${index}`);
    });
  }
  if (type === 'R06') {
    const isNamedTwice =
      particulars?.hasInvestorGroup === true && particulars.unaffectedGroups?.includes('INVESTOR');
    if (isNamedTwice || particulars?.unaffectedGroups?.includes('ALL')) refuse(`${place}/unaffectedGroups`);
  }
  return particulars;
}

function checkCandidacy(candidacy: Candidacy | undefined, { place, isParty }: ParticularsToCheck): void {
  const at = `${place}/candidateOf`;
  if (!candidacy) return refuse(at);
  const { seats, seatKind, creditorId, held = '0' } = candidacy;
  if (Number(held) >= seatsOfKind(seatKind)) refuse(`${at}/held`);
  if (Number(seats) < 1 || Number(seats) > seatsOfKind(seatKind) - Number(held)) refuse(`${at}/seats`);
  if (seatKind === 'CREDITOR' && creditorId === undefined) refuse(`${at}/creditorId`);
  if (creditorId !== undefined && !isParty(creditorId)) refuse(`${at}/creditorId`);
}

/** Candidates of one election say the same of it. @throws DomainError INVALID_REQUEST naming the place */
export function checkElections(
  candidates: readonly { readonly candidacy: Candidacy | undefined; readonly place: string }[],
): void {
  const elections = new Map<string, Candidacy>();
  for (const { candidacy, place } of candidates) {
    if (!candidacy) continue;
    const first = elections.get(candidacy.electionId);
    if (!first) elections.set(candidacy.electionId, candidacy);
    else if (first.seats !== candidacy.seats) refuse(`${place}/seats`);
    else if (first.seatKind !== candidacy.seatKind) refuse(`${place}/seatKind`);
    else if (first.held !== candidacy.held) refuse(`${place}/held`);
  }
}

function refuse(detail: string): never {
  throw new DomainError('INVALID_REQUEST', { detail });
}
