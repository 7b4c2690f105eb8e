/**
 * Working days (民法典 art. 203(1): 期间的最后一日是法定休假日的,以法定休假日结束的次日为期间的最后一日). Which
 * days are off, and which weekends are worked in their place, the State Council announces for each year; it
 * is data that is given in. Dates are calendar dates in China, `2026-11-22`.
 */

export interface CalendarYear {
  /** What announced it. */
  readonly source: string;
  /** Days off, weekends among them where they belong to a holiday. */
  readonly holidays: readonly string[];
  /** Saturdays and Sundays that are worked. */
  readonly workdays: readonly string[];
}

export interface WorkCalendar {
  /** A year without data has its weekends off and nothing else. */
  isWorkingDay(date: string): boolean;
  /** Whether the year of the date has been announced to this calendar. */
  knows(date: string): boolean;
}

export function createWorkCalendar(years: Readonly<Record<string, CalendarYear>>): WorkCalendar {
  const all = Object.values(years);
  const holidays = new Set(all.flatMap((year) => year.holidays));
  const workdays = new Set(all.flatMap((year) => year.workdays));
  return {
    isWorkingDay(date) {
      if (holidays.has(date)) return false;
      return workdays.has(date) || !isWeekend(date);
    },
    knows: (date) => Object.hasOwn(years, date.slice(0, 4)),
  };
}

function isWeekend(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return day === 0 || day === 6;
}
