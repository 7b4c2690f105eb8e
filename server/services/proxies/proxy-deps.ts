import type { ProxyHolders } from '../accounts/proxy-holders.ts';
import type { Clock, Ids } from '../clock.ts';
import type { ConductData } from '../conduct/conduct-data.ts';
import type { AuditTrail } from '../ports/audit-port.ts';
import type { CapacityStore } from '../ports/capacity-port.ts';
import type { CaseStore, DocumentStore, PeopleReader } from '../ports/master-data-ports.ts';
import type { Messenger } from '../ports/messenger-port.ts';
import type { ProxyStore } from '../ports/proxy-port.ts';

export interface WhichProxy {
  readonly caseId: string;
  /** Of one that the claims table names and nobody has seen: its capacity's. */
  readonly proxyId: string;
}

export interface ProxyDeps {
  readonly cases: Pick<CaseStore, 'find'>;
  readonly documents: Pick<DocumentStore, 'find' | 'findMany'>;
  readonly proxies: ProxyStore;
  readonly capacities: CapacityStore;
  readonly holders: ProxyHolders;
  readonly people: PeopleReader;
  readonly data: Pick<ConductData, 'claimsBook' | 'findMeeting'>;
  readonly audit: AuditTrail;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: { warn(fields: object, message: string): void };
  /** Somebody may do more or less than before: open devices of the case are judged anew. */
  readonly onChanged: (caseId: string) => Promise<void>;
}
