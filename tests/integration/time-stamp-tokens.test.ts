import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Certificate } from 'pkijs';
import { requireTrustedSigner } from '../../server/domain/record/timestamp/chain.ts';
import { ownBytes } from '../../server/domain/record/timestamp/der.ts';
import { certificatesOfPem } from '../../server/domain/record/timestamp/pem.ts';
import { encodeTimeStampRequest, tokenOfResponse } from '../../server/domain/record/timestamp/request.ts';
import type { TimeStampCode } from '../../server/domain/record/timestamp/time-stamp.ts';
import { verifyTimeStamp } from '../../server/domain/record/timestamp/verify-time-stamp.ts';
import {
  answerQuery,
  createAuthorityFiles,
  issue,
  TEST_POLICY,
  type AuthorityFiles,
} from '../support/time-stamp-authority.ts';

const DATA = Buffer.from('demo/meeting-1\n12\nroot\n\n— demo/meeting-1 signature\n');
/** Every third byte, another bit each time: the checks of a thousand signatures take half a minute. */
const BYTE_STEP = 3;
const NONCE = new Uint8Array([0x00, 1, 2, 3, 4, 5, 6, 7]);

let authority: AuthorityFiles;
let other: AuthorityFiles;
let token: Uint8Array;

const rootsOf = ({ rootPem }: AuthorityFiles) => certificatesOfPem(rootPem);
const hashOf = (data: Uint8Array) => createHash('sha256').update(data).digest();

async function stamp(from: AuthorityFiles, data: Uint8Array, policy?: string): Promise<Uint8Array> {
  return answerQuery(from, encodeTimeStampRequest({ hash: hashOf(data), nonce: NONCE, policy }));
}

const refusal = (promise: Promise<unknown>): Promise<TimeStampCode> =>
  promise.then(
    () => Promise.reject(new Error('was accepted')),
    (error: { code: TimeStampCode }) => error.code,
  );

beforeAll(async () => {
  authority = await createAuthorityFiles();
  other = await createAuthorityFiles('Other Time');
  token = tokenOfResponse(await stamp(authority, DATA));
});

afterAll(async () => {
  await rm(authority.directory, { recursive: true, force: true });
  await rm(other.directory, { recursive: true, force: true });
});

describe('a time-stamp token of an authority', () => {
  it('is accepted with its time, authority and policy', async () => {
    const check = { token, data: DATA, roots: rootsOf(authority), nonce: NONCE, policy: TEST_POLICY };
    const found = await verifyTimeStamp(check);
    expect(found).toMatchObject({ authority: 'Test Time Authority', policy: TEST_POLICY });
    expect(Math.abs(Date.parse(found.time) - Date.now())).toBeLessThan(600_000);
  });

  it('is accepted years later without the nonce, by the time it states', async () => {
    await expect(verifyTimeStamp({ token, data: DATA, roots: rootsOf(authority) })).resolves.toBeDefined();
  });

  it.each<[TimeStampCode, string, () => object]>([
    ['IMPRINT', 'other data', () => ({ data: Buffer.from('another note') })],
    ['NONCE', 'an answer to another request', () => ({ nonce: randomBytes(8) })],
    ['POLICY', 'another policy', () => ({ policy: '1.2.3.4.5' })],
    ['CHAIN', 'a root of somebody else', () => ({ roots: rootsOf(other) })],
    ['CHAIN', 'no root at all', () => ({ roots: [] })],
    ['MALFORMED', 'bytes after the token', () => ({ token: Buffer.concat([token, Buffer.from([0])]) })],
    ['MALFORMED', 'no token', () => ({ token: Buffer.from('not a token') })],
    ['MALFORMED', 'too many bytes', () => ({ token: Buffer.alloc(70_000, token) })],
  ])('%s: %s', async (code, _, changed) => {
    const check = { token, data: DATA, roots: rootsOf(authority), ...changed() };
    expect(await refusal(verifyTimeStamp(check))).toBe(code);
  });

  it('is refused when a byte of it was changed, in whatever part', async () => {
    const roots = rootsOf(authority);
    const accepted: number[] = [];
    for (let at = 0; at < token.length; at += BYTE_STEP) {
      const changed = Uint8Array.from(token);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      await verifyTimeStamp({ token: changed, data: DATA, roots, nonce: NONCE }).then(
        () => accepted.push(at),
        () => undefined,
      );
    }
    expect(accepted).toEqual([]);
  });

  it('does not come out of a refusal', async () => {
    const refused = stamp(authority, DATA, '1.2.3.4.99').then(tokenOfResponse);
    expect(await refusal(refused)).toBe('REFUSED');
    expect(() => tokenOfResponse(Buffer.from('<html>'))).toThrow('MALFORMED');
  });
});

describe('the certificate that signs a time stamp', () => {
  const parse = (pem: string) =>
    certificatesOfPem(pem).map((der) => Certificate.fromBER(ownBytes(der)))[0] as Certificate;

  it('USAGE: is for time-stamping and for that alone', async () => {
    const { directory, rootPem } = authority;
    const web = await issue({ directory, file: 'web', subject: '/CN=Web', section: 'web_cert' });
    const chain = { signer: parse(web), others: [], roots: [parse(rootPem)], at: new Date() };
    expect(await refusal(requireTrustedSigner(chain))).toBe('USAGE');
  });

  it('CHAIN: was valid at the time of the stamp', async () => {
    const { directory, rootPem } = authority;
    const late = await issue({ directory, file: 'late', subject: '/CN=Late', section: 'tsa_cert' });
    const at = new Date(Date.now() - 86_400_000 * 365);
    const chain = { signer: parse(late), others: [], roots: [parse(rootPem)], at };
    expect(await refusal(requireTrustedSigner(chain))).toBe('CHAIN');
  });
});
