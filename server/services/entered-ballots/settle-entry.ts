/** From two equal readings to the ledger. Repeatable: the entry's nonce makes a second attempt find the first. */
import type { EnteredBallot } from '../../domain/entered-ballots/entered-ballot.ts';
import { ENTRY_OBJECTION_DAYS } from '../../domain/entered-ballots/entered-ballot.ts';
import { judgeEntered } from '../../domain/entered-ballots/judge-entered.ts';
import { DomainError } from '../../domain/errors.ts';
import {
  recordEntered,
  voidEntered,
  type Entering,
  type Settled,
} from '../conduct/commands/entered-commands.ts';
import type { MeetingRoom } from '../conduct/meeting-room.ts';
import type { EnteredBallotStore } from '../ports/entered-ballot-port.ts';
import { voidReason } from './entry-words.ts';

/** Another ballot or the deadline may come between looking and appending, hardly more than once. */
const ATTEMPTS = 3;
const DAY_MS = 24 * 3_600_000;

/** @throws DomainError as the ledger refuses, e.g. RESOLUTION_NOT_OPEN while the vote is interrupted */
export async function settleEntry(
  { store }: { readonly store: EnteredBallotStore },
  room: MeetingRoom,
  entry: EnteredBallot,
): Promise<EnteredBallot> {
  const { settled, reason } = await appendOnce(room, entry);
  const objectUntil = new Date(Date.parse(settled.ts) + ENTRY_OBJECTION_DAYS * DAY_MS).toISOString();
  const ended: EnteredBallot = {
    ...entry,
    state: settled.kind === 'cast' ? 'recorded' : 'void',
    outcome: { ...settled, reason },
    objectUntil,
  };
  // Somebody who repeated the request was faster and wrote the same.
  if (!(await store.save(ended))) return (await store.find(entry.meetingId, entry.entryId)) ?? ended;
  return { ...ended, revision: entry.revision + 1 };
}

async function appendOnce(
  room: MeetingRoom,
  entry: EnteredBallot,
): Promise<{ settled: Settled; reason: string | null }> {
  // Closing waits for what was confirmed in time.
  room.ballotsOnTheWay += 1;
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await append(room, entry);
      } catch (error) {
        const isStale = error instanceof DomainError && error.code === 'STALE_COMMAND';
        if (!isStale || attempt === ATTEMPTS) throw error;
      }
    }
  } finally {
    room.ballotsOnTheWay -= 1;
  }
}

async function append(
  room: MeetingRoom,
  entry: EnteredBallot,
): Promise<{ settled: Settled; reason: string | null }> {
  const entering = enteringOf(room, entry);
  const verdict = judgeEntered(room.state, entering.question);
  if (verdict.kind === 'void') {
    const reason = voidReason(verdict.facts, entry.statedReceivedAt);
    return { settled: await room.submit(voidEntered(entering, reason)), reason };
  }
  const settled = await room.submit(recordEntered(entering));
  const reason = verdict.kind === 'voided' ? voidReason(verdict.facts, entry.statedReceivedAt) : null;
  return { settled, reason };
}

function enteringOf(room: MeetingRoom, entry: EnteredBallot): Entering {
  const { resolutionId, round, unitId, nonce, first, second, channel, statedReceivedAt } = entry;
  if (!second) throw new Error('a ballot that one person alone has read');
  return {
    question: {
      resolutionId,
      round,
      unitId,
      choice: first.choice,
      nonce,
      enteredAt: first.at,
      mayVote: room.rollOf(resolutionId)?.units.has(unitId) ?? false,
      confirmedAt: second.at,
    },
    channel,
    statedReceivedAt,
    enteredBy: { personId: first.personId, role: first.role },
    confirmedBy: { personId: second.personId, role: second.role },
    evidenceSha256: entry.scanSha256,
  };
}
