import type { AppError } from './app-error.ts';

type Translate = (key: string, options: Record<string, unknown>) => string;

/** What a place below the root of the request is called, by its names joined with `_`; rows are counted apart. */
const keyOf = (names: readonly string[]): string => `staff.place.${names.join('_')}`;

/**
 * The field that the server refused, in the words of the page: `body/settings/exclusions/0/reference` is the basis
 * of the first row. A place without words of its own is told by the one that it lies in; undefined when no word is
 * known, for a path is nothing that a person can look for.
 */
export function findPlaceText({ code, detail }: AppError, t: Translate): string | undefined {
  if ((code !== 'INVALID_REQUEST' && code !== 'UNFILLED') || detail === undefined) return undefined;
  const [root, ...steps] = detail.split('/');
  if (root !== 'body') return undefined;
  const names = steps.filter((step) => !/^\d+$/.test(step));
  const row = steps.find((step) => /^\d+$/.test(step));
  for (let length = names.length; length > 0; length -= 1) {
    const field = t(keyOf(names.slice(0, length)), { defaultValue: '' });
    if (field === '') continue;
    return row === undefined
      ? t('staff.place.field', { field })
      : t('staff.place.fieldOfRow', { field, row: Number(row) + 1 });
  }
  return undefined;
}
