/**
 * How periods are counted: 民法典 art. 201(1): the day on which a period begins is not counted; art. 202: a
 * period of months ends on the corresponding day, or on the last of a month that has none; art. 203(1): a
 * last day on a holiday moves to the day after the holiday. Counting backwards nothing moves: art. 203 is of
 * ends, and a notice that is early harms nobody. Dates are calendar dates in China.
 */
import type { WorkCalendar } from './working-days.ts';

export interface PeriodEnd {
  readonly date: string;
  /** Moved off a holiday. */
  readonly isMoved: boolean;
  /** The holidays of the year in which it ends are not known: only weekends were looked at. */
  readonly isCalendarUnknown: boolean;
}

/** More days off in a row than any holiday has; a calendar that never works must not be walked for ever. */
const DAYS_OFF_MAX = 60;

/** Last day of `days` days from a day that is not counted. */
export function afterDays(from: string, days: number, calendar: WorkCalendar): PeriodEnd {
  return movedOffHolidays(plusDays(from, days), calendar);
}

/** Last day of `months` months from a day. */
export function afterMonths(from: string, months: number, calendar: WorkCalendar): PeriodEnd {
  return movedOffHolidays(plusMonths(from, months), calendar);
}

/** The last day on which something can be done `days` days before a day; neither day is counted. */
export function beforeDays(until: string, days: number): PeriodEnd {
  return { date: plusDays(until, -days), isMoved: false, isCalendarUnknown: false };
}

function movedOffHolidays(last: string, calendar: WorkCalendar): PeriodEnd {
  let date = last;
  for (let moved = 0; !calendar.isWorkingDay(date) && moved < DAYS_OFF_MAX; moved++) date = plusDays(date, 1);
  return { date, isMoved: date !== last, isCalendarUnknown: !calendar.knows(date) };
}

export function plusDays(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

function plusMonths(date: string, months: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  const wanted = day.getUTCDate();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() + months);
  const lastOfMonth = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(wanted, lastOfMonth));
  return day.toISOString().slice(0, 10);
}
