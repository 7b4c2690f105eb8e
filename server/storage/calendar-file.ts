/** The working days of the years that the State Council has announced, from a file that is replaced each year. */
import { readFile } from 'node:fs/promises';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { isCalendarDate } from '../domain/china-calendar.ts';
import { createWorkCalendar, type WorkCalendar } from '../domain/timers/working-days.ts';

const Days = Type.Array(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }), { maxItems: 366 });

const CalendarFile = Type.Object(
  {
    v: Type.Literal('1'),
    years: Type.Record(
      Type.String({ pattern: '^\\d{4}$' }),
      Type.Object(
        { source: Type.String({ minLength: 1 }), holidays: Days, workdays: Days },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

/** The calendar that comes with the product. */
const OWN_FILE = new URL('../calendar/china-2026.json', import.meta.url);

/**
 * @param path file in place of the product's own; null: that one
 * @throws Error naming the file and what is wrong with it
 */
export async function loadWorkCalendar(path: string | null): Promise<WorkCalendar> {
  const file = path ?? OWN_FILE;
  const refuse = (why: string) => new Error(`CALENDAR_FILE ${path ?? OWN_FILE.pathname}: ${why}`);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : 'cannot be read');
  }
  if (!Value.Check(CalendarFile, content)) {
    const [first] = Value.Errors(CalendarFile, content);
    throw refuse(`${first?.instancePath ?? ''} ${first?.message ?? 'not a calendar'}`);
  }
  for (const [year, { holidays, workdays }] of Object.entries(content.years)) {
    const strange = [...holidays, ...workdays].find((day) => !isCalendarDate(day) || !day.startsWith(year));
    if (strange !== undefined) throw refuse(`${strange} is no day of ${year}`);
  }
  return createWorkCalendar(content.years);
}
