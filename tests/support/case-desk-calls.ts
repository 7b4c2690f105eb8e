/** What tests of the case desk ask of it over and over, as the lead of a case. */
import type { LightMyRequestResponse } from 'fastify';
import PDFDocument from 'pdfkit';
import { demonstrationClaimRows, type ClaimRowTexts } from '../../server/demo/fictitious-claims.ts';
import type { CaseView, ImportPreview } from '../../server/protocol/rest/case-routes.ts';
import { startCaseDeskServer, type Caller, type CaseDeskServer } from './case-desk-server.ts';
import { toSheet } from './claims-sheet.ts';
import { toWorkbook } from './claims-workbook.ts';

export const demonstrationRows = () => demonstrationClaimRows();
export const workbook = (own: readonly ClaimRowTexts[] = demonstrationRows()) => toWorkbook(toSheet(own));
/** Code of a refusal; undefined for what was granted. */
export const codeOf = (reply: { json(): unknown }) => (reply.json() as { code?: string }).code;

/** What cannot go on without success fails here, with the refusal. */
function granted(reply: LightMyRequestResponse): LightMyRequestResponse {
  if (reply.statusCode !== 200) throw new Error(`refused: ${reply.statusCode} ${reply.body}`);
  return reply;
}

export interface Prepared {
  readonly meeting: {
    readonly meetingId: string;
    readonly status: string;
    readonly agenda: readonly {
      readonly itemId: string;
      readonly title: string;
      readonly kind: string;
      readonly resolutionId: string | null;
    }[];
    readonly resolutions: readonly {
      readonly resolutionId: string;
      readonly type: string;
      readonly title: string;
      readonly text: string;
    }[];
  };
  readonly checklist: readonly { readonly code: string; readonly state: string }[];
}

/** A server with one lead; every case that is opened has a number of its own. */
export class CaseDeskCalls {
  readonly server: CaseDeskServer;
  readonly lead: Caller;
  #cases = 0;

  constructor(server: CaseDeskServer, lead: Caller) {
    this.server = server;
    this.lead = lead;
  }

  static async start(): Promise<CaseDeskCalls> {
    const server = await startCaseDeskServer();
    return new CaseDeskCalls(server, await server.staff(['administrator-lead']));
  }

  newCase(over: object = {}) {
    this.#cases += 1;
    return {
      caseNumber: `(2026)浙01破${this.#cases}号`,
      debtor: '临川机电有限公司',
      court: '浙江省杭州市中级人民法院',
      province: '33',
      procedure: 'reorganisation',
      acceptedOn: '2026-09-01',
      helpPhone: '0571-88880000',
      ...over,
    };
  }

  async openCase(over: object = {}): Promise<CaseView> {
    const reply = await this.lead.post('/api/cases', this.newCase(over));
    return granted(reply).json<CaseView>();
  }

  async getCase(caseId: string): Promise<CaseView> {
    return (await this.lead.get(`/api/cases/${caseId}`)).json<CaseView>();
  }

  async upload(caseId: string, bytes: Buffer, fileName = '债权表.xlsx'): Promise<ImportPreview> {
    const reply = await this.lead.upload(`/api/cases/${caseId}/claims-imports`, fileName, bytes);
    return granted(reply).json<ImportPreview>();
  }

  confirm(caseId: string, { importId, totals }: ImportPreview) {
    return this.lead.post(`/api/cases/${caseId}/claims-imports/${importId}/confirm`, { totals });
  }

  async importClaims(caseId: string, bytes: Buffer = workbook()): Promise<ImportPreview> {
    const reply = await this.confirm(caseId, await this.upload(caseId, bytes));
    return granted(reply).json<ImportPreview>();
  }

  inDays(days: number): string {
    return new Date(this.server.clock.now() + days * 86_400_000).toISOString();
  }

  async createMeeting(caseId: string, startsAt = this.inDays(20)): Promise<Prepared> {
    const body = { title: '第一次债权人会议', startsAt };
    const reply = await this.lead.post(`/api/cases/${caseId}/meetings`, body);
    return granted(reply).json<Prepared>();
  }

  /** The draft as the editor sends it back, with the texts of its resolutions written. */
  edited({ meeting }: Prepared, written: { text?: string; documentIds?: readonly string[] } = {}) {
    const { text = '管理人拟定如下方案。', documentIds = [] } = written;
    return {
      title: '第一次债权人会议',
      startsAt: this.inDays(20),
      agenda: meeting.agenda.map(({ itemId, title, kind, resolutionId }) => {
        const own = meeting.resolutions.find((each) => each.resolutionId === resolutionId);
        const resolution =
          own === undefined ? null : { resolutionId, type: own.type, title: own.title, text, documentIds };
        return { itemId, title, kind, documentIds: [], resolution };
      }),
    };
  }

  async publishMeeting(caseId: string, documentIds: readonly string[] = []): Promise<Prepared> {
    const draft = await this.createMeeting(caseId);
    const url = `/api/meetings/${draft.meeting.meetingId}`;
    granted(await this.lead.put(url, this.edited(draft, { documentIds })));
    const reply = await this.lead.post(`${url}/publish`);
    return granted(reply).json<Prepared>();
  }
}

/** A PDF of so many pages. */
export function pdfOf(pages: number): Promise<Buffer> {
  const document = new PDFDocument({ autoFirstPage: false });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (let page = 1; page <= pages; page += 1) document.addPage().text(`page ${page}`);
  document.end();
  return new Promise((resolve) => document.on('end', () => resolve(Buffer.concat(chunks))));
}
