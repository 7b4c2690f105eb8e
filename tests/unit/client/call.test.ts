import { describe, expect, it } from '@jest/globals';
import { AppError, errorText, isTransient } from '../../../client/api/app-error.ts';
import { routeUrl } from '../../../client/api/call.ts';
import { safeNext } from '../../../client/app/safe-next.ts';

describe('the address of a route', () => {
  const route = { method: 'GET', path: '/api/meetings/:meetingId/minutes.:format', summary: '' } as const;

  it('has its parameters and query filled in, and leaves out what is not given', () => {
    const query = { page: 2, search: '', caseId: undefined };
    expect(routeUrl(route, { params: { meetingId: 'm1', format: 'pdf' }, query })).toBe(
      '/api/meetings/m1/minutes.pdf?page=2',
    );
  });

  it('escapes what would leave its place in the path', () => {
    expect(routeUrl(route, { params: { meetingId: '../x?y', format: 'pdf' } })).toBe(
      '/api/meetings/..%2Fx%3Fy/minutes.pdf',
    );
  });
});

describe('an error in words', () => {
  const words: Record<string, string> = { 'errors.FORBIDDEN': 'no', 'errors.INTERNAL': 'fault' };
  const t = (key: string, { defaultValue }: Record<string, unknown>): string =>
    words[key] ?? (typeof defaultValue === 'string' ? defaultValue : key);

  it('is the sentence of its code', () => {
    expect(errorText(new AppError('FORBIDDEN'), t)).toBe('no');
  });

  it('is the general fault when the code has no sentence', () => {
    expect(errorText(new AppError('TIMEOUT'), t)).toBe('fault');
  });
});

it('repeats only what may succeed unchanged', () => {
  expect(isTransient('NETWORK')).toBe(true);
  expect(isTransient('UNAVAILABLE')).toBe(true);
  expect(isTransient('ALREADY_CAST')).toBe(false);
});

describe('the page after signing in', () => {
  it('is a path of this site', () => {
    expect(safeNext('/meetings/m1/room')).toBe('/meetings/m1/room');
  });

  it.each([null, '', 'https://example.org', '//example.org', '/\\example.org', 'javascript:alert(1)'])(
    'is never %s',
    (next) => {
      expect(safeNext(next)).toBeUndefined();
    },
  );
});
