/**
 * Checks a time-stamp token (RFC 3161 with RFC 5652 and RFC 5816) against the data, and against a root that comes
 * from outside: an operator can make an authority of their own, but not one that a court has in its file. The
 * server checks each answer with it, and so does whoever verifies a bundle.
 *
 * It tells that the data existed at the stated time. It does not tell whether the authority's clock was right.
 */
import * as asn1js from 'asn1js';
import {
  Certificate,
  ContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  TSTInfo,
  getCrypto,
  type Attribute,
  type SignerInfo,
} from 'pkijs';
import { toHex } from '../base64.ts';
import { nameOf, requireTrustedSigner } from './chain.ts';
import { isEqualBytes, ownBytes, parseDer } from './der.ts';
import { positive } from './request.ts';
import { SHA256_OID, TimeStampError, type TimeStamp } from './time-stamp.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
/** SHA-256, SHA-384, SHA-512 with the names of WebCrypto. */
const DIGESTS: ReadonlyMap<string, string> = new Map([
  [SHA256_OID, 'SHA-256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA-384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA-512'],
]);
/** With which a signer may sign: RSA (PKCS #1 1.5), and ECDSA with the digests above. */
const SIGNATURES: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.1',
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
]);
/** Arc of the algorithms above that sign with ECDSA. */
const ECDSA = '1.2.840.10045.4.3.';
/** A token with its chain has 3 to 8 kB; more is not read. */
export const TOKEN_MAX_BYTES = 64 * 1024;
const CERTIFICATES_MAX = 16;

export interface TimeStampCheck {
  /** DER of the token. */
  readonly token: Uint8Array;
  /** What was stamped: for a checkpoint the bytes of its note with the log's signature. */
  readonly data: Uint8Array;
  /** DER of the trusted roots, at least one. */
  readonly roots: readonly Uint8Array[];
  /** The nonce that the request carried, where it is still known. */
  readonly nonce?: Uint8Array | undefined;
  /** The policy that is required, as a dotted object identifier. */
  readonly policy?: string | undefined;
}

/** @throws TimeStampError */
export async function verifyTimeStamp(check: TimeStampCheck): Promise<TimeStamp> {
  const { content, signed } = parseToken(check.token);
  const info = parseInfo(content);
  await requireImprint(info, check.data);
  requireAsked(info, check);
  const { signer, others } = signerOf(signed);
  const [signerInfo] = signed.signerInfos as [SignerInfo];
  await requireSignedBy(signerInfo, { content, signer });
  const roots = check.roots.map(parseCertificate);
  await requireTrustedSigner({ signer, others, roots, at: info.genTime });
  return {
    time: info.genTime.toISOString(),
    authority: nameOf(signer),
    policy: info.policy,
    serial: toHex(info.serialNumber.valueBlock.valueHexView),
  };
}

function malformed(detail: string): TimeStampError {
  return new TimeStampError('MALFORMED', detail);
}

/** What pkijs throws on foreign structures is one thing to us: malformed. */
function parsed<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch {
    throw malformed(what);
  }
}

function parseToken(token: Uint8Array): { content: Uint8Array; signed: SignedData } {
  if (token.length > TOKEN_MAX_BYTES) throw malformed('too long');
  const der = parsed('not one DER value', () => parseDer(token));
  const info = parsed('no content info', () => new ContentInfo({ schema: der }));
  if (info.contentType !== SIGNED_DATA) throw malformed('not signed data');
  const signed = parsed('signed data', () => new SignedData({ schema: info.content }));
  const { eContentType, eContent } = signed.encapContentInfo;
  if (eContentType !== TST_INFO || !eContent) throw malformed('no time-stamp information');
  const [signer] = signed.signerInfos;
  if (!signer || signed.signerInfos.length !== 1) throw malformed('not one signer');
  // RFC 5652, 5.1 and 5.3: what these versions must be for such content and such a signer.
  if (signed.version !== 3 || signer.version !== 1) throw malformed('version');
  const digests = [...signed.digestAlgorithms, signer.digestAlgorithm];
  const isOne = digests.every(({ algorithmId }) => algorithmId === signer.digestAlgorithm.algorithmId);
  if (digests.length !== 2 || !isOne || !digests.every(hasNoParameters)) throw malformed('digest algorithms');
  return { content: new Uint8Array(eContent.getValue()), signed };
}

function hasNoParameters({ algorithmParams }: { readonly algorithmParams?: unknown }): boolean {
  return algorithmParams === undefined || algorithmParams instanceof asn1js.Null;
}

function parseInfo(content: Uint8Array): TSTInfo {
  const der = parsed('time-stamp information', () => parseDer(content));
  const info = parsed('time-stamp information', () => new TSTInfo({ schema: der }));
  if (info.version !== 1 || Number.isNaN(info.genTime.getTime())) throw malformed('version or time');
  return info;
}

async function requireImprint({ messageImprint }: TSTInfo, data: Uint8Array): Promise<void> {
  const { hashAlgorithm, hashedMessage } = messageImprint;
  const name = DIGESTS.get(hashAlgorithm.algorithmId);
  if (name === undefined) throw new TimeStampError('ALGORITHM', `imprint by ${hashAlgorithm.algorithmId}`);
  const digest = await digestOf(name, data);
  if (!isEqualBytes(digest, hashedMessage.valueBlock.valueHexView)) throw new TimeStampError('IMPRINT');
}

function requireAsked(info: TSTInfo, { nonce, policy }: TimeStampCheck): void {
  if (nonce !== undefined) {
    const stamped = info.nonce?.valueBlock.valueHexView;
    if (!stamped || !isEqualBytes(stamped, positive(nonce))) throw new TimeStampError('NONCE');
  }
  if (policy !== undefined && info.policy !== policy) {
    throw new TimeStampError('POLICY', `${info.policy} instead of ${policy}`);
  }
}

function signerOf({ certificates = [], signerInfos }: SignedData): {
  signer: Certificate;
  others: Certificate[];
} {
  if (certificates.length > CERTIFICATES_MAX) throw malformed('too many certificates');
  const own = certificates.filter((item) => item instanceof Certificate);
  const sid: unknown = signerInfos[0]?.sid;
  // By the bytes: names compare without regard to case. CMS knows a key identifier as well; authorities name issuer and serial number, as ESSCertID does.
  const signer =
    sid instanceof IssuerAndSerialNumber
      ? own.find(
          ({ issuer, serialNumber }) =>
            issuer.isEqual(sid.issuer.valueBeforeDecode) && serialNumber.isEqual(sid.serialNumber),
        )
      : undefined;
  if (!signer) throw new TimeStampError('SIGNER', 'its certificate is not in the token');
  return { signer, others: own.filter((certificate) => certificate !== signer) };
}

/** The signature over the signed attributes, which hold the content's type and digest and name the certificate. */
async function requireSignedBy(
  signerInfo: SignerInfo,
  { content, signer }: { readonly content: Uint8Array; readonly signer: Certificate },
): Promise<void> {
  const digestName = DIGESTS.get(signerInfo.digestAlgorithm.algorithmId);
  const signature = signerInfo.signatureAlgorithm.algorithmId;
  if (digestName === undefined || !SIGNATURES.has(signature))
    throw new TimeStampError('ALGORITHM', signature);
  const attributes = signerInfo.signedAttrs?.attributes ?? [];
  const type: unknown = onlyValue(attributes, CONTENT_TYPE);
  const digest: unknown = onlyValue(attributes, MESSAGE_DIGEST);
  if (!(type instanceof asn1js.ObjectIdentifier) || type.valueBlock.toString() !== TST_INFO) {
    throw malformed('signed content type');
  }
  if (!(digest instanceof asn1js.OctetString)) throw malformed('message digest');
  if (!isEqualBytes(digest.valueBlock.valueHexView, await digestOf(digestName, content))) {
    throw new TimeStampError('SIGNATURE', 'the content was changed');
  }
  await requireBound(attributes, signer);
  if (!(await isSignatureValid(signerInfo, signer, digestName))) throw new TimeStampError('SIGNATURE');
}

async function isSignatureValid(signerInfo: SignerInfo, signer: Certificate, digestName: string) {
  const { signedAttrs, signature, signatureAlgorithm } = signerInfo;
  if (!signedAttrs) return false;
  if (signatureAlgorithm.algorithmId.startsWith(ECDSA)) requireTwoNumbers(signature.valueBlock.valueHexView);
  return getCrypto(true)
    .verifyWithPublicKey(
      signedAttrs.encodedValue,
      signature,
      signer.subjectPublicKeyInfo,
      signatureAlgorithm,
      // Plain rsaEncryption leaves the hash to the digest algorithm; the others name it themselves.
      ...(signatureAlgorithm.algorithmId === '1.2.840.113549.1.1.1' ? [digestName] : []),
    )
    .catch(() => false);
}

/** pkijs reads other tags and lengths in an ECDSA signature as well: one signature, one spelling. */
function requireTwoNumbers(signature: Uint8Array): void {
  const numbers = childrenOf(parseDer(signature));
  if (numbers.length !== 2 || !numbers.every((number) => number instanceof asn1js.Integer)) {
    throw new TimeStampError('SIGNATURE', 'not an ECDSA signature');
  }
}

/** ESSCertID: without it the same signature could be shown under another certificate of the same key. */
async function requireBound(attributes: readonly Attribute[], signer: Certificate): Promise<void> {
  const v2: unknown = findValue(attributes, SIGNING_CERTIFICATE_V2);
  const v1: unknown = findValue(attributes, SIGNING_CERTIFICATE);
  const [certId] = childrenOf(childrenOf(v2 ?? v1)[0]);
  const parts = childrenOf(certId);
  const [first] = parts;
  const named = first instanceof asn1js.Sequence ? algorithmOf(first) : SHA256_OID;
  const algorithm = v2 === undefined ? 'SHA-1' : DIGESTS.get(named);
  const hash = first instanceof asn1js.Sequence ? parts[1] : first;
  if (algorithm === undefined || !(hash instanceof asn1js.OctetString)) {
    throw new TimeStampError('SIGNER', 'not bound to a certificate');
  }
  const certificate = new Uint8Array(signer.toSchema(false).toBER());
  if (!isEqualBytes(hash.valueBlock.valueHexView, await digestOf(algorithm, certificate))) {
    throw new TimeStampError('SIGNER', 'bound to another certificate');
  }
}

function algorithmOf(sequence: asn1js.Sequence): string {
  const [oid] = sequence.valueBlock.value;
  return oid instanceof asn1js.ObjectIdentifier ? oid.valueBlock.toString() : '';
}

function childrenOf(value: unknown): readonly unknown[] {
  return value instanceof asn1js.Sequence ? value.valueBlock.value : [];
}

/** Value of an attribute that may stand there once, with one value. */
function onlyValue(attributes: readonly Attribute[], type: string): unknown {
  const found = attributes.filter((attribute) => attribute.type === type);
  const values: readonly unknown[] = found[0]?.values ?? [];
  if (found.length !== 1 || values.length !== 1) throw malformed(`signed attribute ${type}`);
  return values[0];
}

function findValue(attributes: readonly Attribute[], type: string): unknown {
  return attributes.some((attribute) => attribute.type === type) ? onlyValue(attributes, type) : undefined;
}

async function digestOf(name: string, data: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(name, ownBytes(data)));
}

function parseCertificate(der: Uint8Array): Certificate {
  return parsed('certificate', () => new Certificate({ schema: parseDer(der) }));
}
