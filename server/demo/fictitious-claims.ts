/**
 * Creditors who do not exist, with numbers that pass every check digit: for the demonstration, the tests and
 * the benchmarks. The region code 999901 was never assigned and numbers beginning with 160 are not given out,
 * so that no number here can belong to anybody. The same seed gives the same creditors.
 */
import type { ClaimColumn } from '../protocol/claims-import/columns.ts';
import {
  organisationCheckCharacter,
  residentIdCheckCharacter,
  usccCheckCharacter,
} from '../domain/identity-numbers.ts';
import { toYuanText } from '../domain/money.ts';

/** One row of the claims table as text, by column; empty columns are left out. */
export type ClaimRowTexts = Readonly<Partial<Record<ClaimColumn, string>>>;

const REGION = '999901';
const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜'];
const GIVEN_NAMES = [...'安宁书文清远思齐明哲嘉和景行子衡若云雨晴知秋望舒怀瑾'];
const PLACES = [
  '江南',
  '云溪',
  '青石',
  '东篱',
  '望湖',
  '长亭',
  '松间',
  '临川',
  '白鹭',
  '南浦',
  '竹里',
  '晴川',
];
const TRADES = [
  '建材',
  '机电',
  '物流',
  '商贸',
  '包装',
  '化工',
  '纺织',
  '电子',
  '食品',
  '广告',
  '设备租赁',
  '印务',
];

/** Mulberry32: small, repeatable, good enough to look arbitrary. Gives 0 ≤ n < below. */
function createDraw(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const pad = (value: number, length: number): string => String(value).padStart(length, '0');

/** A valid unified social credit code; `prefix` 91 is an enterprise, 11 a public body. */
export function fictitiousUscc(serial: number, prefix = '91'): string {
  const first8 = pad(serial, 8);
  const first17 = `${prefix}${REGION}${first8}${organisationCheckCharacter(first8)}`;
  return first17 + usccCheckCharacter(first17);
}

/** A valid number of a resident identity card of somebody born between 1960 and 1999. */
export function fictitiousResidentId(serial: number): string {
  const born = `${1960 + (serial % 40)}${pad(1 + (serial % 12), 2)}${pad(1 + (serial % 28), 2)}`;
  const first17 = `${REGION}${born}${pad(serial % 1000, 3)}`;
  return first17 + residentIdCheckCharacter(first17);
}

/** Eleven digits that look like a mobile number. */
export const fictitiousMobile = (serial: number): string => `160${pad(serial, 8)}`;

type Draw = ReturnType<typeof createDraw>;

const pick = (draw: Draw, list: readonly string[]): string => list[draw(list.length)] ?? '';

const personName = (draw: Draw): string =>
  pick(draw, SURNAMES) + pick(draw, GIVEN_NAMES) + (draw(3) === 0 ? '' : pick(draw, GIVEN_NAMES));

const yuan = (amount: number): string => toYuanText(BigInt(amount) * 100n);

interface Party {
  readonly serial: number;
  readonly name: string;
}

function person({ serial, name }: Party): ClaimRowTexts {
  return {
    creditorNo: `ZQR-${pad(serial, 5)}`,
    name,
    kind: '自然人',
    idType: '居民身份证',
    idNo: fictitiousResidentId(serial),
    contact: name,
    mobile: fictitiousMobile(serial),
    affiliate: '否',
  };
}

interface Organisation extends Party {
  readonly contact: string;
  readonly kind?: '法人' | '机关';
}

function organisation({ serial, name, contact, kind = '法人' }: Organisation): ClaimRowTexts {
  return {
    creditorNo: `ZQR-${pad(serial, 5)}`,
    name,
    kind,
    idType: '统一社会信用代码',
    idNo: fictitiousUscc(serial, kind === '机关' ? '11' : '91'),
    legalRep: contact,
    contact,
    mobile: fictitiousMobile(serial),
    address: '虚构省临江市演示路 1 号',
    affiliate: '否',
  };
}

/** Wholly confirmed, with the ordinary group unless another is named. */
function confirmed(nature: string, group: string, amount: number): ClaimRowTexts {
  return { nature, group, filed: yuan(amount), status: '确认', confirmed: yuan(amount) };
}

const ordinary = (amount: number): ClaimRowTexts => confirmed('普通债权', '普通债权组', amount);

interface Security {
  readonly amount: number;
  readonly priority: number;
  readonly collateral: string;
}

function secured({ amount, priority, collateral }: Security): ClaimRowTexts {
  const row = confirmed('有财产担保债权', '担保债权组', amount);
  return { ...row, collateral, securedPriority: yuan(priority), waived: '否' };
}

/** Four secured claims of three banks and a builder; one bank also holds an ordinary claim. */
function securedRows(draw: Draw): ClaimRowTexts[] {
  const bank = organisation({ serial: 1, name: '临江演示银行股份有限公司', contact: personName(draw) });
  const second = organisation({ serial: 2, name: '虚构农村商业银行股份有限公司', contact: personName(draw) });
  const third = organisation({ serial: 3, name: '示例融资担保有限公司', contact: personName(draw) });
  const builder = organisation({
    serial: 4,
    name: '青石（虚构）建筑工程有限公司',
    contact: personName(draw),
  });
  return [
    {
      ...bank,
      ...secured({ amount: 68_000_000, priority: 68_000_000, collateral: '演示路 1 号厂房及土地使用权' }),
    },
    { ...bank, ...ordinary(6_500_000) },
    { ...second, ...secured({ amount: 32_000_000, priority: 21_500_000, collateral: '二号车间机器设备' }) },
    {
      ...third,
      ...secured({ amount: 9_000_000, priority: 9_000_000, collateral: '存货动产抵押' }),
      waived: '是',
    },
    {
      ...builder,
      ...secured({ amount: 12_400_000, priority: 12_400_000, collateral: '三号厂房建设工程价款' }),
      nature: '有财产担保债权（建设工程优先）',
    },
  ];
}

/** Employees, tax authorities, the pooled social insurance. */
function priorityRows(draw: Draw): ClaimRowTexts[] {
  const employees = [5, 6, 7, 8].map((serial) => ({
    ...person({ serial, name: personName(draw) }),
    ...confirmed('职工债权', '职工债权组', 18_000 + draw(60_000)),
  }));
  const body = (serial: number, name: string) =>
    organisation({ serial, name, contact: personName(draw), kind: '机关' });
  return [
    ...employees,
    { ...body(9, '国家税务总局临江市（虚构）税务局'), ...confirmed('税款债权', '税款债权组', 2_318_600) },
    { ...body(10, '国家税务总局云溪区（虚构）税务局'), ...confirmed('税款债权', '税款债权组', 486_200) },
    {
      ...body(11, '临江市（虚构）社会保险事业中心'),
      nature: '社保债权',
      filed: yuan(763_400),
      status: '确认',
      confirmed: yuan(763_400),
    },
  ];
}

/** One not reviewed, one with an amount set by the court, one abroad, two under one proxy holder. */
function specialRows(draw: Draw): ClaimRowTexts[] {
  const company = (serial: number, trade: string) =>
    organisation({
      serial,
      name: `${PLACES[serial % 12]}（虚构）${trade}有限公司`,
      contact: personName(draw),
    });
  const proxy = {
    proxyName: personName(draw),
    proxyIdNo: fictitiousResidentId(900),
    proxyMobile: fictitiousMobile(900),
    proxyScope: '特别授权',
  };
  return [
    {
      ...company(12, '贸易'),
      nature: '普通债权',
      group: '普通债权组',
      filed: yuan(1_260_000),
      status: '待审',
    },
    {
      ...company(13, '工程咨询'),
      nature: '普通债权',
      group: '普通债权组',
      filed: yuan(8_000_000),
      status: '暂缓确认',
      deferred: yuan(8_000_000),
      temporary: yuan(5_000_000),
      courtDecisionNo: '(2026)虚01破12号之三',
    },
    {
      ...company(14, '进出口'),
      ...ordinary(710_000),
      currency: 'USD',
      originalAmount: '100000.00',
      exchangeRate: '7.1000',
      conversionDate: '2026-08-03',
    },
    { ...company(15, '仓储'), ...ordinary(3_420_000), ...proxy },
    { ...person({ serial: 16, name: personName(draw) }), ...ordinary(285_000), ...proxy },
  ];
}

function ordinaryRows(draw: Draw): ClaimRowTexts[] {
  return Array.from({ length: 12 }, (_, index) => {
    const serial = 17 + index;
    if (index % 4 === 3) {
      return { ...person({ serial, name: personName(draw) }), ...ordinary(40_000 + draw(400_000)) };
    }
    const name = `${PLACES[index]}（虚构）${TRADES[index]}有限公司`;
    return {
      ...organisation({ serial, name, contact: personName(draw) }),
      ...ordinary(300_000 + draw(6_000_000)),
    };
  });
}

function subordinatedRows(draw: Draw): ClaimRowTexts[] {
  return [29, 30].map((serial) => ({
    ...organisation({
      serial,
      name: `${PLACES[serial % 12]}（虚构）控股有限公司`,
      contact: personName(draw),
    }),
    ...confirmed('劣后债权', '普通债权组', 900_000 + draw(900_000)),
    affiliate: '是',
  }));
}

const CLAIM_NO_PREFIXES: Readonly<Record<string, string>> = {
  有财产担保债权: 'DB',
  职工债权: 'ZG',
  税款债权: 'SK',
  社保债权: 'SB',
  劣后债权: 'LH',
};

function numbered(rows: readonly ClaimRowTexts[]): ClaimRowTexts[] {
  return rows.map((row, index) => {
    const prefix = CLAIM_NO_PREFIXES[(row.nature ?? '').replace(/（.*/, '')] ?? 'PT';
    return { claimNo: `${prefix}-${pad(index + 1, 4)}`, ...row };
  });
}

/**
 * The claims table of the demonstration: 30 creditors of all natures, 31 rows. Among them one whose claim is
 * not reviewed (no vote), one with a temporary amount, one waived priority, one converted from dollars and
 * one proxy holder for two.
 */
export function demonstrationClaimRows(seed = 20_261_122): ClaimRowTexts[] {
  const draw = createDraw(seed);
  return numbered([
    ...securedRows(draw),
    ...priorityRows(draw),
    ...specialRows(draw),
    ...ordinaryRows(draw),
    ...subordinatedRows(draw),
  ]);
}

/** Any number of ordinary claims, each of another creditor, two of three an enterprise. At most 900 000. */
export function manyClaimRows(count: number, seed = 1): ClaimRowTexts[] {
  const draw = createDraw(seed);
  return Array.from({ length: count }, (_, index) => {
    const serial = index + 1000;
    const amount = ordinary(1_000 + draw(5_000_000));
    const claimNo = `PT-${pad(index + 1, 6)}`;
    if (index % 3 === 0) {
      return { claimNo, ...person({ serial, name: personName(draw) }), ...uniquePaper(index), ...amount };
    }
    const name = `${pick(draw, PLACES)}（虚构）${pick(draw, TRADES)}${pad(serial, 6)}号有限公司`;
    return { claimNo, ...organisation({ serial, name, contact: personName(draw) }), ...amount };
  });
}

/** Only three digits of a card number count up within a day of birth: the day must move on with them. */
function uniquePaper(index: number): ClaimRowTexts {
  const day = new Date(Date.UTC(1960, 0, 1) + Math.floor(index / 1000) * 86_400_000);
  const born = day.toISOString().slice(0, 10).replaceAll('-', '');
  const first17 = `${REGION}${born}${pad(index % 1000, 3)}`;
  return { idNo: first17 + residentIdCheckCharacter(first17) };
}
