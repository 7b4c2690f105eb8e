/** What can be said of amounts, and of rows held against each other. */
import type { ImportTemplate } from './template.ts';

export const amountTemplates = {
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

export const crossTemplates = {
  DUPLICATE_CLAIM_NO: {
    severity: 'error',
    zh: '编号与 {first} 重复。',
    en: 'The number repeats that of {first}.',
  },
  DUPLICATE_ROW: {
    severity: 'warning',
    zh: '除编号外与第 {first} 行完全相同，请确认不是重复录入。',
    en: 'Apart from its number the row equals row {first}; make sure that it was not entered twice.',
  },
  CREDITOR_NAME_DIFFERS: {
    severity: 'error',
    zh: '同一债权人或者出资人的名称与 {first} 不一致。',
    en: 'The name of the same creditor or investor differs from {first}.',
  },
  CREDITOR_ID_DIFFERS: {
    severity: 'error',
    zh: '同一债权人编号的证件与 {first} 不一致。',
    en: 'The identity paper under the same creditor number differs from {first}.',
  },
  CREDITOR_MOBILE_DIFFERS: {
    severity: 'error',
    zh: '同一债权人或者出资人的手机号码与 {first} 不一致。手机号码用于登录，须一致。',
    en: 'The mobile number of the same creditor or investor differs from {first}; it is used to sign in and must be one.',
  },
  CREDITOR_KIND_DIFFERS: {
    severity: 'error',
    zh: '同一债权人或者出资人的类型与 {first} 不一致。',
    en: 'The kind of the same creditor or investor differs from {first}.',
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
  CREDITOR_HEAD_DIFFERS: {
    severity: 'error',
    zh: '同一债权人的合并计票与 {first} 不一致。',
    en: 'With whom the same creditor is counted as one differs from {first}.',
  },
  HEAD_UNKNOWN: {
    severity: 'error',
    zh: '本表没有编号为“{found}”的债权人，不能作为合并计票的代表。',
    en: 'No creditor of this table has the number “{found}” to be counted with.',
  },
  HEAD_IS_SELF: {
    severity: 'error',
    zh: '合并计票的代表就是该债权人本身。代表人本身的合并计票各列应留空。',
    en: 'A creditor is counted with itself; the columns of the representative stay empty.',
  },
  HEAD_IS_JOINED: {
    severity: 'error',
    zh: '编号为“{found}”的债权人本身已与他人合并计票（{first}），请直接填写最终代表的编号。',
    en: 'The creditor “{found}” is itself counted with another ({first}); give the number of the one who votes.',
  },
  BRANCH_FILED_ALONE: {
    severity: 'warning',
    zh: '按名称看与 {first} 属于同一法人，按申报各计一家。如应合并计为一家，请填写合并计票各列，或由管理人、法院决定。',
    en: 'By its name it belongs to the same legal person as {first}; each is counted as it filed. To count them as one, fill in the columns for it, or have it decided.',
  },
  RECOURSE_CLAIM_UNKNOWN: {
    severity: 'error',
    zh: '本表没有编号为“{found}”的债权，不能作为主债权。',
    en: 'No claim of this table has the number “{found}” of the principal claim.',
  },
  RECOURSE_OWN_CLAIM: {
    severity: 'error',
    zh: '编号为“{found}”的主债权（{first}）属于同一债权人，不是求偿权所对应的主债权。',
    en: 'The principal claim “{found}” ({first}) is of the same creditor, who can have no recourse for it.',
  },
  RECOURSE_NOT_IN_FULL: {
    severity: 'warning',
    zh: '求偿权申报 {found} 元，大于主债权（{first}）的申报金额 {expected} 元，请核对主债权人是否已申报全部债权。',
    en: 'The recourse claim ({found} yuan) is above the principal claim ({first}, {expected} yuan); make sure that the principal creditor has filed all.',
  },
} as const satisfies Record<string, ImportTemplate>;
