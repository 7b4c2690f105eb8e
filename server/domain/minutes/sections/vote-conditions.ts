/**
 * Under what a vote was held besides its rule: the settings of the case as they were frozen, groups that do not
 * vote, consent carried over, silence as consent, a matter added during the meeting (domain.md 2.4 E6-E28, R14).
 */
import type { FrozenSettings } from '../../../protocol/case-settings.ts';
import type { EntryBody } from '../../../protocol/entries.ts';
import { settingViews } from '../../rules/setting-views.ts';
import { isResolutionTypeId, resolutionTypes } from '../../rules/registry.ts';
import { entriesOf, type VoteHistory } from '../../record/history/meeting-history.ts';
import { fact, facts, note, text, type Fact, type MinutesBlock } from '../content.ts';
import { time } from '../figures.ts';
import type { MinutesSource } from '../source.ts';
import { notFormedWords, settingNames, settingWords } from '../vote-words.ts';
import { groupWords } from '../words.ts';

/** 临时议题: why it was not told in advance, with whose consent, and since when it could be voted on. */
export function adHocBlocks(
  { open, freeText }: MinutesSource,
  { adHoc, commitments }: EntryBody<'resolution.publish'>,
): MinutesBlock[] {
  if (!adHoc) return [];
  return [
    text(
      `临时议题：本项未在会前通知，经人民法院同意（${open(adHoc.consent.reference)}）在会议中提出，理由：${freeText(commitments.reason)}。自 ${time(adHoc.openNotBefore)} 起方可表决。`,
    ),
  ];
}

/** What was frozen with the rule, and what the opening said of it. */
export function conditionBlocks(source: MinutesSource, vote: VoteHistory): MinutesBlock[] {
  const { opened } = vote;
  if (!opened) return [];
  const { rule, carryOver, silence } = opened.body;
  const { freeText } = source;
  const blocks: MinutesBlock[] = [];
  if (rule.settings)
    blocks.push(facts(settingFacts(source, vote, rule.settings)), note('标有“＊”的与规则的默认设置不同。'));
  for (const { group, reason } of rule.groupsNotFormed ?? []) {
    blocks.push(text(`${groupWords[group]}：${notFormedWords[reason]}。`));
  }
  if (carryOver) {
    blocks.push(
      text(
        `第 ${carryOver.fromRound} 次表决中的同意，在本次没有另行表决的，继续有效。主持人说明：${freeText(carryOver.statement)}。`,
      ),
    );
  }
  if (silence) {
    const missed = silence.undelivered.length;
    blocks.push(
      text(`逾期未表决的视为同意；通知未送达的 ${missed} 家除外。送达情况：${freeText(silence.statement)}。`),
    );
  }
  return blocks;
}

/** Settings that bear on the rule, those that depart from the default marked. */
function settingFacts({ history }: MinutesSource, vote: VoteHistory, settings: FrozenSettings): Fact[] {
  const published = entriesOf(history, 'resolution.publish').find(
    ({ body }) => body.resolutionId === vote.resolutionId,
  );
  const typeId = published?.body.type ?? '';
  if (!isResolutionTypeId(typeId)) return [];
  const type = resolutionTypes[typeId];
  return settingViews(type.rule, settings, type.ruleSet.defaults).map(({ name, isDefault }) => {
    const key = name as keyof FrozenSettings;
    return fact(`${settingNames[key]}${isDefault ? '' : '＊'}`, settingWords(key, settings));
  });
}
