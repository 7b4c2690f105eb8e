/** From a file to the roll: domain.md 2.4 E5, E18, E19, E21; 企业破产法 arts. 50, 51(2), 59(1), 82. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { manyClaimRows, type ClaimRowTexts } from '../../server/demo/fictitious-claims.ts';
import { buildRoll } from '../../server/domain/roll.ts';
import { defaultCaseSettings } from '../../server/domain/rules/case-settings.ts';
import { EBL_2006_V1 } from '../../server/domain/rules/ebl-2006-v1.ts';
import type { CaseSettings } from '../../server/protocol/case-settings.ts';
import type { CreditorRow, ImportPreview } from '../../server/protocol/rest/case-routes.ts';
import type { ResolutionState } from '../../server/domain/meeting/state.ts';
import { requestOfCreditor, rollRequestOf } from '../../server/services/conduct/vote/roll-request.ts';
import { CaseDeskCalls, workbook } from '../support/case-desk-calls.ts';
import { columnOf } from '../support/claims-sheet.ts';

let desk: CaseDeskCalls;
beforeAll(async () => {
  desk = await CaseDeskCalls.start();
});
afterAll(() => desk.server.close());

/** Confirmed ordinary claims of 1 000, 2 000, … yuan, numbered A, B, …; each of another enterprise. */
function rowsOf(...changes: readonly ClaimRowTexts[]): ClaimRowTexts[] {
  const plain = manyClaimRows(changes.length * 3).filter(({ kind }) => kind === '法人');
  return changes.map((change, index) => ({
    ...plain[index],
    claimNo: `PT-${index + 1}`,
    creditorNo: 'ABCDE'[index] ?? '',
    filed: `${index + 1}000`,
    confirmed: `${index + 1}000`,
    ...change,
  }));
}

async function importRows(rows: readonly ClaimRowTexts[]) {
  const { caseId } = await desk.openCase();
  await desk.importClaims(caseId, workbook(rows));
  const reply = await desk.lead.get(`/api/cases/${caseId}/creditors?pageSize=200`);
  const { rows: creditors } = reply.json<{ rows: CreditorRow[] }>();
  return { caseId, creditors, idOf: (no: string) => idOf(creditors, no) };
}

function idOf(creditors: readonly CreditorRow[], creditorNo: string): string {
  const found = creditors.find((creditor) => creditor.creditorNo === creditorNo);
  if (found === undefined) throw new Error(`no creditor ${creditorNo}`);
  return found.creditorId;
}

/** The roll of the next vote, in yuan by creditor number; those without a vote by their reason. */
async function rollOf(
  { caseId, creditors }: Awaited<ReturnType<typeof importRows>>,
  type: ResolutionState['published']['type'],
  decided: Partial<CaseSettings> = {},
) {
  const book = await desk.server.conductData.claimsBook(caseId);
  const settings = { ...defaultCaseSettings(EBL_2006_V1), ...decided };
  const published = { type } as ResolutionState['published'];
  const request = rollRequestOf({ book, settings }, { published }, { passedGroups: [] });
  const roll = buildRoll(request);
  // What each reads of the own rights is what the roll has.
  for (const { creditorId } of creditors) {
    const isOwn = (row: { readonly creditorId: string }) => row.creditorId === creditorId;
    const own = buildRoll(requestOfCreditor(request, book, creditorId));
    expect(own.units.filter(isOwn)).toEqual(roll.units.filter(isOwn));
    expect(own.excluded.filter(isOwn)).toEqual(roll.excluded.filter(isOwn));
  }
  const numberOf = (id: string) => creditors.find(({ creditorId }) => creditorId === id)?.creditorNo;
  return {
    units: roll.units
      .map(({ creditorId, group, amountFen }) => [numberOf(creditorId), group, Number(amountFen / 100n)])
      .sort(byText),
    excluded: roll.excluded.map(({ creditorId, reason }) => [numberOf(creditorId), reason]).sort(byText),
  };
}

const byText = (a: readonly unknown[], b: readonly unknown[]) => (String(a) < String(b) ? -1 : 1);

async function previewOf(rows: readonly ClaimRowTexts[]): Promise<ImportPreview> {
  const { caseId } = await desk.openCase();
  return desk.upload(caseId, workbook(rows));
}

const found = ({ errors, warnings }: ImportPreview) =>
  [...errors, ...warnings].map(({ code, cell }) => `${code}@${cell}`);

const withHead = (headNo: string, headReason: string): ClaimRowTexts => ({
  headNo,
  headReason,
  headBasis: '（2026）虚01破1号裁定',
});

describe('E5: one creditor in several groups, and branches', () => {
  it('is one head outside a plan, and one head in each group of a plan', async () => {
    const bank = { name: '云溪（虚构）银行股份有限公司' };
    const [first = {}, other = {}] = rowsOf(bank, {});
    const secured = {
      ...first,
      ...{ claimNo: 'DB-1', nature: '有财产担保债权', collateral: '厂房', securedPriority: '700' },
    };
    const imported = await importRows([first, other, secured]);
    expect((await rollOf(imported, 'R03')).units).toEqual([
      ['A', 'ALL', 2000],
      ['B', 'ALL', 2000],
    ]);
    expect((await rollOf(imported, 'R06')).units).toEqual([
      ['A', 'ORDINARY', 1300],
      ['A', 'SECURED', 700],
      ['B', 'ORDINARY', 2000],
    ]);
  });

  it('counts branches as they filed and points them out; the table may count them as one', async () => {
    const branches = rowsOf(
      {},
      { name: '云溪（虚构）银行股份有限公司青石支行' },
      { name: '云溪（虚构）银行股份有限公司' },
    );
    expect(found(await previewOf(branches))).toEqual([`BRANCH_FILED_ALONE@${columnOf('name')}4`]);
    expect((await rollOf(await importRows(branches), 'R03')).units).toHaveLength(3);

    const joined = branches.with(1, { ...branches[1], ...withHead('C', '同一法人的分支机构') });
    expect(found(await previewOf(joined))).toEqual([]);
    expect((await rollOf(await importRows(joined), 'R03')).units).toEqual([
      ['A', 'ALL', 1000],
      ['C', 'ALL', 5000],
    ]);
  });
});

describe('E18: joint creditors', () => {
  it('are one head with one representative, and the desk shows with whom and why', async () => {
    const imported = await importRows(rowsOf({}, withHead('A', '连带债权人'), {}));
    expect(await rollOf(imported, 'R03')).toEqual({
      units: [
        ['A', 'ALL', 3000],
        ['C', 'ALL', 3000],
      ],
      excluded: [['B', 'JOINED_TO_OTHER_HEAD']],
    });
    const shown = imported.creditors.find(({ creditorNo }) => creditorNo === 'B');
    expect(shown?.head).toEqual({
      creditorNo: 'A',
      reason: 'JOINT_CREDITORS',
      basis: '（2026）虚01破1号裁定',
    });
  });

  it('E13: lose those whom the court excludes, and have another head where that is the head', async () => {
    const rows = rowsOf({}, withHead('A', '连带债权人'), withHead('A', '连带债权人'));
    const imported = await importRows(rows);
    const without = (creditorNo: string) => ({
      exclusions: [
        {
          creditorId: imported.idOf(creditorNo),
          reason: 'EXCLUDED_BY_COURT' as const,
          reference: '（2026）虚01破1号之三',
        },
      ],
    });
    const all = await rollOf(imported, 'R03');
    expect(all.units).toEqual([['A', 'ALL', 6000]]);
    expect(await rollOf(imported, 'R03', without('B'))).toEqual({
      units: [['A', 'ALL', 4000]],
      excluded: [
        ['B', 'EXCLUDED_BY_COURT'],
        ['C', 'JOINED_TO_OTHER_HEAD'],
      ],
    });
    // What is not a vote they take part in as before (arts. 58, 62(2)).
    for (const type of ['R01', 'R13'] as const) {
      expect((await rollOf(imported, type, without('A'))).units).toEqual([['A', 'ALL', 6000]]);
    }
    const headless = await rollOf(imported, 'R03', without('A'));
    expect(headless.units).toMatchObject([[expect.stringMatching(/^[BC]$/), 'ALL', 5000]]);
    expect(headless.excluded.map(([, reason]) => reason)).toEqual([
      'EXCLUDED_BY_COURT',
      'JOINED_TO_OTHER_HEAD',
    ]);
  });

  it('follow what was decided for the case before what the table says', async () => {
    const imported = await importRows(rowsOf({}, withHead('A', '连带债权人'), {}));
    const decision = { reason: 'JOINT_CREDITORS', reference: '（2026）虚01破1号之二' } as const;
    const [a, b, c] = ['A', 'B', 'C'].map(imported.idOf) as [string, string, string];
    // The decision makes B a head of its own, with C.
    const other = [{ ...decision, representativeId: b, creditorIds: [c] }];
    expect((await rollOf(imported, 'R03', { joinedHeads: other })).units).toEqual([
      ['A', 'ALL', 1000],
      ['B', 'ALL', 5000],
    ]);
    // It counts A, with whom the table counts B, with C.
    const further = [{ ...decision, representativeId: c, creditorIds: [a] }];
    expect((await rollOf(imported, 'R03', { joinedHeads: further })).units).toEqual([['C', 'ALL', 6000]]);
  });

  it.each([
    ['nobody of the table', [{}, withHead('Z', '连带债权人')], ['HEAD_UNKNOWN@headNo3']],
    ['themselves', [{}, withHead('B', '连带债权人')], ['HEAD_IS_SELF@headNo3']],
    [
      'somebody who is counted with another',
      [{}, withHead('A', '连带债权人'), withHead('B', '连带债权人')],
      ['HEAD_IS_JOINED@headNo4'],
    ],
    ['a number only', [{}, { headNo: 'A' }], ['HEAD_INCOMPLETE@headReason3', 'HEAD_INCOMPLETE@headBasis3']],
    ['a reason of no list', [{}, withHead('A', '亲属')], ['NOT_IN_LIST@headReason3']],
  ] as const)('cannot be counted with %s', async (_, changes, expected) => {
    const places = expected.map((each) =>
      each.replace(/@(\D+)/, (_all, key: 'headNo') => `@${columnOf(key)}`),
    );
    expect(found(await previewOf(rowsOf(...changes)))).toEqual(places);
  });

  it('say the same in every row of one creditor', async () => {
    const [first = {}, second = {}, third = {}] = rowsOf({}, withHead('A', '连带债权人'), {});
    const again = { ...second, ...withHead('C', '连带债权人'), claimNo: 'PT-9' };
    const differs = await previewOf([first, second, third, again]);
    expect(found(differs)).toEqual([`CREDITOR_HEAD_DIFFERS@${columnOf('headNo')}5`]);
  });
});

describe('E19: a recourse claim', () => {
  it('has no vote when the principal creditor has filed all; other claims of the guarantor have', async () => {
    const [bank = {}, guarantor = {}] = rowsOf({}, {});
    const recourse = { ...guarantor, claimNo: 'PT-8', filed: '900', confirmed: '900', recourseFor: 'PT-1' };
    const imported = await importRows([bank, guarantor, recourse]);
    expect((await rollOf(imported, 'R03')).units).toEqual([
      ['A', 'ALL', 1000],
      ['B', 'ALL', 2000],
    ]);
    expect((await rollOf(imported, 'R13')).units).toEqual([
      ['A', 'ALL', 1000],
      ['B', 'ALL', 2000],
    ]);
    expect(imported.creditors.map(({ recourseFor }) => recourseFor)).toEqual([[], ['PT-1']]);

    const alone = await importRows([bank, recourse]);
    for (const type of ['R03', 'R05', 'R06'] as const) {
      expect((await rollOf(alone, type)).excluded).toEqual([['B', 'RECOURSE_FILED_IN_FULL']]);
    }
    // Verification is no vote: whoever has filed may object (art. 58).
    expect((await rollOf(alone, 'R01')).units).toHaveLength(2);
  });

  it.each([
    ['no claim of the table', [{}, { recourseFor: 'PT-77' }], ['RECOURSE_CLAIM_UNKNOWN']],
    ['a claim of its own', [{}, { recourseFor: 'PT-2' }], ['RECOURSE_OWN_CLAIM']],
    ['a smaller claim, which is pointed out', [{}, { recourseFor: 'PT-1' }], ['RECOURSE_NOT_IN_FULL']],
  ] as const)('cannot stand behind %s', async (_, changes, expected) => {
    const places = expected.map((code) => `${code}@${columnOf('recourseFor')}3`);
    expect(found(await previewOf(rowsOf(...changes)))).toEqual(places);
  });
});

describe('E21: a claim split among assignees', () => {
  it('stays one head, whatever the number of assignees', async () => {
    const split = withHead('B', '一笔债权拆分转让');
    const imported = await importRows(rowsOf({}, {}, split, split));
    expect(await rollOf(imported, 'R05')).toEqual({
      units: [
        ['A', 'ALL', 1000],
        ['B', 'ALL', 9000],
      ],
      excluded: [
        ['C', 'JOINED_TO_OTHER_HEAD'],
        ['D', 'JOINED_TO_OTHER_HEAD'],
      ],
    });
  });
});
