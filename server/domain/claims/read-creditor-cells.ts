/** The creditor's and proxy holder's part of a row: who they are and how they are reached. */
import type { ClaimColumn } from '../../protocol/claims-import/columns.ts';
import { carriesOrganisationCode, checkIdentityNumber, findMobile } from '../identity-numbers.ts';
import type { IdentityVerdict } from '../identity-numbers.ts';
import type { CreditorDraft } from './claim-draft.ts';
import type { RowCells } from './row-cells.ts';
import { quote } from './row-cells.ts';
import type { CreditorKind, IdType, ImportedHead, ImportedProxy } from './types.ts';
import { headReasonWords, idTypeWords, kindWords, scopeWords, yesNoWords } from './vocabulary.ts';

const NAME = { min: 2, max: 100 };
const PERSON_NAME = { min: 2, max: 50 };
const ADDRESS = { min: 1, max: 200 };
const CREDITOR_NO = { min: 1, max: 40 };
/** As in the settings of the case, where the same can be decided by hand. */
const HEAD_BASIS = { min: 4, max: 200 };
const MAX_EMAIL_CHARACTERS = 254;

const plainVerdictCodes = {
  FIFTEEN_DIGITS: 'ID_FIFTEEN_DIGITS',
  LOST_DIGITS: 'ID_LOST_DIGITS',
  BIRTH_DATE: 'ID_BIRTH_DATE',
  RESIDENT_CHECK: 'ID_CHECK_DIGIT',
  USCC_CHECK: 'USCC_CHECK_DIGIT',
} as const satisfies Record<Exclude<IdentityVerdict, 'VALID' | 'FORM'>, string>;

/** The text of an identity number in capitals; a number cell has lost digits and is refused whatever it shows. */
function readIdText(cells: RowCells, key: ClaimColumn): string | undefined {
  if (cells.isNumber(key)) {
    cells.report('ID_STORED_AS_NUMBER', { column: key }, key);
    return undefined;
  }
  const text = cells.text(key)?.replace(/\s/g, '');
  if (text === undefined) return undefined;
  if (/^\d(?:\.\d+)?[eE]\+?\d+$/.test(text)) {
    cells.report('ID_SCIENTIFIC', { column: key, found: quote(text) }, key);
    return undefined;
  }
  if (/[a-z]/.test(text)) cells.report('ID_LOWER_CASE', { column: key }, key);
  return text.toUpperCase();
}

interface IdToCheck {
  readonly key: ClaimColumn;
  readonly idType: IdType;
  readonly text: string;
  readonly today: string;
}

function checkedId(cells: RowCells, { key, idType, text, today }: IdToCheck): string | undefined {
  const verdict = checkIdentityNumber(idType, text, today);
  if (verdict === 'FORM') {
    cells.report('ID_FORM', { column: key, idType: idTypeWords[idType] }, key);
    return undefined;
  }
  if (verdict !== 'VALID') {
    cells.report(plainVerdictCodes[verdict], { column: key }, key);
    return undefined;
  }
  if (idType === 'USCC' && !carriesOrganisationCode(text)) {
    cells.report('USCC_ORGANISATION_CODE', { column: key }, key);
  }
  return text;
}

function readMobile(cells: RowCells, key: ClaimColumn): string | undefined {
  const text = cells.text(key);
  if (text === undefined) return undefined;
  const mobile = findMobile(text);
  if (mobile === undefined) cells.report('MOBILE_FORM', { column: key }, key);
  else if (mobile.isForeign) cells.report('MOBILE_FOREIGN', { column: key }, key);
  return mobile?.number;
}

function readEmail(cells: RowCells): string | undefined {
  const text = cells.text('email');
  if (text === undefined) return undefined;
  if (
    text.length <= MAX_EMAIL_CHARACTERS &&
    /^[^\s@<>"(),;]+@[^\s@<>"(),;.]+(\.[^\s@<>"(),;.]+)+$/.test(text)
  ) {
    return text;
  }
  cells.report('EMAIL_FORM', { column: 'email' }, 'email');
  return undefined;
}

/** The table does not say which paper a proxy holder shows: what looks like a resident card is judged as one. */
function proxyIdType(text: string): IdType {
  return /^\d{15}$|^\d{17}[\dX]$/.test(text) ? 'RESIDENT_ID' : 'PASSPORT';
}

/** Whether any of columns that belong together is filled in; then each that is not is reported. */
function isFilled(
  cells: RowCells,
  columns: readonly ClaimColumn[],
  code: 'PROXY_INCOMPLETE' | 'HEAD_INCOMPLETE',
): boolean {
  const missing = columns.filter((key) => !cells.has(key));
  if (missing.length === columns.length) return false;
  for (const key of missing) cells.report(code, { column: key }, key);
  return true;
}

const PROXY_COLUMNS = ['proxyName', 'proxyIdNo', 'proxyMobile', 'proxyScope'] as const;

function readProxy(cells: RowCells, today: string): ImportedProxy | undefined {
  if (!isFilled(cells, PROXY_COLUMNS, 'PROXY_INCOMPLETE')) return undefined;
  const name = cells.limitedText('proxyName', PERSON_NAME);
  const text = readIdText(cells, 'proxyIdNo');
  const idNo =
    text === undefined
      ? undefined
      : checkedId(cells, { key: 'proxyIdNo', idType: proxyIdType(text), text, today });
  const mobile = readMobile(cells, 'proxyMobile');
  const scope = cells.oneOf('proxyScope', scopeWords);
  if (name === undefined || idNo === undefined || mobile === undefined || scope === undefined)
    return undefined;
  return { name, idNo, mobile, scope };
}

const isPersonalPaper = (idType: IdType): boolean => idType !== 'USCC' && idType !== 'ORGANISATION_CODE';

function compareKindAndPaper(cells: RowCells, kind: CreditorKind, idType: IdType): void {
  if (idType === 'OTHER' || kind === 'OTHER' || kind === 'SOLE_TRADER') return;
  if ((kind === 'NATURAL_PERSON') !== isPersonalPaper(idType)) {
    cells.report('KIND_AND_PAPER', { kind: kindWords[kind], idType: idTypeWords[idType] }, 'idType');
  }
}

/** Reads who the creditor is. `today` (`YYYY-MM-DD`) bounds birth dates. */
export function readCreditorCells(cells: RowCells, today: string): CreditorDraft {
  for (const key of ['name', 'kind', 'idType', 'idNo', 'contact', 'mobile'] as const) cells.require(key);
  const kind = cells.oneOf('kind', kindWords);
  const idType = cells.oneOf('idType', idTypeWords);
  const idText = readIdText(cells, 'idNo');
  if (kind !== undefined && idType !== undefined) compareKindAndPaper(cells, kind, idType);
  if (kind === 'LEGAL_PERSON' && !cells.has('legalRep')) {
    const params = { column: 'legalRep', whenColumn: 'kind', whenValue: kindWords[kind] };
    cells.report('REQUIRED_WHEN', params, 'legalRep');
  }
  return {
    creditorNo: cells.has('creditorNo') ? limitedCode(cells, 'creditorNo') : undefined,
    name: cells.limitedText('name', NAME),
    kind,
    idType,
    idNo:
      idType === undefined || idText === undefined
        ? undefined
        : checkedId(cells, { key: 'idNo', idType, text: idText, today }),
    legalRep: cells.limitedText('legalRep', PERSON_NAME),
    contact: cells.limitedText('contact', PERSON_NAME),
    mobile: readMobile(cells, 'mobile'),
    email: readEmail(cells),
    address: cells.limitedText('address', ADDRESS),
    isAffiliate: cells.oneOf('affiliate', yesNoWords) === 'YES',
    proxy: readProxy(cells, today),
    head: readHead(cells),
  };
}

const HEAD_COLUMNS = ['headNo', 'headReason', 'headBasis'] as const;

function readHead(cells: RowCells): ImportedHead | undefined {
  if (!isFilled(cells, HEAD_COLUMNS, 'HEAD_INCOMPLETE')) return undefined;
  const creditorNo = limitedCode(cells, 'headNo');
  const reason = cells.oneOf('headReason', headReasonWords);
  const basis = cells.limitedText('headBasis', HEAD_BASIS);
  if (creditorNo === undefined || reason === undefined || basis === undefined) return undefined;
  return { creditorNo, reason, basis };
}

function limitedCode(cells: RowCells, key: 'creditorNo' | 'headNo'): string | undefined {
  if (cells.isNumber(key)) cells.report('CODE_STORED_AS_NUMBER', { column: key }, key);
  return cells.limitedText(key, CREDITOR_NO);
}
