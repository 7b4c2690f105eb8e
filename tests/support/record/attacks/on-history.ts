/** Attacks on the history as a whole: edits, cuts, other keys, other views (record.md, last table). */
import { checkpointLine, lineOf } from '../../../../server/domain/record/bundle/contents.ts';
import { MEMBERS } from '../../../../server/domain/record/bundle/layout.ts';
import { canonicalBytes } from '../../../../server/domain/record/canonical.ts';
import { createLog, signCheckpoint } from '../note-signer.ts';
import { castBallot, tell, tellRecord } from '../record-story.ts';
import { bundleOf, receiptOf, sealRecord, type SealedRecord } from '../seal-record.ts';
import { log, ORIGIN, witnesses } from '../verify-record.ts';
import {
  byIntruder,
  byOperator,
  editEntries,
  editLines,
  firstOf,
  honest,
  insertBefore,
  isBallot,
  type Attack,
} from './attack.ts';

/** Number of the honest record's first ballot. */
const firstBallot = ({ entries }: SealedRecord): number =>
  entries.findIndex((bytes) => isBallot(Buffer.from(bytes).toString()));

const againstInstead = (line: string): string => line.replace('"choice":"for"', '"choice":"against"');

/** The same meeting with the first ballot never cast: what an operator might show somebody else. */
function otherHistory(): SealedRecord {
  const story = tellRecord();
  story.drafts.splice(story.drafts.indexOf(firstOf(story, 'ballot.cast').draft), 1);
  return sealRecord(story, { log, witnesses });
}

const flipFirst = (story: ReturnType<typeof tellRecord>) =>
  void (firstOf(story, 'ballot.cast').body.ballot.choice = 'against');

export const edits: readonly Attack[] = [
  {
    what: 'a cast ballot is edited where it lies',
    code: 'ROOT_MISMATCH',
    make: () =>
      byIntruder((sealed) => {
        const at = firstBallot(sealed);
        editEntries(sealed, (line, index) => (index === at ? againstInstead(line) : line));
      }),
  },
  {
    what: 'a cast ballot is deleted',
    code: 'ENTRY_SEQUENCE',
    make: () =>
      byIntruder((sealed) => {
        const at = firstBallot(sealed);
        editEntries(sealed, (line, index) => (index === at ? undefined : line));
      }),
  },
  {
    what: 'a cast ballot is deleted and the rest is numbered anew',
    code: 'CHECKPOINT_BEYOND',
    make: () =>
      byIntruder((sealed) => {
        const at = firstBallot(sealed);
        let seq = 0;
        editEntries(sealed, (line, index) =>
          index === at ? undefined : line.replace(/"seq":"\d+"/, `"seq":"${seq++}"`),
        );
      }),
  },
  {
    what: 'an earlier checkpoint is swapped for one of another history',
    code: 'CHECKPOINT_INCONSISTENT',
    make: () =>
      byIntruder((sealed) => {
        const { tree, origin } = otherHistory();
        const note = signCheckpoint({ origin, size: 30, root: tree.root(30) }, log);
        const [first = '', ...rest] = sealed.notes;
        sealed.files.set(
          MEMBERS.checkpoints,
          Buffer.concat([first, note, ...rest.slice(1)].map(checkpointLine)),
        );
      }),
  },
  {
    what: 'the operator edits a ballot and signs everything anew',
    code: 'BALLOT_SIGNATURE',
    make: () => byOperator(flipFirst),
  },
  {
    what: 'the operator edits a ballot, and its voter has the receipt',
    code: 'RECEIPT_NOT_RECORDED',
    make: () => {
      const sealed = honest();
      return byOperator(flipFirst, { given: { receipt: receiptOf(sealed, firstBallot(sealed), { log }) } });
    },
  },
  {
    what: 'the operator edits a ballot, and a checkpoint from before is known',
    code: 'RECEIPT_INCONSISTENT',
    make: () => {
      const sealed = honest();
      return byOperator(flipFirst, { given: { receipt: receiptOf(sealed, firstBallot(sealed), { log }) } });
    },
  },
  {
    what: 'the last entries are left out with their checkpoints',
    code: 'CHECKPOINT_MISSING',
    make: () =>
      byIntruder((sealed) => {
        editEntries(sealed, (line, index) => (index < 33 ? line : undefined));
        editLines(sealed, MEMBERS.checkpoints, (line, index) => (index < 2 ? line : undefined));
      }),
  },
  {
    what: 'the list of checkpoints is out of order',
    code: 'CHECKPOINT_ORDER',
    make: () =>
      byIntruder((sealed) => {
        sealed.files.set(MEMBERS.checkpoints, Buffer.concat(sealed.notes.toReversed().map(checkpointLine)));
      }),
  },
  {
    what: 'a checkpoint is no checkpoint',
    code: 'CHECKPOINT_FORMAT',
    make: () =>
      byIntruder((sealed) => {
        const junk = lineOf(canonicalBytes({ note: 'not\na checkpoint\n', more: 'x' }));
        sealed.files.set(MEMBERS.checkpoints, Buffer.concat([junk, ...sealed.notes.map(checkpointLine)]));
      }),
  },
];

/** All of it anew: other devices, other salts, another key under the same name. */
function regenerated() {
  const story = tellRecord({ choiceOf: () => 'against' });
  return sealRecord(story, { log: createLog(ORIGIN, 'another key of the operator'), witnesses });
}

export const regenerations: readonly Attack[] = [
  {
    what: 'the whole history is made anew under a new key',
    code: 'LOG_KEY_UNKNOWN',
    make: () => ({ bundle: bundleOf(regenerated().files) }),
  },
  {
    what: 'the whole history is made anew under the old key, without the witnesses',
    code: 'WITNESS_QUORUM',
    make: () => byOperator(flipFirst, { seal: { witnesses: witnesses.slice(0, 1) } }),
  },
  {
    what: 'the key is taken from one log and the name from another',
    code: 'LOG_SIGNATURE',
    make: () =>
      byIntruder((sealed) => {
        const forged = createLog(ORIGIN, 'another key');
        const lying = { ...log, sign: (text: string) => ({ ...forged.sign(text), keyId: log.key.keyId }) };
        const { origin, tree } = sealed;
        const note = signCheckpoint({ origin, size: tree.size, root: tree.root() }, lying, witnesses);
        sealed.files.set(MEMBERS.checkpoints, Buffer.concat([checkpointLine(note)]));
      }),
  },
  {
    what: 'the key is stolen and the thief appends, which the witnesses have not seen',
    code: 'WITNESS_QUORUM',
    make: () =>
      byOperator((story) => tell(story, { t: 'incident', body: { code: 'FORGED' } }), {
        seal: { witnesses: [] },
      }),
  },
];

const promising = (hash: string) => (story: ReturnType<typeof tellRecord>) => {
  firstOf(story, 'meeting.convene').body.witnessPolicySha256 = hash;
};

export const promises: readonly Attack[] = [
  {
    what: 'other witnesses were promised before the meeting than have signed',
    code: 'WITNESS_POLICY',
    make: () => byOperator(promising('ab'.repeat(32))),
  },
];

const outside = (sealed: SealedRecord, size: number, by = log): string =>
  signCheckpoint({ origin: sealed.origin, size, root: sealed.tree.root(size) }, by);

export const views: readonly Attack[] = [
  {
    what: 'the court was shown another history than the creditor',
    code: 'OUTSIDE_INCONSISTENT',
    make: () => ({ bundle: bundleOf(honest().files), given: { checkpoint: outside(otherHistory(), 34) } }),
  },
  {
    what: 'a backup was restored: the record ends before a checkpoint that somebody kept',
    code: 'OUTSIDE_BEYOND',
    make: () => {
      const story = tellRecord();
      story.drafts.length = 30;
      const restored = sealRecord(story, { log, witnesses });
      restored.files.delete(MEMBERS.minutes);
      return { bundle: bundleOf(restored.files), given: { checkpoint: outside(honest(), 36) } };
    },
  },
  {
    what: 'the checkpoint from outside is signed by nobody trusted',
    code: 'OUTSIDE_SIGNATURE',
    make: () => ({
      bundle: bundleOf(honest().files),
      given: { checkpoint: outside(honest(), 20, createLog(ORIGIN, 'somebody')) },
    }),
  },
  {
    what: 'the checkpoint from outside is of another meeting',
    code: 'OUTSIDE_ORIGIN',
    make: () => {
      const other = { ...honest(), origin: 'demo/inst-1/meeting-2' };
      return {
        bundle: bundleOf(honest().files),
        given: { checkpoint: outside(other, 20, createLog(other.origin, 'x')) },
      };
    },
  },
  {
    what: 'the checkpoint from outside is no checkpoint',
    code: 'OUTSIDE_FORMAT',
    make: () => ({ bundle: bundleOf(honest().files), given: { checkpoint: 'hello\n' } }),
  },
];

const otherMeeting = () => {
  const origin = 'demo/inst-1/meeting-2';
  const own = createLog(origin, 'the log of the installation');
  return { sealed: sealRecord(tellRecord({ origin }), { log: own, witnesses }), own };
};

export const replays: readonly Attack[] = [
  {
    what: 'an entry of another meeting is put into this one',
    code: 'ENTRY_ORIGIN',
    make: () =>
      byIntruder((sealed) => {
        const at = firstBallot(sealed);
        const foreign = otherMeeting().sealed.entries[at];
        editEntries(sealed, (line, index) => (index === at ? Buffer.from(foreign ?? []).toString() : line));
      }),
  },
  {
    what: 'a checkpoint of another meeting is put into this one',
    code: 'CHECKPOINT_ORIGIN',
    make: () =>
      byIntruder((sealed) => {
        const notes = [...otherMeeting().sealed.notes, ...sealed.notes];
        sealed.files.set(MEMBERS.checkpoints, Buffer.concat(notes.map(checkpointLine)));
      }),
  },
  {
    what: 'a ballot for another meeting is cast here',
    code: 'BALLOT_ORIGIN',
    make: () =>
      byOperator((story) => void (firstOf(story, 'ballot.cast').body.ballot.origin = 'demo/inst-1/other')),
  },
  {
    what: 'a ballot for another resolution is counted before its vote was opened',
    code: 'BALLOT_NOT_OPEN',
    make: () =>
      byOperator((story) => {
        const { draft } = firstOf(story, 'ballot.cast');
        story.drafts.splice(story.drafts.indexOf(draft), 1);
        insertBefore(story, 'ballot.open', draft.make);
      }),
  },
  {
    what: 'a ballot of the first round is replayed in the second',
    code: 'BALLOT_NOT_OPEN',
    make: () => byOperator((story) => void (firstOf(story, 'ballot.cast').body.ballot.round = '2')),
  },
  {
    what: 'a ballot is cast twice where changes are not allowed',
    code: 'BALLOT_TWICE',
    make: () =>
      byOperator((story) => {
        const again = tellRecord();
        castBallot(again, 0);
        const { make } = again.drafts.at(-1) ?? {};
        if (typeof make !== 'object' || make.t !== 'ballot.cast') throw new Error('no ballot');
        Object.assign(make.body.ballot, { version: '1', supersedes: '0' });
        insertBefore(story, 'ballot.close', make);
      }),
  },
  {
    what: 'a changed ballot skips a version',
    code: 'BALLOT_VERSION',
    make: () =>
      byOperator(
        (story) => {
          castBallot(story, 0);
          const { make } = story.drafts.pop() ?? {};
          if (typeof make !== 'object' || make.t !== 'ballot.cast') throw new Error('no ballot');
          Object.assign(make.body.ballot, { version: '2', supersedes: '0' });
          insertBefore(story, 'ballot.close', make);
        },
        { story: { allowChange: true } },
      ),
  },
  {
    what: 'a receipt of another meeting is held against this record',
    code: 'RECEIPT_ORIGIN',
    make: () => {
      const { sealed, own } = otherMeeting();
      return {
        bundle: bundleOf(honest().files),
        given: { receipt: receiptOf(sealed, firstBallot(sealed), { log: own }) },
      };
    },
  },
  {
    what: 'a receipt is signed by nobody trusted',
    code: 'RECEIPT_SIGNATURE',
    make: () => {
      const sealed = honest();
      const forger = createLog(ORIGIN, 'forger');
      return {
        bundle: bundleOf(sealed.files),
        given: { receipt: receiptOf(sealed, firstBallot(sealed), { log: forger }) },
      };
    },
  },
  {
    what: 'a receipt is no receipt',
    code: 'RECEIPT_FORMAT',
    make: () => ({ bundle: bundleOf(honest().files), given: { receipt: 'c2sp.org/tlog-proof@v1\n' } }),
  },
  {
    what: 'a receipt proves another number than its entry says',
    code: 'RECEIPT_PROOF',
    make: () => {
      const sealed = honest();
      const at = firstBallot(sealed);
      const receipt = receiptOf(sealed, at, { log }).replace(`index ${at}`, `index ${at + 1}`);
      return { bundle: bundleOf(sealed.files), given: { receipt } };
    },
  },
];
