/**
 * Writes a meeting's evidence bundle (record.md 12): entries up to the newest signed checkpoint, the frozen
 * rolls, every checkpoint, the figures of the minutes, and in the court's version the private values. It is
 * given once the meeting is over and no vote is open: before that it would tell how others have voted.
 */
import { DomainError } from '../../domain/errors.ts';
import { toHex } from '../../domain/record/base64.ts';
import { checkpointLine, lineOf, privateLine, timeStampLine } from '../../domain/record/bundle/contents.ts';
import { MEMBERS, rollChunkName, type BundleVersion } from '../../domain/record/bundle/layout.ts';
import { canonicalBytes } from '../../domain/record/canonical.ts';
import { parseEntry } from '../../domain/record/entry.ts';
import {
  addToHistory,
  emptyHistory,
  entriesOf,
  type MeetingHistory,
} from '../../domain/record/history/meeting-history.ts';
import { minutesFigures } from '../../domain/record/history/minutes-figures.ts';
import { leafHash } from '../../domain/record/merkle.ts';
import type { MeetingState } from '../../domain/meeting/state.ts';
import { chinaDate } from '../../domain/china-calendar.ts';
import type { Clock } from '../clock.ts';
import type { ConductData, MeetingFacts } from '../conduct/conduct-data.ts';
import type { AccessReader, MeetingAccess } from '../conduct/meeting-access.ts';
import type { Rooms } from '../conduct/rooms.ts';
import type { LedgerHalt, LedgerStore, RollStore, StoredCheckpoint } from '../ledger-port.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import type { TimeStampStore } from '../attest/ports.ts';
import type { BundlePacker, BundlePacking, PackedBundle } from '../ports/bundle-packer-port.ts';
import { sha256 } from '../record-crypto.ts';
import { createPacer } from '../run-slices.ts';
import type { Session } from '../session.ts';

/** Checkpoints oldest first, with what witnesses have added. */
export type CheckpointList = (meetingId: string) => AsyncIterable<StoredCheckpoint>;

export interface BundleExportDeps {
  readonly data: ConductData;
  readonly rooms: Rooms;
  readonly accessOf: AccessReader;
  readonly ledgers: LedgerStore;
  readonly rolls: RollStore;
  readonly haltOf: (meetingId: string) => Promise<LedgerHalt | undefined>;
  readonly checkpointsOf: CheckpointList;
  readonly timeStamps: Pick<TimeStampStore, 'all'>;
  /** The log's verifier key under the meeting's origin. */
  readonly vkeyOf: (origin: string) => string;
  readonly packer: BundlePacker;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface ExportedBundle extends PackedBundle {
  readonly fileName: string;
}

export interface BundleExport {
  /** @throws DomainError NOT_FOUND, FORBIDDEN, MEETING_STATE while anything is open, UNAVAILABLE */
  export(session: Session, meetingId: string, version: BundleVersion): Promise<ExportedBundle>;
}

export function createBundleExport(deps: BundleExportDeps): BundleExport {
  return {
    async export(session, meetingId, version) {
      const facts = await deps.data.findMeeting(meetingId);
      if (facts?.meeting.status !== 'published') throw new DomainError('NOT_FOUND');
      requireVersion(await deps.accessOf(session, facts), version);
      const { state } = await deps.rooms.read(meetingId);
      // What is left of a rolled-back record goes to the court as it is: nothing will end in it any more.
      const isHalted = version === 'court' && (await deps.haltOf(meetingId)) !== undefined;
      if (!isHalted) requireOver(state);
      if (version === 'court') await auditCourt(deps, session, meetingId);
      const packing = await deps.packer.begin();
      try {
        await pack(deps, facts, { packing, version });
        return { ...(await packing.finish()), fileName: fileNameOf(facts, version) };
      } catch (error) {
        await packing.abort();
        throw error;
      }
    },
  };
}

/** The private values are for the court and for the administrator who answers for them. */
function requireVersion({ role }: MeetingAccess, version: BundleVersion): void {
  if (version === 'court' && role !== 'judge' && role !== 'administrator-lead')
    throw new DomainError('FORBIDDEN');
}

/** The meeting is closed, and no vote is open any more. */
export function isOver({ phase, resolutions }: MeetingState): boolean {
  const isVoting = [...resolutions.values()].some(
    ({ status }) => status === 'open' || status === 'interrupted',
  );
  return phase === 'closed' && !isVoting;
}

/** @throws DomainError MEETING_STATE while the meeting goes on or a vote is open */
export function requireOver(state: MeetingState): void {
  if (!isOver(state)) throw new DomainError('MEETING_STATE');
}

async function auditCourt(
  { audit, clock }: BundleExportDeps,
  session: Session,
  meetingId: string,
): Promise<void> {
  await audit.append({
    at: new Date(clock.now()),
    actor: session.personId,
    action: 'record.court-bundle',
    subject: `meeting:${meetingId}`,
  });
}

interface Order {
  readonly packing: BundlePacking;
  readonly version: BundleVersion;
}

async function pack(deps: BundleExportDeps, facts: MeetingFacts, { packing, version }: Order): Promise<void> {
  const { ledgers, rolls } = deps;
  const { meetingId, origin } = facts.meeting;
  const checkpoints = await listCheckpoints(deps, meetingId);
  const head = checkpoints.at(-1);
  if (!head) throw new DomainError('UNAVAILABLE');
  await packing.add(
    MEMBERS.checkpoints,
    checkpoints.map(({ note }) => checkpointLine(note)),
  );
  const stamps = await stampLines(deps, meetingId, head.size);
  if (stamps.length > 0) await packing.add(MEMBERS.timestamps, stamps);
  const history = emptyHistory();
  await packing.add(MEMBERS.entries, entryLines(ledgers, { meetingId, size: head.size, history }));
  await packing.add(MEMBERS.minutes, [canonicalBytes(minutesFigures(history))]);
  await packing.add(MEMBERS.vkeys, [new TextEncoder().encode(`${deps.vkeyOf(origin)}\n`)]);
  for (const name of chunkNames(history)) {
    const chunk = await rolls.findChunk(meetingId, name);
    if (chunk) await packing.add(rollChunkName(name), [chunk]);
  }
  if (version === 'court') await packing.add(MEMBERS.privates, privateLines(deps, meetingId, history));
}

/** Those that have been had, on checkpoints of the bundle. */
async function stampLines(
  { timeStamps }: BundleExportDeps,
  meetingId: string,
  headSize: number,
): Promise<Uint8Array[]> {
  return (await timeStamps.all(meetingId)).flatMap(({ size, stamped }) =>
    stamped && size <= headSize ? [timeStampLine({ size, token: stamped.token })] : [],
  );
}

async function listCheckpoints(
  { checkpointsOf }: BundleExportDeps,
  meetingId: string,
): Promise<StoredCheckpoint[]> {
  const checkpoints: StoredCheckpoint[] = [];
  for await (const checkpoint of checkpointsOf(meetingId)) checkpoints.push(checkpoint);
  return checkpoints;
}

/** The entries that the checkpoint covers, as they are stored; `history` is filled on the way. */
async function* entryLines(
  ledgers: LedgerStore,
  { meetingId, size, history }: { meetingId: string; size: number; history: MeetingHistory },
): AsyncGenerator<Uint8Array> {
  const pause = createPacer();
  for await (const portion of ledgers.read(meetingId, 0)) {
    const lines: Uint8Array[] = [];
    for (const { seq, bytes } of portion) {
      if (seq >= size) break;
      addToHistory(history, parseEntry(bytes), toHex(leafHash(sha256, bytes)));
      lines.push(lineOf(bytes));
      await pause();
    }
    if (lines.length > 0) yield Buffer.concat(lines);
  }
}

function chunkNames(history: MeetingHistory): Set<string> {
  return new Set(
    entriesOf(history, 'roll.freeze').flatMap(({ body }) => body.chunks.map(({ sha256: name }) => name)),
  );
}

/** Of entries behind the checkpoint nothing is given: their commitments are not in the bundle. */
async function* privateLines(
  { ledgers, rolls }: BundleExportDeps,
  meetingId: string,
  history: MeetingHistory,
): AsyncGenerator<Uint8Array> {
  const pause = createPacer();
  const known = await commitmentsIn({ rolls, meetingId, history });
  let lines: Uint8Array[] = [];
  for (const value of (await ledgers.readPrivates(meetingId)).values()) {
    await pause();
    if (!known.has(value.commitment)) continue;
    lines.push(privateLine(value));
    if (lines.length < LINES_PER_PIECE) continue;
    yield Buffer.concat(lines);
    lines = [];
  }
  if (lines.length > 0) yield Buffer.concat(lines);
}

const LINES_PER_PIECE = 1_000;
/** Everything of a commitment's form; a root that has it as well opens nothing. */
const COMMITMENT = /"([A-Za-z0-9+/]{43}=)"/g;

async function commitmentsIn({
  rolls,
  meetingId,
  history,
}: {
  rolls: RollStore;
  meetingId: string;
  history: MeetingHistory;
}): Promise<Set<string>> {
  const pause = createPacer();
  const found = new Set<string>();
  const take = (text: string) => {
    for (const [, commitment] of text.matchAll(COMMITMENT))
      if (commitment !== undefined) found.add(commitment);
  };
  for (const entry of history.entries) {
    take(JSON.stringify(entry.body));
    await pause();
  }
  for (const name of chunkNames(history)) {
    const chunk = await rolls.findChunk(meetingId, name);
    for (const line of Buffer.from(chunk ?? [])
      .toString('utf8')
      .split('\n')) {
      take(line);
      await pause();
    }
  }
  return found;
}

/** `会议存证包-（2026）浙01破12号-2026-11-22-公开版.zip`; what file systems refuse is left out. */
function fileNameOf({ meeting, case: bankruptcyCase }: MeetingFacts, version: BundleVersion): string {
  const day = chinaDate(meeting.startsAt.getTime());
  const words = version === 'court' ? '法院版' : '公开版';
  return `会议存证包-${bankruptcyCase.caseNumber}-${day}-${words}.zip`.replace(/[\\/:*?"<>|\p{Cc}]/gu, '');
}
