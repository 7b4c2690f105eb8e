/** The host's count while a vote is open: what stands and what is still missing, against the count at the close. */
import { describe, expect, it } from '@jest/globals';
import type { MeetingState, ResolutionState } from '../../server/domain/meeting/state.ts';
import type { Choice } from '../../server/protocol/scalars.ts';
import { indexBuilt } from '../../server/services/conduct/vote/frozen-roll.ts';
import { createLiveCount } from '../../server/services/conduct/vote/live-count.ts';
import { resultOf } from '../support/slices.ts';
import { claim, groupOf, hold, type Vote } from '../support/votes.ts';

/** The live count of a vote with its ballots in, and the group of the same vote as it would be announced. */
function liveAndFinal(vote: Vote & { readonly ballots: Readonly<Record<string, Choice>> }) {
  const held = hold(vote);
  const resolution = {
    published: { resolutionId: 'res-1' },
    opened: { body: { rule: held.rule } },
    ballots: new Map(Object.entries(vote.ballots).map(([unitId, choice]) => [unitId, { choice }])),
    invalid: new Map((vote.invalid ?? []).map((unitId) => [unitId, {}])),
    earlierRounds: [],
  } as unknown as ResolutionState;
  const state = {
    presentCreditors: new Map((vote.signedIn ?? []).map((creditorId) => [creditorId, {}])),
  } as unknown as MeetingState;
  const live = createLiveCount(resolution, resultOf(indexBuilt('0', held.roll)), state);
  resultOf(live.fill());
  return { live: live.slice().groups, final: held };
}

describe('the live count', () => {
  it('measures those who take part with their invalid ballots in the base (E7)', () => {
    const { live, final } = liveAndFinal({
      type: 'R06',
      claims: [
        claim('i', { nature: 'INVESTOR', confirmedFen: 60n }),
        claim('j', { nature: 'INVESTOR', confirmedFen: 40n }),
      ],
      decisions: { adjustsInvestors: true },
      ballots: { i_INVESTOR: 'for' },
      invalid: ['j_INVESTOR'],
    });
    const [group] = live;
    expect(group?.amount).toMatchObject({ numerator: '60', denominator: '100', passed: false });
    expect(group?.amount?.denominator).toBe(groupOf(final, 'INVESTOR').amount?.denominator);
    expect(group?.presentHeads).toBe(2);
  });

  it('says of a fixed base what is missing of it, whether or not so many are left', () => {
    const { live } = liveAndFinal({
      type: 'R03',
      claims: [
        claim('a', { confirmedFen: 10n }),
        claim('b', { confirmedFen: 80n }),
        claim('c', { confirmedFen: 10n }),
      ],
      ballots: { a: 'for', b: 'against' },
    });
    expect(live[0]?.amount).toMatchObject({ shortfall: '40', denominator: '100' });
    const members = Array.from({ length: 10 }, (_, index) => `m${index}`);
    const committee = liveAndFinal({
      type: 'R12',
      claims: [],
      decisions: { members },
      ballots: Object.fromEntries(
        members.slice(0, 9).map((id, index) => [id, index < 2 ? 'for' : 'against'] as const),
      ),
    });
    expect(committee.live[0]?.heads).toMatchObject({ numerator: '2', denominator: '10', shortfall: '4' });
  });

  it('counts those who would enlarge the base of the present', () => {
    const claims = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => claim(id));
    const vote = { type: 'R03', claims, ballots: { a: 'for', b: 'against', c: 'abstain' } } as const;
    expect(liveAndFinal(vote).live[0]?.heads).toMatchObject({ denominator: '3', shortfall: '2' });
    const waiting = liveAndFinal({ ...vote, signedIn: ['d', 'e'] });
    expect(waiting.live[0]?.heads).toMatchObject({ denominator: '5', shortfall: '2' });
  });

  it('has nobody of whose ballot was invalid once a valid one has come', () => {
    const claims = [claim('a'), claim('b')];
    const { live, final } = liveAndFinal({ type: 'R03', claims, ballots: { a: 'for' }, invalid: ['a', 'b'] });
    expect(live[0]).toMatchObject({ presentHeads: 2, for: { heads: '1' }, invalid: { heads: '1' } });
    expect(groupOf(final)).toMatchObject({ presentHeads: '2', invalid: { heads: '1' } });
  });
});
