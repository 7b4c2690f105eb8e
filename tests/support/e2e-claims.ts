/** The claims table of the browser test: three creditors whose votes decide, and one who stays away. */
import {
  fictitiousMobile,
  fictitiousResidentId,
  fictitiousUscc,
  type ClaimRowTexts,
} from '../../server/demo/fictitious-claims.ts';
import type { InvestorColumn } from '../../server/protocol/claims-import/columns.ts';

/** Beyond the serial numbers of the demonstration, so that nobody is two people. */
const FIRST_SERIAL = 7_001;

export interface TestCreditor {
  /** As typed at the name check: an enterprise gives its own name. */
  readonly name: string;
  readonly contact: string;
  readonly mobile: string;
  readonly idLast4: string;
  readonly row: ClaimRowTexts;
}

interface Party {
  readonly position: number;
  readonly name: string;
  readonly contact: string;
  readonly confirmed: string;
}

function claimOf({ position, contact, confirmed }: Party): ClaimRowTexts {
  return {
    claimNo: `PT-${position}`,
    contact,
    mobile: fictitiousMobile(FIRST_SERIAL + position),
    nature: '普通债权',
    group: '普通债权组',
    filed: confirmed,
    status: '确认',
    confirmed,
    affiliate: '否',
  };
}

function toCreditor({ name, contact }: Party, row: ClaimRowTexts): TestCreditor {
  return { name, contact, mobile: row.mobile ?? '', idLast4: (row.idNo ?? '').slice(-4), row };
}

function enterprise(party: Party): TestCreditor {
  const idNo = fictitiousUscc(FIRST_SERIAL + party.position);
  const identity = { name: party.name, kind: '法人', idType: '统一社会信用代码', idNo };
  return toCreditor(party, { ...claimOf(party), ...identity, legalRep: party.contact });
}

function individual(party: Party): TestCreditor {
  const idNo = fictitiousResidentId(FIRST_SERIAL + party.position);
  return toCreditor(party, {
    ...claimOf(party),
    name: party.name,
    kind: '自然人',
    idType: '居民身份证',
    idNo,
  });
}

/** Votes by telephone of 360 × 740. */
export const builder = enterprise({
  position: 1,
  name: '清溪（虚构）建材有限公司',
  contact: '周书文',
  confirmed: '2000000.00',
});
export const worker = individual({
  position: 2,
  name: '吴晴川',
  contact: '吴晴川',
  confirmed: '600000.00',
});
/** Alone less than half of the heads, and more than half of the amount. */
export const bank = enterprise({
  position: 3,
  name: '明湖（虚构）小额贷款有限公司',
  contact: '郑怀远',
  confirmed: '3000000.00',
});
/** Its claim is secured: one head, and nothing in the amount. It does not come. */
const absent: ClaimRowTexts = {
  ...enterprise({
    position: 4,
    name: '松间（虚构）融资租赁有限公司',
    contact: '冯知秋',
    confirmed: '9000000.00',
  }).row,
  claimNo: 'DB-4',
  nature: '有财产担保债权',
  group: '担保债权组',
  collateral: '一号车间机器设备',
  securedPriority: '9000000.00',
  waived: '否',
};

const owned = individual({ position: 5, name: '卢（虚构）远', contact: '卢远', confirmed: '1000000.00' });
/** Owns the debtor and has no claim: it stands in the register of investors alone. */
export const owner: TestCreditor & { readonly investor: Readonly<Partial<Record<InvestorColumn, string>>> } =
  {
    ...owned,
    investor: {
      investorNo: 'CZ-1',
      investorName: owned.name,
      investorKind: '自然人',
      idType: '居民身份证',
      idNo: owned.row.idNo ?? '',
      contact: owned.contact,
      mobile: owned.mobile,
      contribution: '1000000.00',
    },
  };

export const claimRows: readonly ClaimRowTexts[] = [builder.row, worker.row, bank.row, absent];

/** The same table with two mistakes: a card number whose last digit is wrong, and an amount in words. */
export const wrongClaimRows: readonly ClaimRowTexts[] = [
  builder.row,
  { ...worker.row, idNo: withOtherCheckDigit(worker.row.idNo ?? '') },
  { ...bank.row, confirmed: '三百万元' },
  absent,
];

function withOtherCheckDigit(idNo: string): string {
  return `${idNo.slice(0, -1)}${idNo.endsWith('0') ? '1' : '0'}`;
}
