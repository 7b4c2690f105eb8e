/**
 * record.md 5 in real browsers: an older copy of the database is put back under a vote. Everybody in the room is
 * told at once and without asking, the creditor keeps the receipt, the lead goes on under a new origin, which the
 * pages show by themselves, and the receipt is handed in from the phone.
 */
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { signedIn, startBrowsers, type Browsers } from '../support/e2e-browser.ts';
import { deskFindings, phoneFindings, see } from '../support/e2e-checks.ts';
import { Creditor } from '../support/e2e-creditor.ts';
import { RESOLUTION } from '../support/e2e-meeting.ts';
import { createSteps } from '../support/e2e-steps.ts';
import { beginMeeting, openVoteQuietly, voters, type Scene } from '../support/meeting-scene.ts';
import { startMeetingServer, type CreditorPerson, type MeetingServer } from '../support/meeting-server.ts';
import { putBackOlderCopy } from '../support/older-copy.ts';

let server: MeetingServer;
let browsers: Browsers;
let scene: Scene;
let phone: Creditor;
let lead: Page;
let judge: Page;
let voter: CreditorPerson;
let loads: (() => number)[];

const step = createSteps(() => browsers.shootAll('failed-rolled-back'));

beforeAll(async () => {
  server = await startMeetingServer();
  browsers = await startBrowsers(server.origin);
  scene = await beginMeeting(server);
  const [first] = (await voters(server, scene)).list;
  if (!first) throw new Error('the claims table has no voters');
  voter = first;
  phone = new Creditor(await signedIn(server, await browsers.phone(), voter.personId, 'creditor'));
  lead = await signedIn(
    server,
    await browsers.desk(),
    server.staff['administrator-lead'].personId,
    'administrator-lead',
  );
  judge = await signedIn(server, await browsers.desk(), server.staff.judge.personId, 'judge');
});
afterAll(async () => {
  await browsers.close();
  await server.close();
});

/** As long as a lease is given for. */
const LEASE_MS = 15_000;

/**
 * The older copy has everything up to the opening of the vote, and the lease of the node that wrote then: the
 * running server finds its own lost, and reads the record anew as soon as the other's has run out.
 */
async function putBack(): Promise<void> {
  const entries = await server.ledger(scene.meetingId);
  const opened = entries.findIndex(({ t }) => t === 'ballot.open');
  const { db } = server.composed.stores.models.cases;
  await putBackOlderCopy(db, scene.meetingId, opened + 1);
  const lease = { holder: 'the node of the older copy', expiresAt: new Date(Date.now() + LEASE_MS) };
  await db.collection<{ _id: string }>('leases').updateOne({ _id: scene.meetingId }, { $set: lease });
}

/** Counts what a page loads from now on: a page that is told needs no loading. */
function countLoads(page: Page): () => number {
  let count = 0;
  page.on('load', () => (count += 1));
  return () => count;
}

describe('a record that is rolled back while people vote', () => {
  step('the creditor votes and has a receipt', async () => {
    await phone.page.goto(`/meetings/${scene.meetingId}`);
    await phone.checkIn();
    for (const desk of [lead, judge]) {
      await desk.goto(`/staff/meetings/${scene.meetingId}/desk`);
      await see(desk.getByRole('contentinfo'));
    }
    await openVoteQuietly(server, scene, 3_600_000);
    await phone.vote(RESOLUTION, '同意');
  });

  step('after the rollback every page in the room shows by itself what happened', async () => {
    loads = [phone.page, lead, judge].map(countLoads);
    await putBack();
    await see(phone.heading('会议记录已停止'));
    for (const desk of [lead, judge])
      await see(desk.getByRole('heading', { name: '会议记录被回退，已停止' }));
    expect(loads.map((count) => count())).toEqual([0, 0, 0]);
    await see(phone.page.getByText('请保留您的表决回执', { exact: false }));
    expect(await phoneFindings(phone.page, 'rolled-back')).toEqual([]);
    expect(await deskFindings(judge, 'rolled-back-judge')).toEqual([]);
  });

  step('the lead prepares the way on from the place of the desk', async () => {
    expect(await deskFindings(lead, 'rolled-back-lead')).toEqual([]);
    await lead.getByRole('button', { name: '准备接续的会议' }).click();
    await lead.getByRole('button', { name: '建立草稿' }).click();
    await lead.getByRole('button', { name: '发布会议' }).click();
    await lead.getByRole('dialog').getByRole('button', { name: '确认发布' }).click();
    await see(lead.getByRole('link', { name: '进入会场' }));
  });

  step('the others’ pages show by themselves that the meeting goes on', async () => {
    await see(phone.link('进入接续的会议'));
    await see(judge.getByRole('link', { name: /^已接续：/ }));
    expect(loads.map((count) => count())).toEqual([0, 0, 0]);
    expect(await phoneFindings(phone.page, 'continued')).toEqual([]);
    expect(await deskFindings(judge, 'continued-judge')).toEqual([]);
  });

  step('the phone is led on, and hands its receipt in', async () => {
    await phone.tap(phone.link('进入接续的会议'));
    await see(phone.heading('请交存原会议的表决回执'));
    await phone.tap(phone.button('交存回执（1 张）'));
    await see(phone.page.getByText(/已交存，记录第 \d+ 号/));
    expect(await phoneFindings(phone.page, 'hand-in')).toEqual([]);
    await phone.page.reload();
    await see(phone.page.getByText(/已交存，记录第 \d+ 号/));
  });

  step('staff see the evidence on the record that goes on', async () => {
    const [, meetingId] = /meetings\/([^/]+)\/prepare/.exec(lead.url()) ?? [];
    expect(meetingId).not.toBe(scene.meetingId);
    await lead.goto(`/staff/review/${meetingId}`);
    await see(lead.getByRole('heading', { name: '接续和补交的回执' }));
    await see(lead.getByRole('cell', { name: RESOLUTION, exact: false }));
    expect(await deskFindings(lead, 'late-evidence')).toEqual([]);
    expect(browsers.faults).toEqual([]);
  });
});
