/**
 * Late evidence (record.md 5): holders of receipts bring back the ballots that a rolled-back record has lost. What
 * is accepted is proved by the receipt itself under our own key; it counts in no vote, and the court decides.
 */
import { DomainError } from '../../../domain/errors.ts';
import { maskCreditorName } from '../../../domain/masking.ts';
import { toHex } from '../../../domain/record/base64.ts';
import { RecordFormatError } from '../../../domain/record/canonical.ts';
import { parseEntry } from '../../../domain/record/entry.ts';
import { leafHash } from '../../../domain/record/merkle.ts';
import { verifyNote } from '../../../domain/record/notes/note.ts';
import {
  parseTlogProof,
  provesInclusion,
  type ParsedTlogProof,
} from '../../../domain/record/notes/tlog-proof.ts';
import { createNoteKey } from '../../../domain/record/notes/vkey.ts';
import type { LateEvidence } from '../../../domain/meeting/state.ts';
import type { Entry } from '../../../protocol/entries.ts';
import type { EvidenceView } from '../../../protocol/rest/continuation-routes.ts';
import type { Command } from '../../conduct/commands/command.ts';
import { requireAppended } from '../../conduct/commands/command.ts';
import { isStaff } from '../../conduct/meeting-access.ts';
import type { MeetingGate, Visit } from '../../meeting-gate.ts';
import type { LedgerStore } from '../../ledger-port.ts';
import type { PageOf } from '../../ports/master-data-ports.ts';
import type { Signer } from '../../ports/signer-port.ts';
import { sha256, verifySignature } from '../../record-crypto.ts';
import type { Session } from '../../session.ts';
import { maySee } from '../proof-desk.ts';

export interface LateEvidenceDeps {
  readonly gate: MeetingGate;
  readonly ledgers: LedgerStore;
  readonly signer: Pick<Signer, 'publicKey'>;
}

export type HandedIn = Pick<LateEvidence, 'seq' | 'ts' | 'lostSeq'>;
export type LateEvidenceDesk = ReturnType<typeof createLateEvidence>;

export function createLateEvidence({ gate, ledgers, signer }: LateEvidenceDeps) {
  return {
    /**
     * Repeated, it answers with the same entry.
     * @throws DomainError MEETING_STATE where no record is continued, EVIDENCE_INVALID naming what does not hold,
     *   FORBIDDEN for somebody else's ballot, EVIDENCE_NOT_LOST when the found record has it
     */
    async handIn(session: Session, meetingId: string, text: string): Promise<HandedIn> {
      const { room, access } = await gate.enter(session, meetingId);
      const origin = room.state.convened?.continues?.origin;
      if (origin === undefined) throw new DomainError('MEETING_STATE');
      const receipt = readReceipt(text);
      await requireGenuine(receipt, { origin, publicKey: signer.publicKey });
      if (!maySee(access, receipt.entry)) throw new DomainError('FORBIDDEN');
      const hash = toHex(leafHash(sha256, receipt.bytes));
      const found = await findEarlier(ledgers, room.facts.meeting.continues, receipt.proof.index);
      if (found && toHex(leafHash(sha256, found)) === hash) throw new DomainError('EVIDENCE_NOT_LOST');
      const { personId, role } = access;
      return room.submit(
        appendEvidence({ receipt: text, seq: receipt.entry.seq, leafHash: hash, actor: { personId, role } }),
      );
    },

    /** @throws DomainError FORBIDDEN for creditors */
    async list(
      session: Session,
      meetingId: string,
      { page, pageSize }: { readonly page: number; readonly pageSize: number },
    ): Promise<PageOf<EvidenceView>> {
      const visit = await gate.enter(session, meetingId);
      const { role } = visit.access;
      if (!isStaff(role) && role !== 'reviewer') throw new DomainError('FORBIDDEN');
      const all = [...visit.room.state.evidence.values()];
      const shown = all.slice((page - 1) * pageSize, page * pageSize);
      const rows = await Promise.all(shown.map(({ seq }) => viewOf(ledgers, visit, seq)));
      return { rows, total: all.length };
    },
  };
}

interface Receipt {
  readonly proof: ParsedTlogProof;
  readonly bytes: Uint8Array;
  readonly entry: Entry<'ballot.cast'>;
}

const invalid = (detail: string) => new DomainError('EVIDENCE_INVALID', { detail });

function readReceipt(text: string): Receipt {
  try {
    const proof = parseTlogProof(text);
    const bytes = proof.extra;
    const entry = bytes && parseEntry(bytes);
    if (bytes && entry?.t === 'ballot.cast') return { proof, bytes, entry };
  } catch (error) {
    if (!(error instanceof RecordFormatError)) throw error;
  }
  throw invalid('format');
}

interface Expected {
  readonly origin: string;
  readonly publicKey: Uint8Array;
}

/** The receipt proves its own ballot in the record that was lost, under a checkpoint that we signed. */
async function requireGenuine({ proof, bytes, entry }: Receipt, expected: Expected): Promise<void> {
  const { origin, publicKey } = expected;
  if (entry.origin !== origin || proof.signed.checkpoint.origin !== origin) throw invalid('origin');
  if (String(proof.index) !== entry.seq || !provesInclusion(sha256, proof, bytes)) throw invalid('proof');
  const key = createNoteKey(sha256, { name: origin, type: 'log', publicKey });
  if (!(await verifyNote(verifySignature, proof.signed.note, [key])).ok) throw invalid('signature');
}

async function findEarlier(
  ledgers: LedgerStore,
  meetingId: string | null | undefined,
  seq: number,
): Promise<Uint8Array | undefined> {
  return typeof meetingId === 'string' ? ledgers.readOne(meetingId, seq) : undefined;
}

type EvidenceBody = Omit<Entry<'evidence'>['body'], 'kind'>;

function appendEvidence(body: EvidenceBody): Command<HandedIn> {
  return {
    privates: [],
    decide: (state) => {
      const known = state.evidence.get(body.leafHash);
      if (known) return { entries: [], reply: () => known };
      return {
        entries: [{ t: 'evidence', body: { kind: 'BALLOT_RECEIPT', ...body } }],
        reply: ([appended]) => {
          const { seq, ts } = requireAppended(appended);
          return { seq, ts, lostSeq: body.seq };
        },
      };
    },
  };
}

async function viewOf(ledgers: LedgerStore, { room }: Visit, seq: string): Promise<EvidenceView> {
  const bytes = await ledgers.readOne(room.meetingId, Number(seq));
  const entry = bytes && parseEntry(bytes);
  if (entry?.t !== 'evidence') throw new Error(`entry ${seq} is no evidence`);
  const { body, ts } = entry;
  const { ballot, receivedAt } = readReceipt(body.receipt).entry.body;
  const { resolutions } = room.facts.meeting;
  const [creditorId = ''] = ballot.unitId.split('_');
  const creditor = room.book.creditors.get(ballot.unitId) ?? room.book.creditors.get(creditorId);
  return {
    seq,
    ts,
    lostSeq: body.seq,
    resolutionTitle:
      resolutions.find(({ resolutionId }) => resolutionId === ballot.resolutionId)?.title ?? '',
    round: ballot.round,
    creditorName: creditor ? maskCreditorName(creditor.name, creditor.isIndividual) : '',
    choice: ballot.choice,
    receivedAt,
    handedInBy: { personId: body.actor.personId, role: body.actor.role },
  };
}
