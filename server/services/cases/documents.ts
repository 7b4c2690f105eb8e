/** Documents of a case: PDFs, stored by their hash, shown to creditors once a meeting is published. */
import { DomainError } from '../../domain/errors.ts';
import type { StoredDocument } from '../../domain/master-data.ts';
import type { CaseDocumentView } from '../../protocol/rest/case-routes.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import type { CapacityReader } from '../ports/capacity-port.ts';
import { findCaseRole, requireCaseRole } from '../case-access.ts';
import type { Clock, Ids } from '../clock.ts';
import type {
  CaseRecord,
  CaseStore,
  DocumentStore,
  FileVault,
  MeetingStore,
  PdfInspector,
  ReceivedFile,
} from '../ports/master-data-ports.ts';
import type { Session } from '../session.ts';
import { requireCase, requireManagedCase } from './require-case.ts';

export interface CaseDocumentsDeps {
  readonly cases: CaseStore;
  readonly meetings: Pick<MeetingStore, 'listOfCases'>;
  readonly documents: DocumentStore;
  readonly capacities: CapacityReader;
  readonly vault: FileVault;
  readonly pdf: PdfInspector;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface CaseDocuments {
  list(session: Session, caseId: string): Promise<CaseDocumentView[]>;
  /** Refuses before a byte is received. */
  requireMayUpload(session: Session, caseId: string): Promise<void>;
  /** @throws DomainError FILE_TYPE_WRONG, FILE_DAMAGED, STORAGE_FULL */
  upload(session: Session, caseId: string, file: ReceivedFile): Promise<CaseDocumentView>;
  /** @throws DomainError NOT_FOUND, NOT_ON_THE_CASE, OTHER_PROVINCE */
  requireReadable(session: Session, documentId: string): Promise<StoredDocument>;
}

const TITLE_MAX_CHARACTERS = 100;

export function createCaseDocuments(deps: CaseDocumentsDeps): CaseDocuments {
  const requireMayUpload = async (session: Session, caseId: string) => {
    await requireManagedCase(deps.cases, session, caseId);
    await deps.vault.requireSpace();
  };
  return {
    requireMayUpload,
    async list(session, caseId) {
      const record = await requireCase(deps.cases, caseId);
      const role = requireCaseRole(record, session);
      const documents = await deps.documents.listOfCase(caseId);
      const published = role === 'reviewer' ? await publishedDocumentIds(deps, caseId) : undefined;
      return documents
        .filter(({ documentId }) => published === undefined || published.has(documentId))
        .map(toDocumentView);
    },
    async upload(session, caseId, file) {
      await requireMayUpload(session, caseId);
      return toDocumentView(await keepDocument(deps, session, { caseId, file }));
    },
    async requireReadable(session, documentId) {
      const document = await deps.documents.find(documentId);
      if (document === undefined) throw new DomainError('NOT_FOUND');
      const record = await requireCase(deps.cases, document.caseId);
      await requireMayRead(deps, session, { record, documentId });
      return document;
    },
  };
}

interface DocumentUpload {
  readonly caseId: string;
  readonly file: ReceivedFile;
}

async function keepDocument(deps: CaseDocumentsDeps, session: Session, { caseId, file }: DocumentUpload) {
  const { pages } = await deps.pdf.inspect(file.path);
  const title = toTitle(file.fileName);
  // A repeated request after a lost answer makes no second entry.
  const same = (await deps.documents.listOfCase(caseId)).find(
    (document) => document.sha256 === file.sha256 && document.title === title,
  );
  if (same !== undefined) return same;
  await deps.vault.keep(file, 'pdf');
  const document: StoredDocument = {
    documentId: deps.ids.next(),
    caseId,
    title,
    sha256: file.sha256,
    sizeBytes: file.sizeBytes,
    pages,
    uploadedAt: new Date(deps.clock.now()),
  };
  await deps.documents.create(document);
  await deps.audit.append({
    at: document.uploadedAt,
    actor: session.personId,
    action: 'document.upload',
    subject: `case:${caseId}`,
    after: { documentId: document.documentId, title, sha256: file.sha256, sizeBytes: file.sizeBytes },
  });
  return document;
}

/** File name without its ending; people see it, nothing opens by it. */
function toTitle(fileName: string): string {
  const bare = fileName
    .normalize('NFC')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .trim();
  return [...bare].slice(0, TITLE_MAX_CHARACTERS).join('') || '文件';
}

interface ReadingRequest {
  readonly record: CaseRecord;
  readonly documentId: string;
}

/** The team reads everything; reviewers and creditors what a published meeting carries. */
async function requireMayRead(
  deps: CaseDocumentsDeps,
  session: Session,
  { record, documentId }: ReadingRequest,
): Promise<void> {
  const role = findCaseRole(record, session);
  if (role !== undefined && role !== 'reviewer') return;
  const { caseId } = record;
  const own = await deps.capacities.findByPerson(session.personId);
  const isParty = own.some((capacity) => capacity.caseId === caseId);
  if (!isParty) requireCaseRole(record, session);
  if (!(await publishedDocumentIds(deps, caseId)).has(documentId)) throw new DomainError('FORBIDDEN');
}

async function publishedDocumentIds(deps: CaseDocumentsDeps, caseId: string): Promise<ReadonlySet<string>> {
  const published = (await deps.meetings.listOfCases([caseId])).filter(
    ({ status }) => status === 'published',
  );
  return new Set(
    published.flatMap(({ agenda, resolutions }) =>
      [...agenda, ...resolutions].flatMap(({ documentIds }) => documentIds),
    ),
  );
}

function toDocumentView(document: StoredDocument): CaseDocumentView {
  const { documentId, title, sha256, sizeBytes, pages, uploadedAt } = document;
  return { documentId, title, sha256, sizeBytes, pages, uploadedAt: uploadedAt.toISOString() };
}
