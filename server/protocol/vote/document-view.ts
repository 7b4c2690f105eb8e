import { Type, type Static } from 'typebox';
import { Id, Sha256Hex, nullable } from '../scalars.ts';

export const DocumentView = Type.Object({
  documentId: Id,
  title: Type.String(),
  sha256: Sha256Hex,
  sizeBytes: Type.Integer(),
  pages: nullable(Type.Integer()),
});
export type DocumentView = Static<typeof DocumentView>;
