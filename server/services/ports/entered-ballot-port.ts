import type { EnteredBallot } from '../../domain/entered-ballots/entered-ballot.ts';
import type { FileKind, PageOf, PageRequest } from './master-data-ports.ts';

/** What is known of a scan; its bytes lie in the vault under their hash. */
export interface StoredScan {
  readonly meetingId: string;
  readonly sha256: string;
  readonly kind: FileKind;
  readonly sizeBytes: number;
}

export interface EnteredBallotQuery extends PageRequest {
  readonly meetingId: string;
  readonly resolutionId: string | undefined;
  readonly state: 'todo' | 'done' | 'objected' | undefined;
}

/** Ballots that staff enter: outside the ledger until both have read them alike. */
export interface EnteredBallotStore {
  putScan(scan: StoredScan): Promise<void>;
  findScans(meetingId: string, sha256s: readonly string[]): Promise<ReadonlyMap<string, StoredScan>>;
  /** False while another entry of the same unit waits for its end. */
  create(entry: EnteredBallot): Promise<boolean>;
  find(meetingId: string, entryId: string): Promise<EnteredBallot | undefined>;
  /** Durable; false when the entry was changed since `entry.revision` was read. The stored revision is one more. */
  save(entry: EnteredBallot): Promise<boolean>;
  /** Newest first. */
  list(query: EnteredBallotQuery): Promise<PageOf<EnteredBallot>>;
  /** Recorded or void, newest first. */
  ofCreditors(meetingId: string, creditorIds: readonly string[]): Promise<readonly EnteredBallot[]>;
  /** Units with an entry that waits for its end. */
  pendingUnits(meetingId: string, resolutionId: string): Promise<ReadonlySet<string>>;
}

/** Judges a scan by its content. */
export interface ScanInspector {
  /** @throws DomainError FILE_TYPE_WRONG when it is no PDF, JPEG or PNG; FILE_DAMAGED when it is cut off */
  inspect(path: string): Promise<'pdf' | 'jpg' | 'png'>;
}
