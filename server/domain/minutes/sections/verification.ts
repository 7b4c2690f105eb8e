/**
 * 债权核查 (企业破产法 art. 58; 司法解释三 art. 8): the objections to the claims table with the administrator's
 * answers. What nobody objected to until the end is recorded as without objection; no right is lost by that.
 */
import { entriesOf, type Recorded } from '../../record/history/meeting-history.ts';
import { note, table, text, type MinutesBlock, type MinutesSection } from '../content.ts';
import { amount, time } from '../figures.ts';
import type { MinutesSource } from '../source.ts';
import { objectionDecisionWords, objectionPointWords } from '../words.ts';

/** Nothing where the meeting had no verification and nobody objected. */
export function verificationSection(source: MinutesSource): MinutesSection | undefined {
  const { history } = source;
  if (!hasVerification(source)) return undefined;
  const entries = entriesOf(history, 'objection');
  const verification = history.votes.findLast(({ opened }) => opened?.body.rule.mode === 'OBJECTION');
  const filed = entries.filter(({ body }) => (body.event ?? 'file') === 'file');
  const claims = new Set(filed.map(({ body }) => body.claimNo));
  const blocks: MinutesBlock[] = [];
  const none = new Set(entries.flatMap(({ body }) => (body.event === 'none' ? (body.creditorId ?? []) : [])));
  if (verification?.closed) {
    blocks.push(
      text(
        `核查期间：${time(verification.opened?.ts ?? '')} 至 ${time(verification.closed.body.effectiveAt)}。`,
      ),
    );
  } else blocks.push(text('制作本笔录时核查尚未结束，以下为截至此时的情况。'));
  if (filed.length === 0) blocks.push(text('没有人对债权表提出异议。'));
  else {
    blocks.push(text(`共提出异议 ${filed.length} 件，涉及债权 ${claims.size} 笔。`));
    blocks.push(objectionTable(source, filed, entries));
  }
  if (none.size > 0) blocks.push(text(`${none.size} 家债权人确认对债权表无异议。`));
  blocks.push(text('其余债权未提出异议，记录为无异议，由管理人提请人民法院裁定确认（企业破产法第58条）。'));
  blocks.push(
    note(
      '对异议的答复仍不服的，可以在核查结束后十五日内向人民法院起诉；当事人有仲裁协议的，向选定的仲裁机构申请仲裁（司法解释三第8条）。',
    ),
  );
  return { heading: '债权核查', blocks };
}

/** Claims were opened for objections in the meeting, or somebody objected. */
export function hasVerification({ history }: MinutesSource): boolean {
  return (
    entriesOf(history, 'objection').length > 0 ||
    history.votes.some(({ opened }) => opened?.body.rule.mode === 'OBJECTION')
  );
}

function objectionTable(
  source: MinutesSource,
  filed: readonly Recorded<'objection'>[],
  entries: readonly Recorded<'objection'>[],
): MinutesBlock {
  const rows = filed.map((entry) => {
    const { objectionId, claimNo, point, amountFen, commitments } = entry.body;
    const later = entries.filter(({ body }) => body.objectionId === objectionId);
    const answer = later.findLast(({ body }) => body.event === 'answer');
    const withdrawn = later.find(({ body }) => body.event === 'withdraw');
    const claimed = amountFen === undefined ? '' : `，主张 ${amount(amountFen)}`;
    const what = `${objectionPointWords[point ?? 'OTHER']}${claimed}：${source.freeText(commitments.text)}`;
    return [
      `第 ${entry.seq} 号`,
      claimNo ?? '',
      `${time(entry.ts)} ${objectorOf(source, entry)}`,
      what,
      outcome(source, answer, withdrawn),
    ];
  });
  return table(
    [
      ['编号', 12],
      ['债权编号', 14],
      ['提出', 20],
      ['异议', 32],
      ['管理人答复', 22],
    ],
    rows,
  );
}

/** The debtor objects without an account: the administrator entered it (art. 58(3)). */
function objectorOf({ names }: MinutesSource, { body }: Recorded<'objection'>): string {
  return body.creditorId === undefined ? '债务人（由管理人代为登记）' : names.creditor(body.creditorId);
}

function outcome(
  source: MinutesSource,
  answer: Recorded<'objection'> | undefined,
  withdrawn: Recorded<'objection'> | undefined,
): string {
  const answered = answer
    ? `${objectionDecisionWords[answer.body.decision ?? 'MAINTAINED']}：${source.freeText(answer.body.commitments.text)}`
    : '尚未答复';
  return withdrawn ? withdrawal(source, withdrawn) : answered;
}

/** What was taken back for the debtor is told with its reason: it came through the administrator. */
function withdrawal({ freeText }: MinutesSource, { ts, body }: Recorded<'objection'>): string {
  if (body.creditorId !== undefined) return `异议人已于 ${time(ts)} 撤回`;
  return `债务人已于 ${time(ts)} 撤回（由管理人代为登记）：${freeText(body.commitments.text)}`;
}
