/**
 * Everything that the reading of a claims table can say, keyed by code, in Chinese and English.
 * An error stops the import, a warning is shown and confirmed with the control totals. `{name}` is
 * filled from the finding's params; `{…column}` is the key of a column, shown by its heading.
 * Browser-safe, so that the client composes the text in the reader's language.
 */
import { claimColumns, isClaimColumn } from './claim-columns.ts';
import type { Language } from './scalars.ts';

interface ImportTemplate {
  readonly severity: 'error' | 'warning';
  readonly zh: string;
  readonly en: string;
}

const fileTemplates = {
  FILE_NOT_XLSX: {
    severity: 'error',
    zh: '文件不是 .xlsx 工作簿（实际内容为：{detected}）。请在 Excel 或 WPS 中另存为“Excel 工作簿（*.xlsx）”后再上传。',
    en: 'The file is not an .xlsx workbook (its content is {detected}). Save it as “Excel Workbook (*.xlsx)”.',
  },
  FILE_ENCRYPTED: {
    severity: 'error',
    zh: '文件已加密。请取消打开密码后再上传。',
    en: 'The file is encrypted. Remove its password and upload it again.',
  },
  FILE_BROKEN: {
    severity: 'error',
    zh: '文件已损坏，无法读取（{part}）。请在 Excel 中打开并重新保存。',
    en: 'The file is damaged and cannot be read ({part}). Open it in Excel and save it again.',
  },
  FILE_DOCTYPE: {
    severity: 'error',
    zh: '文件含有不允许的文档类型声明（DOCTYPE，位于 {part}），已拒绝读取。',
    en: 'The file contains a document type declaration (DOCTYPE in {part}) and was refused.',
  },
  FILE_INFLATES_TOO_LARGE: {
    severity: 'error',
    zh: '文件解压后超过 {limitMb} MB，已拒绝读取。',
    en: 'The file inflates to more than {limitMb} MB and was refused.',
  },
  CELL_BEYOND_LIMITS: {
    severity: 'error',
    zh: '单元格 {reference} 超出可读取的范围（最多 {rows} 行、{columns} 列）。请删除表格以外的内容和格式。',
    en: 'Cell {reference} is beyond what is read (at most {rows} rows and {columns} columns). Delete content and formats outside the table.',
  },
  READ_TIMED_OUT: {
    severity: 'error',
    zh: '读取文件超过 {seconds} 秒，已停止。请检查文件内容或分批导入。',
    en: 'Reading the file took more than {seconds} seconds and was stopped.',
  },
  READ_OUT_OF_MEMORY: {
    severity: 'error',
    zh: '读取文件所需内存超过 {limitMb} MB，已停止。请检查文件内容或分批导入。',
    en: 'Reading the file needed more than {limitMb} MB of memory and was stopped.',
  },
} as const satisfies Record<string, ImportTemplate>;

const sheetTemplates = {
  SHEET_MISSING: {
    severity: 'error',
    zh: '找不到名为“{expected}”的工作表；文件中的工作表为：{found}。',
    en: 'There is no sheet named “{expected}”; the sheets are: {found}.',
  },
  HEADER_MISSING: {
    severity: 'error',
    zh: '前 {rows} 行中找不到表头行（至少须有“债权编号”和“债权人名称/姓名”）。',
    en: 'No heading row in the first {rows} rows (“债权编号” and “债权人名称/姓名” are needed).',
  },
  COLUMN_MISSING: {
    severity: 'error',
    zh: '缺少必填列“{column}”。',
    en: 'The column “{column}” is missing.',
  },
  COLUMN_REPEATED: {
    severity: 'error',
    zh: '列“{column}”重复出现（首次在 {first}）。',
    en: 'The column “{column}” appears twice (first in {first}).',
  },
  COLUMN_UNKNOWN: {
    severity: 'warning',
    zh: '不认识的列“{header}”，该列未导入。',
    en: 'Unknown column “{header}”; it was not imported.',
  },
  COLUMN_IN_WAN: {
    severity: 'error',
    zh: '列“{header}”以万元或亿元为单位。金额须以元为单位填写。',
    en: 'The column “{header}” is in units of 10 000 or 100 million. Amounts must be in yuan.',
  },
  NO_ROWS: { severity: 'error', zh: '表头以下没有债权。', en: 'There are no claims below the headings.' },
  MERGED_TITLE_SKIPPED: {
    severity: 'warning',
    zh: '表头上方的合并标题行已跳过（{range}）。',
    en: 'The merged title above the headings was skipped ({range}).',
  },
  MERGED_CELLS: {
    severity: 'error',
    zh: '数据区内有合并单元格（{range}）。请取消合并并在每一行填写。',
    en: 'There are merged cells among the data ({range}). Unmerge them and fill in every row.',
  },
  TOTAL_ROW_SKIPPED: {
    severity: 'warning',
    zh: '第 {row} 行为“{label}”行，未作为债权导入。',
    en: 'Row {row} is a “{label}” row and was not imported as a claim.',
  },
  FOOTER_ROW_SKIPPED: {
    severity: 'warning',
    zh: '第 {row} 行（“{label}”）为表尾说明，未作为债权导入。',
    en: 'Row {row} (“{label}”) is a footer and was not imported as a claim.',
  },
  TOTAL_DIFFERS: {
    severity: 'error',
    zh: '合计行的“{column}”为 {found} 元，各行相加为 {expected} 元，两者不符。',
    en: 'The total of “{column}” is given as {found} yuan, the rows add up to {expected} yuan.',
  },
  TOTAL_TOO_LARGE: {
    severity: 'error',
    zh: '各行“{column}”之和超过系统上限（1000 万亿元）。',
    en: 'The sum of “{column}” is beyond the system’s limit (10^15 yuan).',
  },
  HIDDEN_ROW_READ: {
    severity: 'warning',
    zh: '第 {row} 行是隐藏行，已照常导入。',
    en: 'Row {row} is hidden; it was imported all the same.',
  },
  HIDDEN_COLUMN_READ: {
    severity: 'warning',
    zh: '列“{column}”是隐藏列，已照常导入。',
    en: 'The column “{column}” is hidden; it was imported all the same.',
  },
} as const satisfies Record<string, ImportTemplate>;

const cellTemplates = {
  CELL_ERROR_VALUE: {
    severity: 'error',
    zh: '“{column}”的单元格是公式错误值 {found}。',
    en: '“{column}” holds the error value {found}.',
  },
  FORMULA_WITHOUT_VALUE: {
    severity: 'error',
    zh: '“{column}”是公式，但文件中没有保存计算结果。请在 Excel 中重新计算并保存，或改为数值。',
    en: '“{column}” is a formula without a stored result. Recalculate and save, or enter the value.',
  },
  FORMULA_VALUE_USED: {
    severity: 'warning',
    zh: '“{column}”是公式，已采用文件中保存的计算结果。',
    en: '“{column}” is a formula; the result stored in the file was used.',
  },
  REQUIRED: { severity: 'error', zh: '“{column}”必填。', en: '“{column}” is required.' },
  REQUIRED_WHEN: {
    severity: 'error',
    zh: '“{column}”在“{whenColumn}”为“{whenValue}”时必填。',
    en: '“{column}” is required where “{whenColumn}” is “{whenValue}”.',
  },
  TEXT_LENGTH: {
    severity: 'error',
    zh: '“{column}”应为 {min}–{max} 个字，实际 {found} 个字。',
    en: '“{column}” must have {min}–{max} characters, it has {found}.',
  },
  HIDDEN_CHARACTERS: {
    severity: 'warning',
    zh: '“{column}”含有不可见字符（不间断空格、零宽字符等），已去除。',
    en: '“{column}” contained invisible characters, which were removed.',
  },
  FULL_WIDTH: {
    severity: 'warning',
    zh: '“{column}”含有全角字母或数字，已转为半角。',
    en: '“{column}” contained full-width letters or digits, which were converted.',
  },
  LEADING_APOSTROPHE: {
    severity: 'warning',
    zh: '“{column}”以单引号开头，已去除。',
    en: '“{column}” began with an apostrophe, which was removed.',
  },
  LINE_BREAK: {
    severity: 'warning',
    zh: '“{column}”中有换行，已去除。',
    en: '“{column}” contained a line break, which was removed.',
  },
  CODE_STORED_AS_NUMBER: {
    severity: 'warning',
    zh: '“{column}”存为数字，前导零可能已丢失；建议将该列设为文本格式。',
    en: '“{column}” is stored as a number; leading zeros may be lost. Format the column as text.',
  },
  NOT_IN_LIST: {
    severity: 'error',
    zh: '“{column}”的值“{found}”不在可选项中：{allowed}。',
    en: '“{column}”: “{found}” is not one of {allowed}.',
  },
  CLAIM_NO_FORMAT: {
    severity: 'error',
    zh: '“{column}”只能由大写字母、数字和连字符组成，最多 32 位，如 PT-0001。',
    en: '“{column}” consists of capital letters, digits and hyphens, at most 32, such as PT-0001.',
  },
  ID_STORED_AS_NUMBER: {
    severity: 'error',
    zh: '“{column}”存为数字，第 15 位以后的数字已丢失。该列须设为文本格式后重新填写。',
    en: '“{column}” is stored as a number and has lost its digits after the 15th. Format the column as text and enter it again.',
  },
  ID_SCIENTIFIC: {
    severity: 'error',
    zh: '“{column}”是科学记数法（{found}），原号码已丢失。该列须设为文本格式后重新填写。',
    en: '“{column}” is in scientific notation ({found}); the number is lost. Format the column as text and enter it again.',
  },
  ID_LOST_DIGITS: {
    severity: 'error',
    zh: '“{column}”以 000 结尾且校验位不符，后三位可能在存为数字时丢失。该列须设为文本格式后重新填写。',
    en: '“{column}” ends in 000 and fails its check digit: its last digits were probably lost. Format the column as text and enter it again.',
  },
  ID_LOWER_CASE: {
    severity: 'warning',
    zh: '“{column}”中的小写字母已转为大写。',
    en: 'Small letters in “{column}” were converted to capitals.',
  },
  ID_FIFTEEN_DIGITS: {
    severity: 'error',
    zh: '“{column}”是 15 位身份证号，已于 2013 年停用，须填写 18 位号码。',
    en: '“{column}” is a 15-digit card number, invalid since 2013; 18 digits are needed.',
  },
  ID_FORM: {
    severity: 'error',
    zh: '“{column}”不符合“{idType}”的格式。',
    en: '“{column}” does not have the form of “{idType}”.',
  },
  ID_BIRTH_DATE: {
    severity: 'error',
    zh: '“{column}”中的出生日期不存在或不合理。',
    en: 'The birth date in “{column}” does not exist or is not plausible.',
  },
  ID_CHECK_DIGIT: {
    severity: 'error',
    zh: '“{column}”的身份证校验位不符，号码有误。',
    en: 'The check digit of “{column}” is wrong.',
  },
  USCC_CHECK_DIGIT: {
    severity: 'error',
    zh: '“{column}”的统一社会信用代码校验位不符，代码有误。',
    en: 'The check character of “{column}” (unified social credit code) is wrong.',
  },
  USCC_ORGANISATION_CODE: {
    severity: 'warning',
    zh: '“{column}”中第 9–17 位的组织机构代码校验不符，请核对。',
    en: 'The organisation code in “{column}” (characters 9–17) fails its check; please compare.',
  },
  KIND_AND_PAPER: {
    severity: 'warning',
    zh: '债权人类型“{kind}”与证件类型“{idType}”不常见，请核对。',
    en: 'A creditor of kind “{kind}” with “{idType}” is unusual; please compare.',
  },
  MOBILE_FORM: {
    severity: 'error',
    zh: '“{column}”不是有效的手机号码（11 位大陆号码，或带国际区号如 +852）。',
    en: '“{column}” is not a mobile number (11 digits, or with a country code such as +852).',
  },
  MOBILE_FOREIGN: {
    severity: 'warning',
    zh: '“{column}”为境外号码，请确认可以接收短信。',
    en: '“{column}” is a number outside the mainland; make sure that it receives messages.',
  },
  EMAIL_FORM: { severity: 'error', zh: '“{column}”格式不正确。', en: '“{column}” is not a valid address.' },
  DATE_FORM: {
    severity: 'error',
    zh: '“{column}”不是有效日期，应为 2026-11-22 的格式。',
    en: '“{column}” is not a date; write it as 2026-11-22.',
  },
  GROUP_UNUSUAL: {
    severity: 'warning',
    zh: '债权性质“{nature}”通常不列入“{group}”，请核对。',
    en: 'Claims of nature “{nature}” do not usually vote in “{group}”; please compare.',
  },
  COURT_DECISION_FORM: {
    severity: 'error',
    zh: '“{column}”应如“(2026)浙01破12号之三”。',
    en: '“{column}” should look like “(2026)浙01破12号之三”.',
  },
  CURRENCY_INCOMPLETE: {
    severity: 'error',
    zh: '币种、原币金额、汇率、折算日须全部填写或全部留空；缺少“{column}”。',
    en: 'Currency, original amount, rate and date go together; “{column}” is missing.',
  },
  CURRENCY_CODE: {
    severity: 'error',
    zh: '“{column}”须为三位 ISO 4217 代码，如 CNY、USD、HKD。',
    en: '“{column}” must be a three-letter ISO 4217 code, such as CNY, USD, HKD.',
  },
  DECIMAL_FORM: {
    severity: 'error',
    zh: '“{column}”不是有效的正数。',
    en: '“{column}” is not a valid positive number.',
  },
  CONVERSION_DIFFERS: {
    severity: 'warning',
    zh: '原币金额乘以汇率为 {expected} 元，与申报金额 {found} 元不符，请核对。',
    en: 'The original amount at this rate is {expected} yuan, filed are {found} yuan; please compare.',
  },
  CONVERSION_DATE: {
    severity: 'warning',
    zh: '折算日 {found} 不是受理日 {expected}，请核对。',
    en: 'The conversion date {found} is not the acceptance date {expected}; please compare.',
  },
  PROXY_INCOMPLETE: {
    severity: 'error',
    zh: '填写代理人时，姓名、证件号、手机、代理权限均须填写；缺少“{column}”。',
    en: 'A proxy holder needs name, identity number, mobile number and scope; “{column}” is missing.',
  },
} as const satisfies Record<string, ImportTemplate>;

const amountTemplates = {
  AMOUNT_NOT_A_NUMBER: {
    severity: 'error',
    zh: '“{column}”的值“{found}”不是金额。',
    en: '“{column}”: “{found}” is not an amount.',
  },
  AMOUNT_UNIT: {
    severity: 'error',
    zh: '“{column}”的值“{found}”以万元或亿元为单位。请以元为单位填写。',
    en: '“{column}”: “{found}” is in units of 10 000 or 100 million. Write the amount in yuan.',
  },
  AMOUNT_NEGATIVE: {
    severity: 'error',
    zh: '“{column}”不能为负数（{found}）。',
    en: '“{column}” must not be negative ({found}).',
  },
  AMOUNT_DECIMALS: {
    severity: 'error',
    zh: '“{column}”的值“{found}”超过两位小数。金额精确到分，系统不代为四舍五入。',
    en: '“{column}”: “{found}” has more than two decimals. Amounts are exact to the fen and are not rounded.',
  },
  AMOUNT_GROUPING: {
    severity: 'error',
    zh: '“{column}”的值“{found}”千位分隔符位置不对。',
    en: '“{column}”: the thousands separators of “{found}” are misplaced.',
  },
  AMOUNT_TOO_LARGE: {
    severity: 'error',
    zh: '“{column}”超过系统上限（1000 万亿元）。',
    en: '“{column}” is beyond the system’s limit (10^15 yuan).',
  },
  FILED_SUM_DIFFERS: {
    severity: 'error',
    zh: '申报本金、利息、其他之和为 {expected} 元，与申报金额 {found} 元不符。',
    en: 'Principal, interest and other sums add up to {expected} yuan, filed are {found} yuan.',
  },
  CONFIRMED_ABOVE_FILED: {
    severity: 'warning',
    zh: '确认金额 {found} 元大于申报金额 {expected} 元，请核对（如判决确定的利息）。',
    en: 'The amount confirmed ({found} yuan) is above the amount filed ({expected} yuan); please compare.',
  },
  CONFIRMED_AGAINST_STATUS: {
    severity: 'error',
    zh: '审查状态为“{status}”，不应有确认金额。',
    en: 'With the review status “{status}” there can be no amount confirmed.',
  },
  REVIEW_SUM_DIFFERS: {
    severity: 'warning',
    zh: '确认、不予确认、暂缓确认金额之和为 {found} 元，与申报金额 {expected} 元不符。',
    en: 'Confirmed, rejected and deferred add up to {found} yuan, filed are {expected} yuan.',
  },
  COURT_DECISION_REQUIRED: {
    severity: 'error',
    zh: '有临时确定债权额时必须填写法院决定书文号（企业破产法第五十九条第二款）。',
    en: 'A temporary amount needs the number of the court’s decision (Bankruptcy Law art. 59(2)).',
  },
  TEMPORARY_ON_CONFIRMED: {
    severity: 'error',
    zh: '审查状态为“确认”的债权没有未确定部分，不应有临时确定债权额。',
    en: 'A claim that is wholly confirmed has no undetermined part and can have no temporary amount.',
  },
  VOTE_ABOVE_FILED: {
    severity: 'warning',
    zh: '确认金额与临时确定债权额之和 {found} 元大于申报金额 {expected} 元，请核对。',
    en: 'Confirmed and temporary amounts ({found} yuan) are above the amount filed ({expected} yuan); please compare.',
  },
  VOTE_AMOUNT_DIFFERS: {
    severity: 'error',
    zh: '表决金额填写为 {found} 元，按确认金额加临时确定债权额计算为 {expected} 元。',
    en: 'The voting amount is given as {found} yuan; confirmed plus temporary is {expected} yuan.',
  },
  PRIORITY_ABOVE_CONFIRMED: {
    severity: 'error',
    zh: '优先受偿金额 {found} 元大于确认（含临时确定）金额 {expected} 元。',
    en: 'The priority amount ({found} yuan) is above the confirmed and temporary amount ({expected} yuan).',
  },
  PRIORITY_NOT_ASSESSED: {
    severity: 'warning',
    zh: '未填写优先受偿金额：在评估之前，该债权全额视为有财产担保，不计入无财产担保债权总额。',
    en: 'No priority amount: until it is assessed the whole claim counts as secured and adds nothing to the unsecured total.',
  },
  PRIORITY_WITHOUT_SECURITY: {
    severity: 'error',
    zh: '债权性质为“{nature}”，不应填写“{column}”。',
    en: 'A claim of nature “{nature}” can have no “{column}”.',
  },
} as const satisfies Record<string, ImportTemplate>;

const crossTemplates = {
  DUPLICATE_CLAIM_NO: {
    severity: 'error',
    zh: '债权编号与 {first} 重复。',
    en: 'The claim number repeats that of {first}.',
  },
  DUPLICATE_ROW: {
    severity: 'warning',
    zh: '除编号外与第 {first} 行完全相同，请确认不是重复录入。',
    en: 'Apart from its number the row equals row {first}; make sure that it was not entered twice.',
  },
  CREDITOR_NAME_DIFFERS: {
    severity: 'error',
    zh: '同一债权人的名称与 {first} 不一致。',
    en: 'The name of the same creditor differs from {first}.',
  },
  CREDITOR_ID_DIFFERS: {
    severity: 'error',
    zh: '同一债权人编号的证件与 {first} 不一致。',
    en: 'The identity paper under the same creditor number differs from {first}.',
  },
  CREDITOR_MOBILE_DIFFERS: {
    severity: 'error',
    zh: '同一债权人的手机号码与 {first} 不一致。手机号码用于登录，须一致。',
    en: 'The mobile number of the same creditor differs from {first}; it is used to sign in and must be one.',
  },
  CREDITOR_KIND_DIFFERS: {
    severity: 'error',
    zh: '同一债权人的类型与 {first} 不一致。',
    en: 'The kind of the same creditor differs from {first}.',
  },
  CREDITOR_FIELD_DIFFERS: {
    severity: 'warning',
    zh: '同一债权人的“{column}”与 {first} 不一致，采用 {first} 的内容。',
    en: '“{column}” of the same creditor differs from {first}; that of {first} is used.',
  },
  CREDITOR_PROXY_DIFFERS: {
    severity: 'error',
    zh: '同一债权人的代理人与 {first} 不一致。',
    en: 'The proxy holder of the same creditor differs from {first}.',
  },
  ID_ON_TWO_CREDITORS: {
    severity: 'error',
    zh: '证件号码与 {first} 相同，但债权人编号不同。同一债权人只能有一个编号（按人数表决时只计一家）。',
    en: 'The identity number equals that of {first} under another creditor number. One creditor has one number, for it counts as one head.',
  },
  SAME_NAME: {
    severity: 'warning',
    zh: '名称与 {first} 相同而证件不同，请确认是两家债权人。',
    en: 'The name equals that of {first} with another identity paper; make sure that these are two creditors.',
  },
  MOBILE_SHARED: {
    severity: 'warning',
    zh: '该手机号码由 {count} 家债权人共用（首次在 {first}），请确认是同一联系人或代理人。',
    en: 'This mobile number is used by {count} creditors (first in {first}); make sure that it is one contact or proxy holder.',
  },
  PROXY_IDENTITY_DIFFERS: {
    severity: 'error',
    zh: '同一代理人证件号的姓名或手机与 {first} 不一致。',
    en: 'Name or mobile number under the same proxy holder’s identity number differs from {first}.',
  },
} as const satisfies Record<string, ImportTemplate>;

export const importTemplates = {
  ...fileTemplates,
  ...sheetTemplates,
  ...cellTemplates,
  ...amountTemplates,
  ...crossTemplates,
} as const;

export type ImportCode = keyof typeof importTemplates;
/** Refusals of the file as a whole: nothing in it was read. */
export type FileRefusalCode = keyof typeof fileTemplates;

type Placeholder<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;
/** What a code's texts need to be filled. */
export type ImportParams<C extends ImportCode> = Readonly<
  Record<Placeholder<(typeof importTemplates)[C]['zh']>, string>
>;

/** Something found in an uploaded table, on its way to the administrator who uploaded it. */
export interface ImportFinding {
  readonly code: ImportCode;
  /** Name of the sheet; empty when the file as a whole is meant. */
  readonly sheet: string;
  /** Address such as `F12`; a row is addressed by its first cell, a whole sheet or file by nothing. */
  readonly cell: string;
  readonly params: Readonly<Record<string, string>>;
}

const unknownText: Readonly<Record<Language, string>> = { 'zh-CN': '未知问题', en: 'Unknown problem' };

function paramText(language: Language, name: string, value: string | undefined): string {
  if (value === undefined) return '';
  if (!name.toLowerCase().endsWith('column') || !isClaimColumn(value)) return value;
  const column = claimColumns[value];
  return language === 'en' ? column.en : column.zh;
}

const isImportCode = (code: string): code is ImportCode => Object.hasOwn(importTemplates, code);

/** The sentence for a code; a code of a newer server gives a neutral text, never an exception. */
export function importMessage(
  language: Language,
  code: string,
  params: Readonly<Record<string, string>> = {},
): string {
  if (!isImportCode(code)) return unknownText[language];
  const template: ImportTemplate = importTemplates[code];
  const text = language === 'en' ? template.en : template.zh;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => paramText(language, name, params[name]));
}

/** Whether a finding stops the import. */
export function isImportError(code: ImportCode): boolean {
  return importTemplates[code].severity === 'error';
}
