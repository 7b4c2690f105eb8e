/**
 * The second check of a sign-in: full name and the last four characters of the ID or credit code, compared
 * with the claims table. People type names in many ways; the comparison forgives width, spaces, brackets,
 * the dot in transliterated names and letter case, and nothing else.
 */

export interface IdentityCheck {
  readonly name: string;
  readonly idLast4: string;
}

/** Dots between the parts of a name: ·•‧・･∙⋅ and the full stop that keyboards offer instead. */
const NAME_DOTS = /[·•‧・･∙⋅●.]/gu;
/** All bracket shapes become round ones; NFKC has already folded the full-width forms. */
const OPENING = /[[{<〈《「『【〔〖]/gu;
const CLOSING = /[\]}>〉》」』】〕〗]/gu;

/** One spelling for all tolerated ways to write a name. */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\s\p{Cf}]/gu, '')
    .replaceAll(NAME_DOTS, '')
    .replaceAll(OPENING, '(')
    .replaceAll(CLOSING, ')')
    .toUpperCase();
}

/** Last four characters in one spelling: half-width, no spaces, `x` as `X`. */
export function normaliseIdLast4(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase().slice(-4);
}

/** The accepted answer for a party whose full identity number is known. */
export function toIdentityCheck(name: string, idNo: string): IdentityCheck {
  return { name: normaliseName(name), idLast4: normaliseIdLast4(idNo) };
}

/** True when the typed answer is one of the accepted ones. A number shorter than four never matches. */
export function matchesIdentity(accepted: readonly IdentityCheck[], typed: IdentityCheck): boolean {
  const { name, idLast4 } = toIdentityCheck(typed.name, typed.idLast4);
  if (name === '' || idLast4.length !== 4) return false;
  return accepted.some((check) => check.name === name && check.idLast4 === idLast4);
}

/**
 * Mobile number as it is stored: eleven digits for the mainland, `+` and country code otherwise.
 * Undefined when it cannot be a mobile number.
 */
export function normaliseMobile(text: string): string | undefined {
  const compact = text.normalize('NFKC').replaceAll(/[\s()-]/g, '');
  const mainland = /^(?:\+?86|0086)?(1[3-9]\d{9})$/.exec(compact)?.[1];
  if (mainland !== undefined) return mainland;
  return /^\+(?!86)[1-9]\d{6,14}$/.test(compact) ? compact : undefined;
}
