/** The first sections: when and how, who convened and conducted, how creditors were told. */
import { chinaDaysBetween } from '../../china-calendar.ts';
import { deliveredOf, entriesOf } from '../../record/history/meeting-history.ts';
import { parseCheckpointNote } from '../../record/notes/checkpoint.ts';
import type { Role } from '../../../protocol/scalars.ts';
import { fact, facts, note, text, type MinutesBlock, type MinutesSection } from '../content.ts';
import { time } from '../figures.ts';
import type { MinutesSource } from '../source.ts';
import { channelWords, modeWords, roleWords } from '../words.ts';

export function timeSection(source: MinutesSource): MinutesSection {
  const { convened, move } = source;
  const began = move('begin');
  const closed = move('close');
  return {
    heading: '会议时间和方式',
    blocks: [
      facts([
        fact('通知的开会时间', time(convened.startsAt)),
        fact('实际开始时间', began ? time(began.ts) : '尚未开始'),
        fact('闭会时间', closed ? time(closed.ts) : '尚未闭会'),
        fact('会议方式', modeWords[convened.mode]),
        fact('会议平台', '网络债权人会议系统'),
      ]),
      ...continuationBlocks(source),
      note('本笔录所载时间均为北京时间（UTC+8）。'),
    ],
  };
}

/** Of a meeting that goes on from a halted record: from which one, why, and since when. */
function continuationBlocks({ convened: { continues }, history }: MinutesSource): MinutesBlock[] {
  if (!continues || !history.convened) return [];
  const { size } = parseCheckpointNote(continues.checkpoint).checkpoint;
  return [
    text(
      `本次会议以新的记录编号接续原会议（原记录编号 ${continues.origin}）：系统于 ${time(continues.detectedAt)} 发现原会议的记录与已签名的不符，已签名 ${size} 条，数据库里只找到 ${continues.foundSize} 条，或内容不同，原记录当即停止写入；会议于 ${time(history.convened.ts)} 重新发布，由本记录接续。`,
    ),
  ];
}

/** Order in which those who are not creditors are listed. */
const listed: readonly Role[] = ['chair', 'judge', 'clerk', 'administrator-lead', 'administrator-staff'];

export function peopleSection({ history, names, convened }: MinutesSource): MinutesSection {
  const hosts = entriesOf(history, 'host.assign');
  const present = new Map<Role, string[]>();
  for (const { body } of entriesOf(history, 'presence')) {
    if (body.event !== 'sign-in' || body.creditorId !== undefined) continue;
    const people = present.get(body.role) ?? [];
    present.set(body.role, [...people, names.person(body.personId)]);
  }
  const rows = listed.map((role) => fact(roleWords[role], present.get(role)?.join('、') ?? '无签到记录'));
  const hostRows = hosts.map(({ body, ts }, index) => {
    const label = index === 0 ? '主持人' : '主持人变更';
    const since = index === 0 ? '' : `，${time(ts)} 起`;
    return fact(label, `${names.person(body.hostPersonId)}（${roleWords[body.hostRole]}）${since}`);
  });
  return {
    heading: '召集、主持和列席人员',
    blocks: [
      facts([
        fact('会议发布', `${names.person(convened.actor.personId)}（${roleWords[convened.actor.role]}）`),
        ...hostRows,
        ...rows,
      ]),
    ],
  };
}

export function noticeSection({ history, convened }: MinutesSource): MinutesSection {
  const published = history.convened;
  const days = published ? chinaDaysBetween(Date.parse(published.ts), Date.parse(convened.startsAt)) : 0;
  const notices = entriesOf(history, 'notice').filter(({ body }) => body.kind === 'CONVENING');
  const blocks: MinutesBlock[] = [
    text(
      `本次会议的时间、议程、会议文件和拟表决事项于 ${time(published?.ts ?? convened.startsAt)} 在系统中发布，距通知的开会日期 ${days} 日。`,
    ),
    ...notices.map((notice) => {
      const { ts, body } = notice;
      const how = channelWords[body.channel];
      return text(
        `${time(ts)} 以${how}方式发出召开通知 ${body.recipients} 份，有送达证明的 ${deliveredOf(history, notice)} 份。`,
      );
    }),
  ];
  if (notices.length === 0) {
    blocks.push(note('系统记录中没有召开通知的送达条目，以其他方式通知的情况由管理人另行附卷。'));
  }
  return { heading: '通知情况', blocks };
}
