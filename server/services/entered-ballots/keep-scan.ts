import type { ScanView } from '../../protocol/rest/entered-ballot-routes.ts';
import type { EnteredBallotStore, ScanInspector, StoredScan } from '../ports/entered-ballot-port.ts';
import type { FileVault, ReceivedFile } from '../ports/master-data-ports.ts';
import { toScanView } from './entry-views.ts';

export interface KeepScanDeps {
  readonly scans: Pick<EnteredBallotStore, 'putScan'>;
  readonly vault: Pick<FileVault, 'keep'>;
  readonly inspector: ScanInspector;
}

/**
 * Keeps a photograph or PDF, whose kind its content says.
 * @throws DomainError FILE_TYPE_WRONG, FILE_DAMAGED, STORAGE_FULL
 */
export async function keepScan(
  { scans, vault, inspector }: KeepScanDeps,
  meetingId: string,
  file: ReceivedFile,
): Promise<ScanView> {
  const kind = await inspector.inspect(file.path);
  await vault.keep(file, kind);
  const scan: StoredScan = { meetingId, sha256: file.sha256, kind, sizeBytes: file.sizeBytes };
  await scans.putScan(scan);
  return toScanView(scan);
}
