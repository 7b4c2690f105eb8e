import type { StoredDocument } from '../../../domain/master-data.ts';
import type { DocumentView } from '../../../protocol/room-slices.ts';

export function documentViews(
  ids: readonly string[],
  documents: ReadonlyMap<string, StoredDocument>,
): DocumentView[] {
  return ids.flatMap((id) => {
    const document = documents.get(id);
    if (!document) return [];
    const { documentId, title, sha256, sizeBytes, pages } = document;
    return [{ documentId, title, sha256, sizeBytes, pages }];
  });
}
