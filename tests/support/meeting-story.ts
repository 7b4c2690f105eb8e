/**
 * A meeting told entry by entry, with the private values beside it: what minutes and review are made from,
 * without a database. The tally in it is counted by the rule, as a server would have.
 */
import { createHash } from 'node:crypto';
import {
  addToHistory,
  emptyHistory,
  type MeetingHistory,
} from '../../server/domain/record/history/meeting-history.ts';
import { ERASED, type OpenPrivate } from '../../server/domain/history/names.ts';
import { recountVote } from '../../server/domain/record/history/recount.ts';
import { applyEntry } from '../../server/domain/meeting/apply.ts';
import { emptyMeetingState, type MeetingState } from '../../server/domain/meeting/state.ts';
import { canonicalText } from '../../server/domain/record/canonical.ts';
import { encodeEntry } from '../../server/domain/record/entry.ts';
import { followUpOf } from '../../server/domain/record/tally.ts';
import { freezeRule, settingsFor } from '../../server/domain/rules/freeze-rule.ts';
import { resolutionTypes } from '../../server/domain/rules/registry.ts';
import type { EntryBody, NewEntry } from '../../server/protocol/entries.ts';
import type { RollRow } from '../../server/protocol/roll.ts';
import type { Choice } from '../../server/protocol/scalars.ts';
import { ballotCast, SAMPLE_ORIGIN, SAMPLE_ROOT, SAMPLE_SALT } from './entry-samples.ts';

export const PLAN_TEXT = '一、财产由管理人统一保管。\n二、应收账款由管理人催收。';
const HOST = { personId: 'person-host', role: 'administrator-lead' } as const;
const VOTE = { resolutionId: 'resolution-1', round: '1' };
const STARTS_AT = '2026-11-22T06:30:00.000Z';
const CLOSES_AT = '2026-11-22T08:00:00.000Z';
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

export interface StoryVoter {
  readonly creditor: string;
  readonly person?: string;
  readonly fen: bigint;
  readonly temporaryFen?: bigint;
  readonly choice?: Choice;
  readonly signIn?: 'self' | 'staff' | 'proxy';
}

export interface StoryOptions {
  readonly voters: readonly StoryVoter[];
  /** Published this many days before the meeting. */
  readonly daysBefore?: number;
  /** The convening notice goes out so many days before the meeting; absent: none does. */
  readonly noticeDaysBefore?: number;
  readonly isExtended?: boolean;
  /** The halted record that this meeting goes on from. */
  readonly continues?: NonNullable<EntryBody<'meeting.convene'>['continues']>;
  readonly endsAfter?: 'publishing' | 'opening' | 'verdict' | 'closing';
}

export interface Story {
  readonly history: MeetingHistory;
  /** Folded from the same entries, as a running server has it. */
  readonly state: MeetingState;
  readonly rows: readonly RollRow[];
  readonly open: OpenPrivate;
  /** Deletes every private value with this text, as an erasure does. */
  erase(text: string): void;
  /** Appends one more entry, by default a minute after the last. */
  tell(entry: NewEntry, ts?: string): void;
  /** A commitment to a text that `open` knows. */
  seal(text: string): string;
}

export function tellMeeting(options: StoryOptions): Story {
  const story = startStory();
  const { endsAfter = 'closing' } = options;
  publish(story, options);
  if (endsAfter === 'publishing') return story;
  for (const [index, voter] of options.voters.entries()) signIn(story, voter, index);
  begin(story, options.voters);
  openVote(story, options.voters);
  if (options.isExtended === true) extend(story);
  for (const [index, { choice }] of options.voters.entries()) {
    if (choice) story.tell(ballotCast(`unit-${index}`, { choice, resolutionId: VOTE.resolutionId }));
  }
  if (endsAfter === 'opening') return story;
  closeVote(story, options.isExtended === true ? '2026-11-22T09:00:00.000Z' : CLOSES_AT);
  if (endsAfter === 'closing') {
    story.tell({ t: 'agenda.move', body: { move: 'close', actor: HOST } }, '2026-11-22T09:30:00.000Z');
  }
  return story;
}

type MutableStory = Story & { rows: RollRow[] };

function startStory(): MutableStory {
  const history = emptyHistory();
  const state = emptyMeetingState();
  const texts = new Map<string, string>();
  let sealed = 0;
  return {
    history,
    state,
    rows: [],
    open: (commitment) => (commitment === undefined ? '' : (texts.get(commitment) ?? ERASED)),
    erase(text) {
      for (const [commitment, value] of texts) if (value === text) texts.delete(commitment);
    },
    seal(text) {
      const bytes = Buffer.alloc(32);
      bytes.writeUInt32BE(++sealed);
      const commitment = bytes.toString('base64');
      texts.set(commitment, text);
      return commitment;
    },
    tell(added, ts) {
      const lastMs = Date.parse(history.last?.ts ?? STARTS_AT);
      const tsMs = ts === undefined ? lastMs + 60_000 : Date.parse(ts);
      const envelope = { origin: SAMPLE_ORIGIN, epoch: 1, seq: history.size, tsMs, salt: SAMPLE_SALT };
      const { entry, bytes } = encodeEntry(added, envelope);
      const leafHash = createHash('sha256').update(bytes).digest('hex');
      addToHistory(history, entry, leafHash);
      applyEntry(state, entry, leafHash);
    },
  };
}

function publish({ tell, seal }: Story, options: StoryOptions): void {
  const { daysBefore = 20, noticeDaysBefore, continues } = options;
  const publishedAt = daysBeforeStart(daysBefore);
  const agenda: EntryBody<'meeting.convene'>['agenda'] = [
    { itemId: 'item-1', kind: 'report', documentIds: ['document-1'], title: seal('管理人工作报告') },
    { itemId: 'item-2', kind: 'vote', resolutionId: VOTE.resolutionId, documentIds: [], title: seal('表决') },
  ];
  tell(
    {
      t: 'meeting.convene',
      body: {
        meetingId: 'meeting-1',
        caseId: 'case-1',
        province: '33',
        procedure: 'liquidation',
        mode: 'online',
        isDemonstration: false,
        startsAt: STARTS_AT,
        ruleSetId: 'EBL-2006.v1',
        ...(continues && { continues }),
        agenda,
        actor: HOST,
        commitments: {
          title: seal('第一次债权人会议'),
          caseNumber: seal('（2026）浙01破12号'),
          debtor: seal('江南某某有限公司'),
          court: seal('杭州市中级人民法院'),
        },
      },
    },
    publishedAt,
  );
  const host = { hostPersonId: HOST.personId, hostRole: HOST.role, how: 'initial', actor: HOST } as const;
  tell({ t: 'host.assign', body: { ...host, commitments: { hostName: seal('张安宁') } } });
  const document = { documentId: 'document-1', sha256: hash('plan'), sizeBytes: '9', actor: HOST } as const;
  const commitments = { title: seal('财产管理方案附件') };
  tell({ t: 'doc.publish', body: { ...document, mediaType: 'application/pdf', commitments } });
  tell({
    t: 'resolution.publish',
    body: {
      resolutionId: VOTE.resolutionId,
      type: 'R03',
      itemId: 'item-2',
      ruleSetId: 'EBL-2006.v1',
      textSha256: hash(PLAN_TEXT),
      documents: [{ documentId: 'document-1', sha256: hash('plan') }],
      documentsRoot: SAMPLE_ROOT,
      actor: HOST,
      commitments: { title: seal('债务人财产管理方案'), text: seal(PLAN_TEXT) },
    },
  });
  if (noticeDaysBefore === undefined) return;
  const notice = { noticeId: 'notice-0', kind: 'CONVENING', channel: 'sms' } as const;
  const sent = { recipients: '3', delivered: '0' };
  tell({ t: 'notice', body: { ...notice, ...sent } }, daysBeforeStart(noticeDaysBefore));
}

function daysBeforeStart(days: number): string {
  return new Date(Date.parse(STARTS_AT) - days * 86_400_000).toISOString();
}

function signIn({ tell, seal, history }: Story, voter: StoryVoter, index: number): void {
  if (!voter.signIn) return;
  const isFirst = !history.entries.some((entry) => entry.t === 'presence');
  const personName = seal(voter.person ?? voter.creditor);
  const presence = {
    event: 'sign-in',
    personId: `person-${index}`,
    role: 'creditor',
    capacityId: `capacity-${index}`,
    capacity: voter.signIn === 'proxy' ? 'proxy' : 'self',
    creditorId: `unit-${index}`,
    natures: ['ORDINARY'],
    amountFen: String(voter.fen),
    byNature: [{ nature: 'ORDINARY', amountFen: String(voter.fen) }],
    channel: 'online',
    ...(voter.signIn === 'staff' && { enteredBy: HOST }),
    commitments: { personName, creditorName: seal(voter.creditor) },
  } satisfies EntryBody<'presence'>;
  tell({ t: 'presence', body: presence }, isFirst ? '2026-11-22T06:00:00.000Z' : undefined);
}

function begin({ tell, seal }: Story, voters: readonly StoryVoter[]): void {
  const person = { personId: HOST.personId, role: HOST.role, channel: 'online' } as const;
  tell(
    { t: 'presence', body: { event: 'sign-in', ...person, commitments: { personName: seal('张安宁') } } },
    STARTS_AT,
  );
  const creditors = String(voters.length);
  const amountFen = String(voters.reduce((sum, { fen }) => sum + fen, 0n));
  const due = [{ nature: 'ORDINARY', creditors, amountFen } as const];
  tell({ t: 'agenda.move', body: { move: 'begin', due, dueCreditors: creditors, actor: HOST } });
  for (const itemId of ['item-1', 'item-2']) {
    tell({ t: 'agenda.move', body: { move: 'item', itemId, actor: HOST } });
  }
}

function openVote(story: MutableStory, voters: readonly StoryVoter[]): void {
  story.rows.push(...voters.map((voter, index) => rowOf(story, voter, index)));
  const total = String(voters.reduce((sum, { fen }) => sum + fen, 0n));
  const temporary = voters.filter(({ temporaryFen }) => temporaryFen !== undefined);
  const temporaryFen = String(temporary.reduce((sum, voter) => sum + (voter.temporaryFen ?? 0n), 0n));
  story.tell({
    t: 'roll.freeze',
    body: {
      ...VOTE,
      version: '0',
      rows: String(voters.length),
      root: SAMPLE_ROOT,
      chunks: [],
      totals: [
        {
          group: 'ALL',
          heads: String(voters.length),
          amountFen: total,
          unsecuredFen: total,
          temporaryHeads: String(temporary.length),
          temporaryFen,
        },
      ],
      excluded: [{ reason: 'NOT_DETERMINED', creditors: '2' }],
      auditHead: hash('audit'),
      actor: HOST,
    },
  });
  const plan = resolutionTypes.R03;
  const rule = freezeRule(plan, settingsFor(plan));
  const roots = { rollRoot: SAMPLE_ROOT, rollVersion: '0', documentsRoot: SAMPLE_ROOT };
  story.tell({
    t: 'ballot.open',
    body: { ...VOTE, ...roots, rule, allowChange: false, closesAt: CLOSES_AT, actor: HOST },
  });
}

function rowOf({ seal }: Story, { creditor, fen, temporaryFen = 0n }: StoryVoter, index: number): RollRow {
  return {
    unitId: `unit-${index}`,
    creditorId: `unit-${index}`,
    group: 'ALL',
    natures: ['ORDINARY'],
    commitments: { name: seal(creditor) },
    heads: '1',
    amountFen: String(fen),
    unsecuredFen: String(fen),
    temporaryFen: String(temporaryFen),
    temporaryUnsecuredFen: String(temporaryFen),
    status: temporaryFen > 0n ? 'temporary' : 'confirmed',
  };
}

function extend({ tell, seal }: Story): void {
  const consent = { reference: seal('（2026）浙01破12号之二') };
  const window = { previousClosesAt: CLOSES_AT, closesAt: '2026-11-22T09:00:00.000Z' };
  const commitments = { reason: seal('部分债权人网络中断') };
  tell({ t: 'ballot.extend', body: { ...VOTE, ...window, consent, actor: HOST, commitments } });
}

function closeVote({ tell, history, rows }: Story, effectiveAt: string): void {
  tell({ t: 'ballot.close', body: { ...VOTE, effectiveAt, cause: 'DEADLINE' } }, effectiveAt);
  const [vote] = history.votes;
  const tally = vote && recountVote(history, vote, { rows });
  if (!tally) throw new Error('the vote of the story cannot be counted');
  const { firstSeq, lastSeq, results, unsignedBallots, warnings, rule } = tally;
  const sha256 = hash(canonicalText(tally));
  const counted = { ...VOTE, revision: '0' };
  tell({ t: 'tally', body: { ...counted, rollVersion: '0', firstSeq, lastSeq, sha256 } });
  const { outcome } = results.main;
  const followUp = followUpOf(rule, outcome);
  tell({
    t: 'verdict',
    body: { ...counted, tallySha256: sha256, outcome, followUp, results, unsignedBallots, warnings },
  });
}
