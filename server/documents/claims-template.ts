/**
 * The empty claims table that administrators fill in, and claims tables written by the system. Every cell is
 * text: identity numbers keep all their digits and amounts stay what they were.
 */
import writeXlsxFile from 'write-excel-file/node';
import type { Cell, SheetData } from 'write-excel-file/node';
import {
  groupWords,
  headReasonWords,
  idTypeWords,
  kindWords,
  listWords,
  natureWords,
  scopeWords,
  statusWords,
} from '../domain/claims/vocabulary.ts';
import {
  CLAIMS_SHEET_NAME,
  INVESTORS_SHEET_NAME,
  claimColumns,
  investorColumns,
} from '../protocol/claims-import/columns.ts';
import type { ClaimColumn, InvestorColumn } from '../protocol/claims-import/columns.ts';

/** Rows of the template that are formatted as text; below them Excel guesses again. */
const TEMPLATE_ROWS = 500;
const INSTRUCTION_SHEET_NAME = '填写说明';

const COLUMN_KEYS = Object.keys(claimColumns) as ClaimColumn[];

type Need = '必填' | '视情形必填' | '选填' | '自动计算';

interface ColumnGuide {
  readonly need: Need;
  readonly rule: string;
}

const guide = (need: Need, rule: string): ColumnGuide => ({ need, rule });
const AMOUNT_RULE = '以元为单位，最多两位小数，如 1234567.80；不写“万元”“亿元”。';

const guides: Readonly<Record<ClaimColumn, ColumnGuide>> = {
  claimNo: guide(
    '必填',
    '每行一笔债权，编号在本案内不重复；大写字母、数字、连字符，最多 32 位，如 PT-0001。',
  ),
  creditorNo: guide('选填', '同一债权人各行填同一编号；留空时按证件归并。'),
  name: guide('必填', '2–100 字，与证件一致。'),
  kind: guide('必填', listWords(kindWords)),
  idType: guide('必填', listWords(idTypeWords)),
  idNo: guide('必填', '文本格式。统一社会信用代码和居民身份证均校验末位。'),
  legalRep: guide('视情形必填', '债权人类型为“法人”时必填。'),
  contact: guide('必填', '2–50 字。'),
  mobile: guide('必填', '用于登录和接收通知：11 位大陆号码，或带区号如 +85291234567。'),
  email: guide('选填', ''),
  address: guide('选填', '不超过 200 字。'),
  nature: guide(
    '必填',
    `${listWords(natureWords)}；可注明小类，如“有财产担保债权（建设工程优先）”“普通债权（购房消费者）”。`,
  ),
  group: guide('选填', `表决重整计划时使用：${listWords(groupWords)}`),
  collateral: guide('视情形必填', '有财产担保债权必填。'),
  securedPriority: guide(
    '视情形必填',
    `${AMOUNT_RULE}有财产担保债权填写；未评估可留空，届时全额视为有担保。`,
  ),
  waived: guide('视情形必填', '是、否；留空为否。'),
  principal: guide('选填', `${AMOUNT_RULE}本金、利息、其他之和须等于申报金额。`),
  interest: guide('选填', AMOUNT_RULE),
  otherFiled: guide('选填', AMOUNT_RULE),
  filed: guide('必填', AMOUNT_RULE),
  status: guide('必填', listWords(statusWords)),
  confirmed: guide('视情形必填', `${AMOUNT_RULE}审查状态为“确认”“部分确认”时必填。`),
  rejected: guide('选填', AMOUNT_RULE),
  deferred: guide('选填', AMOUNT_RULE),
  temporary: guide(
    '选填',
    `${AMOUNT_RULE}人民法院为行使表决权临时确定的债权额（企业破产法第五十九条第二款）。`,
  ),
  courtDecisionNo: guide('视情形必填', '有临时确定债权额时必填，如 (2026)浙01破12号之三。'),
  vote: guide('自动计算', '可留空；如填写，须等于确认金额加临时确定债权额。'),
  currency: guide('选填', '外币债权填写，如 USD；币种、原币金额、汇率、折算日四项同时填写。'),
  originalAmount: guide('选填', '原币金额。'),
  exchangeRate: guide('选填', '受理日人民币汇率中间价。'),
  conversionDate: guide('选填', '如 2026-11-22。'),
  proxyName: guide('选填', '有代理人时姓名、证件号、手机、代理权限四项同时填写。'),
  proxyIdNo: guide('选填', '文本格式。'),
  proxyMobile: guide('选填', '用于代理人登录。'),
  proxyScope: guide('选填', listWords(scopeWords)),
  affiliate: guide('选填', '是、否。'),
  headNo: guide(
    '选填',
    '与其他债权人合并计为一家表决的，填写代表行使表决权的债权人编号；合并计票三列同时填写，代表人本身不填。',
  ),
  headReason: guide('选填', `${listWords(headReasonWords)}。`),
  headBasis: guide('选填', '4–200 字，如裁定书文号、债权转让通知或者原债权编号。'),
  recourseFor: guide(
    '选填',
    '保证人或者其他连带债务人以将来求偿权申报，而主债权人已申报全部债权的，填写主债权在本表的债权编号；该笔不享有表决权（企业破产法第五十一条第二款）。',
  ),
  note: guide('选填', '不超过 500 字。'),
};

const investorGuides: Readonly<Record<InvestorColumn, ColumnGuide>> = {
  investorNo: guide('必填', '每行一笔出资，编号不得与债权编号重复；大写字母、数字、连字符，如 CZ-0001。'),
  investorName: guides.name,
  investorKind: guides.kind,
  idType: guides.idType,
  idNo: guide('必填', '文本格式。与债权表中证件相同的，视为同一人。'),
  legalRep: guide('视情形必填', '出资人类型为“法人”时必填。'),
  contact: guides.contact,
  mobile: guides.mobile,
  email: guides.email,
  address: guides.address,
  contribution: guide(
    '必填',
    `${AMOUNT_RULE}出资人组按出资额计票；股份公司填所持股份的面值总额，章程对表决权另有规定的按章程折算。`,
  ),
  note: guide('选填', '不超过 500 字，如股权登记日。'),
};

/** A sheet of the workbook: its columns with what is to be written in them. */
interface SheetColumns<K extends string> {
  readonly name: string;
  readonly keys: readonly K[];
  readonly columns: Readonly<Record<K, { readonly zh: string }>>;
  readonly guides: Readonly<Record<K, ColumnGuide>>;
}

const claimsSheet: SheetColumns<ClaimColumn> = {
  name: CLAIMS_SHEET_NAME,
  keys: COLUMN_KEYS,
  columns: claimColumns,
  guides,
};

const investorsSheet: SheetColumns<InvestorColumn> = {
  name: INVESTORS_SHEET_NAME,
  keys: Object.keys(investorColumns) as InvestorColumn[],
  columns: investorColumns,
  guides: investorGuides,
};

const HEADER_COLOR = '#E8EEF5';
const REQUIRED_COLOR = '#FCE9D9';

function headerCells<K extends string>({ keys, columns, guides: own }: SheetColumns<K>): Cell[] {
  return keys.map((key) => ({
    value: columns[key].zh,
    type: String,
    fontWeight: 'bold',
    wrap: true,
    backgroundColor: own[key].need === '必填' ? REQUIRED_COLOR : HEADER_COLOR,
  }));
}

/** A cell formatted as text, so that what is typed or written there stays as it is. */
const textCell = (value: string): Cell => ({ value, type: String, format: '@' });

const WIDE_COLUMNS = new Set<string>(['idNo', 'name', 'investorName']);

function widthsOf<K extends string>({ keys, columns }: SheetColumns<K>) {
  return keys.map((key) => ({
    width: Math.max(12, columns[key].zh.length * 2.2, WIDE_COLUMNS.has(key) ? 26 : 0),
  }));
}

/** Characters with which a spreadsheet would take a text for a formula. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** Guards a text that goes into an exported xlsx or csv against being run as a formula (`'` in front). */
export function guardCell(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

function instructionRows<K extends string>({ name, keys, columns, guides: own }: SheetColumns<K>): Cell[][] {
  return keys.map((key): Cell[] => {
    const { need, rule } = own[key];
    return [
      textCell(name),
      textCell(columns[key].zh),
      textCell(need),
      { value: rule, type: String, wrap: true },
    ];
  });
}

function instructionData(): SheetData {
  const head = ['工作表', '列名', '要求', '说明'];
  return [
    head.map((value): Cell => ({ value, type: String, fontWeight: 'bold' })),
    ...instructionRows(claimsSheet),
    ...instructionRows(investorsSheet),
  ];
}

type Row<K extends string> = Readonly<Partial<Record<K, string>>>;

function emptySheet<K extends string>(sheet: SheetColumns<K>) {
  const emptyRow = sheet.keys.map(() => textCell(''));
  const data: SheetData = [headerCells(sheet), ...Array.from({ length: TEMPLATE_ROWS }, () => emptyRow)];
  return { data, sheet: sheet.name, columns: widthsOf(sheet), stickyRowsCount: 1 };
}

function filledSheet<K extends string>(sheet: SheetColumns<K>, rows: readonly Row<K>[]) {
  const cellOf = (text: string | undefined) => (text === undefined ? null : textCell(guardPhone(text)));
  const data: SheetData = [
    headerCells(sheet),
    ...rows.map((row) => sheet.keys.map((key) => cellOf(row[key]))),
  ];
  return { data, sheet: sheet.name, columns: widthsOf(sheet), stickyRowsCount: 1 };
}

/** The template: empty sheets 债权表 and 出资人名册 in text format, and a sheet that explains each column. */
export async function writeClaimsTemplate(): Promise<Buffer> {
  return await writeXlsxFile([
    emptySheet(claimsSheet),
    {
      data: instructionData(),
      sheet: INSTRUCTION_SHEET_NAME,
      columns: [{ width: 14 }, { width: 24 }, { width: 14 }, { width: 90 }],
    },
    emptySheet(investorsSheet),
  ]).toBuffer();
}

/** A filled workbook. Texts are cells of type text, which no program runs; csv would need `guardCell`. */
export async function writeClaimsWorkbook(
  rows: readonly Row<ClaimColumn>[],
  investors: readonly Row<InvestorColumn>[] = [],
): Promise<Buffer> {
  const sheets = [filledSheet(claimsSheet, rows)];
  if (investors.length > 0) sheets.push(filledSheet(investorsSheet, investors));
  return await writeXlsxFile(sheets).toBuffer();
}

/** A number with a country code begins with `+` and is harmless: guarding it would change the number. */
const guardPhone = (text: string): string => (/^\+\d{7,15}$/.test(text) ? text : guardCell(text));
