import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { generateSync } from 'otplib';
import { startAccountsServer, type AccountsServer, type TestBrowser } from '../support/http-server.ts';

const PASSWORD = 'correct horse battery staple';

let server: AccountsServer;
let operator: TestBrowser;
let operatorSecret = '';
/** Every test gets names and addresses of its own. */
let count = 0;
let address = '';

beforeAll(async () => {
  server = await startAccountsServer();
  operator = server.browser('198.51.100.250');
});
afterAll(() => server.close());
beforeEach(() => {
  count += 1;
  address = `198.51.100.${count}`;
});

const wrong = (code: string) => (code === '000000' ? '000001' : '000000');
const codeOf = (reply: { json(): { code?: string } }) => reply.json().code;

describe('the staff', () => {
  /** One-time password of now; moves the clock on, for a step is good once. */
  function totp(secret: string): string {
    server.clock.advance(30_000);
    return generateSync({ secret, epoch: Math.floor(server.clock.now() / 1000) });
  }

  async function enrol(browser: TestBrowser, code: string): Promise<string> {
    const { secret } = (await browser.post('/api/setup/staff', { code, password: PASSWORD })).json();
    const reply = await browser.post('/api/setup/confirm', { code, totp: totp(secret) });
    expect(reply.json()).toEqual({ stage: 'full' });
    return secret;
  }

  async function createStaff(role: string, province: string | null = null) {
    const username = `${role}-${count}`;
    const reply = await operator.post('/api/operator/staff', {
      username,
      name: '某某',
      roles: [role],
      province,
    });
    const browser = server.browser(address);
    const secret = await enrol(browser, reply.json().code);
    return { username, browser, secret };
  }

  it('begins with the first operator, who has the code from the terminal', async () => {
    const { code = '' } = (await server.accounts.enrolment.prepareOperator()) ?? {};
    expect(code.replaceAll('-', '')).toHaveLength(26);
    const account = { username: 'operator', name: '运维', password: PASSWORD };
    const setUp = (change: object) => operator.post('/api/setup/operator', { ...account, code, ...change });
    expect(codeOf(await setUp({ code: 'AAAA-BBBB' }))).toBe('SETUP_CODE_WRONG');
    expect(codeOf(await setUp({ password: 'operator' }))).toBe('PASSWORD_WEAK');
    const begun = (await setUp({})).json();
    operatorSecret = begun.secret;
    expect(begun.otpauthUri).toMatch(/^otpauth:\/\/totp\//);
    const wrongly = await operator.post('/api/setup/confirm', { code, totp: wrong(totp(operatorSecret)) });
    expect(codeOf(wrongly)).toBe('TOTP_WRONG');
    const done = await operator.post('/api/setup/confirm', { code, totp: totp(operatorSecret) });
    expect(done.json()).toEqual({ stage: 'full' });
    expect(codeOf(await setUp({ username: 'second' }))).toBe('SETUP_CODE_WRONG');
  });

  it('gets no operator from a code that is older than 30 minutes or replaced by a newer one', async () => {
    const other = await startAccountsServer();
    const older = await other.accounts.enrolment.prepareOperator();
    const newer = await other.accounts.enrolment.prepareOperator();
    const account = { username: 'operator', name: '运维', password: PASSWORD };
    const setUp = (code = '') => other.browser().post('/api/setup/operator', { ...account, code });
    expect(codeOf(await setUp(older?.code))).toBe('SETUP_CODE_WRONG');
    other.clock.advance(30 * 60_000);
    expect(codeOf(await setUp(newer?.code))).toBe('SETUP_CODE_WRONG');
    await other.close();
  });

  it('gets no second first operator', async () => {
    expect(await server.accounts.enrolment.prepareOperator()).toBeUndefined();
  });

  it('signs in with name, password and one-time password; the same one is refused a second time', async () => {
    const { username, secret } = await createStaff('judge');
    const browser = server.browser(address);
    const answer = { username, password: PASSWORD, totp: totp(secret) };
    expect((await browser.post('/api/auth/staff-sign-in', answer)).json()).toEqual({ stage: 'full' });
    expect((await browser.get('/api/me')).json()).toMatchObject({ username, roles: ['judge'], name: '某某' });
    expect(codeOf(await browser.post('/api/auth/staff-sign-in', answer))).toBe('CREDENTIALS_WRONG');
  });

  it('is not told whether name, password or one-time password was wrong', async () => {
    const { username, secret } = await createStaff('clerk');
    const right = { username, password: PASSWORD, totp: totp(secret) };
    const attempts = [
      { ...right, username: 'nobody-here' },
      { ...right, password: 'another password altogether' },
      { ...right, totp: wrong(right.totp) },
    ];
    for (const attempt of attempts) {
      const reply = await server.browser(address).post('/api/auth/staff-sign-in', attempt);
      expect(reply.json()).toEqual(expect.objectContaining({ code: 'CREDENTIALS_WRONG', status: 422 }));
    }
  });

  it('is locked after five failures for that requester only', async () => {
    const { username, secret } = await createStaff('judge');
    const attacker = server.browser('192.0.2.66');
    const guess = () =>
      attacker.post('/api/auth/staff-sign-in', { username, password: 'a guess of mine', totp: '123456' });
    for (let i = 0; i < 5; i++) expect(codeOf(await guess())).toBe('CREDENTIALS_WRONG');
    expect(codeOf(await guess())).toBe('RATE_LIMITED');
    const answer = { username, password: PASSWORD, totp: totp(secret) };
    expect((await server.browser(address).post('/api/auth/staff-sign-in', answer)).statusCode).toBe(200);
  });

  it('is made by the operator alone, each name once, a reviewer with a province', async () => {
    const { browser, username } = await createStaff('administrator-lead');
    const account = { username: 'new-judge', name: '某某', roles: ['judge'], province: null };
    expect(codeOf(await browser.post('/api/operator/staff', account))).toBe('FORBIDDEN');
    expect(codeOf(await operator.post('/api/operator/staff', { ...account, username }))).toBe(
      'USERNAME_TAKEN',
    );
    for (const refused of [
      { roles: ['reviewer'] },
      { roles: ['judge', 'operator'] },
      { roles: ['creditor'] },
    ]) {
      expect(codeOf(await operator.post('/api/operator/staff', { ...account, ...refused }))).toBe(
        'INVALID_REQUEST',
      );
    }
    const { rows } = (await operator.get('/api/operator/staff')).json();
    expect(rows).toContainEqual(expect.objectContaining({ username, state: 'active' }));
    expect(JSON.stringify(rows)).not.toContain('argon2');
  });

  it('gets another invitation when the first was lost, but none once the account is set up', async () => {
    const account = { username: `late-${count}`, name: '某某', roles: ['clerk'], province: null };
    const lost = (await operator.post('/api/operator/staff', account)).json();
    const { rows } = (await operator.get('/api/operator/staff')).json();
    const { personId } = rows.find((row: { username: string }) => row.username === account.username);
    const again = `/api/operator/staff/${personId}/invitation`;
    const { code } = (await operator.post(again)).json();
    const browser = server.browser(address);
    const begun = await browser.post('/api/setup/staff', { code: lost.code, password: PASSWORD });
    expect(codeOf(begun)).toBe('SETUP_CODE_WRONG');
    await enrol(browser, code);
    expect(codeOf(await operator.post(again))).toBe('NOT_FOUND');
    expect(codeOf(await browser.post(again))).toBe('FORBIDDEN');
  });

  it('gets a new second factor only when a second role confirms; the old one and open sessions end', async () => {
    const clerk = await createStaff('clerk');
    const { personId } = (await clerk.browser.get('/api/me')).json();
    const judge = await createStaff('judge');
    const request = (await operator.post(`/api/operator/staff/${personId}/reset`)).json();
    const confirm = `/api/staff-resets/${request.requestId}/confirm`;
    expect(codeOf(await operator.post(confirm))).toBe('FORBIDDEN');
    expect((await judge.browser.get('/api/staff-resets')).json().rows).toContainEqual(request);
    const { code } = (await judge.browser.post(confirm)).json();
    const browser = server.browser(address);
    const secret = await enrol(browser, code);
    expect(secret).not.toBe(clerk.secret);
    expect(codeOf(await clerk.browser.get('/api/me'))).toBe('SESSION_REVOKED');
    expect(codeOf(await judge.browser.post(confirm))).toBe('NOT_FOUND');
  });

  it('loses open sessions with the account', async () => {
    const { browser, username, secret } = await createStaff('clerk');
    const { personId } = (await browser.get('/api/me')).json();
    await operator.post(`/api/operator/staff/${personId}/disable`);
    expect(codeOf(await browser.get('/api/me'))).toBe('SESSION_REVOKED');
    const answer = { username, password: PASSWORD, totp: totp(secret) };
    expect(codeOf(await browser.post('/api/auth/staff-sign-in', answer))).toBe('CREDENTIALS_WRONG');
  });

  it('has neither password nor secret of the second factor in the database', async () => {
    const stored = JSON.stringify(await server.database.db.collection('people').find().toArray());
    expect(stored).not.toContain(PASSWORD);
    expect(stored).not.toContain(operatorSecret);
  });
});
