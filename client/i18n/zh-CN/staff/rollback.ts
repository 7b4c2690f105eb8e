/** A meeting whose record was rolled back, as staff read it. */
export const rollback = {
  rollback: {
    title: '会议记录被回退，已停止',
    what: '{{time}} 发现：已签名 {{signed}} 条，数据库里只找到 {{found}} 条，或内容不同。本会议不再写入任何内容。',
    by: {
      signer: '依据：签名程序记得签过更多的记录。',
      checkpoint: '依据：数据库里保存的检查点比记录多，或与记录不符。',
      client: '依据：债权人的浏览器保存着系统签过的更新的检查点。',
    },
    keep: '保留现状：不要删除数据库、签名程序目录和日志；可下载法院版存证包交给法院。',
    restore: '如果是误装了旧的备份，把正确的数据库放回去，会议即可继续。',
    continue:
      '数据库找不回来的，由管理人负责人以新的编号接续：没有表决结果的事项重新表决，债权人交存回执作为证据。',
    prepare: '准备接续的会议',
    prepareNow: '建立草稿',
    prepareWhat:
      '将按原会议建立草稿：主持人、议程和尚无结果的事项照旧。检查后发布，新记录的第 0 号写明原记录的检查点和缺失的范围；原链接自动转到新会议。',
    startsAt: '开会时间（北京时间）',
    leadOnly: '由管理人负责人操作。',
    drafted: '接续的会议（草稿）：{{title}}，{{time}}',
    continued: '已接续：{{title}}，{{time}}',
    evidence: '接续和补交的回执',
    from: '本记录接续 {{origin}}：已签名 {{signed}} 条，当时只找到 {{found}} 条。',
    evidenceWhat:
      '以下是债权人交存的、原记录已丢失的表决票的回执，系统已核对其签名和证明；不计入本次表决，由法院判断。',
    noEvidence: '还没有人交存回执。',
    lostSeq: '原编号',
    creditor: '债权人',
    resolution: '事项',
    inRound: '{{title}}（第 {{round}} 轮）',
    choice: '意见',
    receivedAt: '原收到时间',
    handedIn: '交存',
    handedInAt: '第 {{seq}} 号，{{time}}',
  },
} as const;
