import type { Language } from '../../server/protocol/scalars.ts';

/** All times are shown in China Standard Time, wherever the phone is. */
const TIME_ZONE = 'Asia/Shanghai';

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const formatter = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function partsOf(instant: string): Parts {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatter.formatToParts(new Date(instant))) parts[type] = value;
  return parts as unknown as Parts;
}

/** `2026年11月22日 14:30`, in English `2026-11-22 14:30 (CST)`. */
export function dateTime(instant: string, language: Language): string {
  const p = partsOf(instant);
  if (language === 'en') return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute} (CST)`;
  return `${p.year}年${Number(p.month)}月${Number(p.day)}日 ${p.hour}:${p.minute}`;
}

/** `2026-12-10` → `2026年12月10日`; in English as it is. */
export function calendarDate(date: string, language: Language): string {
  const [year, month, day] = date.split('-');
  return language === 'en' ? date : `${year}年${Number(month)}月${Number(day)}日`;
}

/** With seconds, where the second decides. */
export function dateTimeWithSeconds(instant: string, language: Language): string {
  const p = partsOf(instant);
  if (language === 'en') return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}:${p.second} (CST)`;
  return `${p.year}年${Number(p.month)}月${Number(p.day)}日 ${p.hour}:${p.minute}:${p.second}`;
}

/** `14:30`, for a moment of today. */
export function clockTime(instant: string): string {
  const p = partsOf(instant);
  return `${p.hour}:${p.minute}`;
}

/** A deadline: time of day when it is on the server's today, else date and time. */
export function deadline(instant: string, nowMs: number, language: Language): string {
  const day = (p: Parts): string => `${p.year}-${p.month}-${p.day}`;
  const isToday = day(partsOf(instant)) === day(partsOf(new Date(nowMs).toISOString()));
  return isToday ? clockTime(instant) : dateTime(instant, language);
}

/** `09:58`, `1:09:58`, or with days `3 天 04:10:00`; never negative. */
export function countdown(leftMs: number, language: Language): string {
  const total = Math.max(0, Math.ceil(leftMs / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const days = Math.floor(total / 86_400);
  const hours = Math.floor((total % 86_400) / 3_600);
  const minutes = Math.floor((total % 3_600) / 60);
  const seconds = two(total % 60);
  if (days > 0) {
    return `${days} ${language === 'en' ? 'd' : '天'} ${two(hours)}:${two(minutes)}:${seconds}`;
  }
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${two(minutes)}:${seconds}`;
}

/** `2026-11-22`: the day in China at this moment. */
export function chinaDay(instantMs: number): string {
  const p = partsOf(new Date(instantMs).toISOString());
  return `${p.year}-${p.month}-${p.day}`;
}
