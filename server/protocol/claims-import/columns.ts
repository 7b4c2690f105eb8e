/**
 * The columns of the claims table (债权表) and of the register of investors (出资人名册) beside it: key,
 * heading in the sheet, words for the English interface.
 * Browser-safe: the reader, the template and the messages share them.
 */

export const CLAIMS_SHEET_NAME = '债权表';

export const claimColumns = {
  claimNo: { zh: '债权编号', en: 'claim number' },
  creditorNo: { zh: '债权人编号', en: 'creditor number' },
  name: { zh: '债权人名称/姓名', en: 'name of the creditor' },
  kind: { zh: '债权人类型', en: 'kind of creditor' },
  idType: { zh: '证件类型', en: 'type of identity paper' },
  idNo: { zh: '证件号码', en: 'identity number' },
  legalRep: { zh: '法定代表人/负责人', en: 'legal representative' },
  contact: { zh: '联系人', en: 'contact' },
  mobile: { zh: '手机号码', en: 'mobile number' },
  email: { zh: '电子邮箱', en: 'e-mail' },
  address: { zh: '通讯地址', en: 'postal address' },
  nature: { zh: '债权性质', en: 'nature of the claim' },
  group: { zh: '表决组别', en: 'voting group' },
  collateral: { zh: '担保物', en: 'collateral' },
  securedPriority: { zh: '优先受偿金额', en: 'priority amount' },
  waived: { zh: '是否放弃优先受偿权', en: 'priority waived' },
  principal: { zh: '申报本金', en: 'principal filed' },
  interest: { zh: '申报利息', en: 'interest filed' },
  otherFiled: { zh: '申报其他', en: 'other sums filed' },
  filed: { zh: '申报金额', en: 'amount filed' },
  status: { zh: '审查状态', en: 'review status' },
  confirmed: { zh: '确认金额', en: 'amount confirmed' },
  rejected: { zh: '不予确认金额', en: 'amount rejected' },
  deferred: { zh: '暂缓确认金额', en: 'amount deferred' },
  temporary: { zh: '临时确定债权额', en: 'temporary amount' },
  courtDecisionNo: { zh: '法院决定书文号', en: 'number of the court decision' },
  vote: { zh: '表决金额', en: 'voting amount' },
  currency: { zh: '币种', en: 'currency' },
  originalAmount: { zh: '原币金额', en: 'original amount' },
  exchangeRate: { zh: '汇率', en: 'exchange rate' },
  conversionDate: { zh: '折算日', en: 'conversion date' },
  proxyName: { zh: '代理人姓名', en: 'name of the proxy holder' },
  proxyIdNo: { zh: '代理人证件号', en: 'identity number of the proxy holder' },
  proxyMobile: { zh: '代理人手机', en: 'mobile number of the proxy holder' },
  proxyScope: { zh: '代理权限', en: 'scope of the proxy' },
  affiliate: { zh: '是否关联方', en: 'affiliate' },
  headNo: { zh: '合并计票代表编号', en: 'number of the creditor that it is counted with' },
  headReason: { zh: '合并计票原因', en: 'reason for counting as one' },
  headBasis: { zh: '合并计票依据', en: 'basis for counting as one' },
  recourseFor: { zh: '主债权编号', en: 'claim number of the principal creditor' },
  note: { zh: '备注', en: 'note' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;

export type ClaimColumn = keyof typeof claimColumns;

/** 出资人组 votes on a plan that adjusts the rights of investors (企业破产法 art. 85(2)). */
export const INVESTORS_SHEET_NAME = '出资人名册';

/** Columns of the register; who somebody is and how to reach them is told as in the claims table. */
export const investorColumns = {
  investorNo: { zh: '出资人编号', en: 'investor number' },
  investorName: { zh: '出资人名称/姓名', en: 'name of the investor' },
  investorKind: { zh: '出资人类型', en: 'kind of investor' },
  idType: claimColumns.idType,
  idNo: claimColumns.idNo,
  legalRep: claimColumns.legalRep,
  contact: claimColumns.contact,
  mobile: claimColumns.mobile,
  email: claimColumns.email,
  address: claimColumns.address,
  contribution: { zh: '出资额', en: 'contribution' },
  note: claimColumns.note,
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;

export type InvestorColumn = keyof typeof investorColumns;

/** Columns of both sheets, for messages. */
export type SheetColumn = ClaimColumn | InvestorColumn;
export const sheetColumns = { ...claimColumns, ...investorColumns };

export const isSheetColumn = (text: string): text is SheetColumn => Object.hasOwn(sheetColumns, text);
