/** Words that every page needs: creditor's pages, room, refusals. */
import { check } from './check.ts';
import { claims } from './claims.ts';
import { common } from './common.ts';
import { entry } from './entry.ts';
import { errors } from './errors.ts';
import { meeting } from './meeting.ts';
import { notices } from './notices.ts';
import { rollback } from './rollback.ts';
import { verdict } from './verdict.ts';
import { vote } from './vote.ts';

export const catalogue = {
  ...check,
  ...claims,
  ...common,
  ...entry,
  ...meeting,
  ...vote,
  ...verdict,
  ...rollback,
  ...notices,
  errors,
} as const;
