/**
 * Sealing the minutes (笔录定稿, record.md 2 and 13): the documents are made from the record up to its last entry,
 * kept, and their hashes go into the record, whose checkpoint is then stamped. The record is not closed by it: what
 * follows is in the next revision.
 */
import { DomainError } from '../../domain/errors.ts';
import { buildMinutes } from '../../domain/minutes/build-minutes.ts';
import type { MeetingState } from '../../domain/meeting/state.ts';
import { toHex } from '../../domain/record/base64.ts';
import type { EntryBody } from '../../protocol/entries.ts';
import type { RecordState } from '../../protocol/record-state.ts';
import type { SealView } from '../../protocol/rest/minutes-routes.ts';
import type { Role } from '../../protocol/scalars.ts';
import { requireExpected, type Command } from '../conduct/commands/command.ts';
import type { LedgerStore } from '../ledger-port.ts';
import { STAFF_ROLES, type MeetingGate } from '../meeting-gate.ts';
import type { MinutesFormat, MinutesRenderer } from '../ports/minutes-renderer-port.ts';
import type { SealedMinutesStore } from '../ports/sealed-minutes-port.ts';
import { sha256 } from '../record-crypto.ts';
import type { Session } from '../session.ts';
import { isOver, requireOver } from './bundle-export.ts';
import { openPrivates, readHistory } from './read-history.ts';

export interface MinutesSealingDeps {
  readonly gate: MeetingGate;
  readonly ledgers: LedgerStore;
  readonly store: SealedMinutesStore;
  readonly renderer: MinutesRenderer;
  readonly stateOf: (meetingId: string) => Promise<RecordState>;
}

export type MinutesSealing = ReturnType<typeof createMinutesSealing>;

/** Who keeps the file: the administrator's lead, and the court. */
const SEALERS: readonly Role[] = ['administrator-lead', 'judge', 'clerk'];

export function createMinutesSealing(deps: MinutesSealingDeps) {
  const { gate, ledgers, store, renderer } = deps;

  async function keep(meetingId: string, bytes: Uint8Array): Promise<string> {
    const hash = toHex(sha256(bytes));
    await store.put(meetingId, { sha256: hash, bytes });
    return hash;
  }

  return {
    /** @throws DomainError FORBIDDEN for creditors and the reviewer */
    async list(session: Session, meetingId: string): Promise<{ seals: SealView[]; maySeal: boolean }> {
      const { room, access } = await gate.enter(session, meetingId, STAFF_ROLES);
      return {
        seals: room.state.seals.map(toView),
        maySeal: SEALERS.includes(access.role) && isOver(room.state),
      };
    },

    /** @throws DomainError FORBIDDEN, MEETING_STATE while anything is open, STALE_COMMAND when another was faster */
    async seal(session: Session, meetingId: string): Promise<SealView> {
      const { room, access } = await gate.enter(session, meetingId, SEALERS);
      requireOver(room.state);
      const revision = String(room.state.seals.length);
      const history = await readHistory(ledgers, meetingId);
      const open = await openPrivates(ledgers, meetingId, history);
      const attested = await deps.stateOf(meetingId);
      const content = buildMinutes({ history, open, masked: false, attested });
      const docxSha256 = await keep(meetingId, await renderer.render(content, 'docx'));
      const pdfSha256 = await keep(meetingId, await renderer.render(content, 'pdf'));
      const { personId, role } = access;
      const lastSeq = String(history.size - 1);
      await room.submit(sealCommand({ revision, docxSha256, pdfSha256, lastSeq, actor: { personId, role } }));
      const seal = room.state.seals[Number(revision)];
      if (!seal) throw new Error('minutes were sealed and the seal is not in the state');
      return toView(seal);
    },

    /** @throws DomainError FORBIDDEN, NOT_FOUND */
    async document(
      session: Session,
      meetingId: string,
      { revision, format }: { readonly revision: string; readonly format: MinutesFormat },
    ): Promise<{ readonly bytes: Buffer; readonly fileName: string }> {
      const { room } = await gate.enter(session, meetingId, STAFF_ROLES);
      const seal = room.state.seals[Number(revision)];
      const bytes =
        seal && (await store.find(meetingId, format === 'pdf' ? seal.body.pdfSha256 : seal.body.docxSha256));
      if (!bytes) throw new DomainError('NOT_FOUND');
      return { bytes, fileName: `会议笔录-定稿${Number(revision) + 1}.${format}` };
    },
  };
}

function sealCommand(body: EntryBody<'minutes.seal'>): Command<void> {
  return {
    privates: [],
    decide: (state) => {
      requireOver(state);
      requireExpected('revision', body.revision, String(state.seals.length));
      return { entries: [{ t: 'minutes.seal', body }], reply: () => undefined };
    },
  };
}

function toView({ body, seq, ts }: MeetingState['seals'][number]): SealView {
  const { revision, lastSeq, docxSha256, pdfSha256 } = body;
  return { revision, seq, ts, lastSeq, docxSha256, pdfSha256 };
}
