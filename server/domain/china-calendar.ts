/** Calendar dates in China Standard Time (UTC+8, no daylight saving since 1991). */
const OFFSET_MS = 8 * 3_600_000;

/** The date in China at a moment (milliseconds since 1970-01-01 UTC): `2026-11-22`. */
export function chinaDate(epochMs: number): string {
  return new Date(epochMs + OFFSET_MS).toISOString().slice(0, 10);
}

/** Whether `YYYY-MM-DD` names a day that exists. */
export function isCalendarDate(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Midnight in China at the beginning of a date, milliseconds since 1970-01-01 UTC. */
export function chinaMidnight(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) - OFFSET_MS;
}

/** A day in China as it stands in documents: `2026年11月22日`. */
export function chinaDay(epochMs: number): string {
  const [year = '', month = '', day = ''] = chinaDate(epochMs).split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}

/** Date and time in China as they stand in documents: `2026年11月22日 14:30:05`. */
export function chinaDateTime(epochMs: number): string {
  return `${chinaDay(epochMs)} ${new Date(epochMs + OFFSET_MS).toISOString().slice(11, 19)}`;
}

/** Whole calendar days from one date in China to another; negative when it lies before. */
export function chinaDaysBetween(fromMs: number, toMs: number): number {
  return Math.round((chinaMidnight(chinaDate(toMs)) - chinaMidnight(chinaDate(fromMs))) / 86_400_000);
}
