/**
 * The demonstration: a fictitious case whose meeting is ready to begin, and another whose meeting has been
 * held and can be read as a record. Everything goes through the use cases that people use, so that the
 * demonstration cannot hold what the product could not make. Repeatable after a crash: what is there stays.
 */
import { randomBytes, createHash } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Composed } from '../compose.ts';
import { writeClaimsWorkbook } from '../documents/claims-template.ts';
import type { CaseView } from '../protocol/rest/case-routes.ts';
import type { MeetingPreparation } from '../protocol/rest/meeting-routes.ts';
import type { Role } from '../protocol/scalars.ts';
import type { Session } from '../services/session.ts';
import { writeDemoDocument } from './demo-document.ts';
import {
  demoCase,
  demoStaff,
  finishedCaseNumber,
  planText,
  planTitle,
  readyCaseNumber,
  reportParagraphs,
  verificationText,
  verificationTitle,
} from './demo-texts.ts';
import { demonstrationClaimRows, type ClaimRowTexts } from './fictitious-claims.ts';
import { holdFinishedMeeting } from './hold-meeting.ts';

/** The ready meeting is convened for a few minutes after seeding, so that it can begin at once. */
const STARTS_IN_MS = 10 * 60_000;

/** Everybody of the team as the use cases ask for them. */
export type Staff = Readonly<Record<(typeof demoStaff)[number]['role'], Session>>;

/** Writes the demonstration into an empty database and sets its mark last. */
export async function seedDemonstration(server: Composed, nowMs: number): Promise<void> {
  const staff = await createStaff(server);
  const finished = await createCase(server, staff, { caseNumber: finishedCaseNumber });
  const held = await createMeeting(server, staff, { caseView: finished, startsAtMs: nowMs });
  await holdFinishedMeeting(server, { staff, held: held.meeting });
  const ready = await createCase(server, staff, { caseNumber: readyCaseNumber });
  await createMeeting(server, staff, {
    caseView: ready,
    startsAtMs: nowMs + STARTS_IN_MS,
    verifiesClaims: true,
  });
  await server.stores.demonstration.setMark([
    ...demoStaff.map(({ role }) => ({ personId: staff[role].personId, title: role as string })),
    ...(await creditorAccounts(server, ready.caseId)),
  ]);
}

/** One account for every role, repeatable. */
export async function createStaff(server: Composed): Promise<Staff> {
  const sessions: [string, Session][] = [];
  for (const { username, role, name, province } of demoStaff) {
    const { people } = server.stores.accounts;
    const known = await people.findByUsername(username);
    const personId = known?.personId ?? randomBytes(12).toString('base64url');
    if (!known) {
      const account = { username, roles: [role], province, state: 'active' as const };
      const secretless = { passwordHash: null, totpSealed: null, totpLastStep: 0 };
      await people.insertStaff({ personId, name, staff: { ...account, ...secretless } });
    }
    sessions.push([role, asSession(personId, role, province)]);
  }
  return Object.fromEntries(sessions) as unknown as Staff;
}

/** The use cases ask who acts; this is the seeding acting for a person of the demonstration. */
function asSession(personId: string, role: Role, province: string | null): Session {
  return { sessionId: 'demonstration', personId, stage: 'full', roles: [role], province };
}

interface NewCase {
  readonly caseNumber: string;
  readonly rows?: readonly ClaimRowTexts[];
}

/** A case with its team and a confirmed claims table, by default that of the demonstration. */
export async function createCase(
  server: Composed,
  staff: Staff,
  { caseNumber, rows = demonstrationClaimRows() }: NewCase,
): Promise<CaseView> {
  const { desk, imports } = server.services;
  const lead = staff['administrator-lead'];
  const known = (await desk.list(lead, { page: 1, pageSize: 50 })).rows.find(
    (row) => row.caseNumber === caseNumber,
  );
  const caseView = known ?? (await desk.create(lead, { ...demoCase, caseNumber }));
  const { caseId } = caseView;
  for (const role of ['administrator-staff', 'judge', 'clerk'] as const) {
    await desk.addMember(lead, { caseId, personId: staff[role].personId, role });
  }
  const workbook = await writeClaimsWorkbook(rows);
  const preview = await withFile(workbook, '债权表（演示）.xlsx', (file) =>
    imports.upload(lead, caseId, file),
  );
  await imports.confirm(lead, { caseId, importId: preview.importId }, preview.totals);
  return caseView;
}

interface NewMeeting {
  readonly caseView: CaseView;
  readonly startsAtMs: number;
  /** Its claims table is open to objections (art. 58), not only reported on. */
  readonly verifiesClaims?: boolean;
}

/** A published first meeting of a case, with its plan put to the vote. */
export async function createMeeting(
  server: Composed,
  staff: Staff,
  { caseView, startsAtMs, verifiesClaims = false }: NewMeeting,
): Promise<MeetingPreparation> {
  const { preparation } = server.services;
  const lead = staff['administrator-lead'];
  const { caseId } = caseView;
  const plan = await upload(server, lead, { caseId, title: planTitle, paragraphs: planText.split('\n') });
  const report = await upload(server, lead, {
    caseId,
    title: '管理人执行职务工作报告',
    paragraphs: reportParagraphs,
  });
  const startsAt = new Date(startsAtMs).toISOString();
  const draft = await preparation.create(lead, { caseId, title: '第一次债权人会议', startsAt });
  const { meetingId, agenda } = draft.meeting;
  let reported = false;
  await preparation.update(lead, {
    meetingId,
    title: draft.meeting.title,
    startsAt,
    agenda: agenda.map((item) => {
      const isFirstReport = item.kind === 'report' && !reported;
      reported ||= item.kind === 'report';
      return {
        itemId: item.itemId,
        title: item.title,
        kind: item.kind,
        documentIds: isFirstReport ? [report] : [],
        resolution:
          item.kind === 'verification' && verifiesClaims
            ? { type: 'R01', title: verificationTitle, text: verificationText, documentIds: [] }
            : item.resolutionId === null
              ? null
              : {
                  resolutionId: item.resolutionId,
                  type: 'R03',
                  title: planTitle,
                  text: planText,
                  documentIds: [plan],
                },
      };
    }),
  });
  return preparation.publish(lead, meetingId);
}

async function upload(
  server: Composed,
  lead: Session,
  document: { readonly caseId: string; readonly title: string; readonly paragraphs: readonly string[] },
): Promise<string> {
  const pdf = await writeDemoDocument(document.title, document.paragraphs);
  const stored = await withFile(pdf, `${document.title}.pdf`, (file) =>
    server.services.caseDocuments.upload(lead, document.caseId, file),
  );
  return stored.documentId;
}

/** Hands bytes over as the HTTP edge does: as a file that goes when the use case is through. */
async function withFile<T>(
  bytes: Buffer,
  fileName: string,
  use: (file: { path: string; sizeBytes: number; sha256: string; fileName: string }) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'creditors-meeting-'));
  const path = join(directory, 'file');
  try {
    await writeFile(path, bytes);
    const { size } = await stat(path);
    return await use({
      path,
      sizeBytes: size,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      fileName,
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function creditorAccounts(server: Composed, caseId: string) {
  const capacities = await server.services.capacities.findByCase(caseId);
  const titles = new Map<string, string[]>();
  for (const { personId, creditorName } of capacities) {
    titles.set(personId, [...(titles.get(personId) ?? []), creditorName]);
  }
  return [...titles].map(([personId, names]) => ({ personId, title: names.join('、') }));
}
