/** From rows that have passed every check to what is stored of them. */
import type { CreditorGroup } from '../group-creditors.ts';
import type { ImportedClaim, ImportedCreditor } from '../types.ts';

/** A required field of a table without errors: its absence is a mistake of this file, not of the table. */
export function present<T>(value: T | undefined, rowNumber: number): T {
  if (value === undefined) throw new Error(`row ${rowNumber} passed the checks with a required field empty`);
  return value;
}

/** What a table without errors says of a party. */
export function toCreditor({ key, first, rows, proxyRow, headRow }: CreditorGroup): ImportedCreditor {
  const { creditor, rowNumber } = first;
  return {
    ...creditor,
    key,
    name: present(creditor.name, rowNumber),
    kind: present(creditor.kind, rowNumber),
    idType: present(creditor.idType, rowNumber),
    idNo: present(creditor.idNo, rowNumber),
    contact: present(creditor.contact, rowNumber),
    mobile: present(creditor.mobile, rowNumber),
    // A row without the number may come first; the creditor has it all the same.
    creditorNo: rows.find((row) => row.creditor.creditorNo !== undefined)?.creditor.creditorNo,
    proxy: proxyRow?.creditor.proxy,
    head: headRow?.creditor.head,
    rowNumber,
  };
}

/** The claims of a creditor, of a table without errors. */
export function toClaims({ key, rows }: CreditorGroup): ImportedClaim[] {
  return rows.map(({ rowNumber, claimNo, amounts, security, originalCurrency, recourseFor, note }) => ({
    ...amounts,
    ...security,
    claimNo: present(claimNo, rowNumber),
    creditorKey: key,
    nature: present(security.nature, rowNumber),
    // Only a secured claim can wait for the assessment of its priority.
    securedPriorityFen: security.securedPriorityFen ?? (security.nature === 'SECURED' ? undefined : 0n),
    filedFen: present(amounts.filedFen, rowNumber),
    status: present(amounts.status, rowNumber),
    originalCurrency,
    recourseFor,
    note,
    rowNumber,
  }));
}
