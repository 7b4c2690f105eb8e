/**
 * Proof of work asked for when a budget of codes or failures is used up: cheap for one person, dear for
 * somebody who tries thousands of numbers. Runs in the browser and on the server; no third party is asked.
 */

/** 2^16 attempts on average: about a second on an old phone. */
export const CHALLENGE_BITS = 16;
/** Digests computed between two turns of the event loop. */
const BATCH = 256;

async function digest(token: string, nonce: number): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${token}:${nonce}`)));
}

function hasLeadingZeroBits(bytes: Uint8Array, bits: number): boolean {
  for (let i = 0; i < bits; i++) {
    if ((((bytes[i >> 3] ?? 0) >> (7 - (i & 7))) & 1) !== 0) return false;
  }
  return true;
}

/** True when `nonce` solves the challenge. */
export async function isChallengeSolved(token: string, nonce: number, bits: number): Promise<boolean> {
  return hasLeadingZeroBits(await digest(token, nonce), bits);
}

/** Finds a nonce. Needs a secure context (HTTPS or localhost), as the whole product does. */
export async function solveChallenge(token: string, bits: number): Promise<number> {
  for (let start = 0; ; start += BATCH) {
    const nonces = Array.from({ length: BATCH }, (_, i) => start + i);
    const solved = await Promise.all(nonces.map((nonce) => isChallengeSolved(token, nonce, bits)));
    const index = solved.indexOf(true);
    if (index >= 0) return start + index;
  }
}
