/**
 * Between instants and the wall clock of China Standard Time as an `<input type="datetime-local">`
 * holds it. Staff may sit in another time zone; China has had no daylight saving time since 1991.
 */
const CHINA_OFFSET_MS = 8 * 3_600_000;

/** `2026-11-22T14:30`, China Standard Time. */
export function toWallTime(instantMs: number): string {
  return new Date(instantMs + CHINA_OFFSET_MS).toISOString().slice(0, 16);
}

/** RFC 3339 instant of a wall time; undefined while the field is incomplete. */
export function findInstant(wallTime: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(wallTime)) return undefined;
  const ms = Date.parse(`${wallTime.length === 16 ? `${wallTime}:00` : wallTime}+08:00`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
