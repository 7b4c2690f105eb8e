/** record.md 2, 6 and 13 in real browsers: a receipt says that nobody has witnessed it; the lead seals the minutes. */
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { signedIn, startBrowsers, type Browsers } from '../support/e2e-browser.ts';
import { deskFindings, see } from '../support/e2e-checks.ts';
import { Creditor } from '../support/e2e-creditor.ts';
import { RESOLUTION } from '../support/e2e-meeting.ts';
import { createSteps } from '../support/e2e-steps.ts';
import { beginMeeting, openVote, VOTE_WINDOW_MS, voters, type Scene } from '../support/meeting-scene.ts';
import { startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';

let server: MeetingServer;
let browsers: Browsers;
let scene: Scene;

const step = createSteps(() => browsers.shootAll('failed-sealed-minutes'));

beforeAll(async () => {
  server = await startMeetingServer();
  browsers = await startBrowsers(server.origin);
  scene = await beginMeeting(server);
});
afterAll(async () => {
  await browsers.close();
  await server.close();
});

describe('a record without witnesses', () => {
  step('its receipt says NOT WITNESSED in words', async () => {
    const [voter] = (await voters(server, scene)).list;
    if (!voter) throw new Error('the claims table has no voters');
    const phone = new Creditor(await signedIn(server, await browsers.phone(), voter.personId, 'creditor'));
    await phone.page.goto(`/meetings/${scene.meetingId}`);
    await phone.checkIn();
    await openVote(server, scene);
    await phone.vote(RESOLUTION, '同意');
    await see(phone.page.getByText('未经见证', { exact: false }));
  });

  step('the lead seals the minutes once the meeting is over, and finds them under their hash', async () => {
    server.clock.advance(VOTE_WINDOW_MS);
    await scene.judge.until(() => scene.judge.state()[`resolution:${scene.resolutionId}`]?.verdict);
    await scene.host.ask('meeting:close', { expectedPhase: 'in-progress' });
    const { personId } = server.staff['administrator-lead'];
    const desk = await signedIn(server, await browsers.desk(), personId, 'administrator-lead');
    await desk.goto(`/staff/review/${scene.meetingId}`);
    await desk.getByRole('button', { name: '笔录定稿' }).click();
    await desk.getByRole('button', { name: '确认定稿' }).click();
    await see(desk.getByText(/第 1 稿/));
    const download = desk.waitForEvent('download');
    await desk.locator('a[href*="minutes-seals/0/minutes.pdf"]').click();
    expect((await download).suggestedFilename()).toBe('会议笔录-定稿1.pdf');
    expect(await deskFindings(desk, 'sealed-minutes')).toEqual([]);
    expect(browsers.faults).toEqual([]);
  });
});
