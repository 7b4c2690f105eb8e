/**
 * Personal data as it is shown by default (个人信息保护法 art. 6, 51: no more than is needed). To unmask is
 * an act of its own with a reason. Names of companies and their credit codes are public and stay.
 */

const STAR = '*';

/** 张三 → 张*, 欧阳娜娜 → 欧***; Latin names keep their first letter. */
export function maskPersonName(name: string): string {
  const characters = [...name.trim()];
  const [first] = characters;
  if (first === undefined) return '';
  return first + STAR.repeat(Math.max(1, Math.min(characters.length - 1, 4)));
}

/** Name of a creditor: people are masked, organisations are shown. */
export function maskCreditorName(name: string, isNaturalPerson: boolean): string {
  return isNaturalPerson ? maskPersonName(name) : name;
}

/** 13812345678 → 138****5678; +85291234567 → +852****4567. */
export function maskMobile(mobile: string): string {
  if (/^1\d{10}$/.test(mobile)) return `${mobile.slice(0, 3)}****${mobile.slice(-4)}`;
  if (mobile.length <= 4) return STAR.repeat(mobile.length);
  return `${mobile.slice(0, Math.min(4, mobile.length - 4))}****${mobile.slice(-4)}`;
}

/** 110101199003070011 → 110101********0011; shorter papers keep two characters at each end. */
export function maskIdNumber(idNumber: string): string {
  if (idNumber.length >= 15) {
    return idNumber.slice(0, 6) + STAR.repeat(idNumber.length - 10) + idNumber.slice(-4);
  }
  if (idNumber.length <= 4) return STAR.repeat(idNumber.length);
  return idNumber.slice(0, 2) + STAR.repeat(idNumber.length - 4) + idNumber.slice(-2);
}

/** Identity number of a creditor: credit and organisation codes are public, people's papers are masked. */
export function maskIdentity(idType: string, idNumber: string): string {
  return idType === 'USCC' || idType === 'ORGANISATION_CODE' ? idNumber : maskIdNumber(idNumber);
}

/** zhang@example.com → z***@example.com. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? STAR.repeat(3) : `${email.slice(0, 1)}***${email.slice(at)}`;
}

/** Province and city of an address, nothing further: 浙江省杭州市西湖区… → 浙江省杭州市***. */
export function maskAddress(address: string): string {
  const match = /^(?:\p{Script=Han}{2,8}?(?:省|自治区))?\p{Script=Han}{1,8}?(?:市|自治州|盟|地区)/u.exec(
    address,
  );
  return match === null ? STAR.repeat(3) : `${match[0]}***`;
}
