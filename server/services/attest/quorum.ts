/** How far a meeting's record is witnessed: the largest checkpoint that the policy's quorum has cosigned. */
import { isQuorumMet, type Policy } from '../../domain/record/notes/policy.ts';
import type { StoredCosignature } from './ports.ts';

export interface Witnessed {
  readonly size: number;
  /** When the quorum was complete, by the witnesses' clocks; RFC 3339. */
  readonly at: string;
}

export interface Quorum {
  add(cosignature: StoredCosignature): void;
  readonly witnessed: Witnessed | null;
}

export function createQuorum(policy: Policy): Quorum {
  /** Times by witness, for sizes beyond the witnessed one. */
  const open = new Map<number, Map<string, number>>();
  let witnessed: Witnessed | null = null;
  return {
    get witnessed() {
      return witnessed;
    },
    add({ size, witness, timeSeconds }) {
      if (size <= (witnessed?.size ?? -1)) return;
      const times = (open.get(size) ?? new Map<string, number>()).set(witness, timeSeconds);
      open.set(size, times);
      if (!isQuorumMet(policy, new Set(times.keys()))) return;
      witnessed = { size, at: new Date(Math.max(...times.values()) * 1000).toISOString() };
      for (const known of open.keys()) if (known <= size) open.delete(known);
    },
  };
}
