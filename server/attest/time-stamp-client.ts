/** A time-stamp authority over HTTP (RFC 3161, 3.4). Every answer is checked before anybody hears of it. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError, type TimeStampConfig } from '../config.ts';
import { certificatesOfPem } from '../domain/record/timestamp/pem.ts';
import { encodeTimeStampRequest, NONCE_BYTES, tokenOfResponse } from '../domain/record/timestamp/request.ts';
import { TOKEN_MAX_BYTES, verifyTimeStamp } from '../domain/record/timestamp/verify-time-stamp.ts';
import type { TimeStampPort } from '../services/attest/ports.ts';
import { sha256 } from '../services/record-crypto.ts';
import { post } from './http-post.ts';

const TIMEOUT_MS = 10_000;

/** Null when none is configured. @throws ConfigError when the root cannot be read */
export function createTimeStampClient(config: TimeStampConfig | null): TimeStampPort | null {
  if (config === null) return null;
  const { url, policy } = config;
  const roots = readRoots(config.caFile);
  return {
    async stamp(data) {
      const nonce = randomBytes(NONCE_BYTES);
      const reply = await post(url, {
        contentType: 'application/timestamp-query',
        body: encodeTimeStampRequest({ hash: sha256(data), nonce, policy }),
        timeoutMs: TIMEOUT_MS,
        maxBytes: TOKEN_MAX_BYTES,
      });
      if (reply.status !== 200) throw new Error(`the authority answered ${reply.status}`);
      const token = tokenOfResponse(reply.body);
      return { token, ...(await verifyTimeStamp({ token, data, roots, nonce, policy })) };
    },
  };
}

function readRoots(path: string): Uint8Array[] {
  let roots: Uint8Array[] = [];
  try {
    roots = certificatesOfPem(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(`TSA_CA ${path} cannot be read: ${(error as Error).message}`);
  }
  if (roots.length === 0) throw new ConfigError(`TSA_CA ${path} holds no certificate in PEM`);
  return roots;
}
