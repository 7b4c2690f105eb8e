/**
 * Every attack of record.md's last table that something stops, each as a tampered bundle that fails with the
 * code that names it. Rows that nothing stops, or that are stopped outside the record, are named with why.
 */
import { describe, expect, it } from '@jest/globals';
import { codes, type VerifyCode } from '../../server/domain/record/verify/codes.ts';
import type { Attack } from '../support/record/attacks/attack.ts';
import * as format from '../support/record/attacks/on-format.ts';
import * as history from '../support/record/attacks/on-history.ts';
import * as continuation from '../support/record/attacks/on-continuation.ts';
import * as ballots from '../support/record/attacks/on-ballots.ts';
import * as counting from '../support/record/attacks/on-counting.ts';
import * as rolls from '../support/record/attacks/on-rolls.ts';
import * as votes from '../support/record/attacks/on-votes.ts';
import { tellRecord } from '../support/record/record-story.ts';
import { bundleOf, sealRecord } from '../support/record/seal-record.ts';
import { codesOf, log, verifyBytes, witnesses } from '../support/record/verify-record.ts';

const rows: readonly (readonly [string, readonly Attack[]])[] = [
  ['database administrator edits or deletes a cast ballot', history.edits],
  ['operator regenerates the whole history; operator’s key stolen', history.regenerations],
  ['witnesses exchanged after the notice', history.promises],
  ['operator adds ballots for absentees', ballots.addedBallots],
  ['weights changed after seeing votes', rolls.weights],
  ['different views to court and creditors; restored backup', history.views],
  ['restored backup: a meeting that goes on under a new origin', continuation.continuations],
  ['late votes let in, early close, outage at the deadline', votes.windows],
  ['rule massaged', counting.counts],
  ['replay to another resolution, round, meeting, version', history.replays],
  ['parser ambiguity (duplicate keys, 1e3, 2^53, NFC)', format.ambiguities],
  ['order of the entries', format.orders],
  ['leaf/node confusion, odd-node duplication', format.shapes],
  ['signature that fits two messages', ballots.signatures],
  ['private values', counting.privates],
  ['hostile archives', format.archives],
];

/** Found of archives that no writer makes; each has its case in record-bundle-archive.test.ts. */
const ARCHIVE_CODES: readonly VerifyCode[] = [
  'BUNDLE_TOO_LARGE',
  'BUNDLE_PROFILE',
  'BUNDLE_HEADERS_DIFFER',
  'BUNDLE_NAME',
  'BUNDLE_DUPLICATE',
  'BUNDLE_ORDER',
  'BUNDLE_LIMIT',
  'BUNDLE_RATIO',
  'BUNDLE_DEFLATE',
];

/** Found of real stamps by a real authority, in time-stamps-verified.test.ts. */
const STAMP_CODES: readonly VerifyCode[] = [
  'TIMESTAMP_FORMAT',
  'TIMESTAMP_STRAY',
  'TIMESTAMP_WRONG',
  'TIMESTAMP_EARLY',
];

describe.each(rows)('%s', (_row, attacks) => {
  it.each(attacks.map((attack) => [attack.what, attack.code, attack] as const))(
    '%s: %s',
    async (_what, code, { make }) => {
      const { bundle, given } = make();
      const report = await verifyBytes(bundle, given);
      expect(report.conclusion).toBe('FAILED');
      expect(codesOf(report)).toContain(code);
    },
  );
});

describe('the table of attacks', () => {
  it('reaches every code of the program', () => {
    const reached = new Set<string>([
      ...ARCHIVE_CODES,
      ...STAMP_CODES,
      ...rows.flatMap(([, attacks]) => attacks.map(({ code }) => code)),
    ]);
    expect(Object.keys(codes).filter((code) => !reached.has(code))).toEqual([]);
  });
});

describe('a record that goes on after a rollback', () => {
  const { continuedRecord, earlierCheckpoint, lostReceipt } = continuation;
  const verified = async (given: Parameters<typeof continuedRecord>[0]) => {
    const { bundle } = continuedRecord();
    const report = await verifyBytes(bundle, given);
    return [report.conclusion, ...codesOf(report)];
  };

  it('is verified, with the evidence and the gap shown to whoever judges', async () => {
    const { bundle } = continuedRecord();
    const report = await verifyBytes(bundle);
    expect([report.conclusion, ...codesOf(report)]).toEqual(['VERIFIED']);
    expect(report.notes).toEqual([
      { id: 'continued', count: '1' },
      { id: 'lateEvidence', count: '1' },
    ]);
  });

  it('is held against receipts and checkpoints of the earlier record', async () => {
    expect(await verified({ receipt: lostReceipt(0) })).toEqual(['VERIFIED']);
    expect(await verified({ receipt: lostReceipt(1) })).toEqual(['FAILED', 'RECEIPT_NOT_RECORDED']);
    expect(await verified({ checkpoint: earlierCheckpoint() })).toEqual(['VERIFIED']);
    expect(await verified({ checkpoint: earlierCheckpoint(900) })).toEqual(['FAILED', 'OUTSIDE_BEYOND']);
  });
});

describe('what the record shows without stopping it', () => {
  it('a history made anew fits itself: only keys from outside tell', async () => {
    const anew = sealRecord(tellRecord({ choiceOf: () => 'against' }), { log, witnesses });
    expect((await verifyBytes(bundleOf(anew.files), { policy: null })).conclusion).toBe(
      'SELF_CONSISTENT_ONLY',
    );
  });

  it('staff who sign in absentees and reset credentials stand in the report', async () => {
    const story = tellRecord();
    const host = { personId: 'person-host', role: 'administrator-lead' } as const;
    for (const { make } of story.drafts) {
      if (typeof make !== 'function' && make.t === 'presence') Object.assign(make.body, { enteredBy: host });
    }
    story.drafts.splice(3, 0, {
      make: {
        t: 'credential.reset',
        body: { personId: 'person-1', kind: 'TELEPHONE', causeId: 'import-2', actor: host },
      },
      ts: story.drafts[3]!.ts,
    });
    const report = await verifyBytes(bundleOf(sealRecord(story, { log, witnesses }).files));
    expect(report.conclusion).toBe('VERIFIED');
    expect(report.notes).toEqual([
      { id: 'staffSignIns', count: '8' },
      { id: 'credentialResets', count: '1' },
    ]);
  });

  it('a neighbour’s proof gives no choice away: equal ballots are different leaves', () => {
    const salts = sealRecord(tellRecord(), { log }).entries.map(
      (bytes) => /"salt":"([^"]+)"/.exec(Buffer.from(bytes).toString())?.[1],
    );
    expect(new Set(salts).size).toBe(salts.length);
  });

  it('the public version names nobody', () => {
    const files = sealRecord(tellRecord(), { log, witnesses }).files;
    for (const content of files.values()) expect(Buffer.from(content).toString()).not.toContain('债权人');
  });
});
