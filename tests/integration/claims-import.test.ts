import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { manyClaimRows, type ClaimRowTexts } from '../../server/demo/fictitious-claims.ts';
import { CaseDeskCalls, codeOf, demonstrationRows, workbook } from '../support/case-desk-calls.ts';
import { change } from '../support/claims-sheet.ts';
import { manyClaimsWorkbook } from '../support/claims-workbook.ts';
import { turnsWhile } from '../support/turns.ts';

/** Work in one piece lets through a handful of turns of the event loop. */
const IN_SLICES_MIN_TURNS = 100;

let desk: CaseDeskCalls;
let server: CaseDeskCalls['server'];
let lead: CaseDeskCalls['lead'];

beforeAll(async () => {
  desk = await CaseDeskCalls.start();
  ({ server, lead } = desk);
});
afterAll(() => server.close());

async function creditorIds(caseId: string): Promise<Map<string, string>> {
  const reply = await lead.get(`/api/cases/${caseId}/creditors?pageSize=200`);
  const list = reply.json<{ rows: { name: string; creditorNo: string; creditorId: string }[] }>();
  return new Map(list.rows.map(({ creditorNo, creditorId }) => [creditorNo, creditorId]));
}

describe('the import of a claims table', () => {
  it('writes nothing before it is confirmed, and all of it then', async () => {
    const { caseId } = await desk.openCase();
    const preview = await desk.upload(caseId, workbook());
    expect(preview).toMatchObject({ state: 'ready', errorCount: 0, fileName: '债权表.xlsx' });
    expect(preview.difference).toEqual({
      added: demonstrationRows().length,
      changed: 0,
      removed: 0,
      unchanged: 0,
    });
    expect(await desk.getCase(caseId)).toMatchObject({ creditors: 0, claims: 0, claimsFileSha256: null });

    expect((await desk.confirm(caseId, preview)).json()).toMatchObject({ state: 'confirmed' });
    expect(await desk.getCase(caseId)).toMatchObject({
      creditors: preview.totals.creditors,
      claims: demonstrationRows().length,
      claimsFileSha256: preview.sha256,
    });
    const book = await server.conductData.claimsBook(caseId);
    const filed = await Array.fromAsync(server.claims.claims(preview.importId));
    expect(book.creditors.size).toBe(preview.totals.creditors);
    expect(filed.reduce((sum, claim) => sum + claim.filedFen, 0n).toString()).toBe(preview.totals.filedFen);
    expect(await server.storedFiles()).toContain(`${preview.sha256}.xlsx`);
    expect(await server.leftUploads()).toEqual([]);
  });

  it('shows what of a creditor’s amounts counts where secured claims do not, and who has waived priority', async () => {
    const { caseId } = await desk.openCase();
    await desk.importClaims(caseId);
    const { rows } = (await lead.get(`/api/cases/${caseId}/creditors?pageSize=200`)).json<{
      rows: { name: string; confirmedFen: string; unsecuredFen: string; isPriorityWaived: boolean }[];
    }>();
    const figuresOf = (start: string) => {
      const { confirmedFen, unsecuredFen, isPriorityWaived } = rows.find(({ name }) =>
        name.startsWith(start),
      )!;
      return { confirmedFen, unsecuredFen, isPriorityWaived };
    };
    expect(figuresOf('虚构农村商业银行')).toEqual({
      ...{ confirmedFen: '3200000000', unsecuredFen: '1050000000', isPriorityWaived: false },
    });
    const guarantor = figuresOf('示例融资担保');
    expect(guarantor).toMatchObject({ isPriorityWaived: true, unsecuredFen: guarantor.confirmedFen });
  });

  it('shows creditors masked, by page, search and nature', async () => {
    const { caseId } = await desk.openCase();
    await desk.importClaims(caseId);
    const list = (await lead.get(`/api/cases/${caseId}/creditors?pageSize=200`)).json<{
      rows: { name: string; kind: string; idNoMasked: string; mobileMasked: string; natures: string[] }[];
      total: number;
    }>();
    const people = list.rows.filter(({ kind }) => kind === 'NATURAL_PERSON');
    expect(people.length).toBeGreaterThan(0);
    for (const person of people) {
      expect(person.name).toMatch(/^.\*+$/);
      expect(person.idNoMasked).toMatch(/^\d{6}\*{8}[\dX]{4}$/);
      expect(person.mobileMasked).toMatch(/^\d{3}\*{4}\d{4}$/);
    }
    const taxed = (await lead.get(`/api/cases/${caseId}/creditors?nature=TAX&sort=amount`)).json<{
      rows: { natures: string[] }[];
    }>();
    expect(taxed.rows.every(({ natures }) => natures.includes('TAX'))).toBe(true);
    const some = list.rows.find(({ kind }) => kind === 'LEGAL_PERSON')?.name ?? '';
    const found = await lead.get(`/api/cases/${caseId}/creditors?search=${encodeURIComponent(some)}`);
    expect(found.json<{ rows: { name: string }[] }>().rows.map(({ name }) => name)).toContain(some);
    const odd = await lead.get(`/api/cases/${caseId}/creditors?search=${encodeURIComponent('.*(')}`);
    expect(odd.json<{ total: number }>().total).toBe(0);
    expect(codeOf(await lead.get(`/api/cases/${caseId}/creditors?nature=NONE`))).toBe('INVALID_REQUEST');
  });

  it('writes nothing when one row among a thousand is bad, and says where', async () => {
    const { caseId } = await desk.openCase();
    const many = manyClaimRows(1000);
    const bad = many.with(700, { ...many[700], idNo: '11010519491231002Y', idType: '居民身份证' });
    const preview = await desk.upload(caseId, workbook(bad));
    expect(preview.state).toBe('has-errors');
    expect(preview.errors).toMatchObject([{ sheet: '债权表', cell: expect.stringMatching(/702$/) }]);
    expect(codeOf(await desk.confirm(caseId, preview))).toBe('IMPORT_HAS_ERRORS');
    expect(await desk.getCase(caseId)).toMatchObject({ creditors: 0, claims: 0 });
    expect(await Array.fromAsync(server.claims.claims(preview.importId))).toEqual([]);
  });

  it('refuses control totals that are not those of the file', async () => {
    const { caseId } = await desk.openCase();
    const preview = await desk.upload(caseId, workbook());
    const other = { ...preview, totals: { ...preview.totals, confirmedFen: '1' } };
    const reply = await desk.confirm(caseId, other);
    expect([reply.statusCode, codeOf(reply)]).toEqual([409, 'CONTROL_TOTALS_DIFFER']);
    expect(await desk.getCase(caseId)).toMatchObject({ claims: 0 });
  });

  it('shows the difference of a second table and keeps the ids of creditors', async () => {
    const { caseId } = await desk.openCase();
    await desk.importClaims(caseId);
    const before = await creditorIds(caseId);
    const [first = {}, second = {}, ...rest] = demonstrationRows();
    const mended = change(first, { note: '已补充证据' }) as ClaimRowTexts;
    const preview = await desk.upload(caseId, workbook([...rest.toReversed(), mended]));
    expect(preview.difference).toEqual({ added: 0, changed: 1, removed: 1, unchanged: rest.length });
    expect((await desk.confirm(caseId, preview)).statusCode).toBe(200);
    const after = await creditorIds(caseId);
    for (const [number, id] of after) expect(id).toBe(before.get(number));

    // Whoever comes back is who it was.
    await desk.importClaims(caseId, workbook([mended, second, ...rest]));
    expect(await creditorIds(caseId)).toEqual(before);
  });

  it('refuses a confirmation when another table has come into force meanwhile', async () => {
    const { caseId } = await desk.openCase();
    const [first, ...rest] = demonstrationRows();
    const older = await desk.upload(caseId, workbook());
    await desk.importClaims(caseId, workbook(rest));
    expect(first).toBeDefined();
    expect(codeOf(await desk.confirm(caseId, older))).toBe('IMPORT_STALE');
    expect(await desk.getCase(caseId)).toMatchObject({ claims: rest.length });
  });

  it('may be confirmed twice, at once too, with one outcome', async () => {
    const { caseId } = await desk.openCase();
    const preview = await desk.upload(caseId, workbook());
    const replies = await Promise.all([desk.confirm(caseId, preview), desk.confirm(caseId, preview)]);
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(await Array.fromAsync(server.claims.claims(preview.importId))).toHaveLength(
      demonstrationRows().length,
    );
  });

  it('goes on after an interruption between the table and the people named in it', async () => {
    const { caseId } = await desk.openCase();
    const preview = await desk.upload(caseId, workbook());
    server.faults.afterSwitch = true;
    expect((await desk.confirm(caseId, preview)).statusCode).toBe(500);
    server.faults.afterSwitch = false;
    expect(await desk.getCase(caseId)).toMatchObject({ claims: demonstrationRows().length });
    await server.imports.finishInterrupted();
    const url = `/api/cases/${caseId}/claims-imports/${preview.importId}`;
    expect((await lead.get(url)).json()).toMatchObject({ state: 'confirmed' });
    expect((await server.capacities.findByCase(caseId)).length).toBeGreaterThan(0);
  });

  it('gives the people of the table their capacities, answered anew after a change', async () => {
    const { caseId } = await desk.openCase();
    await desk.importClaims(caseId);
    const [capacity] = await server.capacities.findByCase(caseId);
    const { personId = '', creditorId = '' } = capacity ?? {};
    const own = await server.conductData.capacities(personId, caseId);
    expect(own.map((each) => each.creditorId)).toContain(creditorId);
    await server.capacities.revoke([capacity?.capacityId ?? ''], new Date());
    const left = await server.conductData.capacities(personId, caseId);
    const inForce = left.filter(({ revokedAt }) => revokedAt === null);
    expect(inForce.map((each) => each.creditorId)).not.toContain(creditorId);
    expect(left).toHaveLength(own.length);
  });

  it.each([
    ['a PDF named .xlsx', '债权表.xlsx', Buffer.from('%PDF-1.7\n%%EOF'), 'FILE_TYPE_WRONG'],
    ['a damaged workbook', 'a.xlsx', workbook().subarray(0, 900), 'FILE_DAMAGED'],
  ])('refuses %s', async (_what, fileName, bytes, code) => {
    const { caseId } = await desk.openCase();
    const reply = await lead.upload(`/api/cases/${caseId}/claims-imports`, fileName, bytes);
    expect(codeOf(reply)).toBe(code);
    expect(await server.leftUploads()).toEqual([]);
  });

  it('finds no import of another case', async () => {
    const { caseId } = await desk.openCase();
    const preview = await desk.upload(caseId, workbook());
    const other = await desk.openCase();
    expect(codeOf(await lead.get(`/api/cases/${other.caseId}/claims-imports/${preview.importId}`))).toBe(
      'NOT_FOUND',
    );
    expect(codeOf(await desk.confirm(other.caseId, preview))).toBe('NOT_FOUND');
  });

  it('takes 10 000 rows while the server goes on serving', async () => {
    const { caseId } = await desk.openCase();
    const bytes = manyClaimsWorkbook(10_000);
    const upload = await turnsWhile(desk.upload(caseId, bytes));
    const confirmation = await turnsWhile(desk.confirm(caseId, upload.result));
    expect(confirmation.result.statusCode).toBe(200);
    expect(await desk.getCase(caseId)).toMatchObject({ claims: 10_000 });
    expect(upload.turns).toBeGreaterThan(IN_SLICES_MIN_TURNS);
    expect(confirmation.turns).toBeGreaterThan(IN_SLICES_MIN_TURNS);
  });
});
