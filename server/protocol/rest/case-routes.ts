/** REST table of the case desk: cases, team, claims import, creditors, documents. */
import { Type, type Static } from 'typebox';
import { JoinedHead } from '../case-settings.ts';
import type { RestRoute } from './rest.ts';
import {
  CalendarDate,
  Fen,
  Id,
  Instant,
  PageQuery,
  Role,
  Sha256Hex,
  line,
  closed,
  pageOf,
} from '../scalars.ts';

export const Procedure = Type.Union([
  Type.Literal('liquidation'),
  Type.Literal('reorganisation'),
  Type.Literal('settlement'),
]);

export const CaseView = Type.Object({
  caseId: Id,
  caseNumber: Type.String(),
  debtor: Type.String(),
  court: Type.String(),
  province: Type.String(),
  procedure: Procedure,
  acceptedOn: CalendarDate,
  helpPhone: Type.String(),
  isDemonstration: Type.Boolean(),
  createdAt: Instant,
  /** Role of the person who asks, on this case. */
  myRole: Type.String(),
  creditors: Type.Integer(),
  claims: Type.Integer(),
  meetings: Type.Integer(),
  claimsFileSha256: Type.Union([Sha256Hex, Type.Null()]),
});
export type CaseView = Static<typeof CaseView>;

const NewCase = Type.Object(
  {
    caseNumber: Type.String({ pattern: '^[（(]\\d{4}[)）].{1,20}破.{0,20}号$', maxLength: 60 }),
    debtor: line(100, 2),
    court: line(60, 2),
    province: Type.String({ pattern: '^[1-8][0-9]$' }),
    procedure: Procedure,
    acceptedOn: CalendarDate,
    helpPhone: Type.String({ pattern: '^[0-9+\\- ]{7,20}$' }),
  },
  closed,
);

/** Row counts and sums that the administrator confirms before anything is written. */
export const ControlTotals = Type.Object(
  {
    rows: Type.Integer(),
    creditors: Type.Integer(),
    filedFen: Fen,
    confirmedFen: Fen,
    temporaryFen: Fen,
  },
  closed,
);
export type ControlTotals = Static<typeof ControlTotals>;

/** A finding in the file. The words are made from `code` and `params` (import-messages.ts). */
export const ImportFinding = Type.Object({
  sheet: Type.String(),
  /** Cell address such as `F12`; empty for the whole sheet or file. */
  cell: Type.String(),
  code: Type.String(),
  params: Type.Record(Type.String(), Type.String()),
});
export type ImportFinding = Static<typeof ImportFinding>;

/** Against the table in force. */
const TableDifference = Type.Object({
  added: Type.Integer(),
  changed: Type.Integer(),
  removed: Type.Integer(),
  unchanged: Type.Integer(),
});

export const ImportPreview = Type.Object({
  importId: Id,
  fileName: Type.String(),
  sha256: Sha256Hex,
  state: Type.Union([Type.Literal('has-errors'), Type.Literal('ready'), Type.Literal('confirmed')]),
  totals: ControlTotals,
  byNature: Type.Array(
    Type.Object({
      nature: Type.String(),
      rows: Type.Integer(),
      creditors: Type.Integer(),
      filedFen: Fen,
      confirmedFen: Fen,
      temporaryFen: Fen,
    }),
  ),
  /** The register of investors in the same file; nobody where it has none. Never counted among the claims. */
  investors: Type.Object({
    persons: Type.Integer(),
    contributionFen: Fen,
    /** Absent in imports that older versions read, which counted investors among the claims. */
    difference: Type.Optional(TableDifference),
  }),
  errors: Type.Array(ImportFinding),
  /** All errors, also those beyond the listed ones. */
  errorCount: Type.Integer(),
  warnings: Type.Array(ImportFinding),
  warningCount: Type.Integer(),
  /** Of the claims. */
  difference: TableDifference,
});
export type ImportPreview = Static<typeof ImportPreview>;

export const CreditorRow = Type.Object({
  creditorId: Id,
  creditorNo: Type.String(),
  /** Enterprises in full, individuals masked. */
  name: Type.String(),
  kind: Type.String(),
  idNoMasked: Type.String(),
  mobileMasked: Type.String(),
  natures: Type.Array(Type.String()),
  claims: Type.Integer(),
  /** 关联方: its vote is shown apart (domain.md E13). */
  isAffiliate: Type.Boolean(),
  /** With whose head the claims table counts it; null: a head of its own (E5, E18, E21). */
  head: Type.Union([
    Type.Object({
      creditorNo: Type.String(),
      reason: JoinedHead.properties.reason,
      basis: Type.String(),
    }),
    Type.Null(),
  ]),
  /** Numbers of the principal claims for which it has recourse claims without a vote (E19). */
  recourseFor: Type.Array(Type.String()),
  filedFen: Fen,
  confirmedFen: Fen,
  temporaryFen: Fen,
  /** Of confirmed and temporary together, what is not paid from collateral: it counts under arts. 64 and 65. */
  unsecuredFen: Fen,
  /** 放弃优先受偿权, for one of its claims at least. */
  isPriorityWaived: Type.Boolean(),
  /** On the register of investors; `0` for who is none. */
  contributionFen: Fen,
});
export type CreditorRow = Static<typeof CreditorRow>;

export const CaseDocumentView = Type.Object({
  documentId: Id,
  title: Type.String(),
  sha256: Sha256Hex,
  sizeBytes: Type.Integer(),
  pages: Type.Union([Type.Integer(), Type.Null()]),
  uploadedAt: Instant,
});
export type CaseDocumentView = Static<typeof CaseDocumentView>;

export const MemberView = Type.Object({
  personId: Id,
  name: Type.String(),
  username: Type.String(),
  role: Role,
});
export type MemberView = Static<typeof MemberView>;

const caseParams = Type.Object({ caseId: Id }, closed);
const importParams = Type.Object({ caseId: Id, importId: Id }, closed);

/** 20 MB: a claims table of 60 000 rows takes about 8 MB. */
export const CLAIMS_FILE_MAX_BYTES = 20 * 1024 * 1024;
/** 50 MB for one PDF. */
export const DOCUMENT_MAX_BYTES = 50 * 1024 * 1024;

export const caseRoutes = {
  listCases: {
    method: 'GET',
    path: '/api/cases',
    summary: 'Cases on which the person works',
    query: Type.Object({ ...PageQuery }, closed),
    reply: pageOf(CaseView),
  },
  createCase: {
    method: 'POST',
    path: '/api/cases',
    summary: 'Create a case; the administrator becomes its lead',
    body: NewCase,
    reply: CaseView,
  },
  getCase: {
    method: 'GET',
    path: '/api/cases/:caseId',
    summary: 'One case',
    params: caseParams,
    reply: CaseView,
  },
  listMembers: {
    method: 'GET',
    path: '/api/cases/:caseId/members',
    summary: 'Staff on the case',
    params: caseParams,
    reply: Type.Object({ members: Type.Array(MemberView), candidates: Type.Array(MemberView) }),
  },
  addMember: {
    method: 'POST',
    path: '/api/cases/:caseId/members',
    summary: 'Put a staff member on the case',
    params: caseParams,
    body: Type.Object({ personId: Id, role: Role }, closed),
    reply: MemberView,
  },
  claimsTemplate: {
    method: 'GET',
    path: '/api/claims-template.xlsx',
    summary: 'Empty claims table to fill in',
  },
  uploadClaims: {
    method: 'POST',
    path: '/api/cases/:caseId/claims-imports',
    summary: 'Read a claims table; nothing is written until it is confirmed',
    params: caseParams,
    uploadMaxBytes: CLAIMS_FILE_MAX_BYTES,
    reply: ImportPreview,
  },
  getImport: {
    method: 'GET',
    path: '/api/cases/:caseId/claims-imports/:importId',
    summary: 'Findings and totals of an uploaded claims table',
    params: importParams,
    reply: ImportPreview,
  },
  confirmImport: {
    method: 'POST',
    path: '/api/cases/:caseId/claims-imports/:importId/confirm',
    summary: 'Write the whole claims table, after the control totals are confirmed',
    params: importParams,
    body: Type.Object({ totals: ControlTotals }, closed),
    reply: ImportPreview,
  },
  listCreditors: {
    method: 'GET',
    path: '/api/cases/:caseId/creditors',
    summary: 'Creditors of the case, personal data masked',
    params: caseParams,
    query: Type.Object(
      {
        ...PageQuery,
        search: Type.Optional(line(50)),
        nature: Type.Optional(line(40)),
        sort: Type.Optional(
          Type.Union([Type.Literal('number'), Type.Literal('amount'), Type.Literal('name')]),
        ),
      },
      closed,
    ),
    /** `onlyInvestors`: how many of `total` are on the register of investors and have no claim. */
    reply: Type.Object({ ...pageOf(CreditorRow).properties, onlyInvestors: Type.Integer() }),
  },
  listDocuments: {
    method: 'GET',
    path: '/api/cases/:caseId/documents',
    summary: 'Documents of the case',
    params: caseParams,
    reply: Type.Object({ rows: Type.Array(CaseDocumentView) }),
  },
  uploadDocument: {
    method: 'POST',
    path: '/api/cases/:caseId/documents',
    summary: 'Store a PDF; its title is the file name without the ending',
    params: caseParams,
    uploadMaxBytes: DOCUMENT_MAX_BYTES,
    reply: CaseDocumentView,
  },
  readDocument: {
    method: 'GET',
    path: '/api/documents/:documentId',
    summary: 'Bytes of a document',
    params: Type.Object({ documentId: Id }, closed),
  },
} as const satisfies Record<string, RestRoute>;
