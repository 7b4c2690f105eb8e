/** The resolution types by id. A literal added to the protocol does not compile until it stands here. */
import type { ResolutionTypeId } from '../../protocol/resolution-types.ts';
import { propertyManagementPlan } from './r03-property-management-plan.ts';
import type { ResolutionType } from './resolution-type.ts';

export const resolutionTypes: Readonly<Record<ResolutionTypeId, ResolutionType>> = {
  R03: propertyManagementPlan,
};

export function isResolutionTypeId(id: string): id is ResolutionTypeId {
  return Object.hasOwn(resolutionTypes, id);
}
