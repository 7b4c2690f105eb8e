import type { Capacity, ProxyTerms } from '../../domain/master-data.ts';

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
  /** Also those that have ended: who acted under one is told so. */
  findAllOfPerson(personId: string): Promise<readonly NamedCapacity[]>;
  /** Proxies that the claims table names, and whose document nobody has approved. */
  findUnreviewedProxies(caseId: string): Promise<readonly NamedCapacity[]>;
  /** Cases with a capacity whose end came after `fromMs` and at or before `toMs`, milliseconds since 1970. */
  findCasesWithEnds(fromMs: number, toMs: number): Promise<readonly string[]>;
  /** A proxy of the claims table stands on its approved document from now on. */
  setTerms(capacityId: string, terms: { proxy: ProxyTerms; expiresAt: Date | null }): Promise<void>;
  insert(capacities: readonly NamedCapacity[]): Promise<void>;
  revoke(capacityIds: readonly string[], at: Date): Promise<void>;
}
