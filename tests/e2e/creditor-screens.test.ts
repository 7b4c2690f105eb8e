/**
 * The creditor's screens one by one, in the meeting of the demonstration: what each must show, what it must
 * never do, and how many touches it costs. The steps build on one another.
 */
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { Outbox } from '../support/e2e-accounts.ts';
import { PHONE, SHORT_PHONE, startBrowsers, type Browsers } from '../support/e2e-browser.ts';
import { phoneFindings, see, seeNoMore } from '../support/e2e-checks.ts';
import { Creditor } from '../support/e2e-creditor.ts';
import type { HostDesk } from '../support/e2e-host-desk.ts';
import { Line } from '../support/e2e-line.ts';
import {
  enterRoom,
  openReadyMeeting,
  parties,
  RESOLUTION as resolution,
  type Party,
} from '../support/e2e-meeting.ts';
import { startMeetingServer, type RunningServer } from '../support/e2e-server.ts';
import { createSteps } from '../support/e2e-steps.ts';

const consent = { reason: '其余债权人已书面说明不参加表决', courtConsentNo: '（2026）虚01破12号之五' };
const TAPS_FROM_THE_LINK = 16;
const TAPS_SIGNED_IN = 4;

const [visitor, walker, listener, watcher] = parties as [Party, Party, Party, Party];

let server: RunningServer;
let browsers: Browsers;
let outbox: Outbox;
let host: HostDesk;
let link: string;
/** Comes by the link, with number and code. */
let first: Creditor;
/** Signed in before; loses its line. */
let second: Creditor;
let secondLine: Line;
let third: Creditor;
let thirdLine: Line;
/** Its clock can be moved. */
let fourth: Creditor;

const step = createSteps(() => browsers.shootAll('failed'));
const labelOf = ({ name, contact }: Party): string => `${contact.slice(0, 1)}××（${name}）`;

beforeAll(async () => {
  server = await startMeetingServer();
  browsers = await startBrowsers(server.origin);
  outbox = new Outbox(await browsers.desk());
  ({ host, link } = await openReadyMeeting(browsers));
});
afterAll(async () => {
  await browsers?.close();
  await server?.stop();
});

describe('coming in', () => {
  step('the link says what meeting it is and that nothing is charged, to everybody', async () => {
    first = new Creditor(await browsers.phone());
    await first.openLink(link);
    await see(first.page.getByText('不收费、不索要银行卡号和密码、不下载软件。'));
    expect(await phoneFindings(first.page, 'link')).toEqual([]);
  });

  step('the code is a one-time code, and a reload comes back to its step', async () => {
    await first.tap(first.link('进入会议'));
    expect(await phoneFindings(first.page, 'number')).toEqual([]);
    await first.openLink(link);
    first.countFromHere();
    await first.askForCode(visitor.mobile);
    await first.page.reload();
    await see(first.heading('填写验证码'));
    const field = first.page.getByRole('textbox', { name: '验证码' });
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    expect(await field.getAttribute('inputmode')).toBe('numeric');
    expect(await phoneFindings(first.page, 'code')).toEqual([]);
  });

  step('a code that is pasted, with a space in it, needs no button', async () => {
    const code = await outbox.readCode(visitor.mobile);
    await first.fillCode(`${code.slice(0, 3)} ${code.slice(3)}`);
    expect(await phoneFindings(first.page, 'name')).toEqual([]);
    await first.proveName(visitor);
    expect(await phoneFindings(first.page, 'meeting')).toEqual([]);
  });

  step('signing in to the meeting is a page of its own, and leads into the room', async () => {
    await first.tap(first.link('去签到'));
    await see(first.page.getByText('请勿自行录音录像，请勿转发会议内容。'));
    expect(await phoneFindings(first.page, 'check-in')).toEqual([]);
    await first.tap(first.button('签到并进入(有声音)'));
    await see(first.page.getByText('您已签到，无需操作，开始时自动进入。'));
    expect(await phoneFindings(first.page, 'room-waiting')).toEqual([]);
  });

  step('three more come in who were signed in before', async () => {
    second = new Creditor(await browsers.phone());
    secondLine = await Line.of(second.page);
    third = new Creditor(await browsers.phone());
    thirdLine = await Line.of(third.page);
    fourth = new Creditor(await browsers.phone());
    await fourth.page.clock.install();
    await enterRoom(second, link, walker);
    await enterRoom(third, link, listener);
    await enterRoom(fourth, link, watcher);
  });
});

describe('listening and speaking', () => {
  const restore = (): Locator => second.button('点这里恢复声音');

  step('sound that the browser refuses to play comes back by one button of full width', async () => {
    await host.begin();
    await host.turnOn('麦克风');
    await see(second.page.getByText('管理人 张×× 正在发言'));
    await refusePlaying(second);
    await comeBackToThePage(second);
    await see(restore());
    const width = (await restore().boundingBox())?.width ?? 0;
    expect(width).toBeGreaterThan(300);
    await second.tap(restore());
    expect(await restore().count()).toBe(1);
    await allowPlaying(second);
    await second.tap(restore());
    await seeNoMore(restore());
  });

  step('an invitation goes to the person on whom it was pressed, also when the list moves', async () => {
    for (const phone of [first, second, third]) await phone.tap(phone.button('举手发言'));
    const hands = host.page.getByRole('list').filter({ hasText: '举手' });
    const person = hands.getByRole('listitem').filter({ hasText: labelOf(walker) });
    await see(hands.getByRole('listitem').filter({ hasText: labelOf(listener) }));
    await person.getByRole('button', { name: `邀请 ${labelOf(walker)}` }).hover();
    await host.page.mouse.down();
    await first.tap(first.button('取消举手'));
    await see(host.page.getByRole('tab', { name: '发言队列（2）' }));
    await host.page.mouse.up();
    await see(host.page.getByText(`已邀请 ${labelOf(walker)}，等待对方确认`));
    await see(second.page.getByRole('status', { name: '主持人请您发言' }));
    expect(await phoneFindings(second.page, 'floor-offered')).toEqual([]);
    await second.tap(second.button('暂不发言'));
    await third.tap(third.button('取消举手'));
  });
});

describe('the vote', () => {
  step('when a vote opens, nothing that could be pressed gives way to it', async () => {
    await host.moveTo(`表决${resolution}`);
    await see(first.heading(`表决${resolution}`));
    const before = await pressableBoxes(first);
    await host.startVote(10);
    const call = first.page.getByRole('status', { name: `表决已开始：${resolution}` });
    await see(call);
    const appeared = await call.boundingBox();
    expect(before.filter((box) => overlap(box, appeared))).toEqual([]);
    for (const box of before) await touch(first, box);
    await see(call);
    await first.tap(first.button('听不到？'));
    await host.seeBallots(0);
    expect(await phoneFindings(first.page, 'vote-call')).toEqual([]);
  });

  step('the ballot is a group named by the resolution, with three equal buttons, none pressed', async () => {
    await first.goToBallot(resolution);
    const choices = await first.page.getByRole('group', { name: resolution }).getByRole('button').all();
    expect(await Promise.all(choices.map((each) => each.innerText()))).toEqual(['同意', '不同意', '弃权']);
    const boxes = await boxesOf(choices);
    const sizes = new Set(boxes.map(({ x, width, height }) => `${x} ${width}×${height}`));
    expect(sizes.size).toBe(1);
    expect(boxes[0]?.height).toBeGreaterThanOrEqual(60);
    const [above, middle, below] = boxes as [Box, Box, Box];
    expect(middle.y - above.y - above.height).toBeGreaterThanOrEqual(16);
    expect(below.y - middle.y).toBeCloseTo(middle.y - above.y);
    const looks = await Promise.all(choices.map(lookOf));
    expect(new Set(looks).size).toBe(1);
    for (const each of choices) expect(await each.getAttribute('aria-pressed')).toBeNull();
    expect(await roomBelow(first, choices, SHORT_PHONE)).toBeGreaterThanOrEqual(0);
    // Not one of the touches that the way in may cost.
    const large = first.button('长辈版(大字)');
    await large.tap();
    expect(await roomBelow(first, choices, PHONE)).toBeGreaterThanOrEqual(0);
    expect(await phoneFindings(first.page, 'ballot-large')).toEqual([]);
    await large.tap();
    expect(await phoneFindings(first.page, 'ballot')).toEqual([]);
  });

  step(
    'the confirmation says who votes what, has the focus on its heading, and no choice lay there',
    async () => {
      const choices = await first.page.getByRole('group', { name: resolution }).getByRole('button').all();
      const before = await boxesOf(choices);
      await first.choose('不同意');
      expect(await first.page.evaluate(() => document.activeElement?.textContent)).toBe('请确认您的表决');
      await see(first.page.getByText(`${visitor.name}（普通债权，`));
      await see(first.page.getByText('提交后不能更改。'));
      const buttons = await boxesOf([first.button('返回修改'), first.button('确认：不同意')]);
      expect(before.filter((box) => buttons.some((button) => overlap(button, box)))).toEqual([]);
      expect(new Set(buttons.map(({ width, height }) => `${width}×${height}`)).size).toBe(1);
      expect(await phoneFindings(first.page, 'confirmation')).toEqual([]);
    },
  );

  step('the receipt comes within the touches that the way in may cost', async () => {
    await first.confirm('不同意');
    await first.seeReceipt();
    await host.seeBallots(1);
    expect(first.taps).toBeLessThanOrEqual(TAPS_FROM_THE_LINK);
    expect(await phoneFindings(first.page, 'receipt')).toEqual([]);
  });

  step(
    'a double touch on the ballot submits nothing, and the confirmation is deaf for a second',
    async () => {
      await fourth.goToBallot(resolution);
      await stopTheClock(fourth);
      await fourth.page.getByRole('button', { name: '同意', exact: true }).dblclick();
      await see(fourth.heading('请确认您的表决'));
      const confirm = fourth.button('确认：同意');
      await confirm.dblclick({ force: true });
      expect(await confirm.getAttribute('aria-disabled')).toBe('true');
      await host.seeBallots(1);
      await fourth.page.clock.runFor(1_000);
      await fourth.page.clock.resume();
      await fourth.tap(fourth.button('返回修改'));
    },
  );

  step('the time left is silent, and told once at five minutes and at one', async () => {
    const timer = fourth.page.getByRole('timer', { name: '还剩' });
    expect(await timer.getAttribute('aria-live')).toBe('off');
    const told = (minutes: number) =>
      fourth.page.getByRole('status').filter({ hasText: `${resolution}：距表决截止还有 ${minutes} 分钟` });
    await leaveOnTheClock(fourth, 299);
    await see(told(5));
    await leaveOnTheClock(fourth, 59);
    await see(told(1));
  });

  step('offline there is no receipt, and back online exactly one ballot', async () => {
    await second.openLink(link);
    second.countFromHere();
    await second.tap(second.link('进入会议'));
    await second.goToBallot(resolution);
    await second.choose('同意');
    await secondLine.cut();
    await see(second.page.getByText('网络已断开，现在不能表决。'));
    await second.confirm('同意');
    await see(second.page.getByRole('alert', { name: '尚未送达' }));
    await host.seeBallots(1);
    await secondLine.restore();
    await second.seeReceipt();
    await host.seeBallots(2);
    expect(second.taps).toBeLessThanOrEqual(TAPS_SIGNED_IN);
  });

  step('a ballot whose answer was lost is sent again and counted once', async () => {
    await third.goToBallot(resolution);
    await third.choose('同意');
    thirdLine.loseAnswers();
    await third.confirm('同意');
    await host.seeBallots(3);
    await see(third.page.getByRole('alert', { name: '尚未送达' }));
    expect(await phoneFindings(third.page, 'unsent')).toEqual([]);
    await third.page.reload();
    await see(third.link('我的会议'));
    await thirdLine.cut();
    await thirdLine.restore();
    await third.seeReceipt();
    await host.seeBallots(3);
  });

  step('own ballots, rights and documents are pages of their own', async () => {
    await first.tap(first.link('返回会场'));
    for (const [name, heading] of [
      ['我的表决', '我的表决'],
      ['我的权利', '我的权利'],
      ['文件', '会议文件'],
    ] as const) {
      await first.tap(first.link(name));
      await see(first.page.getByRole('heading', { name: heading, level: 1 }));
      expect(await phoneFindings(first.page, heading)).toEqual([]);
      await first.tap(first.link('会场'));
    }
  });

  step('the result stands as figures in a table', async () => {
    await host.closeVote(consent);
    const row = first.page.getByRole('table', { name: '表决数据' }).getByRole('row', { name: /^同意/ });
    await see(row);
    expect(await row.getByRole('cell').allInnerTexts()).toHaveLength(2);
    expect((await row.getByRole('cell').allInnerTexts())[0]).toBe('2');
    expect(await phoneFindings(first.page, 'result')).toEqual([]);
  });

  step('nothing went wrong unseen on any page', async () => {
    expect(browsers.faults).toEqual([]);
  });
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function overlap(a: Box, b: Box | null): boolean {
  if (b === null) return false;
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

async function boxesOf(elements: readonly Locator[]): Promise<Box[]> {
  const boxes = await Promise.all(elements.map((each) => each.boundingBox()));
  return boxes.filter((box) => box !== null);
}

const pressableBoxes = async ({ page }: Creditor): Promise<Box[]> =>
  boxesOf(await page.getByRole('main').getByRole('button').all());

/** Between the last choice and the foot of the page, which stays in sight, in pixels. */
async function roomBelow(
  { page }: Creditor,
  choices: readonly Locator[],
  size: typeof PHONE | typeof SHORT_PHONE,
): Promise<number> {
  await page.setViewportSize(size);
  const lowest = (await boxesOf(choices)).at(-1);
  const foot = (await boxesOf([page.getByRole('contentinfo')]))[0];
  return (foot?.y ?? 0) - (lowest?.y ?? 0) - (lowest?.height ?? Infinity);
}

/** Everything by which one choice could stand out from another. */
function lookOf(button: Locator): Promise<string> {
  return button.evaluate((element) => {
    const { color, backgroundColor, border, fontSize, fontWeight } = getComputedStyle(element);
    return [color, backgroundColor, border, fontSize, fontWeight].join(' / ');
  });
}

/** Timers of the page stand still from here on. */
async function stopTheClock({ page }: Creditor): Promise<void> {
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 10));
}

/** Moves the phone's time so far that the open vote has so many seconds left. */
async function leaveOnTheClock({ page }: Creditor, leftS: number): Promise<void> {
  const timer = page.getByRole('timer', { name: '还剩' });
  const [minutes = 0, seconds = 0] = (await timer.innerText()).split(':').map(Number);
  await page.clock.fastForward((minutes * 60 + seconds - leftS) * 1000);
}

function touch({ page }: Creditor, { x, y, width, height }: Box): Promise<void> {
  return page.touchscreen.tap(x + width / 2, y + height / 2);
}

/** As a browser does that saves power, or that was left for a telephone call. */
async function refusePlaying({ page }: Creditor): Promise<void> {
  await page.evaluate(() => {
    const real = HTMLMediaElement.prototype.play;
    Object.assign(globalThis, { allowPlaying: () => (HTMLMediaElement.prototype.play = real) });
    HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
  });
}

async function allowPlaying({ page }: Creditor): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as { allowPlaying: () => void }).allowPlaying());
}

async function comeBackToThePage({ page }: Creditor): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}
