/** The resolution types by id. A literal added to the protocol does not compile until it stands here. */
import type { ResolutionTypeId } from '../../protocol/resolution-types.ts';
import type { ResolutionType } from './resolution-type.ts';
import { verification } from './types/r01-verification.ts';
import { businessContinuation } from './types/r02-business-continuation.ts';
import { propertyManagementPlan } from './types/r03-property-management-plan.ts';
import { realisationPlan } from './types/r04-realisation-plan.ts';
import { distributionPlan } from './types/r05-distribution-plan.ts';
import { reorganisationPlan } from './types/r06-reorganisation-plan.ts';
import { settlementAgreement } from './types/r07-settlement-agreement.ts';
import { consensualSettlement } from './types/r07u-consensual-settlement.ts';
import { committeeElection } from './types/r08-committee-election.ts';
import { administratorReplacement } from './types/r09-administrator-replacement.ts';
import { administratorFees } from './types/r10-administrator-fees.ts';
import { otherMatter } from './types/r11-other-matter.ts';
import { committeeResolution } from './types/r12-committee-resolution.ts';
import { proposalToConvene } from './types/r13-proposal-to-convene.ts';

export const resolutionTypes: Readonly<Record<ResolutionTypeId, ResolutionType>> = {
  R01: verification,
  R02: businessContinuation,
  R03: propertyManagementPlan,
  R04: realisationPlan,
  R05: distributionPlan,
  R06: reorganisationPlan,
  R07: settlementAgreement,
  R07U: consensualSettlement,
  R08: committeeElection,
  R09: administratorReplacement,
  R10: administratorFees,
  R11: otherMatter,
  R12: committeeResolution,
  R13: proposalToConvene,
};

export function isResolutionTypeId(id: string): id is ResolutionTypeId {
  return Object.hasOwn(resolutionTypes, id);
}
