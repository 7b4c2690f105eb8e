import type { Connection } from 'mongoose';
import type { AccountStores } from '../services/accounts/ports.ts';
import {
  createEnrolmentStore,
  createResetStore,
  createSmsCodeStore,
  createThrottleStore,
} from './accounts/code-stores.ts';
import { createPeopleStore } from './accounts/people-store.ts';
import { createSessionStore } from './accounts/session-store.ts';

/** All stores of the accounts. Indexes, some of which carry rules (unique names), exist when it resolves. */
export async function createAccountStores(connection: Connection): Promise<AccountStores> {
  const people = createPeopleStore(connection);
  const sessions = createSessionStore(connection);
  const smsCodes = createSmsCodeStore(connection);
  const throttle = createThrottleStore(connection);
  const enrolments = createEnrolmentStore(connection);
  const resets = createResetStore(connection);
  const all = [people, sessions, smsCodes, throttle, enrolments, resets];
  await Promise.all(all.map(({ prepare }) => prepare()));
  return {
    people: people.store,
    sessions: sessions.store,
    smsCodes: smsCodes.store,
    throttle: throttle.store,
    enrolments: enrolments.store,
    resets: resets.store,
  };
}
