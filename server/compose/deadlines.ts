/** The time limits of cases, with the working days of the years that have been announced. */
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import type { WorkCalendar } from '../domain/timers/working-days.ts';
import { registerDeadlineRoutes } from '../http/deadlines/deadline-routes.ts';
import { createCaseDeadlines, type CaseDeadlinesDeps } from '../services/cases/deadlines.ts';
import { loadWorkCalendar } from '../storage/calendar-file.ts';

/** @returns the calendar. @throws Error naming the calendar file that cannot be used */
export async function registerDeadlines(
  app: FastifyInstance,
  { calendarFile }: Pick<Config, 'calendarFile'>,
  deps: Omit<CaseDeadlinesDeps, 'calendar'>,
): Promise<WorkCalendar> {
  const calendar = await loadWorkCalendar(calendarFile);
  registerDeadlineRoutes(app, createCaseDeadlines({ ...deps, calendar }));
  return calendar;
}
