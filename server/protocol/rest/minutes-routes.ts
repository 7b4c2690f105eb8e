/** REST table of sealed minutes (笔录定稿): what was hashed into the record, and the documents themselves. */
import { Type, type Static } from 'typebox';
import { closed, Count, Id, Instant, Sha256Hex } from '../scalars.ts';
import type { RestRoute } from './rest.ts';

export const SealView = Type.Object({
  /** "0" first; each further one is made after something was added to the record. */
  revision: Count,
  seq: Count,
  ts: Instant,
  /** Last entry that the minutes read. */
  lastSeq: Count,
  docxSha256: Sha256Hex,
  pdfSha256: Sha256Hex,
});
export type SealView = Static<typeof SealView>;

const params = Type.Object({ meetingId: Id }, closed);

export const minutesRoutes = {
  seals: {
    method: 'GET',
    path: '/api/meetings/:meetingId/minutes-seals',
    summary: 'Seals of the minutes, oldest first; staff only',
    params,
    reply: Type.Object({ seals: Type.Array(SealView), maySeal: Type.Boolean() }),
  },
  sealMinutes: {
    method: 'POST',
    path: '/api/meetings/:meetingId/minutes-seals',
    summary: 'Seal the minutes as they are now; lead, judge and clerk, once the meeting is over',
    params,
    reply: SealView,
  },
  sealedMinutes: {
    method: 'GET',
    path: '/api/meetings/:meetingId/minutes-seals/:revision/minutes.:format',
    summary: 'A document of sealed minutes, byte for byte; staff only',
    params: Type.Object(
      {
        meetingId: Id,
        revision: Count,
        format: Type.Union([Type.Literal('docx'), Type.Literal('pdf')]),
      },
      closed,
    ),
  },
} as const satisfies Record<string, RestRoute>;
