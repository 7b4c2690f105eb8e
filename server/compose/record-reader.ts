/** The record of a meeting for its readers: the timeline, the checks of the law, the minutes. */
import type { Base } from './base.ts';
import { createMinutesRenderer } from '../documents/minutes/renderer.ts';
import { EBL_2006_V1 } from '../domain/rules/ebl-2006-v1.ts';
import type { WorkCalendar } from '../domain/timers/working-days.ts';
import { createRecordReader, type RecordReaderDeps } from '../services/record/record-reader.ts';

export interface ReadingDeps extends Pick<RecordReaderDeps, 'rooms' | 'accessOf' | 'stateOf'> {
  readonly base: Base;
  readonly calendar: WorkCalendar;
}

export function composeRecordReader({ base, calendar, rooms, accessOf, stateOf }: ReadingDeps) {
  const { data, clock, stores } = base;
  return createRecordReader({
    data,
    clock,
    rooms,
    accessOf,
    stateOf,
    ledgers: stores.ledger,
    rolls: stores.rolls,
    calendars: { ruleSet: EBL_2006_V1, calendar },
    haltOf: stores.checkpoints.findHalt,
    renderer: createMinutesRenderer(),
  });
}
