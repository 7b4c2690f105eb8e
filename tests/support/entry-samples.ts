/** Entries that tests of the record and the ledger share: valid, and without meaning. */
import type { EntryBody, NewEntry } from '../../server/protocol/entries.ts';

export const SAMPLE_ROOT = Buffer.alloc(32).toString('base64');
export const SAMPLE_SALT = Buffer.alloc(16).toString('base64');
export const SAMPLE_ORIGIN = 'demo/inst-1/meeting-1';
export const SAMPLE_TIME = '2026-11-22T06:30:00.000Z';
const NONCE = Buffer.alloc(16).toString('base64url');

export function ballotCast(
  unitId: string,
  changes: Partial<EntryBody<'ballot.cast'>['ballot']> = {},
): NewEntry<'ballot.cast'> {
  const ballot: EntryBody<'ballot.cast'>['ballot'] = {
    v: '1',
    origin: SAMPLE_ORIGIN,
    resolutionId: 'resolution-1',
    round: '1',
    rollRoot: SAMPLE_ROOT,
    unitId,
    choice: 'for',
    version: '0',
    actingAs: 'capacity-1',
    documentsRoot: SAMPLE_ROOT,
    nonce: NONCE,
    clientTs: SAMPLE_TIME,
    ...changes,
  };
  const auth = { method: 'unsigned', personId: 'person-1' } as const;
  return { t: 'ballot.cast', body: { ballot, auth, channel: 'online', receivedAt: SAMPLE_TIME } };
}

/** Entry 0 of a ledger. */
export function meetingConvene(meetingId = 'meeting-1'): NewEntry<'meeting.convene'> {
  return {
    t: 'meeting.convene',
    body: {
      meetingId,
      caseId: 'case-1',
      province: '33',
      procedure: 'liquidation',
      mode: 'online',
      isDemonstration: true,
      startsAt: SAMPLE_TIME,
      ruleSetId: 'EBL-2006.v1',
      agenda: [],
      actor: { personId: 'person-1', role: 'administrator-lead' },
      commitments: { title: SAMPLE_ROOT, caseNumber: SAMPLE_ROOT, debtor: SAMPLE_ROOT, court: SAMPLE_ROOT },
    },
  };
}
