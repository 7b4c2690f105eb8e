/**
 * Who stands behind the record beside the system itself: witnesses, and an authority for the time (电子签名法
 * art. 5, 民事诉讼证据规定 art. 93: completeness and reliability of the means by which it was kept).
 */
import type { RecordState, StampReason } from '../../../protocol/record-state.ts';
import { fact, note, type Fact, type MinutesBlock } from '../content.ts';
import { time } from '../figures.ts';

/** What the minutes say of it. */
export type Attested = Pick<RecordState, 'checkpoint' | 'witnessed' | 'witnesses' | 'timeStamps'>;

const reasonWords: Readonly<Record<StampReason, string>> = {
  freeze: '冻结名册',
  close: '表决截止',
  seal: '笔录定稿',
};

export function attestedBlocks(attested: Attested | undefined): MinutesBlock[] {
  return [
    {
      kind: 'code',
      rows: [...checkpointFacts(attested), ...witnessFacts(attested), ...stampFacts(attested)],
    },
    ...(attested?.witnessed ? [] : [note(NOT_WITNESSED_NOTE)]),
  ];
}

/** Also in the Latin alphabet, since a verifier prints the same words. */
const NOT_WITNESSED = '未经见证（NOT WITNESSED）';
const NOT_WITNESSED_NOTE =
  '未经见证：没有达到规定数量的独立见证人共同签名。本记录的完整性目前只由本系统的签名证明。';

function checkpointFacts(attested: Attested | undefined): Fact[] {
  const checkpoint = attested?.checkpoint;
  if (!checkpoint) return [];
  return [fact('签名检查点', `${checkpoint.size} 条`), fact('检查点根哈希', checkpoint.root)];
}

function witnessFacts(attested: Attested | undefined): Fact[] {
  if (!attested?.witnessed) return [fact('见证', NOT_WITNESSED)];
  const { size, at } = attested.witnessed;
  const cosigned = attested.witnesses.filter(({ last }) => last !== null && last.size >= size);
  return [fact('见证', `前 ${size} 条，${time(at)}，见证人：${cosigned.map(({ name }) => name).join('、')}`)];
}

function stampFacts(attested: Attested | undefined): Fact[] {
  return (attested?.timeStamps ?? []).flatMap(({ reason, seq, size, root, stamped }) => {
    const label = `时间戳 ${reasonWords[reason]}`;
    if (!stamped) return [fact(label, `第 ${seq} 号：尚未取得`)];
    return [
      fact(label, `${time(stamped.time)}，${stamped.authority}，检查点 ${size} 条`),
      fact('所盖检查点根哈希', root),
    ];
  });
}
