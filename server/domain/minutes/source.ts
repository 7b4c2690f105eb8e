/** What every section of the minutes is made from: the history of the ledger and the opened private values. */
import type { EntryBody } from '../../protocol/entries.ts';
import { entriesOf, type MeetingHistory, type Recorded } from '../record/history/meeting-history.ts';
import { createNameBook, type NameBook, type OpenPrivate } from '../history/names.ts';

export interface MinutesSource {
  readonly history: MeetingHistory;
  readonly convened: EntryBody<'meeting.convene'>;
  readonly open: OpenPrivate;
  readonly names: NameBook;
  /** Texts that people typed may name others; the masked variant leaves them out. */
  readonly freeText: OpenPrivate;
  /** The last move of a kind, undefined when it has not been made. */
  readonly move: (kind: EntryBody<'agenda.move'>['move']) => Recorded<'agenda.move'> | undefined;
  readonly titleOfResolution: (resolutionId: string) => string;
}

/** Stands for a typed text in the masked variant. */
const WITHHELD = '（内容已隐去）';

/** Throws RangeError on a ledger without its first entry: there is no meeting to write minutes of. */
export function createSource(history: MeetingHistory, open: OpenPrivate, masked: boolean): MinutesSource {
  const { convened } = history;
  if (!convened) throw new RangeError('a ledger without a convened meeting');
  const published = entriesOf(history, 'resolution.publish');
  const moves = entriesOf(history, 'agenda.move');
  return {
    history,
    convened: convened.body,
    open,
    names: createNameBook(history, open, masked),
    freeText: (commitment) => (masked ? WITHHELD : open(commitment)),
    move: (kind) => moves.findLast(({ body }) => body.move === kind),
    titleOfResolution: (resolutionId) =>
      open(published.find(({ body }) => body.resolutionId === resolutionId)?.body.commitments.title),
  };
}
