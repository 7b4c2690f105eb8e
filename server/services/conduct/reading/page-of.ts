import type { PageOf } from '../../ports/master-data-ports.ts';

/** One page of a list that is in memory; `page` counts from 1. */
export function pageOf<T>(
  all: readonly T[],
  { page, pageSize }: { page: number; pageSize: number },
): PageOf<T> {
  return { rows: all.slice((page - 1) * pageSize, page * pageSize), total: all.length };
}
