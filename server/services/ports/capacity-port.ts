import type { Capacity } from '../../domain/master-data.ts';

/** A capacity with the creditor's name as it stands in the claims table. */
export interface NamedCapacity extends Capacity {
  readonly creditorName: string;
}

/** In whose name people act. */
export interface CapacityReader {
  /** Those in force: neither revoked nor past their end. */
  findByPerson(personId: string): Promise<readonly NamedCapacity[]>;
}

/** Where capacities are kept. Nothing is deleted: what ended stays with its date. */
export interface CapacityStore extends CapacityReader {
  /** All of the case that are not revoked. */
  findByCase(caseId: string): Promise<readonly NamedCapacity[]>;
  insert(capacities: readonly NamedCapacity[]): Promise<void>;
  revoke(capacityIds: readonly string[], at: Date): Promise<void>;
}
