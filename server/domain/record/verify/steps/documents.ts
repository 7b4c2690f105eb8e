/** Documents: each resolution's root over its documents' hashes, and the files that are in the bundle. */
import { fromHex, toBase64, toHex } from '../../base64.ts';
import { documentHashOf } from '../../bundle/layout.ts';
import { entriesOf } from '../../history/meeting-history.ts';
import { merkleRoot } from '../../merkle.ts';
import { requireRecord, type StepRun } from '../context.ts';
import { createFindings } from '../report.ts';

export const checkDocuments: StepRun = async (context) => {
  const { history } = requireRecord(context);
  const { archive, crypto, pause } = context;
  const findings = createFindings();
  const published = entriesOf(history, 'resolution.publish');
  for (const { body, seq } of published) {
    const hashes = body.documents.map(({ sha256 }) => fromHex(sha256));
    if (toBase64(merkleRoot(crypto.sha256, hashes)) !== body.documentsRoot)
      findings.add('DOCUMENTS_ROOT', seq);
  }
  const known = new Set(entriesOf(history, 'doc.publish').map(({ body }) => body.sha256));
  let documents = 0;
  for (const name of archive.names) {
    const sha256 = documentHashOf(name);
    if (sha256 === undefined) continue;
    documents += 1;
    if (!known.has(sha256)) findings.add('DOCUMENT_STRAY', name);
    if (toHex(crypto.sha256(archive.read(name))) !== sha256) findings.add('DOCUMENT_HASH', name);
    await pause(documents, archive.names.length);
  }
  return { findings, facts: { resolutions: String(published.length), documents: String(documents) } };
};
