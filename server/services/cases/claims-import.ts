/**
 * Import of the claims table (债权表, 企业破产法 art. 57): read, look, confirm. Nothing is written unless all
 * rows are valid and the administrator has confirmed the control totals; then the whole table comes into
 * force by one write, or not at all.
 */
import { chinaDate } from '../../domain/china-calendar.ts';
import { NO_FINGERPRINTS, type CreditorEntry } from '../../domain/claims-table.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ControlTotals, ImportPreview } from '../../protocol/rest/case-routes.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import { requireCaseRole } from '../case-access.ts';
import type { ClaimsFileRead, ClaimsReader } from '../ports/claims-reader-port.ts';
import type { Clock, Ids } from '../clock.ts';
import type {
  CaseRecord,
  CaseStore,
  ClaimsImport,
  ClaimsStore,
  FileVault,
  ReceivedFile,
} from '../ports/master-data-ports.ts';
import type { Session } from '../session.ts';
import { areSameTotals, toControlTotals, toInvestorTotals, toPreview } from './import-preview.ts';
import { fingerprintRows, toEntries } from './import-rows.ts';
import { requireCase, requireManagedCase } from './require-case.ts';

export interface ClaimsImportsDeps {
  readonly cases: CaseStore;
  readonly claims: ClaimsStore;
  readonly reader: ClaimsReader;
  readonly vault: FileVault;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Told after a table has come into force, and again when that was interrupted; repeatable. */
  readonly onClaimsConfirmed: (change: ConfirmedClaims) => Promise<unknown>;
}

export interface ConfirmedClaims {
  readonly caseId: string;
  readonly importId: string;
  readonly creditors: readonly CreditorEntry[];
  /** Person who confirmed. */
  readonly confirmedBy: string;
}

export interface ImportRef {
  readonly caseId: string;
  readonly importId: string;
}

export interface ClaimsImports {
  /** Refuses before a byte is received. */
  requireMayUpload(session: Session, caseId: string): Promise<void>;
  /** @throws DomainError with the refusal of the file as a whole; findings in it are in the preview */
  upload(session: Session, caseId: string, file: ReceivedFile): Promise<ImportPreview>;
  get(session: Session, ref: ImportRef): Promise<ImportPreview>;
  /** Repeatable. @throws DomainError IMPORT_HAS_ERRORS, CONTROL_TOTALS_DIFFER, IMPORT_STALE */
  confirm(session: Session, ref: ImportRef, totals: ControlTotals): Promise<ImportPreview>;
  /** At start: completes what a crash has left between the table's coming into force and its followers. */
  finishInterrupted(): Promise<void>;
}

export function createClaimsImports(deps: ClaimsImportsDeps): ClaimsImports {
  const confirmations = new Map<string, Promise<unknown>>();
  /** One confirmation of a case at a time; two at once would write the same rows. */
  const inTurn = <T>(caseId: string, work: () => Promise<T>): Promise<T> => {
    const turn = (confirmations.get(caseId) ?? Promise.resolve()).then(work, work);
    const settled = turn.catch(() => undefined);
    confirmations.set(caseId, settled);
    void settled.then(() => {
      if (confirmations.get(caseId) === settled) confirmations.delete(caseId);
    });
    return turn;
  };
  const requireMayUpload = async (session: Session, caseId: string) => {
    const record = await requireManagedCase(deps.cases, session, caseId);
    await deps.vault.requireSpace();
    return record;
  };
  return {
    async requireMayUpload(session, caseId) {
      await requireMayUpload(session, caseId);
    },
    async upload(session, caseId, file) {
      const record = await requireMayUpload(session, caseId);
      return readUpload(deps, session, { record, file });
    },
    async get(session, ref) {
      requireCaseRole(await requireCase(deps.cases, ref.caseId), session);
      return (await requireImport(deps, ref)).preview;
    },
    confirm: (session, ref, totals) =>
      inTurn(ref.caseId, () => confirmImport(deps, session, { ref, totals })),
    finishInterrupted: () => finishInterrupted(deps),
  };
}

interface UploadRequest {
  readonly record: CaseRecord;
  readonly file: ReceivedFile;
}

async function readUpload(deps: ClaimsImportsDeps, session: Session, { record, file }: UploadRequest) {
  const read = await readFile(deps, record, file.path);
  const [before, after] = await Promise.all([
    record.claimsVersion === null ? NO_FINGERPRINTS : deps.claims.fingerprints(record.claimsVersion),
    fingerprintRows(read),
  ]);
  const importId = deps.ids.next();
  const preview = toPreview({ importId, fileName: file.fileName, read, before, after });
  if (preview.state === 'ready') await deps.vault.keep(file, 'xlsx');
  await deps.claims.createImport({
    importId,
    caseId: record.caseId,
    baseVersion: record.claimsVersion,
    preview,
    uploadedBy: session.personId,
    uploadedAt: new Date(deps.clock.now()),
  });
  return preview;
}

async function readFile(deps: ClaimsImportsDeps, record: CaseRecord, path: string): Promise<ClaimsFileRead> {
  const today = chinaDate(deps.clock.now());
  const read = await deps.reader.read(path, { today, acceptanceDate: record.acceptedOn });
  if (read.status === 'read') return read;
  throw new DomainError(read.errorCode, { params: { ...read.refusal.params, reason: read.refusal.code } });
}

async function requireImport(deps: ClaimsImportsDeps, ref: ImportRef): Promise<ClaimsImport> {
  const found = await deps.claims.findImport(ref.importId);
  if (found === undefined || found.caseId !== ref.caseId) throw new DomainError('NOT_FOUND');
  return found;
}

interface ConfirmRequest {
  readonly ref: ImportRef;
  readonly totals: ControlTotals;
}

async function confirmImport(
  deps: ClaimsImportsDeps,
  session: Session,
  { ref, totals }: ConfirmRequest,
): Promise<ImportPreview> {
  const record = await requireManagedCase(deps.cases, session, ref.caseId);
  const found = await requireImport(deps, ref);
  if (found.preview.state === 'has-errors') throw new DomainError('IMPORT_HAS_ERRORS');
  if (!areSameTotals(found.preview.totals, totals)) throw new DomainError('CONTROL_TOTALS_DIFFER');
  if (found.preview.state === 'confirmed') return found.preview;
  if (record.claimsVersion !== found.importId) await bringIntoForce(deps, { record, found });
  await finishConfirmation(deps, { found, actor: session.personId });
  return { ...found.preview, state: 'confirmed' };
}

interface Confirmation {
  readonly record: CaseRecord;
  readonly found: ClaimsImport;
}

/** The rows first, under a version that nobody points at; then the one write that puts it in force. */
async function bringIntoForce(deps: ClaimsImportsDeps, { record, found }: Confirmation): Promise<void> {
  const { caseId, claimsVersion: fromVersion } = record;
  if (fromVersion !== found.baseVersion) throw new DomainError('IMPORT_STALE');
  const read = await readKeptFile(deps, { record, found });
  const known = await deps.claims.knownCreditors(caseId, fromVersion);
  const entries = await toEntries({ rows: read, known, nextId: () => deps.ids.next() });
  await deps.claims.writeVersion({ caseId, version: found.importId, ...entries });
  const isInForce = await deps.cases.switchClaims({
    caseId,
    fromVersion,
    toVersion: found.importId,
    fileSha256: read.sha256,
    totals: read.totals,
  });
  if (isInForce) return;
  await deps.claims.dropVersion(found.importId);
  throw new DomainError('IMPORT_STALE');
}

/** The same bytes are read again, so that what was confirmed is what is written. */
async function readKeptFile(deps: ClaimsImportsDeps, { record, found }: Confirmation) {
  const read = await readFile(deps, record, deps.vault.pathOf(found.preview.sha256, 'xlsx'));
  if (read.sha256 !== found.preview.sha256) throw new DomainError('FILE_DAMAGED');
  if (read.errorCount > 0) throw new DomainError('IMPORT_HAS_ERRORS');
  const { totals, investors } = found.preview;
  const { persons, contributionFen } = toInvestorTotals(read.totals);
  const isAsShown =
    areSameTotals(toControlTotals(read.totals.overall), totals) &&
    persons === investors.persons &&
    contributionFen === investors.contributionFen;
  if (!isAsShown) throw new DomainError('IMPORT_STALE');
  return read;
}

/** What follows from a table in force. Runs again after an interruption. */
async function finishConfirmation(
  deps: ClaimsImportsDeps,
  { found, actor }: { found: ClaimsImport; actor: string },
): Promise<void> {
  const { caseId, importId, baseVersion, preview } = found;
  await deps.audit.append({
    at: new Date(deps.clock.now()),
    actor,
    action: 'claims.import',
    subject: `case:${caseId}`,
    before: { version: baseVersion },
    after: {
      version: importId,
      sha256: preview.sha256,
      totals: preview.totals,
      difference: preview.difference,
    },
  });
  const creditors = await Array.fromAsync(deps.claims.creditors(importId));
  await deps.onClaimsConfirmed({ caseId, importId, creditors, confirmedBy: actor });
  await deps.claims.markConfirmed(importId);
}

async function finishInterrupted(deps: ClaimsImportsDeps): Promise<void> {
  const inForce = await deps.cases.versionsInForce();
  for (const found of await deps.claims.unconfirmedAmong(inForce)) {
    await finishConfirmation(deps, { found, actor: found.uploadedBy });
  }
}
