/**
 * Attendance (到会情况): due and present by nature of claim, in heads and in amounts. Present is who signed
 * in; who counts as present in a vote is the vote's own frozen basis and stands with its result.
 */
import type { Nature } from '../../../protocol/entry-parts.ts';
import {
  attendanceFigures,
  presentCreditors,
  type Present,
  type Sum,
} from '../../record/history/attendance.ts';
import type { MeetingHistory, Recorded } from '../../record/history/meeting-history.ts';
import { capacityWords } from '../../history/names.ts';
import { note, table, text, type MinutesBlock, type MinutesSection } from '../content.ts';
import { amount, share, time, yuan } from '../figures.ts';
import type { MinutesSource } from '../source.ts';
import { channelWords, natureOrder, natureWords } from '../words.ts';

/** Rows of the sign-in list; a longer one would bury the minutes, and the record has it in full. */
const ANNEX_MAX_ROWS = 2_000;

type SignIn = Recorded<'presence'>;

export function attendanceSection({ history, move }: MinutesSource): MinutesSection {
  const present = presentCreditors(history);
  const dueLines = move('begin')?.body.due;
  const blocks = dueLines
    ? dueAndPresent(history, dueLines, present)
    : [text(`会议尚未开始，已签到债权人 ${attendanceFigures(history).present.heads} 家。`)];
  return { heading: '到会情况', blocks: [...blocks, ...signInNotes(present)] };
}

type DueLines = NonNullable<Recorded<'agenda.move'>['body']['due']>;

function dueAndPresent(history: MeetingHistory, dueLines: DueLines, { byCreditor }: Present): MinutesBlock[] {
  const presentBy = sumByNature(byCreditor.values());
  const rows = natureOrder.flatMap((nature) => {
    if (nature === 'INVESTOR') return [];
    const line = dueLines.find((candidate) => candidate.nature === nature);
    const here = presentBy.get(nature);
    if (!line && !here) return [];
    const expected = { heads: Number(line?.creditors ?? 0), fen: BigInt(line?.amountFen ?? 0) };
    return [row(natureWords[nature], expected, here)];
  });
  const { due, present } = attendanceFigures(history);
  const heads = share(BigInt(present.heads), BigInt(due.heads));
  return [
    text(
      `应到债权人 ${due.heads} 家，债权额 ${amount(due.fen)}；实到债权人 ${present.heads} 家，占 ${heads}，债权额 ${amount(present.fen)}，占 ${share(present.fen, due.fen)}。实到按签到统计；各项表决的出席家数按该项的规则认定，见该项表决结果。`,
    ),
    table(
      [
        ['债权性质', 22],
        ['应到家数', 13, 'number'],
        ['实到家数', 13, 'number'],
        ['家数占比', 14, 'number'],
        ['应到债权额（元）', 25, 'number'],
        ['实到债权额（元）', 25, 'number'],
        ['债权额占比', 17, 'number'],
      ],
      [...rows, row('合计', due, present)],
      true,
    ),
    ...investorsText(dueLines, presentBy),
    note(
      '债权额为可供表决的金额，含人民法院临时确定的债权额，尚未确定的不计；同一债权人有多种性质债权的，在各行分别列出，合计按一家计；比例舍去两位小数以后的数字。',
    ),
  ];
}

/** Investors vote on a plan that adjusts their rights, and are no creditors (art. 85(2)): told apart from them. */
function investorsText(dueLines: DueLines, presentBy: ReadonlyMap<Nature, Sum>): MinutesBlock[] {
  const line = dueLines.find(({ nature }) => nature === 'INVESTOR');
  if (!line) return [];
  const here = presentBy.get('INVESTOR') ?? { heads: 0, fen: 0n };
  return [
    text(
      `另有出资人 ${line.creditors} 名，出资额 ${amount(line.amountFen)}；已签到 ${here.heads} 名，出资额 ${amount(here.fen)}。出资人不计入到会债权人。`,
    ),
  ];
}

function row(label: string, due: Sum, here: Sum = { heads: 0, fen: 0n }): string[] {
  return [
    label,
    String(due.heads),
    String(here.heads),
    share(BigInt(here.heads), BigInt(due.heads)),
    yuan(due.fen),
    yuan(here.fen),
    share(here.fen, due.fen),
  ];
}

function sumByNature(signIns: Iterable<SignIn>): Map<Nature, Sum> {
  const sums = new Map<Nature, Sum>();
  for (const { body } of signIns) {
    for (const { nature, amountFen } of body.byNature ?? []) {
      const sum = sums.get(nature) ?? { heads: 0, fen: 0n };
      sums.set(nature, { heads: sum.heads + 1, fen: sum.fen + BigInt(amountFen) });
    }
  }
  return sums;
}

function signInNotes({ all, byCreditor }: Present): MinutesBlock[] {
  const proxies = new Set(
    all.filter(({ body }) => body.capacity === 'proxy').map(({ body }) => body.creditorId),
  );
  const byStaff = [...byCreditor.values()].filter(({ body }) => body.enteredBy !== undefined);
  const blocks = [text(`由代理人签到参会的债权人 ${proxies.size} 家。`)];
  blocks.push(
    byStaff.length === 0
      ? text('没有由工作人员代为登记的签到。')
      : text(`其中 ${byStaff.length} 家的签到由工作人员代为登记，在各项表决结果中另行列出。`),
  );
  return blocks;
}

/** 签到表. */
export function signInAnnex(source: MinutesSource): MinutesSection {
  const { names } = source;
  const { all } = presentCreditors(source.history);
  const rows = all
    .slice(0, ANNEX_MAX_ROWS)
    .map(({ body, ts }, index) => [
      String(index + 1),
      names.creditor(body.creditorId ?? ''),
      `${names.person(body.personId)}（${capacityWords[body.capacity ?? 'self']}）`,
      yuan(body.amountFen ?? '0'),
      time(ts),
      body.enteredBy === undefined ? channelWords[body.channel] : `${channelWords[body.channel]}（代为登记）`,
    ]);
  const columns = [
    ['序号', 7, 'number'],
    ['债权人', 28],
    ['签到人', 22],
    ['债权额（元）', 18, 'number'],
    ['签到时间', 27],
    ['方式', 9],
  ] as const;
  const blocks: MinutesBlock[] = rows.length > 0 ? [table(columns, rows)] : [text('没有签到记录。')];
  if (all.length > ANNEX_MAX_ROWS) {
    blocks.push(note(`共 ${all.length} 条签到，此处列出前 ${ANNEX_MAX_ROWS} 条，其余见系统记录。`));
  }
  return { heading: '附表：债权人签到表', blocks };
}
