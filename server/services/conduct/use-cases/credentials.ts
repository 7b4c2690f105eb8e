/**
 * Who can sign in was changed by the administrator's import or by a reset: every meeting of the case in which a
 * vote runs or may still be opened has it in its record before it takes effect (record.md, "What each part
 * stops"). A record that was rolled back is not written any more, and holds up no import.
 */
import { mayStillVote } from '../../../domain/meeting/rounds.ts';
import type { CredentialChange, FactorsReset, TelephonesMoved } from '../../accounts/credential-changes.ts';
import { unlessRolledBack } from '../../ledger/rolled-back.ts';
import { recordCredential, type CredentialToRecord } from '../commands/credential-command.ts';
import type { ConductData, MeetingFacts } from '../conduct-data.ts';
import type { Rooms } from '../rooms.ts';

/** Commands in a meeting's queue at once. */
const UNDER_WAY = 256;

export interface CredentialRecordDeps {
  readonly rooms: Pick<Rooms, 'open' | 'read'>;
  readonly data: Pick<ConductData, 'meetingsOfPerson'>;
}

/** @returns resolves once all records have the change. @throws DomainError UNAVAILABLE */
export function createCredentialRecord({ rooms, data }: CredentialRecordDeps) {
  return async (change: CredentialChange): Promise<void> => {
    const personId = change.kind === 'TELEPHONE' ? change.confirmedBy : change.personId;
    for (const facts of await data.meetingsOfPerson(personId)) {
      const { meetingId, status } = facts.meeting;
      const entries = entriesFor(facts, change);
      if (status !== 'published' || entries.length === 0) continue;
      const { state } = await rooms.read(meetingId);
      if (mayStillVote(state)) await unlessRolledBack(write(rooms, meetingId, entries));
    }
  };
}

async function write(
  rooms: CredentialRecordDeps['rooms'],
  meetingId: string,
  entries: readonly CredentialToRecord[],
): Promise<void> {
  const room = await rooms.open(meetingId);
  for (let at = 0; at < entries.length; at += UNDER_WAY) {
    const portion = entries.slice(at, at + UNDER_WAY);
    await Promise.all(portion.map((entry) => room.submit(recordCredential(entry))));
  }
}

/** None where the person has nothing to do with the meeting's team. */
function entriesFor(facts: MeetingFacts, change: CredentialChange): CredentialToRecord[] {
  return change.kind === 'TELEPHONE' ? telephones(facts, change) : factors(facts, change);
}

function telephones(
  { case: { caseId }, members }: MeetingFacts,
  { caseId: changedCase, causeId, confirmedBy, moved }: TelephonesMoved,
): CredentialToRecord[] {
  const role = members.find(({ personId }) => personId === confirmedBy)?.role;
  if (caseId !== changedCase || role === undefined) return [];
  const actor = { personId: confirmedBy, role };
  return moved.map(({ creditorName: name, ...who }) => ({
    body: { kind: 'TELEPHONE', causeId, ...who, actor },
    name,
  }));
}

function factors({ members }: MeetingFacts, reset: FactorsReset): CredentialToRecord[] {
  const { causeId, personId, personName: name, requestedBy, confirmedBy } = reset;
  if (!members.some((member) => member.personId === personId)) return [];
  const actor = { personId: requestedBy, role: 'operator' } as const;
  return [{ body: { kind: 'SECOND_FACTOR', causeId, personId, actor, secondActor: confirmedBy }, name }];
}
