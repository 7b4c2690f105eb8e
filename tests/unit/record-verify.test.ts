/** The offline verifier on honest records (record.md 12); what it finds of tampered ones is in record-attacks. */
import { describe, expect, it } from '@jest/globals';
import type { StepId } from '../../server/domain/record/verify/report.ts';
import { insertBefore } from '../support/record/attacks/attack.ts';
import { invalidBallot } from '../support/record/invalid-ballot.ts';
import { createLog, policyText } from '../support/record/note-signer.ts';
import { tellRecord, type StoryOptions } from '../support/record/record-story.ts';
import { bundleOf, receiptOf, sealRecord, type SealOptions } from '../support/record/seal-record.ts';
import {
  codesOf,
  log,
  LOG_SEED,
  ORIGIN,
  policy,
  verifyBytes,
  witnesses,
} from '../support/record/verify-record.ts';

const seal = (story: StoryOptions = {}, options: Partial<SealOptions> = {}) =>
  sealRecord(tellRecord(story), { log, witnesses, checkpointSizes: [1, 7, 20], ...options });

/** Nobody stamped it, and it goes on from no other record. */
const NOTHING_TO_CHECK: ReadonlySet<StepId> = new Set(['timeStamps', 'continuation']);

describe('an honest record', () => {
  it('passes every step with policy, checkpoint and receipt from outside', async () => {
    const sealed = seal({}, { isCourt: true });
    const receipt = receiptOf(sealed, 31, { log });
    const report = await verifyBytes(bundleOf(sealed.files), { checkpoint: sealed.notes[1]!, receipt });
    expect(codesOf(report)).toEqual([]);
    expect(report.steps.map(({ id, status }) => [id, status])).toEqual(
      report.steps.map(({ id }) => [id, NOTHING_TO_CHECK.has(id) ? 'NOT_CHECKED' : 'PASS']),
    );
    expect(report).toMatchObject({ conclusion: 'VERIFIED', isWitnessed: true });
  });

  it('is told in figures', async () => {
    const report = await verifyBytes(bundleOf(seal({ voters: 6, absent: new Set([5]) }).files));
    const facts = Object.fromEntries(report.steps.map((step) => [step.id, step.facts]));
    expect(facts['ballots']).toEqual({ ballots: '5', signed: '5', unsigned: '0', entered: '0' });
    expect(facts['rolls']).toEqual({ rolls: '1', rows: '6' });
    expect(facts['checkpoints']).toEqual({ inside: '4', outside: '0' });
    expect(facts['signatures']?.['witnesses']).toBe('w1, w2, w3');
  });

  it('without anything from outside is consistent with itself and no more', async () => {
    const report = await verifyBytes(bundleOf(seal().files), { policy: null });
    expect(report).toMatchObject({ conclusion: 'SELF_CONSISTENT_ONLY', isWitnessed: false });
    const sealed = seal();
    sealed.files.delete('vkeys.txt');
    const bare = await verifyBytes(bundleOf(sealed.files), { policy: null });
    expect(bare.conclusion).toBe('SELF_CONSISTENT_ONLY');
    expect(bare.steps.find(({ id }) => id === 'signatures')?.status).toBe('NOT_CHECKED');
  });

  it('is verified but not witnessed where the policy asks for nobody, or for too few', async () => {
    const nobody = await verifyBytes(bundleOf(seal().files), { policy: `log ${log.vkey}\nquorum none\n` });
    expect(nobody).toMatchObject({ conclusion: 'VERIFIED', isWitnessed: false });
    const one = await verifyBytes(bundleOf(seal().files), { policy: policyText(log, witnesses, 1) });
    expect(one).toMatchObject({ conclusion: 'VERIFIED', isWitnessed: false });
  });

  it.each([
    ['the installation’s name', 'inst-1'],
    ['the meeting’s origin', ORIGIN],
  ])('is verified by the key under %s, and by no key of another', async (_what, name) => {
    const sealed = seal();
    const given = { checkpoint: sealed.notes[1]!, receipt: receiptOf(sealed, 31, { log }) };
    const named = createLog(name, LOG_SEED);
    const verified = await verifyBytes(bundleOf(sealed.files), {
      ...given,
      policy: policyText(named, witnesses),
    });
    expect(codesOf(verified)).toEqual([]);
    expect(verified).toMatchObject({ conclusion: 'VERIFIED', isWitnessed: true });
    for (const other of [
      createLog(name, 'another key'),
      createLog(`${name}0`, LOG_SEED),
      createLog('inst', LOG_SEED),
    ]) {
      const failed = await verifyBytes(bundleOf(sealed.files), {
        ...given,
        policy: policyText(other, witnesses),
      });
      expect(failed.conclusion).toBe('FAILED');
      expect(failed.steps.find(({ id }) => id === 'signatures')?.status).toBe('FAIL');
    }
  });

  it('shows openly what somebody has to judge', async () => {
    const methodOf = (index: number) => (['signed', 'unsigned', 'entered'] as const)[index % 3] ?? 'signed';
    const report = await verifyBytes(bundleOf(seal({ voters: 6, methodOf }).files));
    expect(report.conclusion).toBe('VERIFIED');
    expect(report.notes).toEqual([
      { id: 'unsignedBallots', count: '2' },
      { id: 'enteredBallots', count: '2' },
    ]);
  });

  it('E7: counts invalid ballots again as the server did', async () => {
    const story = tellRecord({ absent: new Set([6, 7]) });
    for (const index of [7, 2]) insertBefore(story, 'ballot.close', invalidBallot(index));
    const sealed = sealRecord(story, { log, witnesses });
    const report = await verifyBytes(bundleOf(sealed.files));
    expect(codesOf(report)).toEqual([]);
    expect(report.conclusion).toBe('VERIFIED');
    expect(report.notes).toContainEqual({ id: 'voidedBallots', count: '2' });
    const verdict = sealed.entries
      .map((bytes) => Buffer.from(bytes).toString())
      .find((text) => text.includes('"t":"verdict"'));
    // The second one's unit has cast a valid ballot.
    expect(verdict).toContain('"invalid":{"fen":');
    expect(verdict).toContain('"heads":"1"}');
  });

  it('counts erased private values and takes the rest', async () => {
    const story = tellRecord();
    story.privates.splice(3, 2);
    const report = await verifyBytes(bundleOf(sealRecord(story, { log, witnesses, isCourt: true }).files));
    expect(codesOf(report)).toEqual([]);
    expect(report.notes).toContainEqual({ id: 'erasedValues', count: '2' });
  });

  it('says of a receipt what it says', async () => {
    const sealed = seal();
    const seq = sealed.entries.findIndex((bytes) => Buffer.from(bytes).includes('"t":"ballot.cast"'));
    const report = await verifyBytes(bundleOf(sealed.files), {
      receipt: receiptOf(sealed, seq, { log, size: seq + 3 }),
    });
    expect(report.steps.at(-1)).toMatchObject({
      id: 'receipt',
      status: 'PASS',
      facts: { seq: String(seq), unit: 'unit-0', choice: '同意', counted: '已计入' },
    });
  });

  it('is worked on in pieces and reports how far it is', async () => {
    expect(policy).toContain('quorum all-witnesses');
    const report = await verifyBytes(bundleOf(seal({ voters: 300 }).files));
    expect(codesOf(report)).toEqual([]);
  });
});
