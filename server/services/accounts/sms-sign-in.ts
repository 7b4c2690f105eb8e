import { DomainError } from '../../domain/errors.ts';
import { normaliseMobile } from '../../domain/people/identity.ts';
import type { Clock, Ids } from '../clock.ts';
import type { Messenger } from '../ports/messenger-port.ts';
import type { Challenges, Solution } from './protection/challenges.ts';
import { budgets, limits, type Throttle } from './protection/limits.ts';
import {
  CREDITOR_ROLES,
  type AccountLog,
  type OpenedSession,
  type PersonRecord,
  type PersonStore,
  type Requester,
  type SmsCodeRecord,
  type SmsCodeStore,
} from './ports.ts';
import { isEqualHex, type Secrets } from './protection/secrets.ts';
import type { Sessions } from './sessions.ts';

const CODE_TTL_S = 15 * 60;
const CODE_TRIES_MAX = 5;
const RESEND_AFTER_S = 30;

export interface SmsSignInDeps {
  readonly people: PersonStore;
  readonly codes: SmsCodeStore;
  readonly sessions: Sessions;
  readonly throttle: Throttle;
  readonly challenges: Challenges;
  readonly messenger: Messenger;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: AccountLog;
}

export interface CodeRequest {
  readonly mobile: string;
  readonly requester: Requester;
  readonly challenge: Solution | undefined;
}

export interface CodeAnswer extends CodeRequest {
  readonly code: string;
  /** Session that the browser had before; it ends. */
  readonly replaces: string | undefined;
}

export interface SmsSignIn {
  /**
   * Sends a code. A number that nobody has takes the same way and the same time; nothing is sent to it.
   * @throws DomainError INVALID_REQUEST, RATE_LIMITED, CHALLENGE_REQUIRED
   */
  requestCode(request: CodeRequest): Promise<{ validForS: number; resendAfterS: number }>;
  /**
   * Proves the telephone; the name check comes next.
   * @throws DomainError CODE_WRONG, CODE_EXPIRED, CODE_NOT_REQUESTED_HERE, CODE_TRIES_EXCEEDED,
   *   RATE_LIMITED, CHALLENGE_REQUIRED
   */
  verifyCode(answer: CodeAnswer): Promise<OpenedSession>;
  /** Resolves when messages under way have been handed over. */
  settled(): Promise<void>;
}

export function createSmsSignIn(deps: SmsSignInDeps): SmsSignIn {
  const { people, codes, sessions, throttle, challenges, secrets, clock } = deps;
  const post = createPost(deps);

  const keyOf = (mobile: string, requester: Requester) =>
    secrets.hash('sms-key', requester.browserToken, mobile);

  /** A known device is counted by itself: others behind its address cannot use its limit up. */
  async function look(mobile: string, requester: Requester) {
    const person = await people.findByMobile(mobile);
    const browser = secrets.hash('browser', requester.browserToken);
    const isKnown = person?.knownBrowsers.includes(browser) ?? false;
    return { person, isKnown, who: isKnown ? browser : requester.address };
  }

  async function fail(key: string, who: readonly string[]): Promise<never> {
    await throttle.spend(budgets.failures);
    await throttle.count(limits.codeFailures, ...who);
    const hadAny = await codes.hasAny(key);
    throw new DomainError(hadAny ? 'CODE_EXPIRED' : 'CODE_NOT_REQUESTED_HERE');
  }

  return {
    requestCode: async ({ mobile: typed, requester, challenge }) => {
      const mobile = requireMobile(typed);
      const { person, isKnown, who } = await look(mobile, requester);
      await throttle.count(limits.codesToNumber, mobile, who);
      const withinNumber = await throttle.spend(budgets.codesToOneNumber, mobile);
      const withinTotal = await throttle.spend(budgets.codes);
      if (!isKnown && !(withinNumber && withinTotal)) await challenges.require(challenge);
      const code = await storeCode(deps, keyOf(mobile, requester), person);
      if (person) post.send(mobile, codeText(code));
      return { validForS: CODE_TTL_S, resendAfterS: RESEND_AFTER_S };
    },

    verifyCode: async ({ mobile: typed, code: typedCode, requester, challenge, replaces }) => {
      const mobile = requireMobile(typed);
      const { isKnown, who } = await look(mobile, requester);
      await throttle.requireRoom(limits.codeFailures, mobile, who);
      if (!isKnown && !(await throttle.hasRoom(budgets.failures))) await challenges.require(challenge);
      const key = keyOf(mobile, requester);
      const live = await codes.findLive(key, new Date(clock.now()));
      if (live.length === 0) return fail(key, [mobile, who]);
      const matching = await findMatching(codes, live, (record) =>
        isEqualHex(record.codeHash, hashCode(secrets, record.codeId, typedCode.replaceAll(/\s/g, ''))),
      );
      if (matching === undefined || matching.personId === null) {
        await throttle.spend(budgets.failures);
        await throttle.count(limits.codeFailures, mobile, who);
        throw new DomainError('CODE_WRONG');
      }
      if (!(await codes.use(matching))) throw new DomainError('CODE_EXPIRED');
      const { personId } = matching;
      return sessions.open({
        personId,
        stage: 'code-verified',
        roles: CREDITOR_ROLES,
        province: null,
        replaces,
      });
    },

    settled: post.settled,
  };
}

const hashCode = (secrets: Secrets, codeId: string, code: string) => secrets.hash('sms-code', codeId, code);

/** Makes a code and stores its hash, for nobody as for somebody. */
async function storeCode(
  deps: SmsSignInDeps,
  key: string,
  person: PersonRecord | undefined,
): Promise<string> {
  const { codes, secrets, clock, ids } = deps;
  const code = randomCode(ids);
  const codeId = ids.next();
  const expiresAt = new Date(clock.now() + CODE_TTL_S * 1000);
  const personId = person?.personId ?? null;
  await codes.insert({ codeId, key, codeHash: hashCode(secrets, codeId, code), personId, expiresAt });
  return code;
}

/**
 * Tries the code against every live one; each of them counts the try.
 * @throws DomainError CODE_TRIES_EXCEEDED when none has a try left, CODE_EXPIRED when one was used meanwhile
 */
async function findMatching(
  codes: SmsCodeStore,
  live: readonly SmsCodeRecord[],
  isMatch: (record: SmsCodeRecord) => boolean,
): Promise<SmsCodeRecord | undefined> {
  const open: SmsCodeRecord[] = [];
  for (const record of live) if (await codes.takeTry(record.codeId, CODE_TRIES_MAX)) open.push(record);
  if (open.length > 0) return open.find(isMatch);
  // Another request may have used the code between the two look-ups.
  const [newest] = live;
  const moment = new Date((newest?.expiresAt.getTime() ?? 0) - 1);
  const isUsed = newest !== undefined && (await codes.findLive(newest.key, moment)).length === 0;
  throw new DomainError(isUsed ? 'CODE_EXPIRED' : 'CODE_TRIES_EXCEEDED');
}

/** Hands messages over without the answer waiting for it: the wait would tell who is registered. */
function createPost(deps: Pick<SmsSignInDeps, 'messenger' | 'log'>) {
  const underWay = new Set<Promise<void>>();
  return {
    send: (to: string, text: string) => {
      const sending: Promise<void> = deps.messenger
        .send({ channel: 'sms', to, text })
        .catch((error: unknown) => deps.log.warn({ err: error }, 'an SMS could not be handed over'))
        .finally(() => void underWay.delete(sending));
      underWay.add(sending);
    },
    settled: async () => {
      await Promise.all(underWay);
    },
  };
}

const codeText = (code: string) =>
  `【债权人会议】验证码 ${code}，${CODE_TTL_S / 60} 分钟内有效，请勿告诉他人。工作人员不会向您索要验证码。`;

/** Six digits, each equally likely: values beyond the last whole million are drawn again. */
function randomCode(ids: Ids): string {
  const limit = 2 ** 32 - (2 ** 32 % 1_000_000);
  for (;;) {
    const value = Buffer.from(ids.bytes(4)).readUInt32BE();
    if (value < limit) return String(value % 1_000_000).padStart(6, '0');
  }
}

function requireMobile(typed: string): string {
  const mobile = normaliseMobile(typed);
  if (mobile === undefined) throw new DomainError('INVALID_REQUEST', { detail: 'body/mobile' });
  return mobile;
}
