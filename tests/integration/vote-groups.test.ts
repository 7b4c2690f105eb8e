/** Plans by classes: 企业破产法 arts. 82, 84, 86, 87(1); domain.md 2.4 E5, E25, E28. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resultText } from '../../server/domain/notices/notice-texts.ts';
import type { TallyUnit } from '../../server/domain/record/tally.ts';
import { filesOfZip, textOfDocx } from '../support/documents.ts';
import { openDesks } from '../support/entered-ballots.ts';
import {
  beginWith,
  castUnit,
  openRound,
  previewOf,
  shown,
  unitsOf,
  voteThrough,
  type VotesScene,
} from '../support/meeting-votes.ts';
import { ofType, startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';

const PLAN = { type: 'R06', title: '重整计划草案' };

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

const groupsOf = (units: readonly TallyUnit[]) => [...new Set(units.map(({ group }) => group))];

/** A creditor with units in two groups. */
function bankOf(units: readonly TallyUnit[]): readonly TallyUnit[] {
  const owner = units.find(
    ({ creditorId, group }) =>
      group === 'SECURED' &&
      units.some((other) => other.creditorId === creditorId && other.group === 'ORDINARY'),
  );
  if (!owner) throw new Error('nobody stands in two groups');
  return units.filter(({ creditorId }) => creditorId === owner.creditorId);
}

describe('a plan voted on by classes', () => {
  it('E5: a creditor in two groups has a ballot in each, and may vote differently', async () => {
    const scene = await beginWith(server, [PLAN]);
    await openRound(server, scene);
    const units = await unitsOf(server, scene, scene.resolutionId);
    const bank = bankOf(units);
    const secured = bank.find(({ group }) => group === 'SECURED');
    const ordinary = bank.find(({ group }) => group === 'ORDINARY');
    if (!secured || !ordinary) throw new Error('too few units');
    const person = server.creditors.find(({ creditorId }) => creditorId === secured.creditorId);
    const client = await server.connect(person?.personId ?? '');
    await client.join(scene.meetingId);
    const rights = client.personal()?.rights[scene.resolutionId] ?? [];
    expect(
      rights
        .filter(({ mayVote }) => mayVote)
        .map(({ unitId }) => unitId)
        .sort(),
    ).toEqual([secured.unitId, ordinary.unitId].sort());
    expect(rights.map(({ group }) => group).sort()).toEqual(['ORDINARY', 'SECURED']);
    const { resolutionId } = scene;
    await castUnit(server, scene, { resolutionId, ballot: { unitId: secured.unitId, choice: 'against' } });
    const receipt = await castUnit(server, scene, {
      resolutionId,
      ballot: { unitId: ordinary.unitId, choice: 'for' },
    });
    expect(receipt).toMatchObject({ group: 'ORDINARY', choice: 'for' });
    expect(receipt.sentence).toContain('普通债权组');
    const tally = () => scene.host.state()[`tally:${resolutionId}`];
    await scene.host.until(() => tally()?.castHeads === 2);
    const live = tally()?.groups.map(({ group, for: inFavour, against }) => ({
      group,
      inFavour: inFavour.heads,
      against: against.heads,
    }));
    expect(live).toContainEqual({ group: 'SECURED', inFavour: '0', against: '1' });
    expect(live).toContainEqual({ group: 'ORDINARY', inFavour: '1', against: '0' });
  });

  it('lists who has not voted group by group', async () => {
    const scene = await beginWith(server, [PLAN]);
    const { resolutionId, meetingId } = scene;
    await openRound(server, scene);
    const units = await unitsOf(server, scene, resolutionId);
    const lead = server.staff['administrator-lead'];
    const page = { page: 1, pageSize: 200 };
    const { reader } = server.composed.services;
    const secured = await reader.notVoted(lead, { meetingId, resolutionId }, { ...page, group: 'SECURED' });
    expect(secured.rows.map(({ group }) => group)).toEqual(secured.rows.map(() => 'SECURED'));
    expect(secured.total).toBe(units.filter(({ group }) => group === 'SECURED').length);
    const all = await reader.notVoted(lead, { meetingId, resolutionId }, { ...page, group: undefined });
    expect(all.total).toBe(units.length);
  });

  it('confirms every group, and does not open on figures of one that changed', async () => {
    const scene = await beginWith(server, [PLAN]);
    const preview = await previewOf(server, scene, scene.resolutionId);
    expect(preview.groups.length).toBeGreaterThan(2);
    expect(preview.groups.reduce((sum, { units }) => sum + units, 0)).toBe(preview.units);
    const request = {
      resolutionId: scene.resolutionId,
      closesAt: new Date(server.clock.now() + 60_000).toISOString(),
      expectedUnits: preview.units,
      expectedUnsecuredFen: preview.unsecuredFen,
    };
    expect(await scene.host.refusal('vote:open', request)).toBe('STALE_COMMAND');
    const [first, ...others] = preview.groups.map(({ group, units, amountFen }) => ({
      group,
      units,
      amountFen,
    }));
    const wrong = [{ ...first, amountFen: '1' }, ...others];
    expect(await scene.host.refusal('vote:open', { ...request, expectedGroups: wrong })).toBe(
      'STALE_COMMAND',
    );
  });

  it('passes in the second round when the group that failed passes; only it votes again', async () => {
    const scene = await beginWith(server, [PLAN]);
    const { resolutionId } = scene;
    await openRound(server, scene);
    const first = await voteThrough(server, scene, {
      resolutionId,
      choiceOf: ({ group }) => (group === 'SECURED' ? 'against' : 'for'),
    });
    expect(first.verdict).toMatchObject({ outcome: 'FAILED', followUp: ['NEGOTIATE_SECOND_VOTE'] });
    expect(
      first.verdict?.groups.filter(({ outcome }) => outcome === 'FAILED').map(({ group }) => group),
    ).toEqual(['SECURED']);
    // Groups that nobody is in are not named.
    expect(first.nextRound).toMatchObject({ round: '2', groups: ['SECURED'] });
    await openRound(server, scene);
    const units = await unitsOf(server, scene, resolutionId);
    expect(groupsOf(units)).toEqual(['SECURED']);
    await expectNoSecondBallot(scene);
    const second = await voteThrough(server, scene, { resolutionId, choiceOf: () => 'for' });
    expect(second.verdict).toMatchObject({ outcome: 'PASSED', round: '2', followUp: ['COURT_APPROVAL'] });
    // Art. 86(2): it is applied for before the court decides.
    expect(second.decisions.slice(0, 3)).toEqual([
      'PLAN_APPROVAL_APPLICATION',
      'COURT_APPROVAL',
      'COURT_REFUSAL',
    ]);
    expect(second.earlierRounds).toHaveLength(1);
    expect(second.earlierRounds[0]?.verdict?.outcome).toBe('FAILED');
    expect(second.nextRound).toBeNull();
    const freezes = ofType(await server.ledger(scene.meetingId), 'roll.freeze');
    expect(freezes.map(({ body }) => `${body.round}/${body.version}`)).toEqual(['1/0', '2/0']);
  });

  it('fails for good when the group fails once more: cram-down is applied for, not voted', async () => {
    const scene = await beginWith(server, [PLAN]);
    const { resolutionId } = scene;
    const choiceOf = ({ group }: TallyUnit) =>
      group === 'ORDINARY' ? ('against' as const) : ('for' as const);
    await openRound(server, scene);
    await voteThrough(server, scene, { resolutionId, choiceOf });
    await openRound(server, scene);
    const second = await voteThrough(server, scene, { resolutionId, choiceOf });
    expect(second.verdict).toMatchObject({
      outcome: 'FAILED',
      followUp: ['CRAM_DOWN_APPLICATION', 'TERMINATE_DECLARE_88'],
    });
    expect(second.nextRound).toBeNull();
    expect(second.decisions).toEqual([
      ...['CRAM_DOWN_APPLICATION', 'CRAM_DOWN_APPROVAL', 'COURT_REFUSAL'],
      ...['REVOKED', 'REVOKED_IN_PART', 'OTHER'],
    ]);
    // Art. 87(2): groups that passed have met their condition by consent, the one that failed has not.
    expect(second.cramDown.map(({ condition, state }) => [condition, state])).toEqual([
      ['SECURED_PAID', 'MET_BY_CONSENT'],
      ['EMPLOYEE_TAX_PAID', 'MET_BY_CONSENT'],
      ['ORDINARY_NOT_LESS', 'TO_BE_SHOWN'],
      ['INVESTORS_FAIR', 'NOT_CONCERNED'],
      ['EQUAL_TREATMENT', 'TO_BE_SHOWN'],
      ['FEASIBLE', 'TO_BE_SHOWN'],
    ]);
    expect(second.cramDown[2]?.groups).toContainEqual({ group: 'ORDINARY', outcome: 'FAILED' });
    const closesAt = new Date(server.clock.now() + 60_000).toISOString();
    const third = { resolutionId, round: '3', closesAt, expectedUnits: 1, expectedUnsecuredFen: '0' };
    expect(await scene.host.refusal('vote:open', third)).toBe('RESOLUTION_ALREADY_OPEN');
  });

  it('leaves out a group whose rights the plan does not touch, and says so', async () => {
    const particulars = { unaffectedGroups: ['TAX' as const] };
    const scene = await beginWith(server, [{ ...PLAN, particulars }]);
    await openRound(server, scene);
    const units = await unitsOf(server, scene, scene.resolutionId);
    expect(groupsOf(units)).not.toContain('TAX');
    const [open] = ofType(await server.ledger(scene.meetingId), 'ballot.open');
    expect(open?.body.rule.groupsNotFormed).toContainEqual({ group: 'TAX', reason: 'UNAFFECTED' });
  });

  /** Of a creditor in a group that passed: it reads why it has no ballot this time. */
  async function expectNoSecondBallot(scene: VotesScene): Promise<void> {
    const room = await server.composed.services.rooms.open(scene.meetingId);
    const roll = room.rollOf(scene.resolutionId);
    const excluded = [...(roll?.excluded.values() ?? [])].find(
      ({ reason }) => reason === 'GROUP_PASSED_BEFORE',
    );
    const person = server.creditors.find(({ creditorId }) => creditorId === excluded?.creditorId);
    const client = await server.connect(person?.personId ?? '');
    await client.join(scene.meetingId);
    const rights = client.personal()?.rights[scene.resolutionId] ?? [];
    expect(rights.find(({ unitId }) => unitId === excluded?.unitId)).toMatchObject({
      mayVote: false,
      reason: 'GROUP_PASSED_BEFORE',
    });
    expect(rights.flatMap(({ earlierReceipts }) => earlierReceipts).length).toBeGreaterThan(0);
    expect(shown(client, scene.resolutionId).round).toBe('2');
  }
});

describe('a vote without groups that measures all claims: art. 62(2)', () => {
  it('is told by the total of the claims, in the minutes and in the notice, and by no group', async () => {
    const scene = await beginWith(server, [{ type: 'R13', title: '提议召开债权人会议' }]);
    const { meetingId, resolutionId } = scene;
    await openRound(server, scene);
    const { title, verdict } = await voteThrough(server, scene, { resolutionId, choiceOf: () => 'for' });
    if (!verdict) throw new Error('no verdict');
    expect(verdict.groups).toMatchObject([{ group: 'ALL', amountBase: 'groupTotal' }]);
    const { lead } = await openDesks(server);
    const reply = await lead.raw(`/api/meetings/${meetingId}/minutes.docx`);
    const minutes = textOfDocx(await filesOfZip(Buffer.from(await reply.arrayBuffer())));
    const frame = {
      ...{ caseNumber: '（2026）虚01破12号', debtor: '云溪公司', court: '虚河法院', helpPhone: '0571' },
      ...{
        meetingTitle: '债权人会议',
        startsAt: new Date(0),
        linkCode: 'abcd',
        nowMs: 0,
        mode: 'online' as const,
        procedure: 'liquidation' as const,
      },
    };
    for (const text of [minutes, resultText(frame, { title, verdict }).text]) {
      expect(text).toContain('占债权总额');
      expect(text).not.toContain('该组');
    }
    const invalid = { heads: '1', fen: '500' };
    const corrected = {
      ...verdict,
      revision: '1',
      groups: verdict.groups.map((own) => ({ ...own, invalid })),
    };
    const first = resultText(frame, { title, verdict: corrected });
    expect(first.text).toContain('，无效票 1 家。');
    expect([first.title, first.text].join()).not.toContain('更正此前通知');
    const second = resultText(frame, { title, verdict: corrected, wasTold: true });
    expect(second.title).toContain('更正通知');
    expect(second.text).toContain('本通知更正此前通知的结果');
  });
});
