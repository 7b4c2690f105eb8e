/** Rounds, aborted rounds, and ballots that may be changed: 企业破产法 art. 65(2); domain.md 2.4 E8, E9, E28. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chinaDate } from '../../server/domain/china-calendar.ts';
import { appendOne } from '../../server/services/conduct/commands/command.ts';
import type { Role } from '../../server/protocol/scalars.ts';
import {
  beginWith,
  castUnit,
  closeByTime,
  consent,
  decideSettings,
  openRound,
  SILENCE_IS_CONSENT,
  previewOf,
  refusalOfCast,
  shown,
  unitsOf,
  voteThrough,
  type VotesScene,
} from '../support/meeting-votes.ts';
import { expectRefused, newNonce, VOTE_WINDOW_MS } from '../support/meeting-scene.ts';
import { ofType, startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';

const DISTRIBUTION = { type: 'R05', title: '破产财产分配方案' };
const MANAGEMENT = { type: 'R03', title: '债务人财产管理方案' };

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

describe('a second vote on the distribution plan', () => {
  it('E28: is of all, on a new roll; consent of the first is not carried over', async () => {
    const scene = await beginWith(server, [DISTRIBUTION]);
    const { resolutionId } = scene;
    const { rollRoot } = await openRound(server, scene);
    const first = await voteThrough(server, scene, {
      resolutionId,
      choiceOf: (_unit, all) => (all[0] === _unit ? 'for' : 'against'),
    });
    expect(first.verdict).toMatchObject({ outcome: 'FAILED', followUp: ['SECOND_VOTE'] });
    expect(first.nextRound).toEqual({ round: '2', groups: null, mayCarryOver: false });
    const again = await openRound(server, scene);
    expect(again.rollRoot).not.toBe(rollRoot);
    const second = await voteThrough(server, scene, { resolutionId, choiceOf: () => undefined });
    expect(second.verdict).toMatchObject({ outcome: 'FAILED', followUp: ['COURT_RULING_65_2'] });
    expect(second.verdict?.for.heads).toBe('0');
    expect(second.nextRound).toBeNull();
  });

  it('carries consent over where the case has it so, and each may still vote otherwise', async () => {
    await decideSettings(server, { carryOver: true });
    const scene = await beginWith(server, [DISTRIBUTION]);
    const { resolutionId } = scene;
    await openRound(server, scene);
    const agreed = new Set<string>();
    await voteThrough(server, scene, {
      resolutionId,
      choiceOf: (unit, all) => {
        if (all.indexOf(unit) >= 3) return 'against';
        agreed.add(unit.unitId);
        return 'for';
      },
    });
    expect(shown(scene.host, resolutionId).nextRound).toMatchObject({ round: '2', mayCarryOver: true });
    await openRound(server, scene, { carryOver: { statement: '方案未作修改，已于会前通知' } });
    expect(shown(scene.host, resolutionId).carriedFromRound).toBe('1');
    const [first] = agreed;
    await castUnit(server, scene, { resolutionId, ballot: { unitId: first ?? '', choice: 'against' } });
    await scene.host.until(() => scene.host.state()[`tally:${resolutionId}`]?.against.heads === '1');
    expect(scene.host.state()[`tally:${resolutionId}`]).toMatchObject({ for: { heads: '2' }, castHeads: 1 });
    const second = await closeByTime(server, scene, resolutionId);
    expect(second.verdict).toMatchObject({ for: { heads: '2' }, against: { heads: '1' } });
    await decideSettings(server, { carryOver: false });
    const [, opened] = ofType(await server.ledger(scene.meetingId), 'ballot.open');
    expect(opened?.body.carryOver?.fromRound).toBe('1');
    expect(JSON.stringify(opened)).not.toContain('方案未作修改');
  });

  it('does not carry over what the settings of the case forbid', async () => {
    const scene = await beginWith(server, [DISTRIBUTION]);
    const { resolutionId } = scene;
    await openRound(server, scene);
    await voteThrough(server, scene, { resolutionId, choiceOf: () => 'against' });
    await expect(openRound(server, scene, { carryOver: { statement: '方案未作修改' } })).rejects.toThrow(
      'SETTING_FORBIDS',
    );
  });

  it('may be opened after the meeting has closed; what was never put to the vote may not', async () => {
    const scene = await beginWith(server, [DISTRIBUTION, MANAGEMENT]);
    const { resolutionId, meetingId } = scene;
    await openRound(server, scene);
    await voteThrough(server, scene, { resolutionId, choiceOf: () => 'against' });
    await scene.host.ask('meeting:close', { expectedPhase: 'in-progress' });
    const other = { resolutionId: scene.resolutionIds[1] ?? '' };
    await expect(openRound(server, scene, other)).rejects.toThrow('MEETING_STATE');
    await openRound(server, scene);
    const { linkCode } = await server.composed.services.reader.view(
      server.staff['administrator-lead'],
      meetingId,
    );
    const link = await server.composed.services.reader.publicView(linkCode);
    expect(link.state).toBe('voting-after');
    const second = await voteThrough(server, scene, { resolutionId, choiceOf: () => 'for' });
    expect(second.verdict).toMatchObject({ outcome: 'PASSED', round: '2', followUp: ['COURT_RECOGNITION'] });
  });

  it('is not there for what one vote decides: art. 65(1)', async () => {
    const scene = await beginWith(server, [MANAGEMENT]);
    const { resolutionId } = scene;
    await openRound(server, scene);
    const { nextRound, verdict } = await voteThrough(server, scene, {
      resolutionId,
      choiceOf: () => 'against',
    });
    expect(verdict?.followUp).toEqual(['COURT_RULING']);
    expect(nextRound).toBeNull();
  });

  it('waits for the court, whose ruling the judge records over HTTP; then art. 66 is open', async () => {
    const scene = await beginWith(server, [MANAGEMENT]);
    const { resolutionId, meetingId } = scene;
    await openRound(server, scene);
    const failed = await voteThrough(server, scene, { resolutionId, choiceOf: () => 'against' });
    expect(failed.decisions).toEqual(['COURT_RULING', 'REVOKED', 'REVOKED_IN_PART', 'OTHER']);
    const ruling = {
      resolutionId,
      kind: 'COURT_RULING',
      decidedOn: chinaDate(server.clock.now()),
      reference: '（2026）虚01破1号之三',
      text: '对债务人财产管理方案予以认可。',
    };
    const judge = await server.composed.services.conduct.admit(server.staff.judge, meetingId);
    const today = ruling.decidedOn;
    const days = [-1, 1].map((by) => chinaDate(server.clock.now() + by * 24 * 3_600_000));
    for (const decidedOn of days) {
      const refused = server.composed.services.conduct.recordRuling(judge, {
        ...ruling,
        kind: 'COURT_RULING',
        decidedOn,
      });
      await expect(refused).rejects.toMatchObject({
        code: 'DECISION_DATE',
        params: { from: today, to: today },
      });
    }
    const post = async (personId: string, roles: readonly Role[]) =>
      fetch(`${server.origin}/api/meetings/${meetingId}/rulings`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: server.origin,
          cookie: await server.cookieOf(personId, roles),
        },
        body: JSON.stringify(ruling),
      });
    const [creditor] = server.creditors;
    expect((await post(creditor?.personId ?? '', ['creditor'])).status).toBe(403);
    expect((await post(server.staff.judge.personId, ['judge'])).status).toBe(200);
    await scene.host.until(() => shown(scene.host, resolutionId).rulings.length === 1);
    expect(shown(scene.host, resolutionId)).toMatchObject({
      rulings: [{ kind: 'COURT_RULING', text: ruling.text }],
      decisions: [
        ...['COURT_RULING', 'RECONSIDERATION_APPLICATION', 'RECONSIDERATION_DECISION'],
        ...['REVOKED', 'REVOKED_IN_PART', 'OTHER'],
      ],
    });
  });
});

describe('a round that is aborted', () => {
  it('takes consent and a reason, keeps its ballots void, and does not count against the rounds', async () => {
    const scene = await beginWith(server, [DISTRIBUTION]);
    const { resolutionId } = scene;
    await openRound(server, scene);
    const [unit] = await unitsOf(server, scene, resolutionId);
    const unitId = unit?.unitId ?? '';
    await castUnit(server, scene, { resolutionId, ballot: { unitId, choice: 'for' } });
    const abort = { resolutionId, expectedRound: '1', ...consent };
    await expectRefused(server, scene, {
      code: 'NOT_HOST',
      by: () => scene.judge.refusal('vote:abort', abort),
    });
    await expectRefused(server, scene, {
      code: 'STALE_COMMAND',
      by: () => scene.host.refusal('vote:abort', { ...abort, expectedRound: '2' }),
    });
    await scene.host.ask('vote:abort', abort);
    await scene.judge.until(() => shown(scene.judge, resolutionId).status === 'aborted');
    expect(await refusalOfCast(server, scene, { resolutionId, ballot: { unitId, choice: 'against' } })).toBe(
      'ALREADY_CAST',
    );
    expect(shown(scene.judge, resolutionId)).toMatchObject({
      verdict: null,
      closeReason: consent.reason,
      closeConsentNo: consent.courtConsentNo,
      nextRound: { round: '2' },
    });
    await openRound(server, scene);
    const second = await voteThrough(server, scene, { resolutionId, choiceOf: () => 'against' });
    expect(second.earlierRounds).toMatchObject([
      { round: '1', status: 'aborted', ballots: 1, verdict: null },
    ]);
    // The second vote of the law is still open: the first round was none.
    expect(second.verdict?.followUp).toEqual(['SECOND_VOTE']);
    expect(second.nextRound).toMatchObject({ round: '3' });
    const entries = await server.ledger(scene.meetingId);
    expect(ofType(entries, 'ballot.cast').filter(({ body }) => body.ballot.round === '1')).toHaveLength(1);
    expect(ofType(entries, 'tally').map(({ body }) => body.round)).toEqual(['2']);
  });
});

describe('ballots that may be changed', () => {
  it('E9: the last version counts, each with its receipt; nobody else’s version is taken', async () => {
    await decideSettings(server, { allowChange: true });
    const scene = await beginWith(server, [MANAGEMENT]);
    const { resolutionId } = scene;
    await openRound(server, scene);
    await decideSettings(server, { allowChange: false });
    const [unit] = await unitsOf(server, scene, resolutionId);
    const unitId = unit?.unitId ?? '';
    const cast = (choice: 'for' | 'against', version: string, nonce = newNonce()) => ({
      resolutionId,
      ballot: { unitId, choice, version, nonce },
    });
    const nonce = newNonce();
    const first = await castUnit(server, scene, cast('for', '0', nonce));
    expect(await refusalOfCast(server, scene, cast('against', '2'))).toBe('ALREADY_CAST');
    expect(await refusalOfCast(server, scene, cast('against', '0'))).toBe('ALREADY_CAST');
    const second = await castUnit(server, scene, cast('against', '1'));
    expect(second).toMatchObject({ version: '1', choice: 'against' });
    expect(second.sentence).toContain(`代替第 ${first.seq} 号`);
    const { verdict } = await closeByTime(server, scene, resolutionId);
    expect(verdict).toMatchObject({ for: { heads: '0' }, against: { heads: '1' } });
    expect(verdict?.settings).toContainEqual({ name: 'allowChange', value: 'true', isDefault: false });
    expect(await refusalOfCast(server, scene, cast('for', '2'))).toBe('BALLOT_TOO_LATE');
  });

  it('stay as they are where the vote was opened without changes', async () => {
    const scene = await beginWith(server, [MANAGEMENT]);
    const { resolutionId } = scene;
    await openRound(server, scene);
    const [unit] = await unitsOf(server, scene, resolutionId);
    const unitId = unit?.unitId ?? '';
    await castUnit(server, scene, { resolutionId, ballot: { unitId, choice: 'for' } });
    const change = { resolutionId, ballot: { unitId, choice: 'against' as const, version: '1' } };
    await expectRefused(server, scene, {
      code: 'ALREADY_CAST',
      by: () => refusalOfCast(server, scene, change),
    });
  });
});

describe('silence as consent', () => {
  it('E8: needs its statement, is nobody’s without a proved delivery, and is shown without too', async () => {
    await decideSettings(server, SILENCE_IS_CONSENT);
    const scene = await beginWith(server, [MANAGEMENT]);
    const { resolutionId } = scene;
    await expect(openRound(server, scene)).rejects.toThrow('CONSENT_REQUIRED');
    await tellOfSilence(scene);
    const { units } = await previewOf(server, scene, resolutionId);
    const undelivered = [...new Set(server.creditors.slice(0, 5).map(({ creditorId }) => creditorId))];
    await openRound(server, scene, {
      silence: { undeliveredCreditorIds: undelivered, statement: '邮寄送达回证在卷' },
    });
    await decideSettings(server, { silence: { mode: 'NONE' } });
    const onRoll = await unitsOf(server, scene, resolutionId);
    const silentUnits = onRoll.filter(({ creditorId }) => undelivered.includes(creditorId));
    const { verdict } = await closeByTime(server, scene, resolutionId);
    expect(verdict?.for.heads).toBe(String(units - silentUnits.length));
    expect(verdict?.otherCounts.find(({ view }) => view === 'withoutDeemed')).toMatchObject({
      outcome: 'FAILED',
      flips: true,
    });
    server.clock.advance(VOTE_WINDOW_MS);
  });

  /** A notice that says so, announced to all: as the pages of notices write it into the ledger. */
  async function tellOfSilence({ meetingId, resolutionId }: VotesScene): Promise<void> {
    const room = await server.composed.services.rooms.open(meetingId);
    const creditorIds = [...room.book.creditors.keys()];
    const actor = {
      personId: server.staff['administrator-lead'].personId,
      role: 'administrator-lead',
    } as const;
    const noticeId = `${meetingId}-c1`;
    const recipients = String(creditorIds.length);
    await room.submit(
      appendOne(() => ({
        t: 'notice',
        body: {
          ...{ noticeId, kind: 'CONVENING', channel: 'sms', recipients, delivered: '0', actor },
          silenceTold: [resolutionId],
        },
      })),
    );
    const deliveredOn = chinaDate(server.clock.now());
    await room.submit(
      appendOne(() => ({
        t: 'notice.delivery',
        body: { noticeId, proof: 'ANNOUNCEMENT', deliveredOn, creditorIds, delivered: recipients, actor },
      })),
    );
  }
});
