/** Witnesses over HTTP (C2SP tlog-witness). */
import type { WitnessPort } from '../services/attest/ports.ts';
import { post } from './http-post.ts';

const TIMEOUT_MS = 5_000;
/** A line of a cosignature has some 150 bytes. */
const ANSWER_MAX_BYTES = 16 * 1024;

export function createWitnessClient(): WitnessPort {
  return {
    async addCheckpoint(url, body) {
      const address = `${url.replace(/\/$/, '')}/add-checkpoint`;
      const reply = await post(address, {
        contentType: 'text/plain; charset=utf-8',
        body: new TextEncoder().encode(body),
        timeoutMs: TIMEOUT_MS,
        maxBytes: ANSWER_MAX_BYTES,
      });
      const text = new TextDecoder().decode(reply.body);
      return { status: reply.status, contentType: reply.contentType, body: text };
    },
  };
}
