import type { PageOf, PageRequest } from '../services/ports/master-data-ports.ts';

const DEFAULT_PAGE_SIZE = 50;

/** The page asked for; the defaults of the contract where nothing is said. */
export function toPage(query: { page?: number | undefined; pageSize?: number | undefined }): PageRequest {
  return { page: query.page ?? 1, pageSize: query.pageSize ?? DEFAULT_PAGE_SIZE };
}

/** A page as lists are answered. */
export function toPageReply<T>({ rows, total }: PageOf<T>, page: PageRequest) {
  return { rows: [...rows], total, ...page };
}
