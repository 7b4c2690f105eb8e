import type { Nature } from '../../../server/protocol/entry-parts.ts';

/** Natures of claims (债权性质) in the order of the law, and investors; words are `nature.<code>`. */
export const natures = [
  'SECURED',
  'EMPLOYEE',
  'SOCIAL_INSURANCE_POOL',
  'TAX',
  'ORDINARY',
  'SUBORDINATED',
  'INVESTOR',
] as const satisfies readonly Nature[];
