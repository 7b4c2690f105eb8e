/** Who reads what of the ballots that staff entered: staff with their scans, creditors their own. */
import { judgeEntryObjection, type EnteredBallot } from '../../domain/entered-ballots/entered-ballot.ts';
import { DomainError } from '../../domain/errors.ts';
import type {
  EnteredBallotView,
  OwnEnteredBallot,
  ScanView,
  VotingUnitRow,
} from '../../protocol/rest/entered-ballot-routes.ts';
import type { Clock } from '../clock.ts';
import { createSealer, appendOne } from '../conduct/commands/command.ts';
import type { ConductData } from '../conduct/conduct-data.ts';
import { ADMINISTRATOR_ROLES, STAFF_ROLES, type MeetingGate, type Visit } from '../meeting-gate.ts';
import type {
  EnteredBallotQuery,
  EnteredBallotStore,
  ScanInspector,
  StoredScan,
} from '../ports/entered-ballot-port.ts';
import type { FileVault, PageOf, PageRequest, ReceivedFile } from '../ports/master-data-ports.ts';
import type { Session } from '../session.ts';
import { put, type EntryRef } from './entered-ballots.ts';
import { readersOf, toEntryView, toOwnEntry, votingUnits } from './entry-views.ts';
import { keepScan } from './keep-scan.ts';

export interface EntryReadingDeps {
  readonly gate: MeetingGate;
  readonly store: EnteredBallotStore;
  readonly data: ConductData;
  readonly vault: FileVault;
  readonly inspector: ScanInspector;
  readonly clock: Clock;
}

export type EntryReading = ReturnType<typeof createEntryReading>;

export function createEntryReading(deps: EntryReadingDeps) {
  return { ...createScans(deps), ...createLists(deps), ...createOwnReading(deps) };
}

function createScans({ gate, store, vault, inspector }: EntryReadingDeps) {
  return {
    /** Refuses before a byte is received. */
    async requireMayScan(session: Session, meetingId: string): Promise<void> {
      await gate.enter(session, meetingId, ADMINISTRATOR_ROLES);
      await vault.requireSpace();
    },

    keepScan: (meetingId: string, file: ReceivedFile): Promise<ScanView> =>
      keepScan({ scans: store, vault, inspector }, meetingId, file),

    async requireScan(session: Session, meetingId: string, sha256: string): Promise<StoredScan> {
      await gate.enter(session, meetingId, STAFF_ROLES);
      const scan = (await store.findScans(meetingId, [sha256])).get(sha256);
      if (!scan) throw new DomainError('NOT_FOUND');
      return scan;
    },
  };
}

function createLists({ gate, store, data }: EntryReadingDeps) {
  return {
    async list(session: Session, query: EnteredBallotQuery): Promise<PageOf<EnteredBallotView>> {
      const { room, access } = await gate.enter(session, query.meetingId, STAFF_ROLES);
      const { rows, total } = await store.list(query);
      const [scans, people] = await Promise.all([
        store.findScans(
          query.meetingId,
          rows.map(({ scanSha256 }) => scanSha256),
        ),
        readersOf(data, rows),
      ]);
      const source = { room, scans, people, viewerId: access.personId };
      return { total, rows: rows.map((entry) => toEntryView(entry, source)) };
    },

    async one(session: Session, ref: EntryRef): Promise<EnteredBallotView> {
      const { room, access } = await gate.enter(session, ref.meetingId, STAFF_ROLES);
      const entry = await store.find(ref.meetingId, ref.entryId);
      if (!entry) throw new DomainError('NOT_FOUND');
      const [scans, people] = await Promise.all([
        store.findScans(ref.meetingId, [entry.scanSha256]),
        readersOf(data, [entry]),
      ]);
      return toEntryView(entry, { room, scans, people, viewerId: access.personId });
    },

    async units(
      session: Session,
      ref: { readonly meetingId: string; readonly resolutionId: string; readonly search: string | undefined },
      { page, pageSize }: PageRequest,
    ): Promise<PageOf<VotingUnitRow>> {
      const { room } = await gate.enter(session, ref.meetingId, ADMINISTRATOR_ROLES);
      if (!room.state.resolutions.has(ref.resolutionId)) throw new DomainError('RESOLUTION_UNKNOWN');
      const pending = await store.pendingUnits(ref.meetingId, ref.resolutionId);
      const all = votingUnits(room, ref, pending);
      return { total: all.length, rows: all.slice((page - 1) * pageSize, page * pageSize) };
    },
  };
}

function createOwnReading({ gate, store, clock }: EntryReadingDeps) {
  const creditorIdsOf = ({ access }: Visit) => access.capacities.map(({ creditorId }) => creditorId);
  return {
    async own(session: Session, meetingId: string): Promise<OwnEnteredBallot[]> {
      const visit = await gate.enter(session, meetingId);
      const entries = await store.ofCreditors(meetingId, creditorIdsOf(visit));
      return entries.flatMap((entry) => toOwnEntry(entry, visit.room, clock.now()) ?? []);
    },

    /**
     * The creditor objects to what was entered. It changes no count by itself: it stands in the record, and staff
     * and court read it. Repeatable while the ledger's answer is missing.
     */
    async object(session: Session, ref: EntryRef, text: string): Promise<OwnEnteredBallot> {
      const visit = await gate.enter(session, ref.meetingId);
      const entry = await store.find(ref.meetingId, ref.entryId);
      if (!entry || !creditorIdsOf(visit).includes(entry.creditorId)) throw new DomainError('NOT_FOUND');
      const refusal = judgeEntryObjection(entry, clock.now());
      if (refusal) throw new DomainError(refusal.code, refusal.params ? { params: refusal.params } : {});
      const at = new Date(clock.now()).toISOString();
      const kept = entry.objection
        ? entry
        : await put(store, { ...entry, objection: { personId: session.personId, at, text, seq: null } });
      const recorded = await recordObjection(visit, kept);
      const ended = { ...kept, objection: kept.objection && { ...kept.objection, seq: recorded } };
      await store.save(ended);
      const view = toOwnEntry(ended, visit.room, clock.now());
      if (!view) throw new Error('an objection to an entry without an end');
      return view;
    },
  };
}

/** An incident of the meeting, so that minutes and record tell it. */
async function recordObjection({ room, access }: Visit, entry: EnteredBallot): Promise<string> {
  const { resolutionId, round, objection } = entry;
  const sealer = createSealer();
  const commitments = { text: sealer.seal('text', objection?.text ?? '') };
  const actor = { personId: access.personId, role: access.role };
  const body = { code: 'ENTRY_OBJECTION', resolutionId, round, actor, commitments };
  return (await room.submit(appendOne(() => ({ t: 'incident', body }), sealer))).seq;
}
