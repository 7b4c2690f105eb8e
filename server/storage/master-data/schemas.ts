/** Collections of the master data. Validation of what comes from outside happens at the edges. */
import { Schema, type Connection, type Model } from 'mongoose';
import type { CaseMember, Procedure, ResolutionDraft, AgendaItem } from '../../domain/master-data.ts';
import type { CaseSettings } from '../../protocol/case-settings.ts';
import type { CaseDates } from '../../protocol/rest/deadline-routes.ts';
import type { ImportPreview } from '../../protocol/rest/case-routes.ts';
import type { StoredInt64 } from './fen-codec.ts';

export interface StoredTotals {
  overall: StoredSums;
  byNature: Record<string, StoredSums>;
  /** Absent from tables of earlier programs. */
  investors?: { persons: number; contributionFen: StoredInt64 };
}

export interface StoredSums {
  rows: number;
  creditors: number;
  filedFen: StoredInt64;
  confirmedFen: StoredInt64;
  temporaryFen: StoredInt64;
  voteFen: StoredInt64;
  unsecuredFen: StoredInt64;
}

export interface CaseRow {
  _id: string;
  caseNumber: string;
  debtor: string;
  court: string;
  province: string;
  procedure: Procedure;
  acceptedOn: string;
  helpPhone: string;
  isDemonstration: boolean;
  createdAt: Date;
  claimsFileSha256: string | null;
  claimsVersion: string | null;
  claimsTotals: StoredTotals | null;
  /** Null until somebody decided something: then the rule set's defaults hold. */
  settings: CaseSettings | null;
  dates?: CaseDates | null;
  settingsRevision: number;
  members: Pick<CaseMember, 'personId' | 'role'>[];
}

export interface ImportRow {
  _id: string;
  caseId: string;
  baseVersion: string | null;
  /** `investors` is absent from rows of earlier programs. */
  preview: Omit<ImportPreview, 'investors'> & Partial<Pick<ImportPreview, 'investors'>>;
  uploadedBy: string;
  uploadedAt: Date;
}

export interface CreditorRowStored {
  _id: string;
  caseId: string;
  version: string;
  creditorId: string;
  creditorNo: string | null;
  filedFen: StoredInt64;
  confirmedFen: StoredInt64;
  temporaryFen: StoredInt64;
  /** Absent from rows of earlier programs. */
  contributionFen?: StoredInt64 | null;
  /** Absent from rows of earlier programs. */
  recourseFor?: string[];
  [field: string]: unknown;
}

export interface ClaimRowStored {
  _id: string;
  caseId: string;
  version: string;
  creditorId: string;
  claimNo: string;
  fingerprint: string;
  [field: string]: unknown;
}

export interface DocumentRow {
  _id: string;
  caseId: string;
  title: string;
  sha256: string;
  sizeBytes: number;
  pages: number | null;
  uploadedAt: Date;
}

export interface MeetingRow {
  _id: string;
  caseId: string;
  origin: string;
  linkCode: string;
  title: string;
  startsAt: Date;
  agenda: AgendaItem[];
  resolutions: ResolutionDraft[];
  hostPersonId: string;
  status: 'draft' | 'published';
  publishedAt: Date | null;
  createdAt: Date;
  revision: number;
  publishingSince: Date | null;
}

const durable = { w: 'majority', j: true } as const;
const options = (collection: string) =>
  ({ collection, versionKey: false, autoIndex: false, minimize: false, writeConcern: durable }) as const;
const required = <T>(type: T) => ({ type, required: true }) as const;
const orNull = <T>(type: T) => ({ type, default: null }) as const;

const caseSchema = new Schema(
  {
    _id: required(String),
    caseNumber: { type: String, required: true, unique: true },
    debtor: required(String),
    court: required(String),
    province: { type: String, required: true, index: true },
    procedure: required(String),
    acceptedOn: required(String),
    helpPhone: required(String),
    isDemonstration: required(Boolean),
    createdAt: required(Date),
    claimsFileSha256: orNull(String),
    claimsVersion: orNull(String),
    claimsTotals: orNull(Schema.Types.Mixed),
    settings: orNull(Schema.Types.Mixed),
    dates: orNull(Schema.Types.Mixed),
    settingsRevision: { type: Number, default: 0 },
    members: { type: [{ _id: false, personId: required(String), role: required(String) }], required: true },
  },
  options('cases'),
).index({ 'members.personId': 1 });

const importSchema = new Schema(
  {
    _id: required(String),
    caseId: { type: String, required: true, index: true },
    baseVersion: orNull(String),
    preview: required(Schema.Types.Mixed),
    uploadedBy: required(String),
    uploadedAt: required(Date),
  },
  options('claims_imports'),
);

/** Rows of a claims table never change: another table is another version. */
const creditorSchema = new Schema(
  {
    _id: required(String),
    caseId: required(String),
    version: required(String),
    creditorId: required(String),
    creditorNo: orNull(String),
    name: required(String),
    kind: required(String),
    idType: required(String),
    idNo: required(String),
    legalRep: orNull(String),
    contact: required(String),
    mobile: required(String),
    email: orNull(String),
    address: orNull(String),
    isAffiliate: required(Boolean),
    proxy: orNull(Schema.Types.Mixed),
    head: orNull(Schema.Types.Mixed),
    recourseFor: [String],
    rowNumber: required(Number),
    natures: required([String]),
    claims: required(Number),
    filedFen: required(BigInt),
    confirmedFen: required(BigInt),
    temporaryFen: required(BigInt),
    contributionFen: orNull(BigInt),
  },
  options('creditors'),
)
  .index({ version: 1, creditorId: 1 }, { unique: true })
  .index({ caseId: 1 });

const claimSchema = new Schema(
  {
    _id: required(String),
    caseId: required(String),
    version: required(String),
    creditorId: required(String),
    claimNo: required(String),
    fingerprint: required(String),
    nature: required(String),
    subtype: orNull(String),
    group: orNull(String),
    collateral: orNull(String),
    principalFen: orNull(BigInt),
    interestFen: orNull(BigInt),
    otherFiledFen: orNull(BigInt),
    filedFen: required(BigInt),
    status: required(String),
    confirmedFen: orNull(BigInt),
    temporaryFen: orNull(BigInt),
    securedPriorityFen: orNull(BigInt),
    rejectedFen: orNull(BigInt),
    deferredFen: orNull(BigInt),
    isPriorityWaived: required(Boolean),
    courtDecisionNo: orNull(String),
    originalCurrency: orNull(Schema.Types.Mixed),
    recourseFor: orNull(String),
    note: orNull(String),
    rowNumber: required(Number),
  },
  options('claims'),
)
  .index({ version: 1, claimNo: 1 }, { unique: true })
  .index({ version: 1, creditorId: 1 })
  .index({ caseId: 1 });

const documentSchema = new Schema(
  {
    _id: required(String),
    caseId: { type: String, required: true, index: true },
    title: required(String),
    sha256: required(String),
    sizeBytes: required(Number),
    pages: orNull(Number),
    uploadedAt: required(Date),
  },
  options('documents'),
);

const agendaItem = {
  _id: false,
  itemId: required(String),
  title: required(String),
  kind: required(String),
  documentIds: [String],
  resolutionId: orNull(String),
  isAdHoc: Boolean,
};
const resolutionDraft = {
  _id: false,
  resolutionId: required(String),
  // `type` alone would be read as the schema's own word.
  type: { type: String, required: true },
  title: required(String),
  text: { type: String, default: '' },
  documentIds: [String],
  particulars: Schema.Types.Mixed,
};

const meetingSchema = new Schema(
  {
    _id: required(String),
    caseId: { type: String, required: true, index: true },
    origin: { type: String, required: true, unique: true },
    linkCode: { type: String, required: true, unique: true },
    title: required(String),
    startsAt: required(Date),
    agenda: [agendaItem],
    resolutions: [resolutionDraft],
    hostPersonId: required(String),
    status: { type: String, required: true, index: true },
    publishedAt: orNull(Date),
    createdAt: required(Date),
    revision: required(Number),
    publishingSince: orNull(Date),
    continues: orNull(String),
  },
  options('meetings'),
);
// A meeting goes on in one place only.
meetingSchema.index(
  { continues: 1 },
  { unique: true, partialFilterExpression: { continues: { $type: 'string' } } },
);

export interface MasterDataModels {
  readonly cases: Model<CaseRow>;
  readonly imports: Model<ImportRow>;
  readonly creditors: Model<CreditorRowStored>;
  readonly claims: Model<ClaimRowStored>;
  readonly documents: Model<DocumentRow>;
  readonly meetings: Model<MeetingRow>;
}

/** Binds the collections to a connection and makes their indexes. Repeatable. */
export async function openMasterData(connection: Connection): Promise<MasterDataModels> {
  const bind = <T>(name: string, schema: unknown) =>
    (connection.models[name] ?? connection.model(name, schema as Schema)) as unknown as Model<T>;
  const models: MasterDataModels = {
    cases: bind('Case', caseSchema),
    imports: bind('ClaimsImport', importSchema),
    creditors: bind('Creditor', creditorSchema),
    claims: bind('Claim', claimSchema),
    documents: bind('Document', documentSchema),
    meetings: bind('Meeting', meetingSchema),
  };
  for (const model of Object.values(models) as Model<unknown>[]) await model.createIndexes();
  return models;
}

/** E11000: a unique key is taken. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === 11000;
}
