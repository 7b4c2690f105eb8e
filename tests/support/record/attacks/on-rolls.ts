/** Attacks on the weights: the roll changed, frozen late, corrected without a reason (record.md, last table). */
import { toBase64, toHex } from '../../../../server/domain/record/base64.ts';
import { rollChunkName } from '../../../../server/domain/record/bundle/layout.ts';
import { canonicalText } from '../../../../server/domain/record/canonical.ts';
import { merkleRoot } from '../../../../server/domain/record/merkle.ts';
import { sha256 } from '../../../../server/services/record-crypto.ts';
import { bodyOf, tallyEntry, verdictEntry, type RecordStory } from '../record-story.ts';
import {
  byIntruder,
  byOperator,
  editLines,
  firstOf,
  insertAfter,
  insertBefore,
  type Attack,
} from './attack.ts';

/** The first voter's amount is ten times what it was. */
const tenfold = (line: string): string =>
  line.replace(/"(amountFen|unsecuredFen)":"100000"/g, '"$1":"1000000"');

export const weights: readonly Attack[] = [
  {
    what: 'a row of the roll is changed',
    code: 'ROLL_CHUNK_HASH',
    make: () =>
      byIntruder((sealed) => {
        const name = [...sealed.files.keys()].find((file) => file.startsWith('roll/')) ?? '';
        editLines(sealed, name, tenfold);
      }),
  },
  {
    what: 'the roll is frozen anew after the ballots were seen',
    code: 'BALLOT_ROLL',
    make: () =>
      byOperator((story) => {
        changeRoll(story, (text) => tenfold(text));
        firstOf(story, 'ballot.open').body.rollRoot = bodyOf(story, 'roll.freeze').root;
      }),
  },
  {
    what: 'totals are told that the rows do not have',
    code: 'ROLL_TOTALS',
    make: () =>
      byOperator((story) => {
        const [totals] = firstOf(story, 'roll.freeze').body.totals;
        if (totals) totals.unsecuredFen = '1';
      }),
  },
  {
    what: 'a root is told that the rows do not have',
    code: 'ROLL_ROOT',
    make: () =>
      byOperator(
        (story) => void (firstOf(story, 'roll.freeze').body.root = Buffer.alloc(32).toString('base64')),
      ),
  },
  {
    what: 'a unit stands on the roll twice',
    code: 'ROLL_UNIT_TWICE',
    make: () =>
      byOperator((story) => {
        changeRoll(story, (text) => text.replaceAll('"unit-1"', '"unit-0"'));
        // Nobody could count on such a roll.
        const isCounted = ({ make }: { make: unknown }) => make === tallyEntry || make === verdictEntry;
        for (const draft of story.drafts.filter(isCounted))
          story.drafts.splice(story.drafts.indexOf(draft), 1);
      }),
  },
  {
    what: 'a row is malformed',
    code: 'ROLL_ROW',
    make: () =>
      byOperator((story) => changeRoll(story, (text) => text.replace('"heads":"1"', '"heads":"2"'))),
  },
  {
    what: 'the roll is frozen after the vote was opened',
    code: 'ROLL_NOT_FROZEN',
    make: () =>
      byOperator((story) => {
        const { draft } = firstOf(story, 'roll.freeze');
        story.drafts.splice(story.drafts.indexOf(draft), 1);
        insertAfter(story, 'ballot.open', draft.make);
      }),
  },
  {
    what: 'a correction of the roll has no reason',
    code: 'ROLL_VERSION',
    make: () =>
      byOperator((story) =>
        insertBefore(story, 'ballot.close', {
          t: 'roll.freeze',
          body: { ...bodyOf(story, 'roll.freeze'), version: '1' },
        }),
      ),
  },
  {
    what: 'a chunk of the roll is missing',
    code: 'ROLL_CHUNK_MISSING',
    make: () =>
      byIntruder((sealed) => {
        for (const name of sealed.files.keys()) if (name.startsWith('roll/')) sealed.files.delete(name);
      }),
  },
  {
    what: 'a chunk is added that belongs to no roll',
    code: 'ROLL_CHUNK_STRAY',
    make: () =>
      byIntruder((sealed) => {
        const chunk = Buffer.from('{}\n');
        sealed.files.set(rollChunkName(toHex(sha256(chunk))), chunk);
      }),
  },
];

/** Changes the rows and freezes them as an operator would. */
function changeRoll(story: RecordStory, change: (text: string) => string): void {
  const freeze = firstOf(story, 'roll.freeze').body;
  const text = change(story.rows.map((row) => canonicalText(row)).join('\n'));
  const lines = text.split('\n').map((line) => Buffer.from(line));
  const chunk = Buffer.from(`${text}\n`);
  story.chunks.clear();
  story.chunks.set(toHex(sha256(chunk)), chunk);
  story.rows.splice(
    0,
    story.rows.length,
    ...lines.map((line) => JSON.parse(line.toString()) as (typeof story.rows)[0]),
  );
  freeze.chunks = [{ sha256: toHex(sha256(chunk)), rows: String(lines.length) }];
  freeze.root = toBase64(merkleRoot(sha256, lines));
}
