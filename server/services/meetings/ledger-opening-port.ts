/** What publishing needs of the ledger. */
import type { Case, Meeting, StoredDocument } from '../../domain/master-data.ts';
import type { Continues } from '../../protocol/entry-bodies/continuation.ts';
import type { Role } from '../../protocol/scalars.ts';

export interface Convocation {
  /** As published: its texts will not change any more. */
  readonly meeting: Meeting;
  readonly case: Case;
  /** Documents of the agenda and of the resolutions. */
  readonly documents: readonly StoredDocument[];
  readonly actor: { readonly personId: string; readonly role: Role };
  /** Where the meeting goes on after a rollback. */
  readonly continues?: Continues | undefined;
}

export interface LedgerOpening {
  /**
   * Opens the meeting's ledger with `meeting.convene`, the host, its documents and resolutions. Durable when
   * it resolves. Called again with the same meeting after an interruption it completes what is missing.
   */
  convene(convocation: Convocation): Promise<void>;
}
