import { timingSafeEqual } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import type { DemoAccountView, DemoView } from '../../protocol/rest/account-views.ts';
import {
  CREDITOR_ROLES,
  type OpenedSession,
  type PersonRecord,
  type PersonStore,
} from '../accounts/ports.ts';
import type { Sessions } from '../accounts/sessions.ts';
import type { OutboxReader } from '../ports/messenger-port.ts';

/** Messages shown on the page of the demonstration: several notices to each of its creditors. */
const OUTBOX_SHOWN = 200;

export interface DemonstrationAccount {
  readonly personId: string;
  /** Catalogue key below `demo.account.`, or the creditor's name. */
  readonly title: string;
}

/** The mark in the database, written by seeding alone. No request reaches `setMark`. */
export interface DemonstrationStore {
  findAccounts(): Promise<readonly DemonstrationAccount[] | undefined>;
  setMark(accounts: readonly DemonstrationAccount[]): Promise<void>;
}

export interface DemonstrationDeskDeps {
  readonly store: DemonstrationStore;
  readonly people: PersonStore;
  readonly sessions: Sessions;
  readonly outbox: OutboxReader;
  /** Secret of the printed address with `--lan`; null on the loopback, where none is needed. */
  readonly secret: string | null;
}

export interface DemonstrationDesk {
  /** Without the right secret: that one is needed, and nothing else. */
  view(secret: string | undefined): Promise<DemoView>;
  /** @throws DomainError NOT_FOUND for an account that is not of the demonstration, FORBIDDEN without the secret */
  signIn(tap: DemonstrationTap): Promise<OpenedSession>;
}

export interface DemonstrationTap {
  readonly accountId: string;
  readonly secret: string | undefined;
  readonly replaces: string | undefined;
}

export function createDemonstrationDesk(deps: DemonstrationDeskDeps): DemonstrationDesk {
  const { store, people, sessions, outbox } = deps;
  const isOpenTo = (typed: string | undefined) => deps.secret === null || isSame(deps.secret, typed ?? '');

  async function requireAccount(accountId: string): Promise<PersonRecord> {
    const isListed = (await store.findAccounts())?.some(({ personId }) => personId === accountId) ?? false;
    const person = isListed ? await people.findById(accountId) : undefined;
    if (person === undefined) throw new DomainError('NOT_FOUND');
    return person;
  }

  return {
    view: async (secret) => {
      if (!isOpenTo(secret)) return { needsSecret: true, accounts: [], outbox: [] };
      const listed = (await store.findAccounts()) ?? [];
      const persons = await people.findByIds(listed.map(({ personId }) => personId));
      const byId = new Map(persons.map((person) => [person.personId, person]));
      const accounts = listed.flatMap(({ personId, title }) => {
        const person = byId.get(personId);
        return person === undefined ? [] : [toView(person, title)];
      });
      const messages = (await outbox.recent(OUTBOX_SHOWN)).map(({ at, channel, to, subject, text }) => {
        return { at: at.toISOString(), channel, to, subject: subject ?? null, text };
      });
      return { needsSecret: deps.secret !== null, accounts, outbox: messages };
    },
    signIn: async ({ accountId, secret, replaces }) => {
      if (!isOpenTo(secret)) throw new DomainError('FORBIDDEN');
      const { personId, staff } = await requireAccount(accountId);
      const { roles, province } = staff ?? { roles: CREDITOR_ROLES, province: null };
      return sessions.open({ personId, stage: 'full', roles, province, replaces });
    },
  };
}

function toView(person: PersonRecord, title: string): DemoAccountView {
  const { personId, name, mobile, staff, identityChecks } = person;
  return {
    accountId: personId,
    name,
    title,
    roles: [...(staff?.roles ?? CREDITOR_ROLES)],
    username: staff?.username ?? null,
    mobile,
    idLast4: identityChecks[0]?.idLast4 ?? null,
  };
}

function isSame(expected: string, typed: string): boolean {
  const left = Buffer.from(expected);
  const right = Buffer.from(typed);
  return left.length === right.length && timingSafeEqual(left, right);
}
