/**
 * Who signs in for a creditor, from its row of the claims table. Civil Code art. 61 (the legal representative
 * acts for a legal person), art. 161–165 (agency by authorisation).
 */
import type { ImportedCreditor } from '../claims/types.ts';
import type { Capacity } from '../master-data.ts';
import { normaliseMobile, normaliseName, toIdentityCheck, type IdentityCheck } from './identity.ts';

/** A person named by a row, and in which capacity that person acts. */
export interface Party {
  readonly creditorId: string;
  readonly creditorName: string;
  readonly kind: Capacity['kind'];
  /** The person's own name. */
  readonly name: string;
  readonly mobile: string;
  readonly check: IdentityCheck;
}

export type KeyedCreditor = Pick<
  ImportedCreditor,
  'name' | 'kind' | 'idNo' | 'legalRep' | 'contact' | 'mobile' | 'proxy'
> & { readonly creditorId: string };

/** The creditor's own side first, then its proxy. A row without a usable number names nobody. */
export function partiesOf(creditor: KeyedCreditor): readonly Party[] {
  const { creditorId, name: creditorName, proxy } = creditor;
  const parties: Party[] = [];
  const mobile = normaliseMobile(creditor.mobile);
  if (mobile !== undefined) {
    const check = toIdentityCheck(creditor.name, creditor.idNo);
    const kind = ownKind(creditor);
    const name = kind === 'self' ? creditor.name : creditor.contact;
    parties.push({ creditorId, creditorName, kind, name, mobile, check });
  }
  const proxyMobile = proxy && normaliseMobile(proxy.mobile);
  if (proxy && proxyMobile !== undefined && proxyMobile !== mobile) {
    const check = toIdentityCheck(proxy.name, proxy.idNo);
    parties.push({ creditorId, creditorName, kind: 'proxy', name: proxy.name, mobile: proxyMobile, check });
  }
  return parties;
}

function ownKind(creditor: KeyedCreditor): Capacity['kind'] {
  if (creditor.kind === 'NATURAL_PERSON') return 'self';
  const isRepresentative =
    creditor.legalRep !== undefined && normaliseName(creditor.legalRep) === normaliseName(creditor.contact);
  return isRepresentative ? 'legal-representative' : 'contact';
}
