/**
 * 企业破产法 art. 59(4): a creditor may vote by proxy on a written authorisation. 民法典 art. 173: it ends by its
 * date or by revocation. domain.md E13 (who conducts the case holds no proxy), E26 (revoked in mid-vote).
 */
import { describe, expect, it } from '@jest/globals';
import type { Capacity } from '../../server/domain/master-data.ts';
import { judgeBallot, type BallotQuestion } from '../../server/domain/meeting/ballot-rules.ts';
import {
  coversItem,
  findHolderBar,
  findProxyBar,
  isNamedLike,
  judgeProxyStep,
  proxyStateOf,
  type Holding,
} from '../../server/domain/people/proxies.ts';
import type { BallotBody } from '../../server/protocol/room.ts';
import { ballotCast, SAMPLE_ORIGIN } from '../support/entry-samples.ts';
import { after, fold, RESOLUTION, voteUnderWay } from '../support/meeting-states.ts';

const NOW_MS = Date.parse('2026-11-25T06:00:00.000Z');
const item = { resolutionId: 'resolution-1', type: 'R03' };
const documentSha256 = 'a'.repeat(64);

describe('the scope of a proxy', () => {
  it.each([
    ['all items', { kind: 'all' }, true],
    ['the resolution by name', { kind: 'resolutions', resolutionIds: ['other-1', 'resolution-1'] }, true],
    ['another resolution', { kind: 'resolutions', resolutionIds: ['other-1'] }, false],
    ['its type', { kind: 'types', types: ['R03'] }, true],
  ] as const)('of %s', (_what, scope, covers) => {
    expect(coversItem(scope as never, item)).toBe(covers);
  });

  it('of other types does not reach the item', () => {
    expect(coversItem({ kind: 'types', types: ['R03'] }, { ...item, type: 'R05' })).toBe(false);
  });
});

describe('a holder', () => {
  const capacity = (kind: Capacity['kind'], resolutionIds: string[]) => ({
    kind,
    proxy: { proxyId: 'proxy-1', documentSha256, scope: { kind: 'resolutions' as const, resolutionIds } },
  });

  it('acts inside the scope while the principal is away', () => {
    expect(findProxyBar(capacity('proxy', ['resolution-1']), item, false)).toBeUndefined();
    expect(findProxyBar({ kind: 'proxy' }, item, false)).toBeUndefined();
  });

  it('is told the exact reason outside the scope, and when the principal votes itself (E26)', () => {
    expect(findProxyBar(capacity('proxy', ['other-1']), item, false)).toBe('PROXY_OUTSIDE_SCOPE');
    expect(findProxyBar(capacity('proxy', ['resolution-1']), item, true)).toBe('PRINCIPAL_PRESENT');
  });

  it('on the creditor’s own side is never barred', () => {
    for (const kind of ['self', 'legal-representative', 'contact'] as const)
      expect(findProxyBar({ kind }, item, true)).toBeUndefined();
  });

  const holding = (change: Partial<Holding> = {}): Holding => ({
    person: { personId: 'person-1', isStaff: false },
    mobile: '13800138000',
    team: [
      { personId: 'lead-1', role: 'administrator-lead' },
      { personId: 'judge-1', role: 'judge' },
      { personId: 'chair-1', role: 'chair' },
    ],
    staffMobiles: ['13900139000'],
    principalMobile: '13700137000',
    ...change,
  });

  it.each([
    ['a stranger', {}, undefined],
    ['somebody without an account', { person: undefined }, undefined],
    ['the administrator', { person: { personId: 'lead-1', isStaff: true } }, 'PROXY_HOLDER_IS_STAFF'],
    ['the judge', { person: { personId: 'judge-1', isStaff: true } }, 'PROXY_HOLDER_IS_STAFF'],
    ['staff of another case', { person: { personId: 'x', isStaff: true } }, 'PROXY_HOLDER_IS_STAFF'],
    ['whoever has a staff telephone', { mobile: '13900139000' }, 'PROXY_HOLDER_IS_STAFF'],
    ['the chair, who is a creditor', { person: { personId: 'chair-1', isStaff: false } }, undefined],
    ['the principal itself', { mobile: '13700137000' }, 'PROXY_HOLDER_IS_PRINCIPAL'],
  ] as const)('may or may not be %s (E13)', (_who, change, bar) => {
    expect(findHolderBar(holding(change))).toBe(bar);
  });

  it('with the name of one of the team is a hint for the reviewer', () => {
    expect(isNamedLike('张 安宁', ['李明', '张安宁'])).toBe(true);
    expect(isNamedLike('张安', ['李明', '张安宁'])).toBe(false);
  });
});

describe('the review of a proxy', () => {
  const past = new Date(NOW_MS);
  const future = new Date(NOW_MS + 1);

  it.each([
    ['approve', 'submitted', 'second', null, undefined],
    ['approve', 'submitted', 'first', null, 'SECOND_PERSON_REQUIRED'],
    ['approve', 'submitted', 'second', past, 'PROXY_ENDED'],
    ['approve', 'submitted', 'second', future, undefined],
    ['approve', 'approved', 'second', null, 'PROXY_STATE'],
    ['approve', 'returned', 'second', null, 'PROXY_STATE'],
    ['approve', 'revoked', 'second', null, 'PROXY_STATE'],
    ['return', 'submitted', 'second', null, undefined],
    ['return', 'submitted', 'second', past, undefined],
    ['return', 'submitted', 'first', null, 'SECOND_PERSON_REQUIRED'],
    ['return', 'approved', 'second', null, 'PROXY_STATE'],
    ['revoke', 'submitted', 'first', null, undefined],
    ['revoke', 'approved', 'first', null, undefined],
    ['revoke', 'approved', 'second', past, 'PROXY_STATE'],
    ['revoke', 'returned', 'second', null, 'PROXY_STATE'],
    ['revoke', 'revoked', 'second', null, 'PROXY_STATE'],
  ] as const)('%s of a %s one by the %s person, ending %s: %s', (step, state, personId, expiresAt, code) => {
    const proxy = { state, enteredBy: 'first', expiresAt };
    expect(judgeProxyStep(proxy, step, { personId, nowMs: NOW_MS })).toBe(code);
  });

  it('an approved one has expired from its end on, not before', () => {
    expect(proxyStateOf({ state: 'approved', expiresAt: future }, NOW_MS)).toBe('approved');
    expect(proxyStateOf({ state: 'approved', expiresAt: past }, NOW_MS)).toBe('expired');
    expect(proxyStateOf({ state: 'revoked', expiresAt: past }, NOW_MS)).toBe('revoked');
  });
});

describe('a ballot under a proxy', () => {
  const mine = ballotCast('unit-0').body.ballot;
  const question = (change: Partial<BallotQuestion>, ballot: Partial<BallotBody> = {}): BallotQuestion => ({
    ballot: { ...mine, ...ballot },
    resolution: voteUnderWay(60_000).resolutions.get(RESOLUTION),
    origin: SAMPLE_ORIGIN,
    isOwnUnit: true,
    rollRow: { mayVote: true, reason: null },
    signature: { kind: 'unsigned' },
    receivedAt: after(1_000),
    ...change,
  });
  const voted = () => {
    const state = voteUnderWay(60_000);
    fold(state, ballotCast('unit-0'), 1_000);
    return state.resolutions.get(RESOLUTION);
  };

  it('carries the hash of its document, and no other', () => {
    expect(
      judgeBallot(question({ proxyDocHash: documentSha256 }, { proxyDocHash: documentSha256 })),
    ).toMatchObject({ kind: 'accept' });
    for (const [known, sent] of [
      [documentSha256, {}],
      [documentSha256, { proxyDocHash: 'b'.repeat(64) }],
      [undefined, { proxyDocHash: documentSha256 }],
    ] as const) {
      expect(judgeBallot(question({ proxyDocHash: known }, sent))).toMatchObject({
        code: 'BALLOT_MISMATCH',
        params: { field: 'proxyDocHash' },
      });
    }
  });

  it.each(['PROXY_ENDED', 'PROXY_OUTSIDE_SCOPE', 'PRINCIPAL_PRESENT'] as const)(
    'is refused with %s, and tells nothing of what another has cast',
    (actorBar) => {
      expect(judgeBallot(question({ actorBar }))).toEqual({ kind: 'refuse', code: actorBar });
      const another = question({ actorBar, resolution: voted() }, { nonce: 'B'.repeat(22) });
      expect(judgeBallot(another)).toEqual({ kind: 'refuse', code: actorBar });
    },
  );

  it.each([
    ['its holder', true, 'person-1', 'accept'],
    ['its holder, of what another has cast', true, 'person-2', 'refuse'],
    ['the principal, of what the holder has cast', false, 'person-2', 'accept'],
  ] as const)('is changed where the vote allows it by %s: %s %s %s', (_who, isProxy, personId, kind) => {
    const resolution = voted();
    const opened = resolution?.opened;
    if (!resolution || !opened) throw new Error('the vote is not open');
    const changing = { ...resolution, opened: { ...opened, body: { ...opened.body, allowChange: true } } };
    const change = { nonce: 'B'.repeat(22), version: '1', supersedes: '0', choice: 'against' } as const;
    const verdict = judgeBallot(question({ resolution: changing, actor: { personId, isProxy } }, change));
    expect(verdict.kind).toBe(kind);
    if (verdict.kind === 'refuse') expect(verdict.code).toBe('ALREADY_CAST');
  });

  it('that was recorded before the end keeps its receipt (E26)', () => {
    expect(judgeBallot(question({ actorBar: 'PROXY_ENDED', resolution: voted() })).kind).toBe('repeat');
  });
});
