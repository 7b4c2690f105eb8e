import type { EnteredBallot } from '../../domain/entered-ballots/entered-ballot.ts';
import type { Clock } from '../clock.ts';
import type { MeetingRoom } from '../conduct/meeting-room.ts';
import { titleOf } from '../conduct/rights.ts';
import type { EnteredBallotStore } from '../ports/entered-ballot-port.ts';
import type { MessengerByChannel } from '../ports/messenger-port.ts';
import { entryMessage } from './entry-words.ts';

export interface TellingDeps {
  readonly store: EnteredBallotStore;
  readonly messenger: MessengerByChannel;
  readonly clock: Clock;
  readonly log: { error(object: object, message: string): void };
}

/**
 * Tells the creditor by SMS what was entered and until when to object. A message that the provider does not take
 * changes nothing in the ballot: staff see it in the list, and send it again or call. So they do where no provider is
 * connected and the message lies in the outbox.
 */
export async function tellCreditor(
  { store, messenger, clock, log }: TellingDeps,
  room: MeetingRoom,
  entry: EnteredBallot,
): Promise<EnteredBallot> {
  const mobile = room.book.creditors.get(entry.creditorId)?.mobile;
  const { debtor, helpPhone } = room.facts.case;
  const text = entryMessage(entry, { debtor, helpPhone, resolutionTitle: titleOf(room, entry.resolutionId) });
  let isSent = false;
  try {
    if (mobile !== undefined) {
      await messenger.send({ channel: 'sms', to: mobile, text });
      isSent = true;
    }
  } catch (error) {
    log.error({ err: error }, 'message about an entered ballot not sent');
  }
  const told = {
    ...entry,
    told: { at: new Date(clock.now()).toISOString(), isSent, reaches: messenger.reaches.sms },
  };
  const isSaved = await store.save(told);
  return isSaved ? { ...told, revision: entry.revision + 1 } : told;
}
