import type { Language } from '../../server/protocol/scalars.ts';

/** `core`: creditor's pages, room, errors. `staff`: the desks of administrator, court, reviewer, operator. */
export type Area = 'core' | 'staff';

export interface Catalogue {
  readonly [key: string]: string | Catalogue;
}

type Load = () => Promise<{ readonly catalogue: Catalogue }>;

export const catalogues: Record<Language, Record<Area, Load>> = {
  'zh-CN': {
    core: () => import('./zh-CN/core.ts'),
    staff: () => import('./zh-CN/staff.ts'),
  },
  en: {
    core: () => import('./en/core.ts'),
    staff: () => import('./en/staff.ts'),
  },
};
