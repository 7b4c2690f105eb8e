/** Who may see which proof. A checkpoint gives nothing away; an entry's bytes show whose ballot it is. */
import { DomainError } from '../../domain/errors.ts';
import { toBase64, toHex } from '../../domain/record/base64.ts';
import { createNoteKey, formatVkey } from '../../domain/record/notes/vkey.ts';
import type { Entry } from '../../protocol/entries.ts';
import type { ConductData, MeetingFacts } from '../conduct/conduct-data.ts';
import { isStaff, type AccessReader, type MeetingAccess } from '../conduct/meeting-access.ts';
import type { Signer } from '../ports/signer-port.ts';
import { sha256 } from '../record-crypto.ts';
import type { Session } from '../session.ts';
import type { Proofs } from './proofs.ts';

export interface ProofDeskDeps {
  readonly data: ConductData;
  readonly accessOf: AccessReader;
  readonly proofs: Proofs;
  readonly signer: Signer;
  readonly installId: string;
}

export type ProofDesk = ReturnType<typeof createProofDesk>;

export function createProofDesk({ data, accessOf, proofs, signer, installId }: ProofDeskDeps) {
  async function enter(session: Session, meetingId: string): Promise<MeetingAccess> {
    const facts = await requirePublished(data, meetingId);
    return accessOf(session, facts);
  }

  /** Key as a verifier key under the installation's name, or under that of a meeting. */
  function keyNamed(name: string) {
    const { publicKey } = signer;
    const vkey = formatVkey(createNoteKey(sha256, { name, type: 'log', publicKey }));
    return { publicKey: toBase64(publicKey), fingerprint: toHex(sha256(publicKey)), vkey };
  }

  return {
    async key(meetingId?: string) {
      if (meetingId === undefined) return keyNamed(installId);
      return keyNamed((await requirePublished(data, meetingId)).meeting.origin);
    },
    async checkpoint(session: Session, meetingId: string) {
      await enter(session, meetingId);
      const { size, note } = await proofs.newestCheckpoint(meetingId);
      return { size: String(size), note };
    },
    async consistency(session: Session, meetingId: string, { from, to }: { from: string; to: string }) {
      await enter(session, meetingId);
      return { proof: (await proofs.consistency(meetingId, Number(from), Number(to))).map(toBase64) };
    },
    /** @throws DomainError NOT_FOUND, also for an entry that is somebody else's */
    async proof(session: Session, meetingId: string, seq: string) {
      const access = await enter(session, meetingId);
      const entry = await proofs.entryAt(meetingId, Number(seq));
      if (!maySee(access, entry)) throw new DomainError('NOT_FOUND');
      return proofs.newestReceiptOf(meetingId, Number(seq));
    },
  };
}

async function requirePublished(data: ConductData, meetingId: string): Promise<MeetingFacts> {
  const facts = await data.findMeeting(meetingId);
  if (facts?.meeting.status !== 'published') throw new DomainError('NOT_FOUND');
  return facts;
}

/** Own ballots, and those that a proxy holder cast for a principal, on either side. */
export function maySee(
  { role, personId, capacities, endedCapacities }: MeetingAccess,
  entry: Entry,
): boolean {
  if (isStaff(role) || role === 'reviewer') return true;
  if (entry.t !== 'ballot.cast') return false;
  const { ballot, auth } = entry.body;
  if ('personId' in auth && auth.personId === personId) return true;
  return [...capacities, ...endedCapacities].some(
    ({ creditorId }) => ballot.unitId === creditorId || ballot.unitId.startsWith(`${creditorId}_`),
  );
}
