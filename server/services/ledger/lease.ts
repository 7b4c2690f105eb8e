/**
 * Keeps a meeting's lease. It only saves two nodes from working on one meeting: what protects the ledger is
 * the unique `_id`, since a lease can expire in the middle of a write.
 */
import type { Clock } from '../clock.ts';
import type { LeaseStore } from '../ledger-port.ts';

export interface LeaseKeeper {
  /** Takes or renews it now; false while another holder has it. */
  claim(): Promise<boolean>;
  /** How long it certainly still holds, milliseconds; by the monotonic clock, from before it was asked for. */
  remainingMs(): number;
  /** Renews from now on; `onLost` is called when another holder has it. */
  keep(onLost: () => void): void;
  /** Stops renewing. */
  drop(): void;
  /** Stops renewing and gives it up, as far as the database can be reached. */
  release(): Promise<void>;
}

export interface LeaseOptions {
  readonly leases: LeaseStore;
  readonly meetingId: string;
  readonly holder: string;
  readonly clock: Clock;
  readonly leaseMs: number;
}

export function createLeaseKeeper(options: LeaseOptions): LeaseKeeper {
  const { leases, meetingId, holder, clock, leaseMs } = options;
  let validUntil = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  const drop = () => {
    clearInterval(timer);
    timer = undefined;
    validUntil = -Infinity;
  };
  const claim = async () => {
    const askedAt = clock.monotonic();
    const isOurs = await leases.claim(meetingId, holder, leaseMs);
    validUntil = isOurs ? askedAt + leaseMs : -Infinity;
    return isOurs;
  };
  return {
    claim,
    remainingMs: () => validUntil - clock.monotonic(),
    keep(onLost) {
      clearInterval(timer);
      const renew = async () => {
        // An error says nothing about the holder; the next write asks again before it starts.
        const isOurs = await claim().catch(() => true);
        if (!isOurs && timer !== undefined) onLost();
      };
      timer = setInterval(() => void renew(), leaseMs / 3).unref();
    },
    drop,
    async release() {
      drop();
      await leases.release(meetingId, holder).catch(() => undefined);
    },
  };
}
