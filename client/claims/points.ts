import type { ObjectionPoint } from '../../server/protocol/entry-bodies/meeting.ts';

/** What an objection may be about, in the order of the forms; words are `claims.point.<code>`. */
export const points: readonly ObjectionPoint[] = ['AMOUNT', 'NATURE', 'SECURITY', 'EXISTENCE', 'OTHER'];
