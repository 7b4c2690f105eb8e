/** The evidence bundle of a meeting over HTTP. */
import { Type } from 'typebox';
import { closed, Id } from '../scalars.ts';
import type { RestRoute } from './rest.ts';

export const BundleVersionName = Type.Union([Type.Literal('public'), Type.Literal('court')]);

export const recordBundleRoutes = {
  bundle: {
    method: 'GET',
    path: '/api/meetings/:meetingId/bundle',
    summary:
      'Evidence bundle once the meeting is over: public for everybody admitted, court (with private values) for the judge and the administrator lead',
    params: Type.Object({ meetingId: Id }, closed),
    query: Type.Object({ version: Type.Optional(BundleVersionName) }, closed),
  },
} as const satisfies Record<string, RestRoute>;
