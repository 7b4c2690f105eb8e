/** Time stamps of RFC 3161: what a checked one says, and why one is refused. */

export type TimeStampCode =
  /** Not an answer of RFC 3161, or not DER. */
  | 'MALFORMED'
  /** The authority answered, and did not stamp. */
  | 'REFUSED'
  /** Stamped something else. */
  | 'IMPRINT'
  /** An answer to another request. */
  | 'NONCE'
  /** Stamped under another policy than was asked for. */
  | 'POLICY'
  /** An algorithm that is no longer trusted, or that is not known here. */
  | 'ALGORITHM'
  /** The signer's certificate is missing, or the token is not bound to it (RFC 5816). */
  | 'SIGNER'
  | 'SIGNATURE'
  /** The signer's certificate does not lead to the given root, or was not valid at that time. */
  | 'CHAIN'
  /** The signer's certificate is not for time-stamping and for that alone (RFC 3161, 2.3). */
  | 'USAGE';

/** A time stamp that cannot be relied on. `detail` is plain text for a log. */
export class TimeStampError extends Error {
  readonly code: TimeStampCode;

  constructor(code: TimeStampCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'TimeStampError';
    this.code = code;
  }
}

/** What a token proves once it is checked: the data existed at that time, says that authority. */
export interface TimeStamp {
  /** RFC 3339, UTC with milliseconds. */
  readonly time: string;
  /** Common name of the certificate that signed, else its organisation. */
  readonly authority: string;
  /** Under which rules of the authority, a dotted object identifier. */
  readonly policy: string;
  /** Serial number at the authority, lower-case hexadecimal. */
  readonly serial: string;
}

/** SHA-256, the one algorithm that stamps are asked for with. */
export const SHA256_OID = '2.16.840.1.101.3.4.2.1';
