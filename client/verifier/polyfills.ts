/**
 * What the verifier uses and browsers of 2018 do not have. Nothing else of the client needs it, so that only
 * this page, which has to work on a court's old machines, carries it.
 */

type Host = Record<string, unknown>;

function provide(target: object, name: string, value: unknown): void {
  if ((target as Host)[name] !== undefined) return;
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

function at<T>(this: ArrayLike<T>, index: number): T | undefined {
  const place = Math.trunc(index) || 0;
  return this[place < 0 ? this.length + place : place];
}

/** Two surrogates make a character; one alone makes none. */
const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:[^\uD800-\uDBFF]|^)[\uDC00-\uDFFF]/;

export function installPolyfills(): void {
  provide(self, 'globalThis', self);
  for (const prototype of [Array.prototype, String.prototype, Uint8Array.prototype])
    provide(prototype, 'at', at);
  provide(Object, 'hasOwn', (target: object, key: PropertyKey) =>
    Object.prototype.hasOwnProperty.call(target, key),
  );
  provide(Object, 'fromEntries', (entries: Iterable<[string, unknown]>) => {
    const result: Host = {};
    for (const [key, value] of entries) result[key] = value;
    return result;
  });
  provide(String.prototype, 'isWellFormed', function isWellFormed(this: string) {
    return !LONE.test(this);
  });
  provide(String.prototype, 'replaceAll', replaceAll);
  provide(Array.prototype, 'flatMap', function flatMap<
    T,
    U,
  >(this: T[], map: (value: T, index: number) => U | U[]) {
    return ([] as U[]).concat(...this.map(map));
  });
  provide(Array.prototype, 'flat', function flat<T>(this: (T | T[])[]) {
    return ([] as T[]).concat(...this);
  });
}

function replaceAll(
  this: string,
  sought: string | RegExp,
  by: string | ((...found: string[]) => string),
): string {
  if (sought instanceof RegExp) return this.replace(sought, by as string);
  return typeof by === 'string' ? this.split(sought).join(by) : this.replace(toExpression(sought), by);
}

const toExpression = (text: string) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g');
