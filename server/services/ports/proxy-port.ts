import type { Proxy } from '../../domain/master-data.ts';

/** A change of one proxy, written only while it is in the state that was judged. */
export type ProxyChange = Pick<Proxy, 'state'> &
  Partial<Pick<Proxy, 'reviewedBy' | 'reviewedAt' | 'revokedBy' | 'revokedAt' | 'reason' | 'capacityId'>>;

/** Where proxies are kept; nothing is deleted. */
export interface ProxyStore {
  insert(proxies: readonly Proxy[]): Promise<void>;
  find(proxyId: string): Promise<Proxy | undefined>;
  /** Newest first. */
  listOfCase(caseId: string): Promise<readonly Proxy[]>;
  /** False when it has left the state meanwhile. */
  change(proxyId: string, from: Proxy['state'], change: ProxyChange): Promise<boolean>;
}
