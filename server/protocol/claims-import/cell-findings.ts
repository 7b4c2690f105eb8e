/** What can be said of a single cell that is no amount. */
import type { ImportTemplate } from './template.ts';

export const cellTemplates = {
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
  HEAD_INCOMPLETE: {
    severity: 'error',
    zh: '合并计票的代表编号、原因、依据须同时填写；缺少“{column}”。',
    en: 'Counting as one needs the number of the representative, the reason and the basis; “{column}” is missing.',
  },
} as const satisfies Record<string, ImportTemplate>;
