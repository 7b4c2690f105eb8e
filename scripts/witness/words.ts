/** What the person in charge reads, Chinese first: the command is run by clerks of courts. */
import { formatVkey } from '../../server/domain/record/notes/vkey.ts';
import type { WitnessEvent } from './add-checkpoint.ts';
import type { WitnessState } from './state.ts';

/** A meeting that is voted in is cosigned every second; each is told of at most this often. */
const COSIGNED_EVERY_MS = 60_000;

export interface Started {
  readonly url: string;
  readonly vkey: string;
  readonly state: WitnessState;
}

export function createTeller(now: () => number) {
  const told = new Map<string, number>();
  return {
    started({ url, vkey, state }: Started): void {
      console.log(startedLines({ url, vkey, state }).join('\n'));
    },
    event(event: WitnessEvent): void {
      if (event.kind === 'conflict') {
        console.error(conflictLines(event).join('\n'));
        return;
      }
      const { origin, size, isFirst } = event;
      if (!isFirst && now() - (told.get(origin) ?? 0) < COSIGNED_EVERY_MS) return;
      told.set(origin, now());
      console.log(`${new Date(now()).toISOString()}  已见证 cosigned  ${origin}  ${size} 条`);
    },
    failure(error: unknown): void {
      const reason = error instanceof Error ? error.message : String(error);
      console.error(
        `\n见证程序已停止：无法保存见证状态。 This witness has stopped: it cannot keep its state.\n${reason}\n`,
      );
    },
  };
}

function startedLines({ url, vkey, state: { isNew, logs, journal, key } }: Started): string[] {
  const stopped = [...journal.stops.keys()];
  return [
    '',
    `见证程序已启动 Witness ${key.name}`,
    ...(isNew ? ['  已生成新的见证密钥。 A new key was made.'] : []),
    `  地址 address:      ${url}/`,
    `  见证公钥 its key:  ${vkey}`,
    '  请将见证公钥交给会议系统的管理者，写入见证政策文件。',
    '  Hand this key to those who run the meeting system, for their policy file.',
    '',
    logs.length === 0
      ? '尚未登记任何会议系统：以 --log-key 登记其公钥。 No meeting system is known yet: take one in with --log-key.'
      : '已登记的会议系统 Meeting systems that are witnessed:',
    ...logs.map((log) => `  ${formatVkey(log)}`),
    `已见证的会议 meetings seen so far: ${journal.heads.size}`,
    ...stopped.map((origin) => `  已停止 STOPPED, two histories: ${origin}`),
    '',
    '状态文件夹不得恢复旧备份：丢失后须更换密钥。 Never restore this folder from a backup: once lost, the key is retired.',
    '',
  ];
}

function conflictLines({ origin, size, folder }: Extract<WitnessEvent, { kind: 'conflict' }>): string[] {
  const line = '!'.repeat(78);
  return [
    '',
    line,
    `同一会议出现两份不同的记录！  TWO DIFFERENT RECORDS OF ONE MEETING`,
    `  会议 origin: ${origin}    条数 size: ${size}`,
    `  两份签名记录保存在 both signed notes are kept in: ${folder}`,
    '  对该会议不再见证。请立即报告主审法官，保留该文件夹作为证据。',
    '  Nothing of this meeting is cosigned any more. Tell the judge, and keep the folder as evidence.',
    line,
    '',
  ];
}
