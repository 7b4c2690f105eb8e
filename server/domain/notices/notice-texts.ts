/**
 * Texts of the statutory notices. Convening: 企业破产法 arts. 14(2), 63; 司法解释三 art. 11(1) (matters told in
 * advance). Result: 司法解释三 art. 11(1) (told within three days), 企业破产法 art. 64(2) and 司法解释三 art. 12 (the
 * remedy against a resolution, 15 days from receipt), what follows by law where there is none (arts. 65, 66, 87,
 * 88, 99); order of domain.md 6.3. The same figures as in the verdict, none counted anew.
 */
import { amount, requirement, time } from '../minutes/figures.ts';
import {
  followUpWords,
  groupWords,
  INTERPRETATION_3,
  LAW,
  procedureWords,
  wordOf,
} from '../minutes/words.ts';
import type { Procedure } from '../master-data.ts';
import type { MeetingMode } from '../timers/deadlines.ts';
import { chinaDay } from '../china-calendar.ts';
import type { GroupVerdictView, TestView, VerdictView } from '../../protocol/vote/slices.ts';

export interface NoticeFrame {
  readonly caseNumber: string;
  readonly debtor: string;
  readonly procedure: Procedure;
  readonly court: string;
  readonly helpPhone: string;
  readonly meetingTitle: string;
  readonly startsAt: Date;
  readonly mode: MeetingMode;
  readonly linkCode: string;
  readonly nowMs: number;
}

/** What a notice says: in full, and in one message. */
export interface NoticeText {
  readonly title: string;
  readonly text: string;
  readonly shortText: string;
}

export interface ConvenedItem {
  readonly title: string;
  /** Whether silence is taken as consent to it. */
  readonly isSilenceConsent: boolean;
}

export function conveningText(frame: NoticeFrame, items: readonly ConvenedItem[]): NoticeText {
  const { caseNumber, debtor, court, helpPhone, meetingTitle, startsAt, linkCode } = frame;
  const at = time(startsAt.toISOString()).slice(0, -3);
  const silent = items.filter(({ isSilenceConsent }) => isSilenceConsent);
  const list = (chosen: readonly ConvenedItem[]) => chosen.map(({ title }) => `《${title}》`).join('、');
  const silence =
    silent.length === 0
      ? []
      : [
          `特别提示：对${list(silent)}，收到本通知后在表决期限内未表示意见的，视为同意。不同意的，请务必表决。`,
        ];
  const paragraphs = [
    `${debtor}各债权人：`,
    `${court}受理的${debtor}${procedureWords[frame.procedure]}一案（${caseNumber}），定于 ${at} 召开${meetingTitle}（${LAW}第63条）。`,
    '会议以网络方式召开，请用申报债权时登记的手机号码登录，不需要下载软件，不收取任何费用。',
    `会议编号：${linkCode}。会议文件、议程和您的表决权在会议页面查看。`,
    items.length === 0 ? '本次会议没有表决事项。' : `表决事项：${list(items)}。`,
    ...silence,
    '委托代理人参加的，请提交授权委托书。未参加的，不影响会议召开；会议的决议对全体债权人有约束力。',
    `管理人电话：${helpPhone}`,
    `${debtor}管理人`,
    chinaDay(frame.nowMs),
  ];
  const votes = items.length === 0 ? '' : `表决${list(items)}。`;
  return {
    title: `关于召开${meetingTitle}的通知`,
    text: paragraphs.join('\n'),
    shortText: `【${debtor}债权人会议】${meetingTitle}定于 ${at} 以网络方式召开。${votes}${silence.join('')}请用登记手机号码登录参加，会议编号 ${linkCode}。管理人 ${helpPhone}。`,
  };
}

export interface ResultToTell {
  readonly title: string;
  readonly verdict: VerdictView;
  /** Whether an earlier count of this vote was told, which this one corrects. */
  readonly wasTold?: boolean;
  /** Of a decision of the committee (司法解释三 art. 14), which only its members take and are told. */
  readonly isOfCommittee?: boolean;
}

export function resultText(
  frame: NoticeFrame,
  { title, verdict, wasTold = false, isOfCommittee = false }: ResultToTell,
): NoticeText {
  const { caseNumber, debtor, court, helpPhone, meetingTitle, startsAt } = frame;
  const word = outcomeWords[verdict.outcome];
  const revocation = verdict.outcome === 'FAILED' ? null : revocationWords(frame.mode);
  const [whole] = verdict.groups;
  const isByGroups = whole?.group !== 'ALL';
  const correction = verdict.revision === '0' ? '' : `（第 ${verdict.revision} 次更正）`;
  const round = verdict.round === '1' ? '' : `（第 ${verdict.round} 次表决）`;
  const paragraphs = [
    `${debtor}${addressees(verdict, isOfCommittee)}：`,
    `${court}受理的${debtor}${procedureWords[frame.procedure]}一案（${caseNumber}），${meetingTitle}（${time(startsAt.toISOString()).slice(0, -3)}，${modeWords[frame.mode]}）对《${title}》${round}的表决结果${correction}通知如下：`,
    ...(correction === '' ? [] : [correctionWords(wasTold)]),
    ...verdict.groups.map((group) => figures(group, isByGroups)),
    `结论：依照${LAW}第${verdict.article}条，《${title}》${word}。`,
    ...verdict.followUp.map((code) => wordOf(followUpWords, code)),
    ...(revocation === null
      ? []
      : [
          `债权人认为本决议违反法律规定、损害其利益的，可以自${revocation.from}起十五日内请求人民法院裁定撤销（${revocation.law}）。`,
        ]),
    `会议记录第 ${verdict.seq} 号。管理人电话：${helpPhone}`,
    `${debtor}管理人`,
    chinaDay(frame.nowMs),
  ];
  const short =
    whole === undefined || isByGroups
      ? ''
      : `（同意 ${whole.for.heads}/${whole.presentHeads} 家，${amount(whole.for.fen)}）`;
  const remedy =
    revocation === null
      ? '后续程序和权利救济见全文。'
      : `认为决议违法并损害您利益的，可以自${revocation.from}起十五日内请求人民法院撤销。`;
  return {
    title: `关于《${title}》表决结果的${wasTold ? '更正' : ''}通知${round}${correction}`,
    text: paragraphs.join('\n'),
    shortText: `【${debtor}债权人会议】《${title}》${round}${wasTold ? '结果更正：' : ''}${word}${short}。${remedy}全文请登录会议页面“通知”查看。管理人 ${helpPhone}。`,
  };
}

/** The ballots stay, the roll is another (record.md 7). */
const correctionWords = (wasTold: boolean): string =>
  wasTold
    ? '表决权名册已更正，已提交的表决票重新计算。本通知更正此前通知的结果，以本通知为准。'
    : '表决权名册已更正，已提交的表决票重新计算，以下为更正后的结果。';

/** Investors vote on what a plan does to them and are no creditors (art. 85(2)). */
function addressees({ groups }: VerdictView, isOfCommittee: boolean): string {
  if (isOfCommittee) return '债权人委员会各成员';
  return groups.some(({ group }) => group === 'INVESTOR') ? '各债权人、出资人' : '各债权人';
}

/** From when the fifteen days run: `revocationFrom` of the time limits, in words. */
const revocationWords = (mode: MeetingMode) =>
  mode === 'on-site'
    ? { from: '债权人会议作出决议之日', law: `${LAW}第64条第2款` }
    : { from: '收到本通知之日', law: `${LAW}第64条第2款、${INTERPRETATION_3}第12条` };

const modeWords: Readonly<Record<MeetingMode, string>> = {
  online: '网络方式',
  'on-site': '现场方式',
  hybrid: '现场与网络相结合的方式',
};

const outcomeWords: Readonly<Record<VerdictView['outcome'], string>> = {
  PASSED: '表决通过',
  FAILED: '表决未通过',
  NOT_APPLICABLE: '表决结果报请人民法院决定',
  RECORDED: '已记录',
};

const baseWords: Readonly<Record<string, string>> = {
  unsecuredTotal: '无财产担保债权总额',
  groupTotal: '该组债权总额',
};

function figures(group: GroupVerdictView, isByGroups: boolean): string {
  const name = isByGroups ? `${groupWords[group.group]}：` : '';
  const present = `出席会议有表决权的${isByGroups ? '该组' : ''}债权人共 ${group.presentHeads} 家`;
  const heads = `同意 ${group.for.heads} 家${standing(group.heads)}`;
  // The total of a group is that of all claims where there are no groups (art. 62(2)).
  const ownBase = baseWords[group.amountBase ?? ''] ?? '计算基数';
  const base = isByGroups ? ownBase : ownBase.replace('该组', '');
  const sum = `同意的债权额 ${amount(group.for.fen)}${group.amount ? `，占${base} ${amount(group.amount.denominator)}的 ${group.amount.percent}%` : ''}${verdictOf(group.amount)}`;
  const invalid = group.invalid === null ? '' : `，无效票 ${group.invalid.heads} 家`;
  const others = `不同意 ${group.against.heads} 家，弃权 ${group.abstain.heads} 家，出席未表决 ${group.silent.heads} 家${invalid}`;
  return `${name}${present}；${heads}；${sum}；${others}。`;
}

const standing = (test: TestView | null): string =>
  test === null ? '' : `，占 ${test.percent}%${verdictOf(test)}`;

const verdictOf = (test: TestView | null): string =>
  test === null ? '' : `（须${requirement(test)}，${test.passed ? '达到' : '未达到'}）`;

/** A notice begins with the name of the creditor to whom it goes. */
export const addressed = (name: string, text: string): string => `${name}：${text}`;
