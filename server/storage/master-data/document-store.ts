import type { StoredDocument } from '../../domain/master-data.ts';
import type { DocumentStore } from '../../services/ports/master-data-ports.ts';
import type { DocumentRow, MasterDataModels } from './schemas.ts';

/** What is known of each document; the bytes lie in the vault under their hash. */
export function createDocumentStore({ documents }: MasterDataModels): DocumentStore {
  return {
    async create({ documentId, ...fields }) {
      await documents.create([{ _id: documentId, ...fields }]);
    },
    async find(documentId) {
      const row = await documents.findById(documentId).lean<DocumentRow>();
      return row === null ? undefined : fromRow(row);
    },
    async findMany(documentIds) {
      const rows = await documents.find({ _id: { $in: [...documentIds] } }).lean<DocumentRow[]>();
      return rows.map(fromRow);
    },
    async listOfCase(caseId) {
      const rows = await documents.find({ caseId }).sort({ uploadedAt: 1, _id: 1 }).lean<DocumentRow[]>();
      return rows.map(fromRow);
    },
  };
}

function fromRow({ _id: documentId, ...fields }: DocumentRow): StoredDocument {
  return { documentId, ...fields };
}
