/**
 * 企业破产法 art. 61(2): 债权人会议应当对所议事项的决议作成会议记录; art. 64(1) in words, fractions and
 * truncated percentages; domain.md 6.2 for the sections.
 */
import { describe, expect, it } from '@jest/globals';
import { buildMinutes, chineseNumeral } from '../../server/domain/minutes/build-minutes.ts';
import type { Attested } from '../../server/domain/minutes/sections/attested.ts';
import { maskPersonName } from '../../server/domain/masking.ts';
import { isOrganisationName } from '../../server/domain/history/names.ts';
import { PLAN_TEXT, tellMeeting, type StoryOptions, type StoryVoter } from '../support/meeting-story.ts';
import { textOfMinutes } from '../support/minutes-text.ts';

const yuan = (amount: number) => BigInt(amount) * 100n;
const company = (name: string) => `${name}有限公司`;

/** Three of five present are for it; they hold less than half of the unsecured claims. */
const failsByAmount: readonly StoryVoter[] = [
  { creditor: company('甲建材'), person: '王小明', fen: yuan(100_000), choice: 'for', signIn: 'self' },
  { creditor: company('乙物流'), person: '朱嘉远', fen: yuan(200_000), choice: 'for', signIn: 'proxy' },
  { creditor: '李宁', fen: yuan(100_000), choice: 'for', signIn: 'self' },
  { creditor: company('丙银行'), person: '陶哲', fen: yuan(500_000), choice: 'against', signIn: 'self' },
  { creditor: company('丁贸易'), person: '何安', fen: yuan(50_000), signIn: 'staff' },
  { creditor: company('戊设备'), person: '严若', fen: yuan(50_000) },
];
const passes: readonly StoryVoter[] = failsByAmount.map((voter, index) =>
  index === 3 ? { ...voter, choice: 'for' } : voter,
);

function minutesOf(options: StoryOptions, masked = false) {
  const { history, open } = tellMeeting(options);
  const content = buildMinutes({ history, open, masked });
  return { content, text: textOfMinutes(content) };
}

describe('the minutes of a vote that fails by amount', () => {
  const { content, text } = minutesOf({ voters: failsByAmount });

  it('name the case, the debtor and the court', () => {
    expect(content).toMatchObject({
      title: '第一次债权人会议笔录',
      caseNumber: '（2026）浙01破12号',
      caseName: '江南某某有限公司破产清算案',
      court: '杭州市中级人民法院',
      marks: [],
    });
  });

  it('number their sections in the order of court practice', () => {
    expect(content.sections.map(({ heading }) => heading)).toEqual([
      '一、会议时间和方式',
      '二、召集、主持和列席人员',
      '三、通知情况',
      '四、到会情况',
      '五、会议议程',
      '六、会议文件',
      '七、发言、提问和债权核查',
      '八、表决事项：《债务人财产管理方案》',
      '九、中断、故障及处理',
      '十、权利救济和期限',
      '十一、电子数据',
    ]);
  });

  it('tell times in China Standard Time', () => {
    expect(text).toContain('通知的开会时间 2026年11月22日 14:30:00');
    expect(text).toContain('闭会时间 2026年11月22日 17:30:00');
  });

  it('tell who was due and present by nature, proxies and sign-ins entered by staff apart', () => {
    expect(text).toContain('应到债权人 6 家，债权额 1,000,000.00 元（100.00万）；实到债权人 5 家，占 83.33%');
    expect(text).toContain('普通债权 6 5 83.33% 1,000,000.00 950,000.00 95.00%');
    expect(text).toContain('由代理人签到参会的债权人 1 家');
    expect(text).toContain('其中 1 家的签到由工作人员代为登记');
  });

  it('hold the text that was put to the vote and its hash', () => {
    expect(text).toContain(PLAN_TEXT);
    expect(text).toMatch(/全文 SHA-256 [0-9a-f]{64}/);
    expect(text).toMatch(/附件《财产管理方案附件》SHA-256 [0-9a-f]{64}/);
  });

  it('hold the roll with who has no vote and why', () => {
    expect(text).toContain('全体有表决权的债权人 6 1,000,000.00 1,000,000.00 0 家 0.00');
    expect(text).toContain('债权尚未确定且人民法院未临时确定债权额（第59条第2款） 2 家');
  });

  it('count for, against, abstaining, silent and absent', () => {
    expect(text).toContain('同意 3 60.00% 400,000.00 40.00%');
    expect(text).toContain('不同意 1 20.00% 500,000.00 50.00%');
    expect(text).toContain('弃权 0 0.00% 0.00 0.00%');
    expect(text).toContain('出席未表决 1 20.00% 50,000.00 5.00%');
    expect(text).toContain('未出席 1 — 50,000.00 5.00%');
  });

  it('put both tests as fractions with the words of the law, and what is missing in yuan', () => {
    expect(text).toContain('其中同意 3 家，即 3/5，占 60.00%；法律要求过半数，达到。');
    expect(text).toContain('400,000.00/1,000,000.00，占无财产担保债权总额的 40.00%');
    expect(text).toContain('法律要求二分之一以上，未达到，还差 100,000.00 元。');
  });

  it('say that it did not pass and that the court rules, with the remedy against the ruling', () => {
    expect(text).toContain('第64条，本项表决未通过');
    expect(text).toMatch(/第65条第1款，由人民法院裁定/);
    expect(text).toContain('复议期间不停止裁定的执行（第66条）');
  });

  it('tell the fifteen days of article 64(2), from receipt where the vote was not on site', () => {
    expect(text).toContain('十五日内，请求人民法院裁定撤销该决议');
    expect(text).toContain('以非现场方式表决的，该期限自债权人收到通知之日起算');
  });

  it('name the last entry that they were made from', () => {
    expect(text).toMatch(/生成本笔录时共 \d+ 条，编号 0 至 \d+。/);
    expect(text).toMatch(/该条叶哈希 SHA-256 [0-9a-f]{64}/);
  });
});

describe('the minutes of what the court was asked and decided', () => {
  it('hold the answers to art. 87(2) with the reasons, and whose they are', () => {
    const story = tellMeeting({ voters: failsByAmount });
    const seal = (value: string) => story.seal(value);
    story.tell({
      t: 'ruling',
      body: {
        rulingId: 'ruling-1',
        resolutionId: 'resolution-1',
        kind: 'CRAM_DOWN_APPLICATION',
        decidedOn: '2026-11-25',
        checklist: [{ condition: 'FEASIBLE', answer: 'YES', statement: seal('订单可用三年') }],
        actor: { personId: 'person-lead', role: 'administrator-lead' },
        commitments: { reference: seal('提请批准的申请') },
      },
    });
    const { history, open } = story;
    const text = textOfMinutes(buildMinutes({ history, open, masked: false }));
    expect(text).toContain(
      '申请人民法院批准重整计划草案（第87条第2款）（《债务人财产管理方案》）：提请批准的申请',
    );
    expect(text).toContain('（六）债务人的经营方案具有可行性——申请人称：符合：订单可用三年。');
  });
});

describe('the minutes of other votes', () => {
  it('say that it passed, with no court to follow', () => {
    const { text } = minutesOf({ voters: passes });
    expect(text).toContain('即 4/5，占 80.00%；法律要求过半数，达到。');
    expect(text).toContain('占无财产担保债权总额的 90.00%；法律要求二分之一以上，达到。');
    expect(text).toContain('本项表决通过');
    expect(text).not.toContain('由人民法院裁定。债权人对该裁定');
  });

  it('say how many heads are missing where half of those present is not more than half', () => {
    const voters = passes.map((voter, index) =>
      index < 2 ? { ...voter, choice: 'against' as const } : voter,
    );
    const { text } = minutesOf({ voters: voters.slice(0, 4) });
    expect(text).toContain('即 2/4，占 50.00%；法律要求过半数，未达到，还差 1 家。');
  });

  it('show the result with and without temporary amounts, and warn where they decide', () => {
    const voter = { choice: 'for', signIn: 'self' } as const;
    const { text } = minutesOf({
      voters: [
        { ...voter, creditor: company('甲'), fen: yuan(500_000), temporaryFen: yuan(400_000) },
        { ...voter, creditor: company('乙'), fen: yuan(100_000) },
        { ...voter, creditor: company('丙'), fen: yuan(300_000), choice: 'against' },
      ],
    });
    expect(text).toContain('占无财产担保债权总额的 66.66%');
    expect(text).toContain('不计人民法院临时确定的债权额 2/3 66.66% 40.00% 未通过');
    expect(text).toContain('注意：临时确定的债权额影响本项表决的结果。');
  });

  it('show an extension with the old and the new deadline and the consent of the court', () => {
    const { text } = minutesOf({ voters: passes, isExtended: true });
    expect(text).toContain(
      '延长 2026年11月22日 16:00:00 延长至 2026年11月22日 17:00:00（人民法院同意：（2026）浙01破12号之二；理由：部分债权人网络中断）',
    );
  });

  it('are a draft with no result while the vote is open', () => {
    const { content, text } = minutesOf({ voters: passes, endsAfter: 'opening' });
    expect(content.marks).toEqual(['草稿：会议尚未闭会']);
    expect(text).toContain('本项尚未截止，没有表决结果。');
  });

  it('can be made before anything has happened', () => {
    const { text } = minutesOf({ voters: [], endsAfter: 'publishing' });
    expect(text).toContain('会议尚未开始，已签到债权人 0 家。');
    expect(text).toContain('本项没有进行表决。');
  });
});

describe('personal data in the minutes', () => {
  it('stands in full in the document that is signed', () => {
    const { text } = minutesOf({ voters: passes });
    expect(text).toContain('乙物流有限公司 朱嘉远（代理人）');
    expect(text).toContain('主持人 张安宁（管理人负责人）');
  });

  it('is masked for those to whom it is not due: people, not companies', () => {
    const { content, text } = minutesOf({ voters: passes, isExtended: true }, true);
    expect(content.marks).toEqual(['脱敏本：自然人姓名已遮盖']);
    for (const name of ['张安宁', '朱嘉远', '李宁', '王小明']) {
      expect(text).not.toContain(name);
      expect(text).toContain(maskPersonName(name));
    }
    expect(text).toContain('乙物流有限公司');
    expect(text).not.toContain('部分债权人网络中断');
  });

  it('is shown as deleted once it has been erased', () => {
    const story = tellMeeting({ voters: passes });
    story.erase('朱嘉远');
    const text = textOfMinutes(buildMinutes({ ...story, masked: false }));
    expect(text).toContain('乙物流有限公司 〔已删除〕（代理人）');
    expect(text).not.toContain('朱嘉远');
  });

  it.each([
    ['江南某某有限公司', true],
    ['国家税务总局杭州市税务局', true],
    ['Example Trading Ltd', true],
    ['欧阳娜娜', false],
    ['张店', false],
    ['Incaviglia Marco', false],
  ])('takes %s for an organisation: %s', (name, expected) => {
    expect(isOrganisationName(name)).toBe(expected);
  });
});

describe('speeches in the minutes', () => {
  const person = { personId: 'person-1', capacityId: 'capacity-1' };

  it('tell who spoke for whom, from when to when and how it ended', () => {
    const story = tellMeeting({ voters: passes, endsAfter: 'opening' });
    const actor = { personId: 'person-host', role: 'administrator-lead' } as const;
    story.tell({ t: 'floor', body: { event: 'accept', ...person } }, '2026-11-22T07:30:00.000Z');
    story.tell({ t: 'floor', body: { event: 'withdraw', ...person, actor } }, '2026-11-22T07:33:00.000Z');
    story.tell({ t: 'floor', body: { event: 'accept', ...person } }, '2026-11-22T07:40:00.000Z');
    story.tell({ t: 'floor', body: { event: 'end', ...person, cause: 'DISCONNECTED' } });
    const text = textOfMinutes(buildMinutes({ ...story, masked: false }));
    expect(text).toContain(
      '朱嘉远（乙物流有限公司，代理人） 2026年11月22日 15:30:00 2026年11月22日 15:33:00 管理人负责人收回',
    );
    expect(text).toContain('2026年11月22日 15:40:00 2026年11月22日 15:41:00 连接中断');
  });
});

it.each([
  [1, '一'],
  [10, '十'],
  [11, '十一'],
  [20, '二十'],
  [35, '三十五'],
])('numbers section %d as %s', (value, expected) => {
  expect(chineseNumeral(value)).toBe(expected);
});

describe('the minutes of a record', () => {
  const { history, open } = tellMeeting({ voters: passes });
  const textWith = (attested?: Attested) =>
    textOfMinutes(buildMinutes({ history, open, masked: false, attested }));
  const root = 'E6mjP38yYQ3Ext5tWHhl4vAp3BlMPTUYjexMpgoXkWY=';
  const attested: Attested = {
    checkpoint: { size: 40, root, at: '2026-11-22T07:00:00.000Z' },
    witnessed: { size: 38, at: '2026-11-22T07:00:01.000Z' },
    witnesses: [
      { name: 'court', standing: 'cosigned', last: { size: 40, at: '2026-11-22T07:00:01.000Z' } },
      { name: 'committee', standing: 'unreachable', last: { size: 12, at: '2026-11-22T06:00:01.000Z' } },
    ],
    timeStamps: [],
  };

  it('say NOT WITNESSED when no quorum has cosigned it', () => {
    expect(textWith()).toContain('未经见证（NOT WITNESSED）');
    expect(textWith({ ...attested, witnessed: null })).toContain('未经见证（NOT WITNESSED）');
  });

  it('name the witnesses who have cosigned it so far, and the checkpoint', () => {
    const text = textWith(attested);
    expect(text).not.toContain('NOT WITNESSED');
    expect(text).toMatch(/前 38 条，[^，]*，见证人：court$/m);
    expect(text).toContain(root);
  });

  it('state the time and the authority of each stamp, and which one is still missing', () => {
    const stamp = { size: 20, root, wantedSince: '2026-11-22T06:30:00.000Z', attempts: 3 };
    const stamped = { time: '2026-11-22T06:30:02.000Z', authority: '国家授时', policy: '1.2.3' };
    const text = textWith({
      ...attested,
      timeStamps: [
        { ...stamp, seq: 19, reason: 'freeze', stamped },
        { ...stamp, seq: 30, reason: 'close', stamped: null },
      ],
    });
    expect(text).toMatch(/时间戳 冻结名册.*国家授时，检查点 20 条/);
    expect(text).toMatch(/时间戳 表决截止.*第 30 号：尚未取得/);
  });
});

describe('the minutes of a meeting that goes on from a halted record', () => {
  const root = Buffer.alloc(32, 7).toString('base64');
  const continues = {
    origin: 'example.org/meeting/earlier',
    checkpoint: `example.org/meeting/earlier\n15\n${root}\n\n— example.org ${Buffer.alloc(68, 1).toString('base64')}\n`,
    foundSize: '13',
    foundRoot: root,
    detectedAt: '2026-10-30T03:20:00.000Z',
  };

  it('say from which record, why, and when', () => {
    const { text } = minutesOf({ voters: passes, continues });
    expect(text).toContain('接续原会议（原记录编号 example.org/meeting/earlier）');
    expect(text).toContain('系统于 2026年10月30日 11:20:00 发现原会议的记录与已签名的不符');
    expect(text).toContain('已签名 15 条，数据库里只找到 13 条');
    expect(text).toContain('会议于 2026年11月2日 14:30:00 重新发布，由本记录接续');
  });

  it('say nothing of it in any other meeting', () => {
    expect(minutesOf({ voters: passes }).text).not.toContain('接续');
  });
});
