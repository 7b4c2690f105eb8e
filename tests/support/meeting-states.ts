/** A meeting folded from entries of its own making, without a ledger: for tests of rules and of the vote's clock. */
import { applyEntry } from '../../server/domain/meeting/apply.ts';
import { emptyMeetingState, type MeetingState } from '../../server/domain/meeting/state.ts';
import type { TallyUnit } from '../../server/domain/record/tally.ts';
import { freezeRule, settingsFor } from '../../server/domain/rules/freeze-rule.ts';
import { resolutionTypes } from '../../server/domain/rules/registry.ts';
import type { Entry, NewEntry } from '../../server/protocol/entries.ts';
import type { FrozenRoll } from '../../server/services/conduct/vote/frozen-roll.ts';
import { meetingConvene, SAMPLE_ORIGIN, SAMPLE_ROOT, SAMPLE_SALT, SAMPLE_TIME } from './entry-samples.ts';

export const RESOLUTION = 'resolution-1';
export const HOST = { personId: 'person-1', role: 'administrator-lead' } as const;

export const after = (ms: number) => new Date(Date.parse(SAMPLE_TIME) + ms).toISOString();

/** Folds one more entry, `atMs` after the sample time, with a leaf hash that names its number. */
export function fold(state: MeetingState, added: NewEntry, atMs = 0): void {
  const entry = {
    ...added,
    v: '1',
    origin: SAMPLE_ORIGIN,
    epoch: '1',
    seq: String(state.size),
    ts: after(atMs),
    salt: SAMPLE_SALT,
  } as Entry;
  applyEntry(state, entry, String(state.size).padStart(64, '0'));
}

export const resolutionPublish: NewEntry<'resolution.publish'> = {
  t: 'resolution.publish',
  body: {
    resolutionId: RESOLUTION,
    itemId: 'item-1',
    type: 'R03',
    ruleSetId: 'EBL-2006.v1',
    textSha256: '0'.repeat(64),
    documents: [],
    documentsRoot: SAMPLE_ROOT,
    actor: HOST,
    commitments: { title: SAMPLE_ROOT, text: SAMPLE_ROOT },
  },
};

export function rollFreeze(units = 2): NewEntry<'roll.freeze'> {
  const totals = { group: 'ALL' as const, heads: String(units), amountFen: '0', unsecuredFen: '0' };
  return {
    t: 'roll.freeze',
    body: {
      resolutionId: RESOLUTION,
      round: '1',
      version: '0',
      rows: String(units),
      root: SAMPLE_ROOT,
      chunks: [],
      totals: [{ ...totals, temporaryHeads: '0', temporaryFen: '0' }],
      excluded: [],
      auditHead: '0'.repeat(64),
      actor: HOST,
    },
  };
}

export function ballotOpen(closesInMs: number): NewEntry<'ballot.open'> {
  const plan = resolutionTypes.R03;
  return {
    t: 'ballot.open',
    body: {
      resolutionId: RESOLUTION,
      round: '1',
      rollRoot: SAMPLE_ROOT,
      rollVersion: '0',
      documentsRoot: SAMPLE_ROOT,
      rule: freezeRule(plan, settingsFor(plan)),
      allowChange: false,
      closesAt: after(closesInMs),
      actor: HOST,
    },
  };
}

/** Convened, hosted, begun, with one resolution published. */
export function meetingUnderWay(): MeetingState {
  const state = emptyMeetingState();
  fold(state, meetingConvene());
  const { personId, role } = HOST;
  fold(state, {
    t: 'host.assign',
    body: {
      hostPersonId: personId,
      hostRole: role,
      how: 'initial',
      actor: HOST,
      commitments: { hostName: SAMPLE_ROOT },
    },
  });
  fold(state, resolutionPublish);
  fold(state, { t: 'agenda.move', body: { move: 'begin', actor: HOST } });
  return state;
}

/** The same with the vote open for so long. */
export function voteUnderWay(closesInMs: number): MeetingState {
  const state = meetingUnderWay();
  fold(state, rollFreeze());
  fold(state, ballotOpen(closesInMs));
  return state;
}

const EXCLUDED = { unitId: 'unit-excluded', creditorId: 'unit-excluded', group: 'ALL' } as const;

/** A roll of `unit-0`, `unit-1`, … with so many fen each, and `unit-excluded` without a vote. */
export function rollOf(amountsFen: readonly bigint[]): FrozenRoll {
  const units = amountsFen.map((amountFen, index): TallyUnit => {
    const unitId = `unit-${index}`;
    const temporary = { temporaryFen: 0n, temporaryUnsecuredFen: 0n };
    return { unitId, creditorId: unitId, group: 'ALL', amountFen, unsecuredFen: amountFen, ...temporary };
  });
  const amounts = new Set(units.map(({ unitId }) => unitId));
  const sumFen = amountsFen.reduce((sum, each) => sum + each, 0n);
  return {
    version: '0',
    units: new Map(units.map((unit) => [unit.unitId, unit])),
    excluded: new Map([['unit-excluded', { ...EXCLUDED, reason: 'NOT_DETERMINED' }]]),
    unitsOf: (creditorId) => (amounts.has(creditorId) ? [creditorId] : []),
    excludedOf: () => [],
    totals: { heads: units.length, amountFen: sumFen, unsecuredFen: sumFen },
    groups: new Map([['ALL', { heads: units.length, amountFen: sumFen, unsecuredFen: sumFen }]]),
  };
}
