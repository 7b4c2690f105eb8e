/** What a meeting's writer is made with, its limits, and how it refuses. */
import { DomainError } from '../../domain/errors.ts';
import type { Clock, Ids } from '../clock.ts';
import { LedgerDamagedError } from '../ledger-fold.ts';
import type { CheckpointStore, LeaseStore, LedgerFold, LedgerHalt, LedgerStore } from '../ledger-port.ts';
import type { Signer } from '../ports/signer-port.ts';

export const WRITER_LIMITS = {
  /** Commands waiting; at 3 000 a second this is more than a second's worth. */
  queue: 4_096,
  /** A command that waits longer than this for its turn is refused; nothing of it was recorded. */
  queueWaitMs: 10_000,
  /** How long a command waits for an unknown outcome to become known. */
  outcomeWaitMs: 15_000,
  appendTimeoutMs: 10_000,
  leaseMs: 15_000,
  /** No insert is begun with less than this left of the lease. */
  leaseReserveMs: 2_000,
  openWaitMs: 30_000,
  retryMinMs: 50,
  retryMaxMs: 1_000,
} as const;

export type WriterLimits = Readonly<Record<keyof typeof WRITER_LIMITS, number>>;

/** Twice as long after every attempt, up to the longest. */
export function retryDelayMs(attempt: number, { retryMinMs, retryMaxMs }: WriterLimits): number {
  return Math.min(retryMaxMs, retryMinMs * 2 ** Math.min(attempt, 10));
}

/** What the operator's log is told; never a value of an entry. */
export type WriterEvent =
  | 'opened'
  | 'outcome-unknown'
  | 'recovered'
  | 'fenced'
  | 'lease-lost'
  | 'fold-failed'
  | 'listener-failed'
  | 'damaged'
  /** Entries are durable and cannot be signed yet. */
  | 'unsigned'
  | 'signed-again'
  | 'rollback';

export interface MeetingWriterOptions<S> {
  readonly meetingId: string;
  readonly origin: string;
  /** Identifies this server; the same after a restart, so that it need not wait for its own lease. */
  readonly nodeId: string;
  readonly ledger: LedgerStore;
  readonly leases: LeaseStore;
  readonly checkpoints: CheckpointStore;
  readonly signer: Signer;
  readonly fold: LedgerFold<S>;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'bytes'>;
  readonly log?: (event: WriterEvent, details: { meetingId: string; error?: unknown }) => void;
  readonly limits?: Partial<WriterLimits>;
}

export type RefusalDetail = 'nothing-recorded' | 'outcome-unknown' | 'not-open' | 'another-writer';

export function unavailable(detail: RefusalDetail, cause?: unknown): DomainError {
  return new DomainError('UNAVAILABLE', { detail, cause });
}

/** The ledger is not the one that was signed: it is not written any more. */
export function rolledBack({ by, signedSize, foundSize }: LedgerHalt): DomainError {
  return new DomainError('ROLLBACK', { detail: by, params: { signedSize, foundSize } });
}

/** Errors of opening that another attempt cannot mend. */
export function isFinal(error: unknown): boolean {
  if (error instanceof DomainError || error instanceof LedgerDamagedError) return true;
  return error instanceof Error && error.name === 'RecordFormatError';
}
