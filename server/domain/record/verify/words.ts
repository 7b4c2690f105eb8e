/** The sentences of a report, Chinese first. `{name}` stands for a fact of the step. */
import type { Words } from './codes.ts';
import type { Conclusion, Facts, NoteId, Report, StepId, StepReport } from './report.ts';

interface StepWords {
  readonly title: Words;
  readonly pass: Words;
}

export const stepWords: Readonly<Record<StepId, StepWords>> = {
  container: {
    title: { zh: '存证包', en: 'Bundle' },
    pass: {
      zh: '{files} 个文件，名称、大小和校验和均符合规定',
      en: '{files} files; names, sizes and checksums are in order',
    },
  },
  entries: {
    title: { zh: '条目', en: 'Entries' },
    pass: {
      zh: '{entries} 条，格式规范，编号、时间和任期连续，无重复',
      en: '{entries} entries in canonical form, numbers, times and terms without a gap, nothing twice',
    },
  },
  root: {
    title: { zh: '树根', en: 'Root' },
    pass: {
      zh: '由全部条目算出的树根就是检查点所签的树根 {root}',
      en: 'the root over all entries is the one in the checkpoint, {root}',
    },
  },
  signatures: {
    title: { zh: '签名与见证', en: 'Signatures' },
    pass: {
      zh: '检查点由 {log} 签名；见证：{witnesses}',
      en: 'the checkpoint is signed by {log}; witnesses: {witnesses}',
    },
  },
  checkpoints: {
    title: { zh: '其他检查点', en: 'Other checkpoints' },
    pass: {
      zh: '包内 {inside} 个、外部 {outside} 个检查点都与条目一致',
      en: '{inside} checkpoints inside and {outside} from outside fit the entries',
    },
  },
  timeStamps: {
    title: { zh: '时间戳', en: 'Time stamps' },
    pass: {
      zh: '{stamps} 个时间戳成立，由 {authority} 出具，最后一个 {last}',
      en: '{stamps} time stamps by {authority} hold, the last of {last}',
    },
  },
  continuation: {
    title: { zh: '接续的会议', en: 'Continuation' },
    pass: {
      zh: '接续 {origin}：已签名 {signed} 条，当时只找到 {found} 条；补交的回执 {evidence} 份均成立，不计入任何表决',
      en: 'it goes on from {origin}: {signed} entries were signed, {found} were found; {evidence} receipts handed in later hold and count in no vote',
    },
  },
  rolls: {
    title: { zh: '名册', en: 'Rolls' },
    pass: {
      zh: '{rolls} 份名册共 {rows} 行，与冻结时的根和合计相符',
      en: '{rolls} rolls of {rows} rows in all match their frozen roots and totals',
    },
  },
  documents: {
    title: { zh: '文件', en: 'Documents' },
    pass: {
      zh: '{resolutions} 项决议的文件根相符，包内 {documents} 份文件未改动',
      en: 'documents of {resolutions} resolutions match; {documents} in the bundle are unchanged',
    },
  },
  keys: {
    title: { zh: '设备密钥', en: 'Device keys' },
    pass: {
      zh: '{keys} 个密钥形式可靠，绑定均由密钥自身签名 {proofs} 个',
      en: '{keys} keys are sound; {proofs} bindings are signed by the key itself',
    },
  },
  votes: {
    title: { zh: '表决程序', en: 'Votes' },
    pass: {
      zh: '{votes} 次表决的开始、延期和结束先后合规，没有未经法院同意的提前结束，未放入迟到的票',
      en: '{votes} votes opened, extended and closed in order, none ended early without the court’s consent, no late votes let in',
    },
  },
  ballots: {
    title: { zh: '表决票', en: 'Ballots' },
    pass: {
      zh: '{ballots} 张：签名 {signed}，未签名 {unsigned}，代录 {entered}；都在名册上、在期限内、无重复',
      en: '{ballots} ballots: {signed} signed, {unsigned} unsigned, {entered} on paper; all on the roll, in time, none twice',
    },
  },
  tally: {
    title: { zh: '计票', en: 'Tally' },
    pass: {
      zh: '{tallies} 次计票重新算出，逐字节相同',
      en: '{tallies} tallies counted again, the same to the byte',
    },
  },
  verdict: {
    title: { zh: '表决结果', en: 'Verdicts' },
    pass: { zh: '{verdicts} 项结果与重新计票一致', en: '{verdicts} verdicts are what the ballots give' },
  },
  minutes: {
    title: { zh: '笔录数据', en: 'Minutes' },
    pass: {
      zh: '到会和表决数据与记录一致',
      en: 'attendance and figures of the votes are those of the record',
    },
  },
  privates: {
    title: { zh: '私密值', en: 'Private values' },
    pass: {
      zh: '{values} 个值都能打开其承诺，已删除 {erased} 个',
      en: '{values} values open their commitments; {erased} were erased',
    },
  },
  receipt: {
    title: { zh: '回执', en: 'Receipt' },
    pass: {
      zh: '回执在记录中：第 {seq} 号，单位 {unit}，{choice}，{counted}',
      en: 'the receipt is in this record: number {seq}, unit {unit}, {choiceEn}, {countedEn}',
    },
  },
};

/** Why a step was not made. */
const notCheckedWords: Readonly<Partial<Record<StepId, Words>>> = {
  signatures: { zh: '未提供外部策略，包内也没有密钥', en: 'no policy from outside and no key in the bundle' },
  timeStamps: {
    zh: '包内没有时间戳，或未提供时间戳服务机构的根证书，或此处不能核验',
    en: 'no time stamps in the bundle, no root of the authority from outside, or this browser cannot check them',
  },
  continuation: { zh: '不是接续的会议', en: 'the record goes on from no other' },
  privates: { zh: '公开版不含私密值', en: 'the public version has no private values' },
  receipt: { zh: '未提供回执', en: 'no receipt was given' },
  minutes: { zh: '包内没有笔录数据', en: 'the bundle has no figures of minutes' },
};
const notReachedWords: Words = {
  zh: '前面的步骤未通过，无法核验',
  en: 'not possible after what failed before',
};

export const statusWords: Readonly<Record<StepReport['status'], Words>> = {
  PASS: { zh: '通过', en: 'PASS' },
  FAIL: { zh: '不通过', en: 'FAIL' },
  NOT_CHECKED: { zh: '未核验', en: 'NOT CHECKED' },
};

const conclusionWords: Readonly<Record<Conclusion, Words>> = {
  VERIFIED: {
    zh: '核验通过：记录完整、未被改动，结果与票一致。',
    en: 'VERIFIED: the record is whole and unchanged, and the verdicts are what the ballots give.',
  },
  SELF_CONSISTENT_ONLY: {
    zh: '仅自身一致：没有使用外部的策略（可信密钥），不能排除整份记录是另行生成的。',
    en: 'SELF-CONSISTENT ONLY: no policy came from outside; the whole record could have been made anew under another key.',
  },
  FAILED: {
    zh: '核验不通过：这份记录不能采信。请保留文件包，并告知法院和管理人。',
    en: 'FAILED: this record cannot be relied on. Keep the bundle and tell the court and the administrator.',
  },
};

/** A receipt chosen by mistake, or half a download: the record is not accused of what the file is. */
const notABundle: Words = {
  zh: '核验不通过：这个文件不是完整的存证包，没有核验任何记录。请选择下载的存证包（.zip）；如果选择的就是它，请重新取得，并告知法院和管理人。',
  en: 'FAILED: this file is not a whole evidence bundle, and no record was verified. Choose the bundle that was downloaded (.zip); if this is it, get it again, and tell the court and the administrator.',
};

/** What the report comes to, in words. */
export function conclusionOf({ conclusion, steps }: Pick<Report, 'conclusion' | 'steps'>): Words {
  const isBundle = steps.every(({ findings }) => findings.every(({ code }) => code !== 'BUNDLE_NOT_ZIP'));
  return isBundle ? conclusionWords[conclusion] : notABundle;
}

export const notWitnessedWords: Words = {
  zh: '未经见证：没有足够的独立见证方签名。',
  en: 'NOT WITNESSED: not enough independent witnesses have signed.',
};

export const noteWords: Readonly<Record<NoteId, Words>> = {
  continued: {
    zh: '原会议记录被回退，本记录在新编号下接续：{count}',
    en: 'the record goes on, under a new origin, from one that was rolled back: {count}',
  },
  lateEvidence: {
    zh: '补交的丢失表决票的回执，由法院判断：{count}',
    en: 'receipts of lost ballots handed in later, for the court to judge: {count}',
  },
  unsignedBallots: {
    zh: '未签名的票（仅凭登录）：{count}',
    en: 'ballots without a device signature: {count}',
  },
  enteredBallots: { zh: '由工作人员代录的票：{count}', en: 'ballots entered by staff: {count}' },
  voidedBallots: { zh: '作废记录：{count}', en: 'declared void: {count}' },
  staffSignIns: { zh: '由工作人员代为登记的签到：{count}', en: 'sign-ins entered by staff: {count}' },
  keysBoundAgain: { zh: '同一人再次绑定设备密钥：{count}', en: 'further keys bound by one person: {count}' },
  credentialResets: {
    zh: '重置手机号、密码或第二因素：{count}',
    en: 'telephone, password or second factor reset: {count}',
  },
  incidents: { zh: '事件记录：{count}', en: 'incidents: {count}' },
  interruptions: { zh: '表决中断：{count}', en: 'interruptions of votes: {count}' },
  earlyClosings: {
    zh: '经法院同意提前结束或终止的表决：{count}',
    en: 'votes closed early or stopped by the court’s consent: {count}',
  },
  rollCorrections: { zh: '名册更正：{count}', en: 'corrections of rolls: {count}' },
  corrections: { zh: '更正记录：{count}', en: 'corrections: {count}' },
  erasedValues: { zh: '已依法删除的私密值：{count}', en: 'private values erased by law: {count}' },
};

/** Puts the facts into a sentence. */
export function filled(sentence: string, facts: Facts): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '');
}

/** What is said of a step beside its status; nothing of one that failed, whose findings speak. */
export function sentenceOf({ id, status, facts }: StepReport): Words {
  if (status === 'FAIL') return { zh: '', en: '' };
  if (status === 'NOT_CHECKED') return notCheckedWords[id] ?? notReachedWords;
  const { zh, en } = stepWords[id].pass;
  return { zh: filled(zh, facts), en: filled(en, facts) };
}
