/**
 * A whole meeting as a record: entries with device signatures, frozen rolls in their chunks, private values
 * that open. It is told as a list of drafts that a test may change before it is sealed, as an operator with
 * the log's key could; what is counted is counted when it is sealed.
 */
import { createHash, sign, type KeyObject } from 'node:crypto';
import { toBase64 } from '../../../server/domain/record/base64.ts';
import { canonicalBytes, canonicalText } from '../../../server/domain/record/canonical.ts';
import { commitmentTo } from '../../../server/domain/record/commitments.ts';
import type { MeetingHistory } from '../../../server/domain/record/history/meeting-history.ts';
import { recountVote } from '../../../server/domain/record/history/recount.ts';
import { ballotMessage, keyIdOf, keyMessage } from '../../../server/domain/record/keys.ts';
import { merkleRoot } from '../../../server/domain/record/merkle.ts';
import { followUpOf } from '../../../server/domain/record/tally.ts';
import { freezeRule, settingsFor } from '../../../server/domain/rules/freeze-rule.ts';
import { resolutionTypes } from '../../../server/domain/rules/registry.ts';
import type { EntryBody, NewEntry } from '../../../server/protocol/entries.ts';
import type { RollRow } from '../../../server/protocol/roll.ts';
import type { Choice } from '../../../server/protocol/scalars.ts';
import type { Tally } from '../../../server/protocol/tally.ts';
import type { PrivateValue } from '../../../server/services/ledger-port.ts';
import { hmacSha256, sha256 } from '../../../server/services/record-crypto.ts';
import { ed25519Of } from './note-signer.ts';

export const HOST = { personId: 'person-host', role: 'administrator-lead' } as const;
export const VOTE = { resolutionId: 'resolution-1', round: '1' } as const;
export const PLAN_TEXT = '一、财产由管理人统一保管。';
const STARTS_AT = '2026-11-22T06:30:00.000Z';
const CLOSES_AT = '2026-11-22T08:00:00.000Z';
const DOCUMENT_SHA256 = hex(Buffer.from('document'));
const CHUNK_ROWS = 900;

/** What is known when a draft that is counted is sealed. */
export interface SoFar {
  readonly history: MeetingHistory;
  readonly rows: readonly RollRow[];
}

export interface Draft {
  make: NewEntry | ((soFar: SoFar) => NewEntry);
  ts: string;
}

export interface RecordStory {
  origin: string;
  readonly drafts: Draft[];
  /** Chunks of rolls by SHA-256. */
  readonly chunks: Map<string, Uint8Array>;
  readonly rows: RollRow[];
  readonly privates: PrivateValue[];
  /** Private keys of the devices, by voter. */
  readonly devices: Map<number, KeyObject>;
}

export interface StoryOptions {
  readonly voters?: number;
  readonly origin?: string;
  readonly choiceOf?: (index: number) => Choice;
  /** How each voter's ballot is known; `signed` by default. */
  readonly methodOf?: (index: number) => 'signed' | 'unsigned' | 'entered';
  readonly allowChange?: boolean;
  /** Voters who stay away. */
  readonly absent?: ReadonlySet<number>;
}

function hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function tellRecord(options: StoryOptions = {}): RecordStory {
  const { voters = 8, origin = 'demo/inst-1/meeting-1' } = options;
  const story: RecordStory = {
    origin,
    drafts: [],
    chunks: new Map(),
    rows: [],
    privates: [],
    devices: new Map(),
  };
  publish(story);
  for (let index = 0; index < voters; index++) signIn(story, index);
  for (let index = 0; index < voters; index++) {
    if ((options.methodOf?.(index) ?? 'signed') === 'signed') bindKey(story, index);
  }
  begin(story, voters);
  freezeRoll(story, voters);
  openVote(story, options.allowChange ?? false);
  for (let index = 0; index < voters; index++) {
    if (!options.absent?.has(index)) castBallot(story, index, options);
  }
  closeVote(story);
  tell(story, { t: 'agenda.move', body: { move: 'close', actor: HOST } }, '2026-11-22T09:30:00.000Z');
  return story;
}

/** One more draft, a hundredth of a second after the last by default: 150 000 of them fit before the deadline. */
export function tell(story: RecordStory, make: Draft['make'], ts?: string): void {
  const last = story.drafts.at(-1)?.ts ?? '2026-11-01T00:00:00.000Z';
  story.drafts.push({ make, ts: ts ?? new Date(Date.parse(last) + 10).toISOString() });
}

/** Commitment to a text whose opening goes into the court's version. */
export function seal(story: RecordStory, field: string, value: string): string {
  const key = createHash('sha256').update(`${story.privates.length} ${field}`).digest();
  const commitment = commitmentTo(hmacSha256, key, { field, value });
  story.privates.push({ commitment, key: toBase64(key), field, value });
  return commitment;
}

function publish(story: RecordStory): void {
  tell(story, {
    t: 'meeting.convene',
    body: {
      meetingId: 'meeting-1',
      caseId: 'case-1',
      province: '33',
      procedure: 'liquidation',
      mode: 'online',
      isDemonstration: true,
      startsAt: STARTS_AT,
      ruleSetId: 'EBL-2006.v1',
      agenda: [
        {
          itemId: 'item-1',
          kind: 'vote',
          resolutionId: VOTE.resolutionId,
          documentIds: ['document-1'],
          title: seal(story, 'title', '财产管理方案'),
        },
      ],
      actor: HOST,
      commitments: {
        title: seal(story, 'title', '第一次债权人会议'),
        caseNumber: seal(story, 'caseNumber', '（2026）浙01破12号'),
        debtor: seal(story, 'debtor', '江南某某（虚构）有限公司'),
        court: seal(story, 'court', '某某市中级人民法院'),
      },
    },
  });
  const host = { hostPersonId: HOST.personId, hostRole: HOST.role, how: 'initial', actor: HOST } as const;
  tell(story, {
    t: 'host.assign',
    body: { ...host, commitments: { hostName: seal(story, 'hostName', '张安宁') } },
  });
  const document = { documentId: 'document-1', sha256: DOCUMENT_SHA256 };
  tell(story, {
    t: 'doc.publish',
    body: {
      ...document,
      sizeBytes: '8',
      mediaType: 'application/pdf',
      actor: HOST,
      commitments: { title: seal(story, 'title', '方案全文') },
    },
  });
  tell(story, {
    t: 'resolution.publish',
    body: {
      resolutionId: VOTE.resolutionId,
      type: 'R03',
      itemId: 'item-1',
      ruleSetId: 'EBL-2006.v1',
      textSha256: hex(Buffer.from(PLAN_TEXT)),
      documents: [document],
      documentsRoot: documentsRoot(),
      actor: HOST,
      commitments: {
        title: seal(story, 'title', '财产管理方案'),
        text: seal(story, 'text', PLAN_TEXT),
      },
    },
  });
}

export const documentsRoot = (): string =>
  toBase64(merkleRoot(sha256, [Buffer.from(DOCUMENT_SHA256, 'hex')]));

function signIn(story: RecordStory, index: number): void {
  const amountFen = String(fenOf(index));
  tell(
    story,
    {
      t: 'presence',
      body: {
        event: 'sign-in',
        personId: `person-${index}`,
        role: 'creditor',
        capacityId: `capacity-${index}`,
        capacity: 'self',
        creditorId: `unit-${index}`,
        natures: ['ORDINARY'],
        amountFen,
        byNature: [{ nature: 'ORDINARY', amountFen }],
        channel: 'online',
        commitments: { personName: seal(story, 'personName', `债权人${index}`) },
      },
    },
    index === 0 ? '2026-11-22T06:00:00.000Z' : undefined,
  );
}

const fenOf = (index: number): bigint => 100_000n + BigInt(index) * 100n;

export function bindKey(story: RecordStory, index: number, device = `device ${index}`): void {
  const { privateKey, publicKey } = ed25519Of(device);
  story.devices.set(index, privateKey);
  const bound = { personId: `person-${index}`, alg: 'Ed25519', publicKey: toBase64(publicKey) } as const;
  const proof = toBase64(sign(null, keyMessage({ origin: story.origin, ...bound }), privateKey));
  tell(story, { t: 'key.bind', body: { keyId: keyIdOf(sha256, 'Ed25519', publicKey), ...bound, proof } });
}

function begin(story: RecordStory, voters: number): void {
  const amountFen = String(story.drafts.length === 0 ? 0n : sumFen(voters));
  const due = [{ nature: 'ORDINARY', creditors: String(voters), amountFen } as const];
  tell(story, { t: 'agenda.move', body: { move: 'begin', due, dueCreditors: String(voters), actor: HOST } });
  tell(story, { t: 'agenda.move', body: { move: 'item', itemId: 'item-1', actor: HOST } });
}

function sumFen(voters: number): bigint {
  let sum = 0n;
  for (let index = 0; index < voters; index++) sum += fenOf(index);
  return sum;
}

function freezeRoll(story: RecordStory, voters: number): void {
  for (let index = 0; index < voters; index++) story.rows.push(rowOf(story, index));
  const lines = story.rows.map((row) => canonicalBytes(row));
  const chunks: EntryBody<'roll.freeze'>['chunks'] = [];
  for (let at = 0; at < lines.length; at += CHUNK_ROWS) {
    const part = lines.slice(at, at + CHUNK_ROWS);
    const bytes = Buffer.concat(part.flatMap((line) => [line, Buffer.from('\n')]));
    story.chunks.set(hex(bytes), bytes);
    chunks.push({ sha256: hex(bytes), rows: String(part.length) });
  }
  const total = String(sumFen(voters));
  tell(story, {
    t: 'roll.freeze',
    body: {
      ...VOTE,
      version: '0',
      rows: String(voters),
      root: toBase64(merkleRoot(sha256, lines)),
      chunks,
      totals: [
        {
          group: 'ALL',
          heads: String(voters),
          amountFen: total,
          unsecuredFen: total,
          temporaryHeads: '0',
          temporaryFen: '0',
        },
      ],
      excluded: [],
      auditHead: hex(Buffer.from('audit')),
      actor: HOST,
    },
  });
}

function rowOf(story: RecordStory, index: number): RollRow {
  const amountFen = String(fenOf(index));
  return {
    unitId: `unit-${index}`,
    creditorId: `unit-${index}`,
    group: 'ALL',
    natures: ['ORDINARY'],
    commitments: { name: seal(story, 'name', `债权人${index}`) },
    heads: '1',
    amountFen,
    unsecuredFen: amountFen,
    temporaryFen: '0',
    temporaryUnsecuredFen: '0',
    status: 'confirmed',
  };
}

/** The freeze that the story has told. */
export function freezeOf(story: RecordStory): EntryBody<'roll.freeze'> {
  return bodyOf(story, 'roll.freeze');
}

/** Body of the first draft of a type; it may be changed in place. */
export function bodyOf<T extends NewEntry['t']>(story: RecordStory, t: T): EntryBody<T> {
  const found = story.drafts.find(({ make }) => typeof make !== 'function' && make.t === t)?.make;
  if (found === undefined || typeof found === 'function') throw new Error(`the story tells no ${t}`);
  return found.body as EntryBody<T>;
}

function openVote(story: RecordStory, allowChange: boolean): void {
  const plan = resolutionTypes.R03;
  const roots = { rollRoot: freezeOf(story).root, rollVersion: '0', documentsRoot: documentsRoot() };
  const rule = freezeRule(plan, settingsFor(plan));
  tell(story, {
    t: 'ballot.open',
    body: { ...VOTE, ...roots, rule, allowChange, closesAt: CLOSES_AT, actor: HOST },
  });
}

type Ballot = EntryBody<'ballot.cast'>['ballot'];

export function ballotOf(story: RecordStory, index: number, changes: Partial<Ballot> = {}): Ballot {
  return {
    v: '1',
    origin: story.origin,
    ...VOTE,
    rollRoot: freezeOf(story).root,
    unitId: `unit-${index}`,
    choice: 'for',
    version: '0',
    actingAs: `capacity-${index}`,
    documentsRoot: documentsRoot(),
    nonce: createHash('sha256').update(`nonce ${index}`).digest().subarray(0, 16).toString('base64url'),
    clientTs: '2026-11-22T07:00:00.000Z',
    ...changes,
  };
}

/** Signed by the voter's device, or by another. */
export function signedCast(
  story: RecordStory,
  index: number,
  { changes = {}, device }: { changes?: Partial<Ballot>; device?: KeyObject } = {},
): NewEntry<'ballot.cast'> {
  const privateKey = device ?? story.devices.get(index);
  if (!privateKey) throw new Error('the voter has bound no key');
  const { publicKey } = ed25519Of(`device ${index}`);
  const ballot = ballotOf(story, index, changes);
  const signature = toBase64(sign(null, ballotMessage(ballot), privateKey));
  const keyId = keyIdOf(sha256, 'Ed25519', publicKey);
  const auth = { method: 'signed', personId: `person-${index}`, keyId, alg: 'Ed25519', signature } as const;
  return {
    t: 'ballot.cast',
    body: { ballot, auth, channel: 'online', receivedAt: '2026-11-22T07:00:00.000Z' },
  };
}

export function castBallot(story: RecordStory, index: number, options: StoryOptions = {}): void {
  const choice = options.choiceOf?.(index) ?? (index % 5 === 4 ? 'against' : 'for');
  const method = options.methodOf?.(index) ?? 'signed';
  if (method === 'signed') return tell(story, signedCast(story, index, { changes: { choice } }));
  const ballot = ballotOf(story, index, { choice });
  const receivedAt = '2026-11-22T07:00:00.000Z';
  if (method === 'unsigned') {
    const auth = { method, personId: `person-${index}` } as const;
    return tell(story, { t: 'ballot.cast', body: { ballot, auth, channel: 'online', receivedAt } });
  }
  const confirmedBy = { personId: 'person-second', role: 'administrator-staff' } as const;
  const auth = { method, enteredBy: HOST, confirmedBy, evidenceSha256: hex(Buffer.from('scan')) } as const;
  return tell(story, { t: 'ballot.cast', body: { ballot, auth, channel: 'paper', receivedAt } });
}

function closeVote(story: RecordStory): void {
  tell(story, { t: 'ballot.close', body: { ...VOTE, effectiveAt: CLOSES_AT, cause: 'DEADLINE' } }, CLOSES_AT);
  tell(story, tallyEntry);
  tell(story, verdictEntry);
}

/** What an honest server counts. */
export function countedTally({ history, rows }: SoFar): Tally {
  const [vote] = history.votes;
  const tally = vote && recountVote(history, vote, { rows });
  if (!tally) throw new Error('the vote of the story cannot be counted');
  return tally;
}

export function tallyEntry(soFar: SoFar): NewEntry {
  const tally = countedTally(soFar);
  const { firstSeq, lastSeq } = tally;
  const sha256Hex = hex(Buffer.from(canonicalText(tally)));
  return {
    t: 'tally',
    body: { ...VOTE, revision: '0', rollVersion: '0', firstSeq, lastSeq, sha256: sha256Hex },
  };
}

export function verdictEntry(soFar: SoFar): NewEntry<'verdict'> {
  const tally = countedTally(soFar);
  const { results, unsignedBallots, warnings, rule } = tally;
  const { outcome } = results.main;
  const counted = { ...VOTE, revision: '0', tallySha256: hex(Buffer.from(canonicalText(tally))), outcome };
  const followUp = followUpOf(rule, outcome);
  return { t: 'verdict', body: { ...counted, followUp, results, unsignedBallots, warnings } };
}
