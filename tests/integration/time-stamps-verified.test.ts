/** record.md 12 and 13: time stamps in a bundle, by a real authority, honest and tampered with. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lineOf, timeStampLine } from '../../server/domain/record/bundle/contents.ts';
import { MEMBERS } from '../../server/domain/record/bundle/layout.ts';
import { parsePolicy } from '../../server/domain/record/notes/policy.ts';
import { certificatesOfPem } from '../../server/domain/record/timestamp/pem.ts';
import { encodeTimeStampRequest, tokenOfResponse } from '../../server/domain/record/timestamp/request.ts';
import { verifyTimeStamp } from '../../server/domain/record/timestamp/verify-time-stamp.ts';
import { verifyBundle } from '../../server/domain/record/verify/verify-bundle.ts';
import { hmacSha256, sha256, verifySignature } from '../../server/services/record-crypto.ts';
import { signCheckpoint } from '../support/record/note-signer.ts';
import { tellRecord } from '../support/record/record-story.ts';
import { bundleOf, sealRecord, type SealedRecord } from '../support/record/seal-record.ts';
import { codesOf, log, policy, witnesses } from '../support/record/verify-record.ts';
import { answerQuery, createAuthorityFiles, type AuthorityFiles } from '../support/time-stamp-authority.ts';

/** Checkpoints of the record beside the last one. */
const FROZEN = 12;

let authority: AuthorityFiles;
let other: AuthorityFiles;
beforeAll(async () => {
  [authority, other] = await Promise.all([createAuthorityFiles(), createAuthorityFiles('Other Time')]);
});
afterAll(async () => {
  for (const { directory } of [authority, other]) await rm(directory, { recursive: true });
});

const seal = (shiftMs = 0): SealedRecord => {
  const story = tellRecord();
  for (const draft of story.drafts) draft.ts = new Date(Date.parse(draft.ts) + shiftMs).toISOString();
  return sealRecord(story, { log, witnesses, checkpointSizes: [FROZEN] });
};

/** A token over the note as the log alone had signed it. */
async function stampOf({ origin, tree }: SealedRecord, size: number, by = authority): Promise<Uint8Array> {
  const note = signCheckpoint({ origin, size, root: tree.root(size) }, log);
  const hash = sha256(new TextEncoder().encode(note));
  return tokenOfResponse(
    await answerQuery(by, encodeTimeStampRequest({ hash, nonce: new Uint8Array(8).fill(7) })),
  );
}

async function check(sealed: SealedRecord, lines: readonly Uint8Array[], roots = authority) {
  sealed.files.set(MEMBERS.timestamps, Buffer.concat(lines));
  const report = await verifyBundle({
    bundle: bundleOf(sealed.files),
    trusted: { policy: parsePolicy(sha256, policy), timeStampRoots: certificatesOfPem(roots.rootPem) },
    crypto: { sha256, hmacSha256, verifySignature, verifyTimeStamp },
  });
  const step = report.steps.find(({ id }) => id === 'timeStamps');
  return { report, step, codes: codesOf(report) };
}

describe('time stamps in a bundle', () => {
  it('hold when the authority stamped checkpoints of this record', async () => {
    const sealed = seal();
    const { size } = sealed.tree;
    const lines = [FROZEN, size].map(async (at) =>
      timeStampLine({ size: at, token: await stampOf(sealed, at) }),
    );
    const { report, step } = await check(sealed, await Promise.all(lines));
    expect(report.conclusion).toBe('VERIFIED');
    expect(step).toMatchObject({ status: 'PASS', facts: { stamps: '2', authority: 'Test Time Authority' } });
  });

  it('are not checked without the authority’s root from outside, and do not fail for it', async () => {
    const sealed = seal();
    const token = await stampOf(sealed, FROZEN);
    sealed.files.set(MEMBERS.timestamps, timeStampLine({ size: FROZEN, token }));
    const report = await verifyBundle({
      bundle: bundleOf(sealed.files),
      trusted: { policy: parsePolicy(sha256, policy) },
      crypto: { sha256, hmacSha256, verifySignature, verifyTimeStamp },
    });
    expect(report.conclusion).toBe('VERIFIED');
    expect(report.steps.find(({ id }) => id === 'timeStamps')?.status).toBe('NOT_CHECKED');
  });

  it('of another authority do not hold: TIMESTAMP_WRONG', async () => {
    const sealed = seal();
    const line = timeStampLine({ size: FROZEN, token: await stampOf(sealed, FROZEN, other) });
    expect((await check(sealed, [line])).codes).toEqual(['TIMESTAMP_WRONG']);
  });

  it('moved to another checkpoint do not hold: TIMESTAMP_WRONG', async () => {
    const sealed = seal();
    const line = timeStampLine({ size: sealed.tree.size, token: await stampOf(sealed, FROZEN) });
    expect((await check(sealed, [line])).codes).toEqual(['TIMESTAMP_WRONG']);
  });

  it('with a changed byte do not hold: TIMESTAMP_WRONG or TIMESTAMP_FORMAT', async () => {
    const sealed = seal();
    const token = await stampOf(sealed, FROZEN);
    for (const at of [2, Math.floor(token.length / 2), token.length - 5]) {
      const changed = Uint8Array.from(token, (byte, index) => (index === at ? byte ^ 1 : byte));
      const { codes } = await check(sealed, [timeStampLine({ size: FROZEN, token: changed })]);
      expect(['TIMESTAMP_WRONG', 'TIMESTAMP_FORMAT']).toContain(codes.join(' '));
    }
  });

  it('of a checkpoint that is not in the bundle are strays: TIMESTAMP_STRAY', async () => {
    const sealed = seal();
    const line = timeStampLine({ size: FROZEN + 1, token: await stampOf(sealed, FROZEN + 1) });
    expect((await check(sealed, [line])).codes).toEqual(['TIMESTAMP_STRAY']);
  });

  it('that are no tokens, or have more in their line, cannot be read: TIMESTAMP_FORMAT', async () => {
    const lines = [
      timeStampLine({ size: FROZEN, token: new Uint8Array([0x30, 0x00]) }),
      lineOf(Buffer.from(`{"size":"${FROZEN}","token":"?"}`)),
      lineOf(Buffer.from(`{"more":"x","size":"${FROZEN}","token":"MAA="}`)),
      lineOf(Buffer.from('[]')),
    ];
    for (const line of lines) expect((await check(seal(), [line])).codes).toEqual(['TIMESTAMP_FORMAT']);
  });

  it('that are older than an entry under them show its time to be wrong: TIMESTAMP_EARLY', async () => {
    const sealed = seal(365 * 86_400_000);
    const line = timeStampLine({ size: FROZEN, token: await stampOf(sealed, FROZEN) });
    expect((await check(sealed, [line])).codes).toEqual(['TIMESTAMP_EARLY']);
  });
});
