/** Rolls and votes of any kind for tests of the law: written as claims and choices, counted as in a meeting. */
import { countVote, type CountedBallot } from '../../server/domain/record/tally.ts';
import { buildRoll, type Roll, type RollClaim, type RollDecisions } from '../../server/domain/roll.ts';
import { freezeRule, settingsFor } from '../../server/domain/rules/freeze-rule.ts';
import { resolutionTypes } from '../../server/domain/rules/registry.ts';
import type { RuleSettings } from '../../server/domain/rules/rule-set.ts';
import type { Channel } from '../../server/protocol/entry-parts.ts';
import type { ResolutionTypeId } from '../../server/protocol/resolution-types.ts';
import type { Choice } from '../../server/protocol/scalars.ts';
import type { FrozenRule, GroupResult, Tally } from '../../server/protocol/tally.ts';

export const NO_ROOT = Buffer.alloc(32).toString('base64');

export function claim(creditorId: string, rest: Partial<RollClaim> = {}): RollClaim {
  return {
    creditorId,
    nature: 'ORDINARY',
    confirmedFen: 100n,
    temporaryFen: null,
    securedFen: 0n,
    priorityWaived: false,
    ...rest,
  };
}

export interface Vote {
  readonly type: ResolutionTypeId;
  readonly claims: readonly RollClaim[];
  readonly settings?: Partial<RuleSettings>;
  readonly decisions?: RollDecisions;
  readonly round?: number;
  /** By unit: a choice, with a channel where it is not online. */
  readonly ballots?: Readonly<Record<string, Choice | readonly [Choice, Channel]>>;
  /** Units with a 无效票. */
  readonly invalid?: readonly string[];
  /** Creditors who signed in. */
  readonly signedIn?: readonly string[];
}

export interface Held {
  readonly roll: Roll;
  readonly rule: FrozenRule;
  readonly tally: Tally;
}

export function hold({
  type,
  claims,
  settings,
  decisions,
  round = 1,
  ballots = {},
  invalid = [],
  signedIn = [],
}: Vote): Held {
  const resolutionType = resolutionTypes[type];
  const frozenSettings = settingsFor(resolutionType, settings);
  const roll = buildRoll({
    claims,
    rule: resolutionType.rule,
    settings: frozenSettings,
    ...(decisions && { decisions }),
  });
  const rule = freezeRule(resolutionType, frozenSettings, { round, roll });
  const tally = countVote({
    resolutionId: 'res-1',
    round: String(round),
    rollRoot: NO_ROOT,
    rule,
    units: roll.units,
    signIns: new Map(signedIn.map((creditorId) => [creditorId, 'self'])),
    ballots: Object.entries(ballots).map(([unitId, given]): CountedBallot => {
      const [choice, channel] = typeof given === 'string' ? ([given, 'online'] as const) : given;
      return { unitId, choice, channel, isSigned: false };
    }),
    invalidUnits: new Set(invalid),
    firstSeq: '1',
    lastSeq: '9',
  });
  return { roll, rule, tally };
}

export function groupOf({ tally }: Held, name: GroupResult['group'] = 'ALL'): GroupResult {
  const group = tally.results.main.groups.find((candidate) => candidate.group === name);
  if (group === undefined) throw new Error(`group ${name} was not counted`);
  return group;
}

/** Yuan to fen. */
export const yuan = (amount: number): bigint => BigInt(Math.round(amount * 100));
