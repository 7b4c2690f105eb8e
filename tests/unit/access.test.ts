import { describe, expect, it } from '@jest/globals';
import type { Role } from '../../server/protocol/scalars.ts';
import { decideConfirmReset, decideOperate, requireAllowed } from '../../server/services/access.ts';
import { isAllowedHost, isAllowedOrigin } from '../../server/services/origin.ts';
import { readTokenCookie } from '../../server/services/session-cookie.ts';
import type { Session } from '../../server/services/session.ts';

const sessionOf = (role: Role, personId = 'person-1'): Session => {
  return { sessionId: 'session', personId, stage: 'full', roles: [role], province: null };
};

describe('staff accounts', () => {
  it('are made by the operator alone', () => {
    expect(decideOperate(sessionOf('operator')).allowed).toBe(true);
    expect(decideOperate(sessionOf('administrator-lead'))).toEqual({ allowed: false, reason: 'FORBIDDEN' });
  });

  const reset = { requestedBy: 'operator-1', personId: 'clerk-1' };
  it.each<[Role, string, boolean]>([
    ['judge', 'judge-1', true],
    ['administrator-lead', 'lead-1', true],
    ['operator', 'operator-2', false],
    ['clerk', 'clerk-2', false],
    ['judge', 'clerk-1', false],
    ['judge', 'operator-1', false],
  ])('get a new second factor when a %s (%s) confirms: %s', (role, personId, allowed) => {
    expect(decideConfirmReset(sessionOf(role, personId), reset).allowed).toBe(allowed);
  });

  it('carry the reason into the refusal', () => {
    expect(() => requireAllowed(decideOperate(sessionOf('judge')))).toThrow('FORBIDDEN');
  });
});

describe('the origin of a request', () => {
  const origins = new Set(['https://meeting.example', 'http://localhost:8080']);

  it.each([
    ['https://meeting.example', true],
    ['http://localhost:8080', true],
    ['http://meeting.example', false],
    ['https://meeting.example:8443', false],
    ['https://meeting.example.evil', false],
    ['https://sub.meeting.example', false],
    ['null', false],
    [undefined, false],
    ['', false],
  ])('%s is allowed: %s', (origin, allowed) => {
    expect(isAllowedOrigin(origins, origin)).toBe(allowed);
  });

  it.each([
    ['meeting.example', true],
    ['MEETING.example', true],
    ['localhost:8080', true],
    ['localhost', false],
    ['meeting.example:80', false],
    ['evil.example', false],
    [undefined, false],
  ])('host %s is allowed: %s', (host, allowed) => {
    expect(isAllowedHost(origins, host)).toBe(allowed);
  });
});

describe('a session cookie', () => {
  const token = 'a'.repeat(43);

  it('is found among others', () => {
    expect(readTokenCookie(`x=1; session=${token}; y=2`, 'session')).toBe(token);
  });

  it.each([undefined, '', 'session=', 'session=short', `xsession=${token}`, `session=${token}=`])(
    'is not read from %s',
    (header) => {
      expect(readTokenCookie(header, 'session')).toBeUndefined();
    },
  );
});
