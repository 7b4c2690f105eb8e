/** What the creditor and the record read of a ballot that staff entered. Chinese, as the minutes are. */
import { chinaDateTime } from '../../domain/china-calendar.ts';
import type { VoidFacts } from '../../domain/entered-ballots/judge-entered.ts';
import type { EnteredBallot } from '../../domain/entered-ballots/entered-ballot.ts';
import { channelWords } from '../../domain/minutes/words.ts';
import type { ChoiceRead } from '../../protocol/scalars.ts';
import { choiceNames } from '../conduct/commands/ballot-command.ts';

const readNames: Readonly<Record<ChoiceRead, string>> = { ...choiceNames, invalid: '无效票' };

const minute = (instant: string) => chinaDateTime(Date.parse(instant)).slice(0, -3);

/** Why it does not count. */
export function voidReason(facts: VoidFacts, statedReceivedAt: string): string {
  if ('isInvalid' in facts) {
    return '票面没有选择、选择多项或者无法辨认，为无效票：计为出席，不计为同意；截止前可以重新提交有效的表决票。';
  }
  if ('channel' in facts) {
    const { channel, at, seq } = facts;
    return `该表决单位已于 ${minute(at)} 以${channelWords[channel]}方式表决（第 ${seq} 号），先到的有效，本票不计入。`;
  }
  return `表决已于 ${minute(facts.closesAt)} 截止，本票（记载收到时间 ${minute(statedReceivedAt)}）截止后才完成双人复核，不计入。`;
}

export interface TellingFacts {
  readonly debtor: string;
  readonly helpPhone: string;
  readonly resolutionTitle: string;
}

/** Message to the creditor, without link and without amount (record.md 10). */
export function entryMessage(entry: EnteredBallot, facts: TellingFacts): string {
  const { outcome, channel, statedReceivedAt, first, objectUntil } = entry;
  const { debtor, helpPhone, resolutionTitle } = facts;
  const what = `对《${resolutionTitle}》：${readNames[first.choice]}（${channelWords[channel]}，${minute(statedReceivedAt)} 收到）`;
  const result =
    outcome?.kind === 'void'
      ? `管理人收到您的表决票：${what}。${outcome.reason ?? ''}`
      : `管理人已代录您的表决：${what}，第 ${outcome?.seq ?? ''} 号。`;
  const until =
    objectUntil === null ? '' : `如有异议，请于 ${minute(objectUntil)} 前在会议页面“我的表决”提出，`;
  return `【${debtor}债权人会议】${result}${until}或致电管理人 ${helpPhone}。`;
}
