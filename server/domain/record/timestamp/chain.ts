/**
 * From the certificate that signed a time stamp to a root given from outside (RFC 5280, 6.1, as far as time
 * stamps need it). Written out instead of taken from pkijs, whose search for a path is not bounded: a token may
 * come from a stranger. Revocation is not asked for: it would need the network years later, and what a stamp was
 * worth on the day is told by the authority's own statement.
 */
import type { Certificate, RelativeDistinguishedNames } from 'pkijs';
import { BasicConstraints, ExtKeyUsage } from 'pkijs';
import * as asn1js from 'asn1js';
import { isEqualBytes } from './der.ts';
import { TimeStampError } from './time-stamp.ts';

const KEY_USAGE = '2.5.29.15';
const BASIC_CONSTRAINTS = '2.5.29.19';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
/** Critical extensions that are looked at here, or say nothing against a time stamp. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  KEY_USAGE,
  BASIC_CONSTRAINTS,
  EXTENDED_KEY_USAGE,
  '2.5.29.32', // certificate policies
]);
/** RSA and ECDSA with SHA-256, SHA-384 and SHA-512. */
const SIGNATURES: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
]);
/** Signer, up to four authorities, root. */
const MAX_STEPS = 5;
const KEY_CERT_SIGN = 0x04;
const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';

export interface ChainInput {
  readonly signer: Certificate;
  /** Certificates that came with the token; not trusted. */
  readonly others: readonly Certificate[];
  /** Trusted, from outside. */
  readonly roots: readonly Certificate[];
  /** Time of the stamp: every certificate was valid then. */
  readonly at: Date;
}

/** @throws TimeStampError USAGE, ALGORITHM, CHAIN */
export async function requireTrustedSigner({ signer, others, roots, at }: ChainInput): Promise<void> {
  requireTimeStamping(signer);
  let current = signer;
  for (let step = 0; step < MAX_STEPS; step++) {
    requireFit(current, at);
    if (step > 0) requireAuthority(current, step - 1);
    if (roots.some((root) => isSame(root, current))) return;
    if (!SIGNATURES.has(current.signatureAlgorithm.algorithmId)) {
      throw new TimeStampError(
        'ALGORITHM',
        `certificate signed with ${current.signatureAlgorithm.algorithmId}`,
      );
    }
    const issuer = (await findIssuer(current, roots)) ?? (await findIssuer(current, others));
    if (!issuer) throw new TimeStampError('CHAIN', `no issuer for ${nameOf(current)}`);
    current = issuer;
  }
  throw new TimeStampError('CHAIN', 'too many certificates up to the root');
}

async function findIssuer(
  certificate: Certificate,
  candidates: readonly Certificate[],
): Promise<Certificate | undefined> {
  for (const candidate of candidates) {
    if (candidate === certificate || !certificate.issuer.isEqual(candidate.subject)) continue;
    if (await certificate.verify(candidate).catch(() => false)) return candidate;
  }
  return undefined;
}

function isSame(a: Certificate, b: Certificate): boolean {
  return isEqualBytes(a.tbsView, b.tbsView);
}

function requireFit(certificate: Certificate, at: Date): void {
  if (at < certificate.notBefore.value || at > certificate.notAfter.value) {
    throw new TimeStampError('CHAIN', `${nameOf(certificate)} was not valid at ${at.toISOString()}`);
  }
  for (const { critical, extnID } of certificate.extensions ?? []) {
    if (critical && !UNDERSTOOD.has(extnID)) {
      throw new TimeStampError('CHAIN', `${nameOf(certificate)} has a critical extension ${extnID}`);
    }
  }
}

/** @param below authorities between this one and the signer */
function requireAuthority(certificate: Certificate, below: number): void {
  const constraints = extension(certificate, BASIC_CONSTRAINTS)?.parsedValue;
  if (!(constraints instanceof BasicConstraints) || !constraints.cA) {
    throw new TimeStampError('CHAIN', `${nameOf(certificate)} is no certificate authority`);
  }
  const { pathLenConstraint } = constraints;
  // A length that does not fit a number limits nothing.
  if (typeof pathLenConstraint === 'number' && pathLenConstraint < below) {
    throw new TimeStampError('CHAIN', `${nameOf(certificate)} allows no authority below it`);
  }
  const usage: unknown = extension(certificate, KEY_USAGE)?.parsedValue;
  if (usage instanceof asn1js.BitString && ((usage.valueBlock.valueHexView[0] ?? 0) & KEY_CERT_SIGN) === 0) {
    throw new TimeStampError('CHAIN', `${nameOf(certificate)} may not sign certificates`);
  }
}

function requireTimeStamping(certificate: Certificate): void {
  const found = extension(certificate, EXTENDED_KEY_USAGE);
  const purposes = found?.parsedValue instanceof ExtKeyUsage ? found.parsedValue.keyPurposes : [];
  if (found?.critical !== true || purposes.length !== 1 || purposes[0] !== TIME_STAMPING) {
    throw new TimeStampError('USAGE', `${nameOf(certificate)} is not for time-stamping alone`);
  }
}

function extension(certificate: Certificate, id: string) {
  return certificate.extensions?.find(({ extnID }) => extnID === id);
}

/** How people call it: common name, else organisation. */
export function nameOf({ subject }: Certificate): string {
  return partOf(subject, COMMON_NAME) ?? partOf(subject, ORGANISATION) ?? '';
}

function partOf({ typesAndValues }: RelativeDistinguishedNames, type: string): string | undefined {
  const value: unknown = typesAndValues.find((part) => part.type === type)?.value.valueBlock.value;
  return typeof value === 'string' ? value : undefined;
}
