/**
 * The settings of a case: what the law leaves open, decided by the administrator's lead with a reason, audited,
 * and frozen with every vote at its opening (domain.md 2.4). A change does nothing to a vote that is open or
 * closed.
 */
import { DomainError } from '../../domain/errors.ts';
import { defaultCaseSettings } from '../../domain/rules/case-settings.ts';
import { EBL_2006_V1 } from '../../domain/rules/ebl-2006-v1.ts';
import type { CaseSettings } from '../../protocol/case-settings.ts';
import type { CaseSettingsView } from '../../protocol/rest/case-settings-routes.ts';
import { LEAD, requireCaseRole, requireOneOf } from '../case-access.ts';
import type { Clock } from '../clock.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import type { CaseRecord, CaseStore, DocumentStore } from '../ports/master-data-ports.ts';
import type { Session } from '../session.ts';
import { requireCase } from './require-case.ts';

export interface CaseSettingsDeps {
  readonly cases: CaseStore;
  readonly documents: Pick<DocumentStore, 'find'>;
  /** Ids of the parties on the claims table in force. */
  readonly partiesOf: (caseId: string) => Promise<{ has(creditorId: string): boolean }>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  /** Open meetings of the case read the settings for votes not yet opened. */
  readonly onChanged: (caseId: string) => Promise<void>;
}

export interface SettingsInput {
  readonly caseId: string;
  readonly settings: CaseSettings;
  /** As it was read. */
  readonly revision: number;
  readonly reason: string;
}

export interface CaseSettingsDesk {
  get(session: Session, caseId: string): Promise<CaseSettingsView>;
  /** @throws DomainError STALE_COMMAND when they were changed meanwhile, INVALID_REQUEST naming the place */
  change(session: Session, input: SettingsInput): Promise<CaseSettingsView>;
}

export function createCaseSettings(deps: CaseSettingsDeps): CaseSettingsDesk {
  return {
    async get(session, caseId) {
      const record = await requireCase(deps.cases, caseId);
      const role = requireCaseRole(record, session);
      return toView(record, LEAD.includes(role));
    },
    async change(session, { caseId, settings, revision, reason }) {
      const record = await requireCase(deps.cases, caseId);
      requireOneOf(record, session, LEAD);
      await requireFit(deps, record, settings);
      if (!(await deps.cases.changeSettings({ caseId, fromRevision: revision, settings }))) {
        throw new DomainError('STALE_COMMAND', { params: { field: 'settings' } });
      }
      await deps.audit.append({
        at: new Date(deps.clock.now()),
        actor: session.personId,
        action: 'case.settings',
        subject: `case:${caseId}`,
        reason,
        before: { ...record.settings },
        after: { ...settings },
      });
      await deps.onChanged(caseId);
      return toView(await requireCase(deps.cases, caseId), true);
    },
  };
}

function toView({ settings, settingsRevision }: CaseRecord, mayChange: boolean): CaseSettingsView {
  return { settings, defaults: defaultCaseSettings(EBL_2006_V1), revision: settingsRevision, mayChange };
}

/** Whom and what the settings name must exist in the case. */
async function requireFit(deps: CaseSettingsDeps, record: CaseRecord, settings: CaseSettings): Promise<void> {
  const parties = await deps.partiesOf(record.caseId);
  const requireParty = (creditorId: string, place: string) => {
    if (!parties.has(creditorId)) refuse(place);
  };
  const { employeeMode, employeeRepresentativeId, exclusions, joinedHeads, silence } = settings;
  if (employeeMode === 'COLLECTIVE_ONE' && employeeRepresentativeId === null)
    refuse('employeeRepresentativeId');
  if (employeeRepresentativeId !== null) requireParty(employeeRepresentativeId, 'employeeRepresentativeId');
  exclusions.forEach(({ creditorId }, index) => requireParty(creditorId, `exclusions/${index}/creditorId`));
  const counted = new Set<string>();
  joinedHeads.forEach(({ representativeId, creditorIds }, index) => {
    requireParty(representativeId, `joinedHeads/${index}/representativeId`);
    for (const creditorId of new Set([representativeId, ...creditorIds])) {
      requireParty(creditorId, `joinedHeads/${index}/creditorIds`);
      // One head stands for a creditor, and a head is not itself counted with another.
      if (counted.has(creditorId)) refuse(`joinedHeads/${index}/creditorIds`);
      counted.add(creditorId);
    }
  });
  if (silence.mode === 'CONSENT' && silence.noticeDocumentId !== null) {
    const notice = await deps.documents.find(silence.noticeDocumentId);
    if (notice?.caseId !== record.caseId) refuse('silence/noticeDocumentId');
  }
}

function refuse(place: string): never {
  throw new DomainError('INVALID_REQUEST', { detail: `body/settings/${place}` });
}
