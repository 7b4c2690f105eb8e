/**
 * Everything that can be wrong with a record, in words. A code never changes its meaning; the README lists
 * exactly these, and a test holds the two together.
 */
import type { BundleCode } from '../bundle/bundle-error.ts';

/** A sentence in both languages; `{name}` stands for a figure. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

const w = (zh: string, en: string): Words => ({ zh, en });

const container: Readonly<Record<BundleCode, Words>> = {
  BUNDLE_TOO_LARGE: w('文件超过存证包的大小上限', 'the file is larger than any bundle'),
  BUNDLE_NOT_ZIP: w(
    '不是完整的存证包：缺损，或前后夹带了内容',
    'no whole bundle: cut off, or something before or behind it',
  ),
  BUNDLE_PROFILE: w('压缩格式不是规定的一种', 'the archive uses what the format does not allow'),
  BUNDLE_HEADERS_DIFFER: w('同一文件的两处目录记载不一致', 'the two headers of one file differ'),
  BUNDLE_NAME: w('含有名称不在清单上的文件', 'it holds a file that is not on the list of names'),
  BUNDLE_DUPLICATE: w('同一名称出现两次', 'one name stands twice'),
  BUNDLE_ORDER: w('文件次序不对，或文件之间夹带了内容', 'files out of order, or something between them'),
  BUNDLE_LIMIT: w('文件过多或过大', 'too many files, or one too large'),
  BUNDLE_RATIO: w('解压后异常膨胀', 'it inflates to more than any honest file would'),
  BUNDLE_DEFLATE: w('压缩数据损坏或与目录不符', 'compressed bytes are broken or not what the header says'),
  BUNDLE_CRC: w('文件校验和不符', 'a file’s checksum does not match'),
  BUNDLE_MISSING: w('缺少必备文件', 'a file that every bundle has is missing'),
  BUNDLE_LINES: w('某一行过长，或末行没有结束', 'a line is too long, or the last one is not ended'),
};

const entries = {
  ENTRY_FORMAT: w(
    '条目不是规范格式（重复键、数字、非 NFC 文本等）',
    'an entry is not in the canonical format (duplicate keys, numbers, text not in NFC)',
  ),
  ENTRY_SCHEMA: w('条目内容不符合其类型的规定', 'an entry is not in the schema of its type'),
  TYPE_UNKNOWN: w('条目类型或版本未知', 'the type or version of an entry is unknown'),
  ENTRY_SEQUENCE: w('条目编号不连续', 'the numbers of the entries have a gap'),
  ENTRY_ORIGIN: w('条目属于另一会议', 'an entry belongs to another meeting'),
  ENTRY_EPOCH: w('写入任期不连续', 'the writers’ terms do not follow each other'),
  ENTRY_TIME: w('条目时间倒退', 'the time of an entry runs back'),
  ENTRY_KEY_TWICE: w('只能有一条的记录出现两次', 'what may be recorded once is recorded twice'),
  ENTRY_FIRST: w('第 0 号不是会议召集记录', 'entry 0 does not convene a meeting'),
} as const;

const checkpoints = {
  CHECKPOINT_FORMAT: w('检查点格式错误', 'a checkpoint is malformed'),
  CHECKPOINT_MISSING: w('没有覆盖全部条目的检查点', 'no checkpoint covers all entries'),
  CHECKPOINT_ORIGIN: w('检查点属于另一会议', 'a checkpoint belongs to another meeting'),
  CHECKPOINT_BEYOND: w(
    '检查点所签的条目多于文件包：记录被截短',
    'a checkpoint covers more entries than the bundle has: the record was cut',
  ),
  ROOT_MISMATCH: w(
    '按条目算出的树根与检查点不符：条目被改动、删除或增加',
    'the root over the entries is not the one signed: entries were changed, removed or added',
  ),
  CHECKPOINT_INCONSISTENT: w(
    '另一检查点与这些条目不符：历史被改写',
    'another checkpoint does not fit these entries: history was rewritten',
  ),
  CHECKPOINT_ORDER: w('检查点次序不对', 'the checkpoints are out of order'),
  OUTSIDE_FORMAT: w('您提供的检查点无法读取', 'the checkpoint from outside cannot be read'),
  OUTSIDE_ORIGIN: w('您提供的检查点属于另一会议', 'the checkpoint from outside belongs to another meeting'),
  OUTSIDE_SIGNATURE: w(
    '您提供的检查点没有可信签名',
    'the checkpoint from outside is not signed by a trusted key',
  ),
  OUTSIDE_INCONSISTENT: w(
    '与您提供的检查点不符：向您出示的是另一份历史',
    'the record does not fit the checkpoint from outside: you were shown another history',
  ),
  OUTSIDE_BEYOND: w(
    '您提供的检查点比文件包更长：记录被截短或回退',
    'the checkpoint from outside covers more: the record was cut or rolled back',
  ),
  LOG_KEY_UNKNOWN: w(
    '不是由策略所列的密钥签名：可能是另行生成的记录',
    'not signed by a key of the policy: the record may have been made anew',
  ),
  LOG_SIGNATURE: w('签名不成立', 'a signature does not hold'),
  WITNESS_POLICY: w(
    '您提供的策略不是首条所承诺的见证策略',
    'the witnesses of the policy from outside are not those that entry 0 promises',
  ),
  TIMESTAMP_FORMAT: w('时间戳无法读取', 'a time stamp cannot be read'),
  TIMESTAMP_STRAY: w(
    '时间戳所指的检查点不在包内',
    'a time stamp is for a checkpoint that is not in the bundle',
  ),
  TIMESTAMP_WRONG: w(
    '时间戳不成立：内容、签名或证书与您提供的根证书不符',
    'a time stamp does not hold: other bytes, another signer, or not the authority from outside',
  ),
  TIMESTAMP_EARLY: w(
    '时间戳早于其覆盖的条目：条目的时间不实',
    'a time stamp is older than entries that it covers: their times are wrong',
  ),
  WITNESS_QUORUM: w('见证方签名未达到策略要求', 'too few witnesses have signed'),
} as const;

const continuation = {
  CONTINUES_CHECKPOINT: w(
    '首条所指的原记录检查点无法读取或属于另一会议',
    'the checkpoint that entry 0 names of the earlier record cannot be read or is another meeting’s',
  ),
  CONTINUES_SIGNATURE: w(
    '首条所指的原记录检查点没有可信签名',
    'the checkpoint that entry 0 names of the earlier record is not signed by a trusted key',
  ),
  EVIDENCE_FORMAT: w(
    '补交的回执无法读取，或不是条目所称的票',
    'late evidence cannot be read, or is not the ballot that its entry says',
  ),
  EVIDENCE_ORIGIN: w('补交的回执不属于所接续的会议', 'late evidence is not of the record that is continued'),
  EVIDENCE_PROOF: w('补交的回执自身的证明不成立', 'the proof of late evidence does not hold'),
  EVIDENCE_SIGNATURE: w('补交的回执没有可信签名', 'late evidence is not signed by a trusted key'),
} as const;

const rolls = {
  ROLL_CHUNK_MISSING: w('缺少名册分块', 'a chunk of a roll is missing'),
  ROLL_CHUNK_HASH: w('名册分块被改动', 'a chunk of a roll was changed'),
  ROLL_CHUNK_STRAY: w('含有不属于任何名册的分块', 'a chunk belongs to no roll'),
  ROLL_ROW: w('名册行格式错误', 'a row of a roll is malformed'),
  ROLL_UNIT_TWICE: w('同一表决单位在名册上出现两次', 'one unit stands on a roll twice'),
  ROLL_ROOT: w('名册根与冻结时不符', 'the root over the rows is not the frozen one'),
  ROLL_TOTALS: w('名册合计与冻结时不符', 'rows or totals of a roll are not the frozen ones'),
  ROLL_VERSION: w(
    '名册版本不连续或更正没有理由',
    'versions of a roll do not follow each other, or a correction has no reason',
  ),
  ROLL_NOT_FROZEN: w('表决开始时名册尚未冻结', 'a vote was opened on a roll that was not frozen before'),
  DOCUMENT_HASH: w('文件内容与公布时不符', 'a document is not the one published'),
  DOCUMENT_STRAY: w('含有未公布的文件', 'a document was never published'),
  DOCUMENTS_ROOT: w('表决事项的文件根不符', 'the root over a resolution’s documents does not match'),
  RESOLUTION_UNPUBLISHED: w('对未公布的事项进行了表决', 'a vote was opened on what was not published'),
} as const;

const votes = {
  VOTE_DEADLINE: w(
    '截止时间的变更与前一截止时间不衔接',
    'a change of the deadline does not follow the one before',
  ),
  VOTE_AFTER_CLOSE: w(
    '表决结束后又有延期、中断或恢复',
    'a vote was extended, interrupted or resumed after its close',
  ),
  VOTE_CLOSED_EARLY: w(
    '在截止前结束，而未全部投票，也无法院同意',
    'closed before the deadline without all having voted or the court’s consent',
  ),
  VOTE_CLOSED_LATE: w(
    '生效时间晚于截止时间：放入了迟到的票',
    'it took effect after the deadline: late votes were let in',
  ),
  VOTE_INTERRUPTED: w(
    '中断后未经记录的决定即结束',
    'closed after an interruption without a recorded decision',
  ),
  VOTE_ORDER: w('表决步骤的先后不对', 'the steps of a vote are out of order'),
} as const;

const ballots = {
  KEY_WEAK: w(
    '设备密钥不安全，一个签名可对应多个内容',
    'a device key is weak: one signature could fit two ballots',
  ),
  KEY_ID: w('设备密钥的编号不是由密钥算出', 'the name of a device key is not made from the key'),
  KEY_PROOF: w('绑定时没有密钥持有人的签名', 'a binding was not signed by the key itself'),
  BALLOT_SIGNATURE: w('票的签名不成立：票被改动', 'a ballot’s signature does not hold: it was changed'),
  BALLOT_SIGNATURE_FORM: w('票的签名不是唯一写法', 'a ballot’s signature is not in its one form'),
  BALLOT_KEY_UNBOUND: w('签票的密钥在此之前没有绑定', 'the key of a ballot was not bound before it'),
  BALLOT_KEY_OTHER: w('签票的密钥属于他人', 'the key of a ballot belongs to somebody else'),
  BALLOT_UNSIGNED: w('已绑定密钥的人投出了未签名的票', 'an unsigned ballot of somebody who had bound a key'),
  BALLOT_ONE_PERSON: w(
    '代录的票由同一人录入和复核',
    'a ballot on paper was entered and confirmed by one person',
  ),
  BALLOT_ORIGIN: w('票属于另一会议', 'a ballot is for another meeting'),
  BALLOT_NOT_OPEN: w('票早于表决开始', 'a ballot stands before the opening of its vote'),
  BALLOT_ROLL: w('票所指的名册不是本次表决的名册', 'a ballot names another roll'),
  BALLOT_DOCUMENTS: w('票所指的文件不是本次表决的文件', 'a ballot names other documents'),
  BALLOT_UNIT: w('票的表决单位不在名册上', 'a ballot is for a unit that is not on the roll'),
  BALLOT_LATE: w('票在截止后收到或记录', 'a ballot was received or recorded after the close'),
  BALLOT_TWICE: w('同一单位投了两次，而本项不得更改', 'a unit voted twice where changes were not allowed'),
  BALLOT_VERSION: w('更改票的版本不衔接', 'the version of a changed ballot does not follow the one before'),
  VOID_UNKNOWN: w('作废记录所指的票不存在', 'what was declared void is not a ballot of that unit'),
} as const;

const results = {
  TALLY_MISSING: w('表决已结束而没有计票', 'a closed vote has no tally'),
  TALLY_RANGE: w('计票所指的条目范围或名册不对', 'a tally names other entries or another roll'),
  TALLY_HASH: w('重新计票的结果与记录不符', 'counted again, the tally is not the one recorded'),
  VERDICT_MISSING: w('计票后没有宣布结果', 'a tally has no verdict'),
  VERDICT_TALLY: w('结果所指的计票不是记录的计票', 'a verdict names another tally'),
  VERDICT_RESULT: w('宣布的结果与重新计票不符', 'what was announced is not what the ballots give'),
  VERDICT_FOLLOW_UP: w('宣布的后续与冻结的规则不符', 'what follows is not what the frozen rule says'),
  MINUTES_FORMAT: w('笔录数据格式错误', 'the figures of the minutes are malformed'),
  MINUTES_FIGURES: w('笔录数据与记录不符', 'the figures of the minutes are not those of the record'),
  MINUTES_RANGE: w(
    '笔录定稿所指的条目当时不存在，或稿次不连续',
    'the minutes were sealed over entries that are not there, or revisions have a gap',
  ),
  PRIVATE_FORMAT: w('私密值格式错误', 'a private value is malformed'),
  PRIVATE_OPENING: w(
    '私密值打不开其承诺：被改动',
    'a private value does not open its commitment: it was changed',
  ),
  PRIVATE_STRAY: w('私密值不属于任何条目或名册', 'a private value belongs to no entry or roll'),
  TEXT_HASH: w('决议文本与公布时不符', 'the text of a resolution is not the one published'),
  RECEIPT_FORMAT: w('回执无法读取', 'the receipt cannot be read'),
  RECEIPT_ORIGIN: w('回执属于另一会议', 'the receipt is of another meeting'),
  RECEIPT_PROOF: w('回执自身的证明不成立', 'the receipt’s own proof does not hold'),
  RECEIPT_SIGNATURE: w('回执的检查点没有可信签名', 'the receipt’s checkpoint is not signed by a trusted key'),
  RECEIPT_NOT_RECORDED: w('回执所载内容不在记录中', 'what the receipt says is not in this record'),
  RECEIPT_INCONSISTENT: w(
    '记录与回执的检查点不符：历史被改写',
    'the record does not fit the receipt’s checkpoint: history was rewritten',
  ),
} as const;

export const codes = {
  ...container,
  ...entries,
  ...checkpoints,
  ...continuation,
  ...rolls,
  ...votes,
  ...ballots,
  ...results,
} as const;

export type VerifyCode = keyof typeof codes;
