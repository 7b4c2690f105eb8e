/** Attacks on a record that goes on after a rollback: what it says of the earlier one, and its late evidence. */
import { toBase64, toHex } from '../../../../server/domain/record/base64.ts';
import { leafHash } from '../../../../server/domain/record/merkle.ts';
import type { EntryBody } from '../../../../server/protocol/entries.ts';
import type { Continues } from '../../../../server/protocol/entry-bodies/continuation.ts';
import { sha256 } from '../../../../server/services/record-crypto.ts';
import { createLog, signCheckpoint, type NoteSigner } from '../note-signer.ts';
import { HOST, tellRecord, type RecordStory } from '../record-story.ts';
import { bundleOf, receiptOf, sealRecord } from '../seal-record.ts';
import { log, witnesses, type Given } from '../verify-record.ts';
import { byOperator, firstOf, insertBefore, isBallot, type Attack, type Attacked } from './attack.ts';

const ORIGIN = 'demo/inst-1/meeting-0';
/** Where the older copy of the database ended; the first ballots are behind it. */
const FOUND = 12;
const SEED = 'the log of the installation';
const earlierLog = createLog(ORIGIN, SEED);

/** The record that was lost. */
const earlier = () => sealRecord(tellRecord({ origin: ORIGIN }), { log: earlierLog, witnesses });
const ballotIn = ({ entries }: ReturnType<typeof earlier>): number =>
  entries.findIndex((bytes) => isBallot(Buffer.from(bytes).toString()));

function continuesFrom(signedBy: NoteSigner = earlierLog): Continues {
  const { tree } = earlier();
  return {
    origin: ORIGIN,
    checkpoint: signCheckpoint({ origin: ORIGIN, size: tree.size, root: tree.root() }, signedBy),
    foundSize: String(FOUND),
    foundRoot: toBase64(tree.root(FOUND)),
    detectedAt: '2026-11-22T05:00:00.000Z',
  };
}

function evidenceOf(
  change: Partial<EntryBody<'evidence'>> = {},
  signedBy = earlierLog,
): EntryBody<'evidence'> {
  const lost = earlier();
  const at = ballotIn(lost);
  return {
    kind: 'BALLOT_RECEIPT',
    seq: String(at),
    leafHash: toHex(leafHash(sha256, lost.entries[at] ?? new Uint8Array())),
    receipt: receiptOf(lost, at, { log: signedBy }),
    actor: HOST,
    ...change,
  };
}

/** The meeting goes on, with this evidence handed in before its vote. */
function goOn(story: RecordStory, evidence?: EntryBody<'evidence'>, continues = continuesFrom()): void {
  firstOf(story, 'meeting.convene').body.continues = continues;
  if (evidence) insertBefore(story, 'ballot.open', { t: 'evidence', body: evidence });
}

/** A record that goes on honestly. */
export function continuedRecord(given?: Given): Attacked {
  const story = tellRecord();
  goOn(story, evidenceOf());
  const bundle = bundleOf(sealRecord(story, { log, witnesses }).files);
  return { bundle, ...(given && { given }) };
}

/** A receipt of the record that was lost: of the ballot that was handed in, or of the one after it. */
export function lostReceipt(offset: 0 | 1): string {
  const lost = earlier();
  return receiptOf(lost, ballotIn(lost) + offset, { log: earlierLog });
}

export function earlierCheckpoint(size?: number): string {
  const { tree } = earlier();
  const at = size ?? tree.size;
  return signCheckpoint({ origin: ORIGIN, size: at, root: tree.root(Math.min(at, tree.size)) }, earlierLog);
}

const somebody = createLog(ORIGIN, 'somebody');

export const continuations: readonly Attack[] = [
  {
    what: 'the checkpoint that entry 0 names is of another meeting',
    code: 'CONTINUES_CHECKPOINT',
    make: () =>
      byOperator((story) => goOn(story, undefined, { ...continuesFrom(), origin: 'demo/inst-1/other' })),
  },
  {
    what: 'the checkpoint that entry 0 names was signed by nobody trusted',
    code: 'CONTINUES_SIGNATURE',
    make: () => byOperator((story) => goOn(story, undefined, continuesFrom(somebody))),
  },
  {
    what: 'evidence says of another ballot than its receipt',
    code: 'EVIDENCE_FORMAT',
    make: () => byOperator((story) => goOn(story, evidenceOf({ seq: '7' }))),
  },
  {
    what: 'evidence is put into a record that goes on from no other',
    code: 'EVIDENCE_ORIGIN',
    make: () =>
      byOperator((story) => insertBefore(story, 'ballot.open', { t: 'evidence', body: evidenceOf() })),
  },
  {
    what: 'evidence comes from another record than the one that is continued',
    code: 'EVIDENCE_ORIGIN',
    make: () =>
      byOperator((story) => {
        const own = createLog('demo/inst-1/meeting-9', SEED);
        const other = sealRecord(tellRecord({ origin: 'demo/inst-1/meeting-9' }), { log: own });
        const at = ballotIn(other);
        const bytes = other.entries[at] ?? new Uint8Array();
        const receipt = receiptOf(other, at, { log: own });
        goOn(story, evidenceOf({ receipt, leafHash: toHex(leafHash(sha256, bytes)) }));
      }),
  },
  {
    what: 'a ballot is made up and stands under a proof of another entry',
    code: 'EVIDENCE_PROOF',
    make: () =>
      byOperator((story) => {
        const { receipt } = evidenceOf();
        const extra = /^extra (.+)$/m.exec(receipt)?.[1] ?? '';
        const made = Buffer.from(extra, 'base64').toString().replace('"choice":"for"', '"choice":"against"');
        const bytes = Buffer.from(made);
        const forged = receipt.replace(extra, bytes.toString('base64'));
        goOn(story, evidenceOf({ receipt: forged, leafHash: toHex(leafHash(sha256, bytes)) }));
      }),
  },
  {
    what: 'evidence is signed by nobody trusted',
    code: 'EVIDENCE_SIGNATURE',
    make: () => byOperator((story) => goOn(story, evidenceOf({}, somebody))),
  },
];
