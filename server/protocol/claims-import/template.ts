/** One thing that the reading of a claims table can say, in both languages; `{name}` is filled from params. */
export interface ImportTemplate {
  readonly severity: 'error' | 'warning';
  readonly zh: string;
  readonly en: string;
}
