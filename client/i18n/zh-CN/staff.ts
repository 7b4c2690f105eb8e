/** Words of the staff pages. */
import { attest } from './staff/attest.ts';
import { cases } from './staff/cases.ts';
import { deadlines } from './staff/deadlines.ts';
import { decisions } from './staff/decisions.ts';
import { desk } from './staff/desk.ts';
import { notices } from './staff/notices.ts';
import { objections } from './staff/objections.ts';
import { operator } from './staff/operator.ts';
import { papers } from './staff/papers.ts';
import { places } from './staff/places.ts';
import { prepare } from './staff/prepare.ts';
import { proxies } from './staff/proxies.ts';
import { record } from './staff/record.ts';
import { rollback } from './staff/rollback.ts';
import { shared } from './staff/shared.ts';

export const catalogue = {
  staff: {
    ...shared,
    ...cases,
    ...deadlines,
    ...places,
    ...prepare,
    ...decisions,
    ...desk,
    ...record,
    ...attest,
    ...proxies,
    ...operator,
    ...papers,
    ...rollback,
    ...objections,
    ...notices,
  },
} as const;
