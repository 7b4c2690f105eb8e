/**
 * One section a vote (表决): what was put to it, under which rule, on which roll, in which window, with
 * which result. Figures are those of the verdict in the ledger; nothing is counted here.
 */
import type { EntryBody } from '../../../protocol/entries.ts';
import type { Actor } from '../../../protocol/entry-parts.ts';
import { isVerification } from '../../../protocol/resolution-types.ts';
import { deadlineOf, entriesOf, type VoteHistory } from '../../record/history/meeting-history.ts';
import {
  fact,
  facts,
  heading,
  note,
  table,
  text,
  type Fact,
  type MinutesBlock,
  type MinutesSection,
} from '../content.ts';
import { time, yuan } from '../figures.ts';
import type { MinutesSource } from '../source.ts';
import {
  attendanceBasisWords,
  channelWords,
  closeCause,
  groupWords,
  noVoteWords,
  roleWords,
  ruleWords,
  wordOf,
} from '../words.ts';
import { resultBlocks } from './result.ts';
import { adHocBlocks, conditionBlocks } from './vote-conditions.ts';

export function voteSections(source: MinutesSource): MinutesSection[] {
  return entriesOf(source.history, 'resolution.publish').flatMap(({ body }) => {
    const rounds = source.history.votes.filter((vote) => vote.resolutionId === body.resolutionId);
    const mark = body.adHoc ? '（临时议题）' : '';
    const words = isVerification(body) ? verificationWords : voteWords;
    const title = `${words.item}：《${source.open(body.commitments.title)}》${mark}`;
    const published = [...adHocBlocks(source, body), ...textBlocks(source, body, words)];
    if (rounds.length === 0) {
      return [
        {
          heading: title,
          blocks: [...published, text(`本项没有进行${words.act}。`)],
        },
      ];
    }
    return rounds.map((vote) => ({
      heading: vote.round === '1' ? title : `${title}（第 ${vote.round} 次${words.act}）`,
      blocks: [...published, ...voteBlocks(source, vote, words)],
    }));
  });
}

/** A verification of claims is no vote (art. 58), and nothing of it is told as one. */
const voteWords = {
  item: '表决事项',
  act: '表决',
  text: '提交表决的全文',
  result: '表决结果',
  way: '时间和方式',
};
const verificationWords: SectionWords = {
  item: '核查事项',
  act: '核查',
  text: '提请核查的说明',
  result: '核查情况',
  way: '时间',
};
type SectionWords = typeof voteWords;

function textBlocks(
  { history, open }: MinutesSource,
  body: EntryBody<'resolution.publish'>,
  words: SectionWords,
): MinutesBlock[] {
  const documents = new Map(
    entriesOf(history, 'doc.publish').map((entry) => [entry.body.documentId, entry.body]),
  );
  const titled: Fact[] = body.documents.map(({ documentId, sha256 }) => {
    const document = documents.get(documentId);
    return fact(document ? `附件《${open(document.commitments.title)}》SHA-256` : '附件 SHA-256', sha256);
  });
  return [
    heading(`（一）${words.text}`),
    { kind: 'quote', text: open(body.commitments.text) },
    { kind: 'code', rows: [fact('全文 SHA-256', body.textSha256), ...titled] },
  ];
}

function voteBlocks(source: MinutesSource, vote: VoteHistory, words: SectionWords): MinutesBlock[] {
  return [
    heading(`（二）${words.act}规则`),
    ...ruleBlocks(vote, words),
    ...conditionBlocks(source, vote),
    heading('（三）表决权名册'),
    ...rollBlocks(vote),
    ...correctionBlocks(source, vote),
    heading(`（四）${words.act}${words.way}`),
    ...windowBlocks(source, vote, words),
    heading(`（五）${words.result}`),
    ...resultBlocks(vote),
  ];
}

function ruleBlocks({ opened }: VoteHistory, { act }: SectionWords): MinutesBlock[] {
  if (!opened) return [text(`本项尚未开始${act}。`)];
  const { rule } = opened.body;
  return [
    text(
      ruleWords[rule.ruleId] ?? `《中华人民共和国企业破产法》第${rule.article}条（规则 ${rule.ruleId}）。`,
    ),
    facts([
      fact('规则版本', `${rule.ruleSetId} / ${rule.ruleId}，自${act}开始时固定`),
      ...(rule.mode === 'OBJECTION'
        ? []
        : [
            fact('出席的认定', attendanceBasisWords[rule.attendanceBasis]),
            fact('表决意见', opened.body.allowChange ? '截止前可以更改' : '提交后不能更改'),
          ]),
    ]),
  ];
}

function rollBlocks({ rolls, roll }: VoteHistory): MinutesBlock[] {
  const [first] = rolls;
  if (!roll || !first) return [text('名册尚未固定。')];
  const { totals, excluded, rows, root, version, sourceSha256 } = roll.body;
  const blocks: MinutesBlock[] = [
    text(`名册于 ${time(first.ts)} 固定，共 ${first.body.rows} 行，在开始表决之前完成。`),
    ...(version === '0'
      ? []
      : [text(`以下为第 ${version} 次更正后的名册（${time(roll.ts)}），共 ${rows} 行。`)]),
    table(
      [
        ['表决组', 25],
        ['有表决权家数', 17, 'number'],
        ['表决债权额（元）', 22, 'number'],
        ['无财产担保债权总额（元）', 29, 'number'],
        ['其中临时确定', 25, 'number'],
      ],
      totals.map((group) => [
        groupWords[group.group],
        group.heads,
        yuan(group.amountFen),
        yuan(group.unsecuredFen),
        `${group.temporaryHeads} 家 ${yuan(group.temporaryFen)}`,
      ]),
    ),
  ];
  const lines = excluded.map(({ reason, creditors }) => `${noVoteWords[reason]} ${creditors} 家`);
  blocks.push(
    text(lines.length > 0 ? `在册而本项没有表决权的：${lines.join('；')}。` : '在册债权人对本项均有表决权。'),
    {
      kind: 'code',
      rows: [
        fact('名册 RFC 6962 根', root),
        ...(sourceSha256 === undefined ? [] : [fact('债权表文件 SHA-256', sourceSha256)]),
      ],
    },
  );
  return blocks;
}

/** Versions after the first, each with its reason and what it changed; the counts on them stand in the result. */
function correctionBlocks({ freeText, open }: MinutesSource, { rolls }: VoteHistory): MinutesBlock[] {
  return rolls.slice(1).map(({ ts, body }) => {
    const { added = '0', removed = '0', changed = '0' } = body.difference ?? {};
    const consented = open(body.consent?.reference);
    return text(
      `${time(ts)} 更正名册（第 ${body.version} 次更正）：新增 ${added} 家，减少 ${removed} 家，变更 ${changed} 家；人民法院：${consented}；理由：${freeText(body.commitments?.reason)}。已提交的表决票按更正后的名册重新计算。`,
    );
  });
}

function windowBlocks(source: MinutesSource, vote: VoteHistory, { act }: SectionWords): MinutesBlock[] {
  const { freeText, open } = source;
  const { opened, closed } = vote;
  if (!opened) return [text(`本项尚未开始${act}。`)];
  const rows = [
    fact(`开始${act}`, `${time(opened.ts)}（${roleWords[opened.body.actor.role]}）`),
    fact('原定截止', time(opened.body.closesAt)),
    ...vote.extensions.map(({ body }) => {
      const consent = `人民法院同意：${open(body.consent.reference)}；理由：${freeText(body.commitments.reason)}`;
      return fact('延长', `${time(body.previousClosesAt)} 延长至 ${time(body.closesAt)}（${consent}）`);
    }),
    ...vote.resumptions.map(({ body }) =>
      fact('中断后继续', `截止改为 ${time(body.closesAt)}（人民法院同意：${open(body.consent.reference)}）`),
    ),
  ];
  if (vote.extensions.length + vote.resumptions.length === 0) rows.push(fact('延长', '无'));
  if (closed) {
    const { cause, effectiveAt, consent, commitments } = closed.body;
    const because = commitments === undefined ? '' : `；理由：${freeText(commitments.reason)}`;
    const consented = consent ? `（人民法院同意：${open(consent.reference)}${because}）` : '';
    rows.push(fact('截止', `${time(effectiveAt)}，${closeCause(cause, act)}${consented}`));
  } else {
    rows.push(fact('截止', `尚未截止，截止时间 ${time(deadlineOf(vote) ?? opened.body.closesAt)}`));
  }
  if (opened.body.rule.mode === 'OBJECTION') return [facts(rows)];
  rows.push(fact('收到的表决票', ballotsText(vote)));
  return [
    facts(rows),
    ...enteredBlocks(source, vote),
    ...voidBlocks(vote),
    note('截止时间之后收到的表决票不计入。'),
  ];
}

function ballotsText({ ballots }: VoteHistory): string {
  if (ballots.length === 0) return '0 张';
  const byChannel = new Map<string, number>();
  for (const { channel } of ballots) byChannel.set(channel, (byChannel.get(channel) ?? 0) + 1);
  const parts = [...byChannel].map(([channel, count]) => {
    const how = channel === 'online' ? onlineText(ballots) : '';
    return `${wordOf(channelWords, channel)} ${count} 张${how}`;
  });
  return `${ballots.length} 张（${parts.join('，')}）`;
}

/** How the senders online were known: what came otherwise has no sender online, and is told apart. */
function onlineText(ballots: VoteHistory['ballots']): string {
  const online = ballots.filter(({ entered }) => entered === undefined);
  const signed = online.filter(({ isSigned }) => isSigned).length;
  return `（经设备签名的 ${signed} 张，未经设备签名、以登录身份认定的 ${online.length - signed} 张）`;
}

/** Ballots on paper, by mail and the like: when each came by the administrator’s note, and who has read it. */
function enteredBlocks({ names }: MinutesSource, { ballots }: VoteHistory): MinutesBlock[] {
  const rows = ballots.flatMap(({ seq, channel, receivedAt, entered }) => {
    if (!entered) return [];
    const { statedReceivedAt, enteredBy, confirmedBy } = entered;
    return [
      [
        `第 ${seq} 号`,
        channelWords[channel],
        statedReceivedAt === undefined ? '未记载' : time(statedReceivedAt),
        staffWords(names, enteredBy),
        `${staffWords(names, confirmedBy)}，${time(receivedAt)}`,
      ],
    ];
  });
  if (rows.length === 0) return [];
  return [
    text(
      `其中 ${rows.length} 张不是网络提交：由工作人员一人录入，另一人看着原件的扫描件独立复核，两人一致后记入。收到时间由管理人记载，计票以复核完成的时间为准。`,
    ),
    table(
      [
        ['编号', 12],
        ['方式', 10],
        ['记载的收到时间', 24],
        ['录入', 22],
        ['复核', 32],
      ],
      rows,
    ),
  ];
}

/** Who reads papers need not have been in the meeting: then the record has the role alone. */
function staffWords(names: MinutesSource['names'], { personId, role }: Actor): string {
  const isKnown = names.staffRole(personId) !== undefined;
  return isKnown ? `${roleWords[role]} ${names.person(personId)}` : roleWords[role];
}

function voidBlocks({ voids }: VoteHistory): MinutesBlock[] {
  const causes = {
    LATER_CHANNEL: '已以其他方式表决',
    COURT_DECISION: '人民法院决定',
    ABORTED: '表决中止',
    CONFIRMED_TOO_LATE: '截止后才完成双人复核',
    INVALID: '无效票（未选择、选择多项或者无法辨认），计为出席',
  } as const;
  return voids.map(({ ts, body }) =>
    text(`${time(ts)} 一张${channelWords[body.channel]}表决票不计入各项意见：${causes[body.cause]}。`),
  );
}
