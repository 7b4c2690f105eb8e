/** Minutes and review of votes by classes, second rounds, corrections and added matters (domain.md 6.2). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demonstrationClaimRows } from '../../server/demo/fictitious-claims.ts';
import { writeClaimsWorkbook } from '../../server/documents/claims-template.ts';
import type { RecordView } from '../../server/protocol/rest/meeting-routes.ts';
import { buildMinutes } from '../../server/domain/minutes/build-minutes.ts';
import { openPrivates, readHistory } from '../../server/services/record/read-history.ts';
import { countAgain } from '../../server/services/record/recount.ts';
import { importClaims } from '../support/meeting-import.ts';
import { textOfMinutes } from '../support/minutes-text.ts';
import {
  beginWith,
  castUnit,
  confirmedOf,
  consent,
  decideSettings,
  openRound,
  unitsOf,
  voteThrough,
  type VotesScene,
} from '../support/meeting-votes.ts';
import { startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

async function recordOf({ meetingId }: VotesScene) {
  const { ledger: ledgers, rolls } = server.composed.stores;
  const history = await readHistory(ledgers, meetingId);
  const open = await openPrivates(ledgers, meetingId, history);
  const counted = await countAgain({ rolls, meetingId, history, open });
  const minutes = textOfMinutes(buildMinutes({ history, open, masked: false }));
  return { history, counted, minutes };
}

describe('the record of a plan in two rounds', () => {
  it('is counted again to the same bytes in each round, and the minutes tell groups and rounds', async () => {
    const scene = await beginWith(server, [{ type: 'R06', title: '重整计划草案' }]);
    const { resolutionId } = scene;
    await openRound(server, scene);
    await voteThrough(server, scene, {
      resolutionId,
      choiceOf: ({ group }) => (group === 'SECURED' ? 'against' : 'for'),
    });
    await openRound(server, scene);
    await voteThrough(server, scene, { resolutionId, choiceOf: () => 'for' });
    const { counted, minutes } = await recordOf(scene);
    for (const round of ['1', '2']) {
      expect(counted.get(`${resolutionId}/${round}`)).toMatchObject({
        rollMatches: true,
        tallyMatches: true,
      });
    }
    expect(minutes).toContain('（第 2 次表决）');
    expect(minutes).toContain('有财产担保债权组未通过');
    expect(minutes).toContain('前次表决已通过，不再表决（第87条第1款）');
    expect(minutes).toContain('第84条');
    expect(minutes).toContain('第86条');
  });
});

describe('the record of settings, carried consent, corrections and aborted rounds', () => {
  it('names what departs from the default, and both counts of a corrected roll', async () => {
    await decideSettings(server, { carryOver: true, allowChange: true });
    const scene = await beginWith(server, [{ type: 'R05', title: '破产财产分配方案' }]);
    const { resolutionId, meetingId } = scene;
    await openRound(server, scene);
    const [first] = await unitsOf(server, scene, resolutionId);
    const unitId = first?.unitId ?? '';
    await castUnit(server, scene, { resolutionId, ballot: { unitId, choice: 'for' } });
    await scene.host.ask('vote:abort', { resolutionId, expectedRound: '1', ...consent });
    await openRound(server, scene);
    await castUnit(server, scene, { resolutionId, ballot: { unitId, choice: 'against' } });
    await castUnit(server, scene, { resolutionId, ballot: { unitId, choice: 'for', version: '1' } });
    await voteThrough(server, scene, { resolutionId, choiceOf: () => undefined });
    await openRound(server, scene, { carryOver: { statement: '方案未作修改' } });
    await voteThrough(server, scene, { resolutionId, choiceOf: () => undefined });
    const rows = demonstrationClaimRows();
    const ordinary = rows.findIndex(({ nature, status }) => nature === '普通债权' && status === '确认');
    await importClaims(server, await writeClaimsWorkbook(rows.toSpliced(ordinary, 1)));
    const lead = server.staff['administrator-lead'];
    const { preview } = await server.composed.services.reader.rollCorrection(lead, {
      meetingId,
      resolutionId,
    });
    await scene.host.ask('roll:correct', {
      resolutionId,
      expectedRound: '3',
      expectedVersion: '0',
      ...confirmedOf(preview),
      ...consent,
    });
    const { counted, minutes, history } = await recordOf(scene);
    expect(counted.get(`${resolutionId}/1`)).toMatchObject({ tallyMatches: null });
    expect(counted.get(`${resolutionId}/2`)).toMatchObject({ tallyMatches: true, validBallots: 1 });
    expect(counted.get(`${resolutionId}/3`)).toMatchObject({ rollMatches: true, tallyMatches: true });
    expect(history.votes.at(-1)?.tallies).toHaveLength(2);
    // Who could vote at the close is told by the roll of then, whatever was corrected later.
    const heads = (history.votes.at(-1)?.rolls ?? []).map(({ body }) => Number(body.totals[0]?.heads));
    expect(heads[1]).toBe((heads[0] ?? 0) - 1);
    expect(counted.get(`${resolutionId}/3`)?.units).toBe(heads[0]);
    expect(minutes).toContain('表决意见＊');
    expect(minutes).toContain('经人民法院同意终止');
    expect(minutes).toContain('第 2 次表决中的同意');
    expect(minutes).toContain('更正名册（第 1 次更正）');
    expect(minutes).toContain('以下为第 1 次更正后的名册');
    // What was frozen before the opening is said of the first roll, never of its correction.
    expect(minutes).not.toMatch(/第 1 次更正[^。]*在开始表决之前完成/);
    expect(minutes).toContain('更正前的结果');
    expect(minutes).toContain('第 1 次更正后的结果');
    const cookie = await server.cookieOf(lead.personId, ['administrator-lead']);
    const reply = await fetch(`${server.origin}/api/meetings/${meetingId}/record`, { headers: { cookie } });
    const view = (await reply.json()) as RecordView;
    const states = new Map(
      view.checks.map(({ code, params, state }) => [`${code} ${params['title'] ?? ''}`, state]),
    );
    expect(states.get('ROLL_CORRECTED 破产财产分配方案（第 3 次表决）')).toBe('conforms');
    expect(states.get('ROUNDS_ALLOWED 破产财产分配方案（第 3 次表决）')).toBe('conforms');
    expect(states.get('VERDICT_RECOMPUTES 破产财产分配方案（第 3 次表决）')).toBe('conforms');
    await decideSettings(server, { carryOver: false, allowChange: false });
    await importClaims(server, await writeClaimsWorkbook(demonstrationClaimRows()));
  });
});
