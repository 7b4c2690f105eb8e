import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { solveChallenge } from '../../server/protocol/challenge.ts';
import type { KeyedCreditor } from '../../server/domain/people/parties.ts';
import { startAccountsServer, type AccountsServer, type TestBrowser } from '../support/http-server.ts';
import { turnsWhile } from '../support/turns.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let server: AccountsServer;
/** Every test gets numbers, names and addresses of its own. */
let count = 0;
let mobile = '';
let address = '';

beforeAll(async () => {
  server = await startAccountsServer();
});
afterAll(() => server.close());
beforeEach(() => {
  count += 1;
  mobile = `138${String(count).padStart(8, '0')}`;
  address = `198.51.100.${count}`;
});

const company = (change: Partial<KeyedCreditor> = {}): KeyedCreditor => ({
  creditorId: `creditor-${count}`,
  name: `江南（杭州）贸易第${count}有限公司`,
  kind: 'LEGAL_PERSON',
  idNo: '91330100MA2ABCDE1X',
  legalRep: '王建国',
  contact: '李红',
  mobile,
  proxy: undefined,
  ...change,
});

const natural = (change: Partial<KeyedCreditor> = {}) =>
  company({
    name: '张三',
    kind: 'NATURAL_PERSON',
    idNo: '33010119900101123X',
    legalRep: undefined,
    ...change,
  });

const importClaims = (creditors: readonly KeyedCreditor[], caseId = `case-${count}`) =>
  server.accounts.syncPeopleFromClaims({
    caseId,
    importId: 'import',
    confirmedBy: 'administrator',
    creditors,
  });

/** Codes sent to the number, newest first. */
async function codesSentTo(number: string): Promise<readonly string[]> {
  await server.accounts.smsSignIn.settled();
  const messages = (await server.outbox.recent(200)).filter(({ to }) => to === number);
  return messages.flatMap(({ text }) => /验证码 (\d{6})/.exec(text)?.[1] ?? []);
}

async function requestCode(browser: TestBrowser, number = mobile): Promise<string> {
  const reply = await browser.post('/api/auth/sms-code', { mobile: number });
  expect(reply.statusCode).toBe(200);
  return (await codesSentTo(number))[0] ?? '';
}

const wrong = (code: string) => (code === '000000' ? '000001' : '000000');
const codeOf = (reply: { json(): { code?: string } }) => reply.json().code;

async function signIn(browser: TestBrowser, name = '张三', idLast4 = '123X'): Promise<void> {
  const code = await requestCode(browser);
  expect((await browser.post('/api/auth/sms-sign-in', { mobile, code })).json()).toEqual({
    stage: 'code-verified',
  });
  expect((await browser.post('/api/auth/name-check', { name, idLast4 })).json()).toEqual({ stage: 'full' });
}

describe('a creditor signs in', () => {
  it('with number, code, name and the last four of the ID, and reads the own account', async () => {
    await importClaims([natural()]);
    const browser = server.browser(address);
    await signIn(browser, ' 张 三', '123x');
    const me = (await browser.get('/api/me')).json();
    expect(me).toMatchObject({ stage: 'full', name: '张三', roles: ['creditor'], username: null });
    expect(me.mobileMasked).toBe(`138****${mobile.slice(-4)}`);
    expect(me.capacities).toMatchObject([{ creditorName: '张三', kind: 'self', caseId: `case-${count}` }]);
  });

  it('for an enterprise with its full name and the last four of the credit code', async () => {
    await importClaims([company()]);
    const browser = server.browser(address);
    await signIn(browser, `江南(杭州)贸易第${count}有限公司`, 'de1x');
    expect((await browser.get('/api/me')).json()).toMatchObject({
      name: '李红',
      capacities: [{ kind: 'contact' }],
    });
  });

  it('with a code that was typed with spaces and a number with its country code', async () => {
    await importClaims([natural()]);
    const browser = server.browser(address);
    const code = await requestCode(browser, mobile);
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
    const reply = await browser.post('/api/auth/sms-sign-in', { mobile: `+86 ${mobile}`, code: spaced });
    expect(reply.statusCode).toBe(200);
  });

  it('with an older code, until one of them is used', async () => {
    await importClaims([natural()]);
    const browser = server.browser(address);
    const older = await requestCode(browser);
    const newer = await requestCode(browser);
    expect((await browser.post('/api/auth/sms-sign-in', { mobile, code: older })).statusCode).toBe(200);
    expect(codeOf(await browser.post('/api/auth/sms-sign-in', { mobile, code: newer }))).toBe('CODE_EXPIRED');
  });

  it('gets a new session at every step, and the one before is worth nothing', async () => {
    await importClaims([natural()]);
    const browser = server.browser(address);
    const code = await requestCode(browser);
    await browser.post('/api/auth/sms-sign-in', { mobile, code });
    const first = browser.cookies.get('session') ?? '';
    await browser.post('/api/auth/name-check', { name: '张三', idLast4: '123X' });
    expect(browser.cookies.get('session')).not.toBe(first);
    expect(await server.accounts.sessions.findByToken(first)).toBeUndefined();
  });

  it('learns nothing and may do nothing before the name check', async () => {
    await importClaims([natural()]);
    const browser = server.browser(address);
    await browser.post('/api/auth/sms-sign-in', { mobile, code: await requestCode(browser) });
    expect((await browser.get('/api/me')).json()).toMatchObject({
      stage: 'code-verified',
      name: '',
      capacities: [],
    });
    expect(codeOf(await browser.get('/api/operator/staff'))).toBe('SIGN_IN_INCOMPLETE');
  });

  it('gets a cookie that scripts cannot read', async () => {
    await importClaims([natural()]);
    const browser = server.browser(address);
    const code = await requestCode(browser);
    const reply = await browser.post('/api/auth/sms-sign-in', { mobile, code });
    expect(reply.cookies).toContainEqual(
      expect.objectContaining({ name: 'session', httpOnly: true, sameSite: 'Lax' }),
    );
  });
});

describe('a code', () => {
  it('asked for in one browser does not work in another', async () => {
    await importClaims([natural()]);
    const code = await requestCode(server.browser(address));
    const other = server.browser(address);
    expect(codeOf(await other.post('/api/auth/sms-sign-in', { mobile, code }))).toBe(
      'CODE_NOT_REQUESTED_HERE',
    );
    await requestCode(other);
    expect(codeOf(await other.post('/api/auth/sms-sign-in', { mobile, code }))).toBe('CODE_WRONG');
  });

  it('ends after 15 minutes', async () => {
    await importClaims([natural()]);
    const browser = server.browser(address);
    const code = await requestCode(browser);
    server.clock.advance(15 * MINUTE_MS);
    expect(codeOf(await browser.post('/api/auth/sms-sign-in', { mobile, code }))).toBe('CODE_EXPIRED');
  });

  it('allows five tries', async () => {
    await importClaims([natural()]);
    const browser = server.browser(address);
    const code = await requestCode(browser);
    for (let i = 0; i < 5; i++) {
      const reply = await browser.post('/api/auth/sms-sign-in', { mobile, code: wrong(code) });
      expect(codeOf(reply)).toBe('CODE_WRONG');
    }
    expect(codeOf(await browser.post('/api/auth/sms-sign-in', { mobile, code }))).toBe('CODE_TRIES_EXCEEDED');
  });

  it('is used once, also by two requests at the same moment', async () => {
    await importClaims([natural()]);
    const browser = server.browser(address);
    const code = await requestCode(browser);
    const both = await Promise.all([1, 2].map(() => browser.post('/api/auth/sms-sign-in', { mobile, code })));
    expect(both.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([200, 422]);
  });

  it('is not stored in a form that can be read', async () => {
    await importClaims([natural()]);
    const code = await requestCode(server.browser(address));
    const stored = await server.database.db.collection('sms_codes').find().toArray();
    expect(JSON.stringify(stored)).not.toContain(code);
    expect(JSON.stringify(stored)).not.toContain(mobile);
  });

  it('for a number that nobody has is answered in the same way, to the last step', async () => {
    await importClaims([natural()]);
    const known = server.browser(address);
    const unknown = server.browser(address);
    const strange = '13999999999';
    const answers = [
      await known.post('/api/auth/sms-code', { mobile }),
      await unknown.post('/api/auth/sms-code', { mobile: strange }),
    ];
    expect(answers[1]?.json()).toEqual(answers[0]?.json());
    expect(answers[1]?.statusCode).toBe(answers[0]?.statusCode);
    expect(Object.keys(answers[1]?.headers ?? {})).toEqual(Object.keys(answers[0]?.headers ?? {}));
    expect(await codesSentTo(strange)).toEqual([]);
    const right = (await codesSentTo(mobile))[0] ?? '';
    const refusal = { known: await known.post('/api/auth/sms-sign-in', { mobile, code: wrong(right) }) };
    const same = await unknown.post('/api/auth/sms-sign-in', { mobile: strange, code: '000000' });
    expect(same.json()).toEqual(refusal.known.json());
  });
});

describe('limits', () => {
  it('count a number with its requester, so that nobody can lock a creditor out', async () => {
    await importClaims([natural()]);
    const attacker = server.browser('192.0.2.200');
    let refusals = 0;
    for (let i = 0; i < 8; i++) {
      const reply = await attacker.post('/api/auth/sms-code', { mobile });
      if (codeOf(reply) === 'RATE_LIMITED') refusals += 1;
    }
    expect(refusals).toBe(2);
    await signIn(server.browser(address));
  });

  it('say in how many seconds to try again', async () => {
    const browser = server.browser(address);
    for (let i = 0; i < 6; i++) await browser.post('/api/auth/sms-code', { mobile });
    const reply = await browser.post('/api/auth/sms-code', { mobile });
    expect(reply.statusCode).toBe(429);
    expect(reply.json().params.retryAfterS).toBeGreaterThan(0);
    expect(Number(reply.headers['retry-after'])).toBe(reply.json().params.retryAfterS);
  });

  it('ask for a challenge when many requesters want codes for one number, and let a known device pass', async () => {
    await importClaims([natural()]);
    const own = server.browser(address);
    await signIn(own);
    for (let i = 0; i < 10; i++) {
      await server.browser(`192.0.2.${i}`).post('/api/auth/sms-code', { mobile });
    }
    const stranger = server.browser('192.0.2.99');
    expect(codeOf(await stranger.post('/api/auth/sms-code', { mobile }))).toBe('CHALLENGE_REQUIRED');
    expect((await own.post('/api/auth/sms-code', { mobile })).statusCode).toBe(200);

    const { token, bits } = (await stranger.get('/api/auth/challenge')).json();
    const challenge = { token, nonce: await solveChallenge(token, bits) };
    expect((await stranger.post('/api/auth/sms-code', { mobile, challenge })).statusCode).toBe(200);
    expect(codeOf(await stranger.post('/api/auth/sms-code', { mobile, challenge }))).toBe(
      'CHALLENGE_REQUIRED',
    );
  });
});

describe('the name check', () => {
  it('allows five tries and then ends the session', async () => {
    await importClaims([natural()]);
    const browser = server.browser(address);
    await browser.post('/api/auth/sms-sign-in', { mobile, code: await requestCode(browser) });
    for (let left = 4; left >= 0; left--) {
      const reply = await browser.post('/api/auth/name-check', { name: '张三', idLast4: '0000' });
      expect(reply.json()).toMatchObject({ code: 'NAME_CHECK_FAILED', params: { triesLeft: left } });
    }
    const last = await browser.post('/api/auth/name-check', { name: '张三', idLast4: '123X' });
    expect(codeOf(last)).toBe('NAME_CHECK_TRIES_EXCEEDED');
    expect(codeOf(await browser.get('/api/me'))).toBe('SESSION_REVOKED');
  });

  it('needs the proven telephone', async () => {
    const reply = await server
      .browser(address)
      .post('/api/auth/name-check', { name: '张三', idLast4: '123X' });
    expect(codeOf(reply)).toBe('NOT_SIGNED_IN');
  });
});

describe('a session', () => {
  it('ends with sign-out', async () => {
    await importClaims([natural()]);
    const browser = server.browser(address);
    await signIn(browser);
    const token = browser.cookies.get('session') ?? '';
    await browser.post('/api/auth/sign-out');
    expect(browser.cookies.has('session')).toBe(false);
    expect(await server.accounts.sessions.findByToken(token)).toBeUndefined();
  });

  it('ends on all devices with sign-out everywhere, and open sockets are told', async () => {
    await importClaims([natural()]);
    const phone = server.browser(address);
    const desk = server.browser(address);
    await signIn(phone);
    await signIn(desk);
    const ended: string[] = [];
    server.accounts.sessions.onEnded((ids) => ended.push(...ids));
    await phone.post('/api/auth/sign-out-everywhere');
    expect(ended).toHaveLength(2);
    expect(codeOf(await desk.get('/api/me'))).toBe('SESSION_REVOKED');
  });

  it('ends by itself, and the sweep tells open sockets', async () => {
    await importClaims([natural()]);
    const browser = server.browser(address);
    await signIn(browser);
    const ended: string[] = [];
    server.accounts.sessions.onEnded((ids) => ended.push(...ids));
    server.clock.advance(24 * HOUR_MS);
    expect(codeOf(await browser.get('/api/me'))).toBe('SESSION_REVOKED');
    await server.accounts.sessions.sweep();
    expect(ended.length).toBeGreaterThan(0);
  });

  it('is stored without its token', async () => {
    await importClaims([natural()]);
    const browser = server.browser(address);
    await signIn(browser);
    const stored = await server.database.db.collection('sessions').find().toArray();
    expect(JSON.stringify(stored)).not.toContain(browser.cookies.get('session'));
  });
});

describe('an import of claims', () => {
  const proxy = { name: '赵律师', idNo: '330101198001012345', scope: 'GENERAL' } as const;
  const proxyMobile = () => `139${String(count).padStart(8, '0')}`;

  it('changes nothing when it is repeated', async () => {
    const creditors = [company({ proxy: { ...proxy, mobile: proxyMobile() } })];
    expect(await importClaims(creditors)).toMatchObject({ people: 2, added: 2, revoked: 0 });
    expect(await importClaims(creditors)).toMatchObject({ people: 2, added: 0, revoked: 0 });
  });

  it('that drops a proxy revokes the capacity and ends the proxy holder’s sessions', async () => {
    await importClaims([company({ proxy: { ...proxy, mobile: proxyMobile() } })]);
    const holder = await server.stores.people.findByMobile(proxyMobile());
    const personId = holder?.personId ?? '';
    const open = await server.accounts.sessions.open({
      personId,
      stage: 'full',
      roles: ['creditor'],
      province: null,
    });
    expect(await importClaims([company()])).toMatchObject({ added: 0, revoked: 1 });
    expect(await server.accounts.sessions.findByToken(open.token)).toBeUndefined();
    expect((await server.stores.people.findById(personId))?.identityChecks).toEqual([]);
  });

  it('that changes a telephone tells the old number and lists the creditor', async () => {
    await importClaims([company()]);
    const result = await importClaims([company({ mobile: proxyMobile() })]);
    expect(result.movedCreditorIds).toEqual([`creditor-${count}`]);
    const message = (await server.outbox.recent(200)).find(({ to }) => to === mobile);
    expect(message?.text).toContain('已由管理人变更');
  });

  it('gives one person all creditors of the same number', async () => {
    await importClaims([company(), natural({ creditorId: 'another-creditor' })]);
    const browser = server.browser(address);
    await signIn(browser);
    expect((await browser.get('/api/me')).json().capacities).toHaveLength(2);
  });

  it('of 10 000 creditors is done in slices', async () => {
    const creditors = Array.from({ length: 10_000 }, (_, i) =>
      natural({ creditorId: `bulk-${i}`, mobile: `17${String(i).padStart(9, '0')}`.replace(/^170/, '173') }),
    );
    const first = await turnsWhile(importClaims(creditors));
    expect(first.result.added).toBe(10_000);
    expect(first.turns).toBeGreaterThan(100);
    expect((await importClaims(creditors)).added).toBe(0);
  });

  it('is in the audit trail, whose hashes run through', async () => {
    await importClaims([natural()]);
    expect(await server.audit.findBreak()).toBeUndefined();
    const records = server.database.db.collection<{ _id: number }>('audit_trail');
    await records.updateOne({ _id: 1 }, { $set: { event: '{}' } });
    expect(await server.audit.findBreak()).toBe(1);
  });
});
