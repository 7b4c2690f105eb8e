/**
 * The resolution types that this version knows (决议类型, domain.md 2.2). A new type is one literal
 * here, one file below `server/domain/rules`, and one line in its registry, where the compiler asks
 * for it.
 */
import { Type, type Static } from 'typebox';

export const ResolutionTypeId = Type.Union([
  /** 债务人财产管理方案, art. 61(1)(8). */
  Type.Literal('R03'),
]);
export type ResolutionTypeId = Static<typeof ResolutionTypeId>;
