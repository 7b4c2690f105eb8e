/**
 * A case for the tally command: what is voted on, the roll and the ballots, as somebody outside the system
 * writes them down. Read strictly, every refusal with its path; the form is described in the README, "Check
 * a count without the system". It does not count: that is `count-case.ts`.
 */
import type { FrozenSettings } from '../../protocol/case-settings.ts';
import type { Channel, Group } from '../../protocol/entry-parts.ts';
import type { ResolutionTypeId } from '../../protocol/resolution-types.ts';
import type { ChoiceRead } from '../../protocol/scalars.ts';
import type { RollAmounts } from '../roll/voting-amounts.ts';
import { EBL_2006_V1 } from '../rules/ebl-2006-v1.ts';
import { isResolutionTypeId, resolutionTypes } from '../rules/registry.ts';
import type { Rule } from '../rules/rule-set.ts';
import {
  arrayAt,
  booleanAt,
  fenAt,
  isAbsent,
  nameAt,
  nullableFenAt,
  objectAt,
  textAt,
  wordAt,
} from './fields.ts';
import { parseCaseText } from './json-text.ts';
import { malformed } from './malformed.ts';

/** Amounts of a unit: the claims from which they follow, or what they come to. Fen. */
export type CaseAmounts =
  | { readonly claims: readonly RollAmounts[] }
  | { readonly amountFen: bigint; readonly unsecuredFen: bigint }
  | { readonly claims: null };

export interface CaseUnit {
  readonly unitId: string;
  readonly group: Group;
  readonly amounts: CaseAmounts;
  readonly signedIn: boolean;
}

export interface CaseBallot {
  readonly unitId: string;
  /** `invalid`: 无效票, present and for nothing (E7). */
  readonly choice: ChoiceRead;
  readonly channel: Channel;
}

export interface CountCase {
  readonly type: ResolutionTypeId | null;
  readonly rule: Rule;
  readonly round: number;
  readonly settings: FrozenSettings;
  readonly roll: readonly CaseUnit[];
  readonly ballots: readonly CaseBallot[];
}

const GROUPS: readonly Group[] = ['ALL', 'SECURED', 'EMPLOYEE', 'TAX', 'ORDINARY', 'SMALL', 'INVESTOR'];
const CHOICES: readonly ChoiceRead[] = ['for', 'against', 'abstain', 'invalid'];
const CHANNELS: readonly Channel[] = [
  'online',
  'on-site',
  'paper',
  'mail',
  'sms',
  'email',
  'deemed',
  'carried',
];
const ROUND = /^[1-9][0-9]{0,3}$/;

/** @throws MalformedCase */
export function readCaseText(text: string): CountCase {
  return readCase(parseCaseText(text));
}

/** @throws MalformedCase */
export function readCase(value: unknown): CountCase {
  const fields = objectAt(value, '', ['v', 'type', 'ruleId', 'round', 'settings', 'roll', 'ballots']);
  if (fields['v'] !== '1') malformed('/v', isAbsent(fields, 'v') ? 'missing' : 'expected "1"');
  const { type, rule } = readRule(fields['type'], fields['ruleId']);
  const settings = readSettings(fields['settings']);
  const roll = readRoll(fields['roll'], rule);
  refuseManyEmployees(roll, rule, settings);
  return {
    type,
    rule,
    round: readRound(fields['round']),
    settings,
    roll,
    ballots: readBallots(fields['ballots'], roll, rule),
  };
}

function readRule(type: unknown, ruleId: unknown): Pick<CountCase, 'type' | 'rule'> {
  if (type === undefined && ruleId === undefined) return malformed('/type', 'missing: give type or ruleId');
  const ofType = type === undefined ? undefined : ruleOfType(textAt(type, '/type', 'a string'));
  if (ruleId === undefined) return ofType ?? malformed('/type', 'missing');
  const id = wordAt(ruleId, '/ruleId', Object.keys(EBL_2006_V1.rules));
  if (ofType !== undefined && ofType.rule.ruleId !== id) {
    return malformed(
      '/ruleId',
      `type ${ofType.type} is counted by ${ofType.rule.ruleId}: give one of the two`,
    );
  }
  const rule = EBL_2006_V1.rules[id];
  return ofType ?? (rule === undefined ? malformed('/ruleId', 'unknown rule') : { type: null, rule });
}

function ruleOfType(id: string): { type: ResolutionTypeId; rule: Rule } {
  if (!isResolutionTypeId(id)) {
    return malformed('/type', `expected one of ${Object.keys(resolutionTypes).join(', ')}`);
  }
  return { type: id, rule: resolutionTypes[id].rule };
}

function readRound(value: unknown): number {
  if (value === undefined) return 1;
  const text = textAt(value, '/round', 'a decimal string');
  return ROUND.test(text) ? Number(text) : malformed('/round', 'expected a decimal string such as "1"');
}

function readSettings(value: unknown): FrozenSettings {
  const { defaults } = EBL_2006_V1;
  if (value === undefined) return defaults;
  const fields = objectAt(value, '/settings', Object.keys(defaults));
  const path = (key: string) => `/settings/${key}`;
  const word = <K extends keyof FrozenSettings>(key: K, words: readonly (FrozenSettings[K] & string)[]) =>
    isAbsent(fields, key) ? defaults[key] : wordAt(fields[key], path(key), words);
  const flag = (key: 'subordinatedVotes' | 'allowChange' | 'carryOver') =>
    isAbsent(fields, key) ? defaults[key] : booleanAt(fields[key], path(key));
  const smallMax = fields['smallClaimsMaxFen'];
  return {
    attendanceBasis: word('attendanceBasis', ['SIGN_IN', 'VOTED', 'SIGN_IN_OR_VOTED']),
    amountBase: word('amountBase', ['UNSECURED', 'ALL_VOTING']),
    employeeMode: word('employeeMode', ['NONE', 'COLLECTIVE_ONE', 'INDIVIDUAL']),
    subordinatedVotes: flag('subordinatedVotes'),
    silence: word('silence', ['NONE', 'CONSENT']),
    allowChange: flag('allowChange'),
    carryOver: flag('carryOver'),
    investorBase: word('investorBase', ['participating', 'groupTotal']),
    smallClaimsMaxFen:
      smallMax === undefined || smallMax === null ? null : String(fenAt(smallMax, path('smallClaimsMaxFen'))),
  };
}

function readRoll(value: unknown, rule: Rule): CaseUnit[] {
  const seen = new Map<string, number>();
  return arrayAt(value, '/roll').map((row, index) => {
    const path = `/roll/${index}`;
    const unit = readUnit(row, path, rule);
    const first = seen.get(unit.unitId);
    if (first !== undefined) {
      malformed(`${path}/unitId`, `the same unit as /roll/${first}; a creditor in two groups is two units`);
    }
    seen.set(unit.unitId, index);
    return unit;
  });
}

function readUnit(value: unknown, path: string, rule: Rule): CaseUnit {
  const fields = objectAt(value, path, [
    'unitId',
    'group',
    'claims',
    'amountFen',
    'unsecuredFen',
    'signedIn',
  ]);
  return {
    unitId: nameAt(fields['unitId'], `${path}/unitId`),
    group: readGroup(fields['group'], `${path}/group`, rule),
    amounts: readAmounts(fields, path, rule),
    signedIn: isAbsent(fields, 'signedIn') ? false : booleanAt(fields['signedIn'], `${path}/signedIn`),
  };
}

/** By groups every unit names one that votes; otherwise the class says who is employee or investor. */
function readGroup(value: unknown, path: string, { ruleId, groupRules }: Rule): Group {
  if (groupRules.length === 0) return value === undefined ? 'ALL' : wordAt(value, path, GROUPS);
  if (value === undefined) return malformed(path, `missing: ${ruleId} is voted on by groups`);
  return wordAt(
    value,
    path,
    groupRules.map(({ group }) => group),
  );
}

function readAmounts(fields: Readonly<Record<string, unknown>>, path: string, rule: Rule): CaseAmounts {
  const { claims, amountFen, unsecuredFen } = fields;
  if (claims !== undefined) {
    if (amountFen !== undefined) malformed(`${path}/amountFen`, 'give claims or amounts, not both');
    if (unsecuredFen !== undefined) malformed(`${path}/unsecuredFen`, 'give claims or amounts, not both');
    const list = arrayAt(claims, `${path}/claims`);
    if (list.length === 0) malformed(`${path}/claims`, 'expected at least one claim');
    return { claims: list.map((claim, index) => readClaim(claim, `${path}/claims/${index}`)) };
  }
  if (amountFen === undefined && unsecuredFen === undefined) {
    // Members of a committee have heads only.
    return rule.voters === 'MEMBERS'
      ? { claims: null }
      : malformed(`${path}/claims`, 'missing: give claims, or amountFen and unsecuredFen');
  }
  const amount = fenAt(amountFen, `${path}/amountFen`);
  // Only where the total of unsecured claims is measured does the second figure matter.
  const isNeeded = rule.amount?.base === 'unsecuredTotal';
  const unsecured =
    unsecuredFen === undefined && !isNeeded ? amount : fenAt(unsecuredFen, `${path}/unsecuredFen`);
  if (unsecured > amount) malformed(`${path}/unsecuredFen`, 'more than amountFen, of which it is a part');
  return { amountFen: amount, unsecuredFen: unsecured };
}

function readClaim(value: unknown, path: string): RollAmounts {
  const fields = objectAt(value, path, ['confirmedFen', 'temporaryFen', 'securedFen', 'priorityWaived']);
  const { confirmedFen, temporaryFen, securedFen, priorityWaived } = fields;
  return {
    confirmedFen: nullableFenAt(confirmedFen, `${path}/confirmedFen`),
    temporaryFen: temporaryFen === undefined ? null : nullableFenAt(temporaryFen, `${path}/temporaryFen`),
    securedFen: securedFen === undefined ? 0n : nullableFenAt(securedFen, `${path}/securedFen`),
    priorityWaived:
      priorityWaived === undefined ? false : booleanAt(priorityWaived, `${path}/priorityWaived`),
  };
}

function refuseManyEmployees(roll: readonly CaseUnit[], rule: Rule, settings: FrozenSettings): void {
  if (rule.voters !== 'CREDITORS' || settings.employeeMode !== 'COLLECTIVE_ONE') return;
  const rows = roll.flatMap(({ group }, index) => (group === 'EMPLOYEE' ? [index] : []));
  if (rows.length > 1) {
    malformed(`/roll/${rows[1]}`, 'with employeeMode COLLECTIVE_ONE the employees are one row together');
  }
}

function readBallots(value: unknown, roll: readonly CaseUnit[], rule: Rule): CaseBallot[] {
  const onRoll = new Set(roll.map(({ unitId }) => unitId));
  const seen = new Map<string, number>();
  const list = arrayAt(value, '/ballots');
  if (rule.mode === 'OBJECTION' && list.length > 0) {
    malformed('/ballots', `${rule.ruleId} records objections and counts no ballots`);
  }
  return list.map((ballot, index) => {
    const path = `/ballots/${index}`;
    const read = readBallot(ballot, path);
    if (!onRoll.has(read.unitId)) malformed(`${path}/unitId`, 'not on the roll');
    const first = seen.get(read.unitId);
    if (first !== undefined) malformed(`${path}/unitId`, `a second ballot: the first is /ballots/${first}`);
    seen.set(read.unitId, index);
    return read;
  });
}

function readBallot(value: unknown, path: string): CaseBallot {
  const fields = objectAt(value, path, ['unitId', 'choice', 'channel']);
  const unitId = nameAt(fields['unitId'], `${path}/unitId`);
  const choice = wordAt(inLowerCase(fields['choice']), `${path}/choice`, CHOICES);
  const channel = isAbsent(fields, 'channel')
    ? 'online'
    : wordAt(inLowerCase(fields['channel']), `${path}/channel`, CHANNELS);
  if (choice !== 'for' && (channel === 'deemed' || channel === 'carried')) {
    malformed(`${path}/choice`, `channel ${channel} is consent: expected for`);
  }
  return { unitId, choice, channel };
}

/** Choices and channels are read in either case. */
function inLowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
