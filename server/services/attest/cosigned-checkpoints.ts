/** Checkpoints with what the witnesses have put below them, as proofs and bundles carry them. */
import type { CheckpointStore, StoredCheckpoint } from '../ledger-port.ts';
import type { CosignatureStore } from './ports.ts';
import type { Witnessing } from './witnessing.ts';

export interface CosignedCheckpoints {
  /** The note with all its signature lines; as the log signed it where nobody has cosigned. */
  withCosignatures(meetingId: string, checkpoint: StoredCheckpoint): Promise<StoredCheckpoint>;
  /** The largest checkpoint that the quorum has cosigned; undefined while the record is NOT WITNESSED. */
  newestWitnessed(meetingId: string): Promise<StoredCheckpoint | undefined>;
}

export function createCosignedCheckpoints(deps: {
  readonly checkpoints: Pick<CheckpointStore, 'findCovering'>;
  readonly cosignatures: Pick<CosignatureStore, 'findBySize'>;
  readonly witnessing: Pick<Witnessing, 'stateOf'> | null;
}): CosignedCheckpoints {
  const { checkpoints, cosignatures, witnessing } = deps;

  async function withCosignatures(meetingId: string, { size, note }: StoredCheckpoint) {
    const lines = (await cosignatures.findBySize(meetingId, size)).map(({ line }) => line);
    return { size, note: note + lines.join('') };
  }

  return {
    withCosignatures,
    async newestWitnessed(meetingId) {
      const size = (await witnessing?.stateOf(meetingId))?.witnessed?.size;
      if (size === undefined) return undefined;
      // Its last entry is covered first by the checkpoint of that very size.
      const checkpoint = await checkpoints.findCovering(meetingId, size - 1);
      return checkpoint && withCosignatures(meetingId, checkpoint);
    },
  };
}

type CheckpointsOf = (meetingId: string) => AsyncIterable<StoredCheckpoint>;

/** Every checkpoint of a meeting with the lines below it, for the bundle: without them it is never witnessed. */
export function withWitnessLines(
  checkpointsOf: CheckpointsOf,
  cosignatures: Pick<CosignatureStore, 'all'>,
): CheckpointsOf {
  return async function* cosigned(meetingId) {
    const lines = new Map<number, string>();
    for (const { size, line } of await cosignatures.all(meetingId)) {
      lines.set(size, (lines.get(size) ?? '') + line);
    }
    for await (const { size, note } of checkpointsOf(meetingId)) {
      yield { size, note: note + (lines.get(size) ?? '') };
    }
  };
}
