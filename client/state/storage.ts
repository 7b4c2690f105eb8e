/**
 * The browser's storage, which in private windows and in-app browsers may be missing, full or refused.
 * Losing it costs a draft, never a page.
 */
type Area = 'local' | 'session';

function findArea(area: Area): Storage | undefined {
  try {
    return area === 'local' ? window.localStorage : window.sessionStorage;
  } catch {
    return undefined;
  }
}

export function readStored<T>(area: Area, key: string): T | undefined {
  try {
    const text = findArea(area)?.getItem(key);
    return text === null || text === undefined ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

export function writeStored(area: Area, key: string, value: unknown): void {
  try {
    findArea(area)?.setItem(key, JSON.stringify(value));
  } catch {
    // Full or refused: what is in memory still works until the page is closed.
  }
}

export function removeStored(area: Area, key: string): void {
  try {
    findArea(area)?.removeItem(key);
  } catch {
    // See above.
  }
}

/** Everything that is stored under keys that begin with the prefix. */
export function readStoredByPrefix<T>(area: Area, prefix: string): T[] {
  try {
    const storage = findArea(area);
    const keys = Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index));
    return keys.flatMap((key) => (key?.startsWith(prefix) ? (readStored<T>(area, key) ?? []) : []));
  } catch {
    return [];
  }
}

/** Removes every key of the area that begins with the prefix. */
export function removeStoredByPrefix(area: Area, prefix: string): void {
  try {
    const storage = findArea(area);
    if (storage === undefined) return;
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
    for (const key of keys) if (key !== null && key.startsWith(prefix)) storage.removeItem(key);
  } catch {
    // See above.
  }
}
