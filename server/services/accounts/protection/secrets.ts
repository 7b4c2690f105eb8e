import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Keyed hashes and encryption at rest with the installation's secret, which is not in the database. */
export interface Secrets {
  /** Keyed SHA-256 as hexadecimal; `purpose` keeps uses apart. */
  hash(purpose: string, ...parts: readonly string[]): string;
  seal(text: string): string;
  /** @throws Error when the text was not sealed with this secret */
  open(sealed: string): string;
}

/** @param secret at least 32 random bytes, the same at every start */
export function createSecrets(secret: Uint8Array): Secrets {
  if (secret.length < 32) throw new Error('the installation secret is shorter than 32 bytes');
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `accounts/${use}`, 32));
  const hashKey = derive('hash');
  const sealKey = derive('seal');
  return {
    hash: (purpose, ...parts) =>
      createHmac('sha256', hashKey)
        .update(JSON.stringify([purpose, ...parts]))
        .digest('hex'),
    seal: (text) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealKey, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, IV_BYTES));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const body = bytes.subarray(IV_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
  };
}

export const sha256Hex = (text: string) => createHash('sha256').update(text).digest('hex');

/** Compares without telling by its time where the difference lies. */
export function isEqualHex(a: string, b: string): boolean {
  const left = Buffer.from(a, 'hex');
  const right = Buffer.from(b, 'hex');
  return left.length === right.length && timingSafeEqual(left, right);
}
