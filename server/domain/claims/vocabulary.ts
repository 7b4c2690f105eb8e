/** The words of the sheet for every closed list, and back. Both directions are needed: import and export. */
import type {
  CreditorKind,
  GroupCode,
  HeadReason,
  IdType,
  Nature,
  NatureSubtype,
  ProxyScope,
  ReviewStatus,
} from './types.ts';

export const natureWords: Readonly<Record<Nature, string>> = {
  SECURED: '有财产担保债权',
  EMPLOYEE: '职工债权',
  TAX: '税款债权',
  SOCIAL_INSURANCE_POOL: '社保债权',
  ORDINARY: '普通债权',
  SUBORDINATED: '劣后债权',
};

export const subtypeWords: Readonly<Record<NatureSubtype, string>> = {
  CONSTRUCTION_PRIORITY: '建设工程优先',
  HOME_BUYER: '购房消费者',
};

export const groupWords: Readonly<Record<GroupCode, string>> = {
  SECURED: '担保债权组',
  EMPLOYEE: '职工债权组',
  TAX: '税款债权组',
  ORDINARY: '普通债权组',
  SMALL: '小额债权组',
  INVESTOR: '出资人组',
};

export const kindWords: Readonly<Record<CreditorKind, string>> = {
  NATURAL_PERSON: '自然人',
  LEGAL_PERSON: '法人',
  UNINCORPORATED: '非法人组织',
  SOLE_TRADER: '个体工商户',
  PUBLIC_BODY: '机关',
  OTHER: '其他',
};

export const idTypeWords: Readonly<Record<IdType, string>> = {
  USCC: '统一社会信用代码',
  RESIDENT_ID: '居民身份证',
  PASSPORT: '护照',
  HK_MACAO_PERMIT: '港澳居民来往内地通行证',
  TAIWAN_PERMIT: '台湾居民来往大陆通行证',
  FOREIGN_RESIDENT_CARD: '外国人永久居留证',
  ORGANISATION_CODE: '组织机构代码',
  OTHER: '其他',
};

export const statusWords: Readonly<Record<ReviewStatus, string>> = {
  CONFIRMED: '确认',
  PARTIAL: '部分确认',
  DEFERRED: '暂缓确认',
  REJECTED: '不予确认',
  PENDING: '待审',
};

export const headReasonWords: Readonly<Record<HeadReason, string>> = {
  JOINT_CREDITORS: '连带债权人',
  SPLIT_CLAIM: '一笔债权拆分转让',
  BRANCHES: '同一法人的分支机构',
};

export const scopeWords: Readonly<Record<ProxyScope, string>> = { GENERAL: '一般授权', SPECIAL: '特别授权' };

export const yesNoWords = { YES: '是', NO: '否' } as const;

/** The code for a word of the sheet, or undefined. */
export function findCode<C extends string>(words: Readonly<Record<C, string>>, word: string): C | undefined {
  return (Object.keys(words) as C[]).find((code) => words[code] === word);
}

/** The words of a list, for a message: `确认、部分确认、…`. */
export function listWords(words: Readonly<Record<string, string>>): string {
  return Object.values(words).join('、');
}

export interface NatureReading {
  readonly nature: Nature;
  readonly subtype: NatureSubtype | undefined;
}

/** `有财产担保债权`, with an optional sub-type: `有财产担保债权（建设工程优先）`, `普通债权-购房消费者`. */
export function findNature(text: string): NatureReading | undefined {
  const match = /^([^()（）/-]+)(?:[(（/-]([^()（）/-]+)[)）]?)?$/.exec(text);
  const nature = match === null ? undefined : findCode(natureWords, match[1] ?? '');
  if (match === null || nature === undefined) return undefined;
  if (match[2] === undefined) return { nature, subtype: undefined };
  const subtype = findCode(subtypeWords, match[2]);
  return subtype === undefined ? undefined : { nature, subtype };
}
