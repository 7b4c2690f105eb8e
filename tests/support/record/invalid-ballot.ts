import type { NewEntry } from '../../../server/protocol/entries.ts';
import { HOST, VOTE } from './record-story.ts';

/** A paper that two people have read as 无效票. */
export function invalidBallot(index: number): NewEntry<'ballot.void'> {
  return {
    t: 'ballot.void',
    body: {
      ...VOTE,
      unitId: `unit-${index}`,
      channel: 'paper',
      receivedAt: '2026-11-22T07:00:00.000Z',
      cause: 'INVALID',
      actor: { personId: 'person-second', role: 'administrator-staff' },
      enteredBy: HOST,
      evidenceSha256: '5'.repeat(64),
    },
  };
}
