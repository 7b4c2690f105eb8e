/**
 * Identity numbers of creditors and their check digits.
 * GB 32100-2015 (统一社会信用代码), GB 11643-1999 (居民身份证), GB 11714 (组织机构代码); other papers have
 * no public check digit and are judged by their form alone. Text must be cleaned and in upper case.
 * Not decided here: whether the number was ever issued, and to whom.
 */

/** 31 characters: digits and letters without I O S V Z; the value of a character is its index. */
const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** 3^i mod 31. */
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const USCC_FORM = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** 2^(17-i) mod 11. */
const RESIDENT_ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_ID_CHECKS = '10X98765432';

const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function weightedSum(text: string, weights: readonly number[], alphabet: string): number {
  return weights.reduce((sum, weight, index) => sum + alphabet.indexOf(text[index] ?? '') * weight, 0);
}

/** The 18th character for the first 17 of a unified social credit code. */
export function usccCheckCharacter(first17: string): string {
  const remainder = weightedSum(first17, USCC_WEIGHTS, USCC_ALPHABET) % 31;
  return USCC_ALPHABET[(31 - remainder) % 31] ?? '';
}

/** The 18th character for the first 17 digits of a resident identity card. */
export function residentIdCheckCharacter(first17: string): string {
  return RESIDENT_ID_CHECKS[weightedSum(first17, RESIDENT_ID_WEIGHTS, '0123456789') % 11] ?? '';
}

/** The ninth character for the first eight of an organisation code. */
export function organisationCheckCharacter(first8: string): string {
  const check = (11 - (weightedSum(first8, ORGANISATION_WEIGHTS, ORGANISATION_ALPHABET) % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

export type UsccVerdict = 'VALID' | 'FORM' | 'CHECK_CHARACTER';

export function checkUscc(text: string): UsccVerdict {
  if (!USCC_FORM.test(text)) return 'FORM';
  return usccCheckCharacter(text.slice(0, 17)) === text[17] ? 'VALID' : 'CHECK_CHARACTER';
}

/** Positions 9–17 of the code are an organisation code; a mismatch is worth a look, not a refusal. */
export function carriesOrganisationCode(uscc: string): boolean {
  return organisationCheckCharacter(uscc.slice(8, 16)) === uscc[16];
}

/** Whether `YYYYMMDD` is a day of the calendar. */
function isCalendarDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (days[month - 1] ?? 0);
}

export type ResidentIdVerdict = 'VALID' | 'FORM' | 'FIFTEEN_DIGITS' | 'BIRTH_DATE' | 'CHECK_CHARACTER';

/**
 * Form, birth date (a real day, from 1900 to `today`, `YYYY-MM-DD`), check character, in this order.
 * Fifteen-digit cards have been invalid since 2013.
 */
export function checkResidentId(text: string, today: string): ResidentIdVerdict {
  if (/^\d{15}$/.test(text)) return 'FIFTEEN_DIGITS';
  if (!/^\d{17}[\dX]$/.test(text)) return 'FORM';
  const [year, month, day] = [text.slice(6, 10), text.slice(10, 12), text.slice(12, 14)];
  if (Number(year) < 1900 || !isCalendarDay(Number(year), Number(month), Number(day))) return 'BIRTH_DATE';
  if (`${year}-${month}-${day}` > today) return 'BIRTH_DATE';
  return residentIdCheckCharacter(text.slice(0, 17)) === text[17] ? 'VALID' : 'CHECK_CHARACTER';
}

export type IdType =
  | 'USCC'
  | 'RESIDENT_ID'
  | 'PASSPORT'
  | 'HK_MACAO_PERMIT'
  | 'TAIWAN_PERMIT'
  | 'FOREIGN_RESIDENT_CARD'
  | 'ORGANISATION_CODE'
  | 'OTHER';

/** Papers that are judged by their form alone. */
const FORMS: Readonly<Record<Exclude<IdType, 'USCC' | 'RESIDENT_ID'>, RegExp>> = {
  PASSPORT: /^[A-Z0-9]{5,17}$/,
  HK_MACAO_PERMIT: /^[HM]\d{8}(\d{2})?$/,
  TAIWAN_PERMIT: /^\d{8}$|^\d{10}[A-Z]?$/,
  FOREIGN_RESIDENT_CARD: /^[A-Z]{3}\d{12}$|^9\d{16}[\dX]$/,
  ORGANISATION_CODE: /^[0-9A-Z]{8}-?[0-9X]$/,
  OTHER: /^[^\s]{1,40}$/,
};

export type IdentityVerdict =
  'VALID' | 'FORM' | 'FIFTEEN_DIGITS' | 'LOST_DIGITS' | 'BIRTH_DATE' | 'RESIDENT_CHECK' | 'USCC_CHECK';

function residentVerdict(text: string, today: string): IdentityVerdict {
  const verdict = checkResidentId(text, today);
  // A spreadsheet keeps 15 digits of a number: a card that once was one ends in 000 and fails its check.
  if (verdict === 'CHECK_CHARACTER') return text.endsWith('000') ? 'LOST_DIGITS' : 'RESIDENT_CHECK';
  return verdict;
}

/** Judges a cleaned, upper-case number of the given paper. `today` is `YYYY-MM-DD` in China. */
export function checkIdentityNumber(idType: IdType, text: string, today: string): IdentityVerdict {
  if (idType === 'RESIDENT_ID') return residentVerdict(text, today);
  if (idType === 'USCC') {
    const verdict = checkUscc(text);
    return verdict === 'CHECK_CHARACTER' ? 'USCC_CHECK' : verdict;
  }
  return FORMS[idType].test(text) ? 'VALID' : 'FORM';
}

export interface MobileNumber {
  /** Eleven digits for the mainland, `+` and country code otherwise. */
  readonly number: string;
  readonly isForeign: boolean;
}

/** Reads a mobile number: mainland without or with `+86`, Hong Kong, Macao, Taiwan and E.164 with their code. */
export function findMobile(text: string): MobileNumber | undefined {
  const bare = text.replace(/[\s()-]/g, '').replace(/^(?:\+86|0086)(?=1)/, '');
  if (/^1[3-9]\d{9}$/.test(bare)) return { number: bare, isForeign: false };
  const international = bare.replace(/^00/, '+');
  if (/^\+(?!86)[1-9]\d{6,14}$/.test(international)) return { number: international, isForeign: true };
  return undefined;
}
