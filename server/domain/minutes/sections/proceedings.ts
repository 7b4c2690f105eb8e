/** What happened in order: agenda with times, who spoke, questions, adjournments. */
import { isVerification } from '../../../protocol/resolution-types.ts';
import { entriesOf, type Recorded } from '../../record/history/meeting-history.ts';
import { note, table, text, type MinutesBlock, type MinutesSection } from '../content.ts';
import { time } from '../figures.ts';
import type { MinutesSource } from '../source.ts';
import { credentialLines } from './credentials.ts';
import { hasVerification } from './verification.ts';
import { closeCause, incidentWords, roleWords, wordOf } from '../words.ts';

export function agendaSection({ history, convened, open }: MinutesSource): MinutesSection {
  const moves = entriesOf(history, 'agenda.move').filter(({ body }) => body.move === 'item');
  const added = entriesOf(history, 'resolution.publish').filter(({ body }) => body.adHoc !== undefined);
  const items = [
    ...convened.agenda.map(({ itemId, title }) => ({ itemId, title: open(title) })),
    ...added.map(({ body }) => ({
      itemId: body.itemId,
      title: `${open(body.commitments.title)}（临时议题）`,
    })),
  ];
  const rows = items.map((item, index) => {
    const times = moves.filter(({ body }) => body.itemId === item.itemId).map(({ ts }) => time(ts));
    return [String(index + 1), item.title, times.join('；') || '未进行'];
  });
  return {
    heading: '会议议程',
    blocks: [
      table(
        [
          ['序号', 8, 'number'],
          ['议程', 62],
          ['进行时间', 30],
        ],
        rows,
      ),
    ],
  };
}

/** Documents laid before the meeting, each by its hash, so that the one read is the one kept. */
export function documentsSection({ history, open }: MinutesSource): MinutesSection {
  const documents = entriesOf(history, 'doc.publish');
  if (documents.length === 0) return { heading: '会议文件', blocks: [text('没有提交会议的文件。')] };
  return {
    heading: '会议文件',
    blocks: documents.map(({ body }) => ({
      kind: 'code',
      rows: [
        { label: `《${open(body.commitments.title)}》`, value: '' },
        { label: 'SHA-256', value: body.sha256 },
      ],
    })),
  };
}

interface Speech {
  readonly who: string;
  readonly from: string;
  readonly to: string;
  readonly how: string;
}

export function floorSection(source: MinutesSource): MinutesSection {
  const speeches = speechesOf(source);
  const blocks: MinutesBlock[] = [];
  if (speeches.length === 0) blocks.push(text('会议期间没有债权人经主持人同意发言的记录。'));
  else {
    blocks.push(
      table(
        [
          ['发言人', 40],
          ['开始', 22],
          ['结束', 22],
          ['结束方式', 16],
        ],
        speeches.map(({ who, from, to, how }) => [who, from, to, how]),
      ),
    );
  }
  blocks.push(...questionBlocks(source));
  if (hasVerification(source)) return { heading: '发言和提问', blocks };
  blocks.push(text('没有对债权表记载的债权提交异议的记录。'));
  return { heading: '发言、提问和债权核查', blocks };
}

function speechesOf({ history, names }: MinutesSource): Speech[] {
  const speeches: Speech[] = [];
  let speaking: Recorded<'floor'> | undefined;
  const end = (ts: string | undefined, how: string) => {
    if (!speaking) return;
    const { personId, capacityId } = speaking.body;
    const to = ts === undefined ? '—' : time(ts);
    speeches.push({ who: names.inCapacity(personId, capacityId), from: time(speaking.ts), to, how });
    speaking = undefined;
  };
  for (const entry of history.entries) {
    if (entry.t === 'agenda.move' && entry.body.move === 'close') end(entry.ts, '闭会');
    if (entry.t !== 'floor') continue;
    const { event, cause, actor } = entry.body;
    if (event === 'accept') speaking = entry;
    if (event === 'end') end(entry.ts, cause === 'DISCONNECTED' ? '连接中断' : '发言结束');
    if (event === 'withdraw') end(entry.ts, `${roleWords[actor?.role ?? 'administrator-lead']}收回`);
  }
  end(undefined, '发言中');
  return speeches;
}

function questionBlocks({ history, names, freeText }: MinutesSource): MinutesBlock[] {
  const asked = entriesOf(history, 'question');
  if (asked.length === 0) return [text('没有提交书面提问的记录。')];
  const words = { ask: '提问', answer: '答复', withdraw: '撤回提问' } as const;
  return asked.map(({ body, ts }) => {
    const content = body.commitments ? `：${freeText(body.commitments.text)}` : '';
    return text(`${time(ts)} ${names.person(body.personId)} ${words[body.event]}${content}`);
  });
}

/** Adjournments, outages, interrupted votes, corrections: everything that departs from the plan. */
export function incidentsSection(source: MinutesSource): MinutesSection {
  const credentials = credentialLines(source);
  const lines = source.history.entries.flatMap((entry) => {
    const line = credentials.get(entry.seq) ?? incidentLine(source, entry);
    return line === undefined ? [] : [text(`${time(entry.ts)} ${line}`)];
  });
  const blocks: MinutesBlock[] = lines.length > 0 ? lines : [text('会议期间没有中断、故障和更正的记录。')];
  const takeovers = entriesOf(source.history, 'writer.epoch').length;
  if (takeovers > 1) {
    blocks.push(note(`系统的记录程序共启动 ${takeovers} 次，每次启动前的记录均经逐条核对后继续。`));
  }
  return { heading: '中断、故障及处理', blocks };
}

function incidentLine(source: MinutesSource, entry: Recorded): string | undefined {
  const { freeText, titleOfResolution } = source;
  switch (entry.t) {
    case 'agenda.move': {
      const words = { adjourn: '休会', resume: '恢复会议' } as const;
      const word =
        entry.body.move === 'adjourn' || entry.body.move === 'resume' ? words[entry.body.move] : '';
      return word === '' ? undefined : `${word}（${roleWords[entry.body.actor.role]}）。`;
    }
    case 'incident': {
      const { code, from, to, commitments } = entry.body;
      const during = from !== undefined && to !== undefined ? `，${time(from)} 至 ${time(to)}` : '';
      return `${wordOf(incidentWords, code)}${during}${commitments ? `：${freeText(commitments.text)}` : ''}。`;
    }
    case 'ballot.interrupt':
      return `《${titleOfResolution(entry.body.resolutionId)}》的${actOf(source, entry.body.resolutionId)}因系统中断（${time(entry.body.downFrom)} 至 ${time(entry.body.downTo)}）暂停，等待人民法院决定。`;
    case 'ballot.resume':
      return `《${titleOfResolution(entry.body.resolutionId)}》的${actOf(source, entry.body.resolutionId)}经人民法院同意继续，截止时间改为 ${time(entry.body.closesAt)}。`;
    case 'ballot.close': {
      const { cause, resolutionId, commitments } = entry.body;
      if (cause !== 'AFTER_INTERRUPTION' && cause !== 'ABORTED') return undefined;
      const reason = commitments ? `，理由：${freeText(commitments.reason)}` : '';
      const act = actOf(source, resolutionId);
      return `《${titleOfResolution(resolutionId)}》的${act}：${closeCause(cause, act)}${reason}。`;
    }
    case 'correction':
      return `更正系统记录第 ${entry.body.correctsSeq} 号：${freeText(entry.body.commitments.reason)}。`;
    default:
      return undefined;
  }
}

/** What an item does: 表决, or 核查 where claims are verified (art. 58), which is no vote. */
function actOf({ history }: MinutesSource, resolutionId: string): string {
  const published = entriesOf(history, 'resolution.publish').find(
    ({ body }) => body.resolutionId === resolutionId,
  );
  return published !== undefined && isVerification(published.body) ? '核查' : '表决';
}
