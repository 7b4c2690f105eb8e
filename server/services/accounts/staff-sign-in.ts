import { DomainError } from '../../domain/errors.ts';
import type { Clock } from '../clock.ts';
import type { Challenges, Solution } from './protection/challenges.ts';
import { budgets, limits, type Throttle } from './protection/limits.ts';
import type { Passwords } from './protection/passwords.ts';
import type { OpenedSession, PersonRecord, PersonStore, Requester, StaffRecord } from './ports.ts';
import type { Secrets } from './protection/secrets.ts';
import type { Sessions } from './sessions.ts';
import { matchTotpStep } from './protection/totp.ts';

export interface StaffSignInDeps {
  readonly people: PersonStore;
  readonly sessions: Sessions;
  readonly throttle: Throttle;
  readonly challenges: Challenges;
  readonly passwords: Passwords;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

export interface StaffAnswer {
  readonly username: string;
  readonly password: string;
  readonly totp: string;
  readonly requester: Requester;
  readonly challenge: Solution | undefined;
  readonly replaces: string | undefined;
}

/**
 * Name, password and one-time password in one step, so that nothing tells which of them was wrong. Five
 * failures lock the account for this requester only: nobody can lock somebody else out.
 * @throws DomainError CREDENTIALS_WRONG, RATE_LIMITED, CHALLENGE_REQUIRED
 */
export function createStaffSignIn(deps: StaffSignInDeps) {
  const { people, sessions, throttle, challenges, passwords, secrets, clock } = deps;

  async function check(
    person: PersonRecord | undefined,
    answer: StaffAnswer,
  ): Promise<StaffRecord | undefined> {
    const staff = person?.staff?.state === 'active' ? person.staff : null;
    const isPasswordRight = await passwords.verify(answer.password, staff?.passwordHash ?? null);
    if (!person || !staff?.totpSealed || !isPasswordRight) return undefined;
    const step = matchTotpStep(secrets.open(staff.totpSealed), answer.totp, clock.now());
    const isFresh = step !== undefined && (await people.useTotpStep(person.personId, step));
    return isFresh ? staff : undefined;
  }

  return async (answer: StaffAnswer): Promise<OpenedSession> => {
    const { requester, replaces } = answer;
    const username = answer.username.normalize('NFKC').trim().toLowerCase();
    const person = await people.findByUsername(username);
    const browser = secrets.hash('browser', requester.browserToken);
    const isKnown = person?.knownBrowsers.includes(browser) ?? false;
    const who = isKnown ? browser : requester.address;
    await throttle.requireRoom(limits.staffFailures, username, who);
    if (!isKnown && !(await throttle.hasRoom(budgets.staffFailures)))
      await challenges.require(answer.challenge);
    const staff = await check(person, answer);
    if (!person || !staff) {
      await throttle.spend(budgets.staffFailures);
      await throttle.count(limits.staffFailures, username, who);
      throw new DomainError('CREDENTIALS_WRONG');
    }
    await people.addKnownBrowser(person.personId, browser);
    const { roles, province } = staff;
    return sessions.open({ personId: person.personId, stage: 'full', roles, province, replaces });
  };
}
