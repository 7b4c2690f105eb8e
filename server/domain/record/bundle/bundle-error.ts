/** Why a bundle's container is refused. The words for people stand in `verify/codes.ts`. */
export type BundleCode =
  /** Larger than any bundle may be. */
  | 'BUNDLE_TOO_LARGE'
  /** No archive, cut off, or with something before or behind it. */
  | 'BUNDLE_NOT_ZIP'
  /** A field that the profile fixes has another value: zip64, data descriptors, extra fields, encryption. */
  | 'BUNDLE_PROFILE'
  /** The local header and the central directory tell different things. */
  | 'BUNDLE_HEADERS_DIFFER'
  /** A name that is not on the list: paths, other spellings, other files. */
  | 'BUNDLE_NAME'
  | 'BUNDLE_DUPLICATE'
  /** The list's order, or bytes between two files. */
  | 'BUNDLE_ORDER'
  /** More files, or a larger one, than the list allows. */
  | 'BUNDLE_LIMIT'
  /** Inflates to so much more than it takes that it can only be meant to do harm. */
  | 'BUNDLE_RATIO'
  /** The compressed bytes are broken or do not give what the header says. */
  | 'BUNDLE_DEFLATE'
  | 'BUNDLE_CRC'
  /** A file that every bundle has is not there. */
  | 'BUNDLE_MISSING'
  /** A line is too long, or the last one is not ended. */
  | 'BUNDLE_LINES';

/** The container is not one that this program writes. `at` names the file, never its content. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
  readonly code: BundleCode;
  readonly at: string;

  constructor(code: BundleCode, at = '') {
    super(at === '' ? code : `${code} at ${at}`);
    this.code = code;
    this.at = at;
  }
}
