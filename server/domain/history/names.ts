/**
 * Names of a meeting's people and creditors, from the private values of its own ledger. Erased values are
 * shown as such; with `masked` people are shown by their family name (个人信息保护法 arts. 6, 51).
 */
import type { Role } from '../../protocol/scalars.ts';
import { maskCreditorName, maskPersonName } from '../masking.ts';
import { entriesOf, type MeetingHistory } from '../record/history/meeting-history.ts';

/** What stands in the place of a private value that was erased. */
export const ERASED = '〔已删除〕';

/** The private value under a commitment, or `ERASED`; a value that does not open it is not shown either. */
export type OpenPrivate = (commitment: string | undefined) => string;

export interface NameBook {
  /** 张三, masked 张*. */
  person(personId: string): string;
  /** Companies in full, people as persons. */
  creditor(creditorId: string): string;
  /** 张三（江南某某有限公司，代理人）: who speaks, for whom. */
  inCapacity(personId: string, capacityId: string | undefined): string;
  /** Role in which staff entered the meeting, undefined for creditors. */
  staffRole(personId: string): Role | undefined;
}

/**
 * Endings and words of names of organisations. The ledger does not say what a creditor is, so whoever is
 * not surely an organisation is masked like a person.
 */
const ORGANISATION =
  /公司|集团|企业|工厂|厂$|店$|行$|社$|局$|院$|所$|处$|站$|部$|馆$|会$|中心|委员会|银行|合伙|学校|大学|基金|政府|\b(?:ltd|limited|inc|llc|llp|corp|gmbh|plc|s\.?a)\b/i;

export function isOrganisationName(name: string): boolean {
  return [...name].length >= 4 && ORGANISATION.test(name);
}

export const capacityWords = {
  self: '本人',
  'legal-representative': '法定代表人',
  contact: '联系人',
  proxy: '代理人',
} as const;

interface Acting {
  readonly creditorId: string;
  readonly kind: keyof typeof capacityWords;
}

export function createNameBook(history: MeetingHistory, open: OpenPrivate, masked: boolean): NameBook {
  const people = new Map<string, string>();
  const creditors = new Map<string, string>();
  const roles = new Map<string, Role>();
  const capacities = new Map<string, Acting>();
  for (const { body } of entriesOf(history, 'host.assign')) {
    people.set(body.hostPersonId, open(body.commitments.hostName));
    roles.set(body.hostPersonId, body.hostRole);
  }
  for (const { body } of entriesOf(history, 'presence')) {
    if (body.event !== 'sign-in') continue;
    const { personId, creditorId, capacityId, capacity = 'self', commitments } = body;
    if (commitments?.personName !== undefined) people.set(personId, open(commitments.personName));
    if (creditorId === undefined) roles.set(personId, body.role);
    else if (commitments?.creditorName !== undefined)
      creditors.set(creditorId, open(commitments.creditorName));
    if (creditorId !== undefined && capacityId !== undefined)
      capacities.set(capacityId, { creditorId, kind: capacity });
  }
  // Who objects to a claim need not have signed in.
  for (const { body } of entriesOf(history, 'objection')) {
    const { creditorId, commitments } = body;
    if (creditorId !== undefined && commitments.objectorName !== undefined && !creditors.has(creditorId))
      creditors.set(creditorId, open(commitments.objectorName));
  }
  // With another telephone a creditor may be named before anybody has signed in for it.
  for (const { body } of entriesOf(history, 'credential.reset')) {
    const { personId, creditorId, commitments } = body;
    const { creditorName, personName } = commitments ?? {};
    if (creditorId !== undefined && creditorName !== undefined && !creditors.has(creditorId))
      creditors.set(creditorId, open(creditorName));
    if (personName !== undefined && !people.has(personId)) people.set(personId, open(personName));
  }

  const person = (personId: string) => shown(people.get(personId), (name) => maskPersonName(name));
  const creditor = (creditorId: string) =>
    shown(creditors.get(creditorId), (name) => maskCreditorName(name, !isOrganisationName(name)));

  function shown(name: string | undefined, mask: (name: string) => string): string {
    if (name === undefined) return '（未签到人员）';
    return masked && name !== ERASED ? mask(name) : name;
  }

  return {
    person,
    creditor,
    inCapacity(personId, capacityId) {
      const acting = capacityId === undefined ? undefined : capacities.get(capacityId);
      if (!acting) return person(personId);
      const isSelf = people.get(personId) === creditors.get(acting.creditorId);
      const whom = isSelf ? '债权人' : `${creditor(acting.creditorId)}，${capacityWords[acting.kind]}`;
      return `${person(personId)}（${whom}）`;
    },
    staffRole: (personId) => roles.get(personId),
  };
}
