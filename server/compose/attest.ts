/** Proofs over the record, witnesses and time stamps: from configuration to what follows the meetings' records. */
import { readPolicyFile } from '../attest/policy-file.ts';
import { createTimeStampClient } from '../attest/time-stamp-client.ts';
import { createWitnessClient } from '../attest/witness-client.ts';
import type { Config } from '../config.ts';
import { createCosignedCheckpoints } from '../services/attest/cosigned-checkpoints.ts';
import { createAttesting } from '../services/attest/attesting.ts';
import type { CosignatureStore, TimeStampStore } from '../services/attest/ports.ts';
import { createRecordStates } from '../services/attest/record-states.ts';
import { createTimeStamping } from '../services/attest/time-stamping.ts';
import { createWitnessing } from '../services/attest/witnessing.ts';
import type { Clock } from '../services/clock.ts';
import type { CheckpointStore, LedgerStore } from '../services/ledger-port.ts';
import { createProofs } from '../services/record/proofs.ts';

export interface AttestOptions {
  readonly config: Pick<Config, 'witnessPolicyFile' | 'timeStamp'>;
  readonly stores: {
    readonly ledger: LedgerStore;
    readonly checkpoints: CheckpointStore;
    readonly cosignatures: CosignatureStore;
    readonly timeStamps: TimeStampStore;
  };
  readonly isSignerUp: () => boolean;
  readonly clock: Clock;
  readonly log: { warn(details: object, message: string): void };
}

/** @throws ConfigError when policy or root cannot be used */
export function composeAttest({ config, stores, isSignerUp, clock, log }: AttestOptions) {
  const policy = readPolicyFile(config.witnessPolicyFile);
  const authority = createTimeStampClient(config.timeStamp);
  const { checkpoints, ledger, cosignatures, timeStamps } = stores;
  const latest = (meetingId: string) => checkpoints.findNewest(meetingId);
  const shared = { clock, log, onChange: (meetingId: string) => states.refresh(meetingId) };
  const witnessing =
    policy &&
    createWitnessing({
      ...shared,
      policy,
      port: createWitnessClient(),
      store: cosignatures,
      heads: {
        latest,
        consistencyProof: (meetingId, from, to) => proofs.consistency(meetingId, from, to),
      },
    });
  const cosigned = createCosignedCheckpoints({ checkpoints, cosignatures, witnessing });
  const proofs = createProofs({ ledgers: ledger, checkpoints, cosigned });
  const covering = (meetingId: string, seq: number) => checkpoints.findCovering(meetingId, seq);
  const timeStamping =
    authority && createTimeStamping({ ...shared, port: authority, store: timeStamps, covering });
  const listeners = new Set<(meetingId: string) => void>();
  const states = createRecordStates({
    ledgers: ledger,
    latest,
    witnessing,
    stamps: timeStamps,
    hasTimeStampAuthority: authority !== null,
    isSignerUp,
    log,
    onChange: (meetingId) => listeners.forEach((listener) => listener(meetingId)),
  });
  return {
    proofs,
    policySha256: policy?.sha256 ?? null,
    states,
    attesting: createAttesting({ witnessing, timeStamping, states }),
    /** What people see of a record has changed. */
    onChange: (listener: (meetingId: string) => void) => void listeners.add(listener),
  };
}
