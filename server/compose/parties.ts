/** Who acts for whom: what hangs on the case's parties beside its claims table. */
import type { Base } from './base.ts';
import { createProxyDesk } from '../services/proxies/proxy-desk.ts';

/** `onChanged` lets open meetings of a case follow a change of who may do what in it. */
export function composeParties(base: Base, onChanged: (caseId: string) => Promise<void>) {
  const { stores, capacities, accounts, data, messenger, clock, ids, log } = base;
  return {
    proxyDesk: createProxyDesk({
      ...stores.master,
      proxies: stores.proxies,
      capacities,
      holders: accounts.proxyHolders,
      people: accounts.directory,
      data,
      audit: stores.audit,
      messenger,
      clock,
      ids,
      log,
      onChanged,
    }),
  };
}
