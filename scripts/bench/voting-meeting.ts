/** What the benchmarks of voting share: a meeting with an open vote, and the check of what was recorded. */
import type { Composed } from '../../server/compose.ts';
import { manyClaimRows } from '../../server/demo/fictitious-claims.ts';
import { createCase, createMeeting, createStaff } from '../../server/demo/seed.ts';
import { parseEntry } from '../../server/domain/record/entry.ts';
import { verifyNote } from '../../server/domain/record/notes/note.ts';
import { parseTlogProof, provesInclusion } from '../../server/domain/record/notes/tlog-proof.ts';
import { createNoteKey } from '../../server/domain/record/notes/vkey.ts';
import { sha256, verifySignature } from '../../server/services/record-crypto.ts';
import type { LoadOrder, Receipts } from './ballots/load.ts';

const VOTE_WINDOW_MS = 3_600_000;

/** Prepares a meeting of `count` creditors with an open vote; the first `voting` of them have a session. */
export async function openVoteOf(server: Composed, count: number, voting: number) {
  const staff = await createStaff(server);
  const caseView = await createCase(server, staff, {
    caseNumber: '（2026）虚01破99号',
    rows: manyClaimRows(count),
  });
  const { meeting } = await createMeeting(server, staff, { caseView, startsAtMs: Date.now() });
  const { conduct, capacities } = server.services;
  const host = await conduct.admit(staff['administrator-lead'], meeting.meetingId);
  await conduct.movePhase(host, 'begin', 'published');
  const { room } = host;
  const [resolution] = room.state.resolutions.values();
  if (!resolution) throw new Error('the meeting has no resolution');
  const { resolutionId, documentsRoot } = resolution.published;
  const { units, totals } = await room.rollOrPreview(resolution);
  const { rollRoot } = await conduct.openVote(host, {
    resolutionId,
    closesAt: new Date(Date.now() + VOTE_WINDOW_MS).toISOString(),
    expectedUnits: units.size,
    expectedUnsecuredFen: String(totals.unsecuredFen),
  });
  const common: LoadOrder['common'] = {
    v: '1',
    origin: room.state.origin,
    resolutionId,
    round: '1',
    rollRoot,
    choice: 'for',
    version: '0',
    documentsRoot,
  };
  const voters: LoadOrder['voters'] = [];
  const all = await capacities.findByCase(caseView.caseId);
  for (const { personId, creditorId, capacityId } of all.slice(0, voting)) {
    const { token } = await server.accounts.sessions.open({
      personId,
      stage: 'full',
      roles: ['creditor'],
      province: null,
    });
    voters.push({ token, personId, unitId: creditorId, actingAs: capacityId });
  }
  return { room, meetingId: meeting.meetingId, common, voters };
}

/** Ballots of the ledger by unit, as they lie in the database. @throws Error when a unit has two */
export async function readBallots(ledger: Composed['stores']['ledger'], meetingId: string) {
  const ballots = new Map<string, string>();
  for await (const portion of ledger.read(meetingId, 0)) {
    for (const { bytes } of portion) {
      const entry = parseEntry(bytes);
      if (entry.t !== 'ballot.cast') continue;
      const { unitId } = entry.body.ballot;
      if (ballots.has(unitId)) throw new Error(`two ballots of ${unitId}`);
      ballots.set(unitId, entry.seq);
    }
  }
  return ballots;
}

/** Receipts that do not prove their own ballot under a checkpoint by the installation's key. */
export async function countUnproven(
  publicKey: Uint8Array,
  origin: string,
  receipts: Receipts,
): Promise<number> {
  const key = createNoteKey(sha256, { name: origin, type: 'log', publicKey });
  const notes = new Map<string, boolean>();
  let unproven = 0;
  for (const { seq, proof } of receipts) {
    const receipt = parseTlogProof(proof);
    const { note } = receipt.signed;
    const isSigned = notes.get(receipt.checkpoint) ?? (await verifyNote(verifySignature, note, [key])).ok;
    notes.set(receipt.checkpoint, isSigned);
    const isIncluded = provesInclusion(sha256, receipt, receipt.extra ?? new Uint8Array(0));
    if (!isSigned || !isIncluded || String(receipt.index) !== seq) unproven += 1;
  }
  return unproven;
}
