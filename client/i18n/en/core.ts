/** Words that every page needs: creditor's pages, room, refusals. */
import { common } from './common.ts';
import { entry } from './entry.ts';
import { errors } from './errors.ts';
import { meeting } from './meeting.ts';
import { verdict } from './verdict.ts';
import { vote } from './vote.ts';

export const catalogue = { ...common, ...entry, ...meeting, ...vote, ...verdict, errors } as const;
