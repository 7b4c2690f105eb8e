import type { Capacity } from '../../../domain/master-data.ts';
import type { ReceiptView } from '../../../protocol/room.ts';
import type { Clock, Ids } from '../../clock.ts';
import type { RollStore } from '../../ledger-port.ts';
import type { Proofs } from '../../record/proofs.ts';
import type { Session } from '../../session.ts';
import type { AgendaItem, ResolutionDraft } from '../../../domain/master-data.ts';
import type { MeetingActor } from '../commands/command.ts';
import type { ConductData } from '../conduct-data.ts';
import type { AccessReader, MeetingAccess } from '../meeting-access.ts';
import type { MeetingRoom } from '../meeting-room.ts';
import type { Rooms } from '../rooms.ts';
import type { VoteClock } from '../vote/vote-clock.ts';

/** 临时议题 as the meeting keeps it. */
export interface AdHocItem {
  readonly item: AgendaItem;
  readonly resolution: ResolutionDraft;
}

/** An admitted person in a room, as of this request. */
export interface Admitted {
  readonly session: Session;
  readonly room: MeetingRoom;
  readonly access: MeetingAccess;
}

export interface ConductDeps {
  readonly rooms: Rooms;
  readonly data: ConductData;
  readonly rolls: RollStore;
  readonly proofs: Pick<Proofs, 'receiptOf'>;
  readonly accessOf: AccessReader;
  readonly voteClock: VoteClock;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Adds a matter that was not told in advance to the meeting as prepared; the ledger follows. */
  readonly addToMeeting: (meetingId: string, added: AdHocItem) => Promise<void>;
  /** Refuses new votes when the disk is nearly full. @throws DomainError STORAGE_FULL */
  readonly requireSpaceForVote: () => Promise<void>;
  /** Tells the holder, and whom a proxy has voted for, on a second channel what was recorded. Must not wait. */
  readonly announceReceipt: (
    admitted: Admitted,
    receipt: ReceiptView,
    capacity: Capacity | undefined,
  ) => void;
  /** Tells the holder that one more device signs in their name. Must not wait. */
  readonly announceKey: (admitted: Admitted) => void;
}

/** The person who acts, as entries name it. */
export function actorOf({ access }: Admitted): MeetingActor {
  return { personId: access.personId, role: access.role };
}

/** Full name for the private part of an entry; empty when the person is gone. */
export async function nameOf(data: ConductData, personId: string): Promise<string> {
  return (await data.personName(personId)) ?? '';
}
