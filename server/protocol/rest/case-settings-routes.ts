/** REST table of a case's settings: what the law leaves open, with the defaults beside it. */
import { Type, type Static } from 'typebox';
import { CaseSettings } from '../case-settings.ts';
import { closed, Id, line } from '../scalars.ts';
import type { RestRoute } from './rest.ts';

export const CaseSettingsView = Type.Object({
  settings: CaseSettings,
  /** As the rule set has them when nobody decides otherwise. */
  defaults: CaseSettings,
  /** Sent back with a change: another change in between refuses it. */
  revision: Type.Integer(),
  mayChange: Type.Boolean(),
});
export type CaseSettingsView = Static<typeof CaseSettingsView>;

const caseParams = Type.Object({ caseId: Id }, closed);

export const caseSettingsRoutes = {
  caseSettings: {
    method: 'GET',
    path: '/api/cases/:caseId/settings',
    summary: 'What the law leaves open, as decided for this case; the team and reviewers',
    params: caseParams,
    reply: CaseSettingsView,
  },
  changeCaseSettings: {
    method: 'PUT',
    path: '/api/cases/:caseId/settings',
    summary: 'Decide them; the lead, with a reason; votes that are open or closed keep theirs',
    params: caseParams,
    body: Type.Object(
      { settings: CaseSettings, revision: Type.Integer({ minimum: 0 }), reason: line(500, 2) },
      closed,
    ),
    reply: CaseSettingsView,
  },
} as const satisfies Record<string, RestRoute>;
