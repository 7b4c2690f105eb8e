import type { MinutesContent } from '../../domain/minutes/content.ts';

export type MinutesFormat = 'docx' | 'pdf';

/** Writes minutes as a document. */
export interface MinutesRenderer {
  /** @throws DomainError UNAVAILABLE when too many wait, or the document takes more than its limits */
  render(content: MinutesContent, format: MinutesFormat): Promise<Buffer>;
}
