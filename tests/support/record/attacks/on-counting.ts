/** Attacks on what is counted and told: rule, verdict, minutes, private values (record.md, last table). */
import { createHash } from 'node:crypto';
import { MEMBERS } from '../../../../server/domain/record/bundle/layout.ts';
import { canonicalText } from '../../../../server/domain/record/canonical.ts';
import { countVote } from '../../../../server/domain/record/tally.ts';
import type { NewEntry } from '../../../../server/protocol/entries.ts';
import { HOST, tallyEntry, tell, verdictEntry, VOTE, type RecordStory, type SoFar } from '../record-story.ts';
import { byIntruder, byOperator, firstOf, textOf, type Attack } from './attack.ts';

const reference = { reference: Buffer.alloc(32, 1).toString('base64') };
/** The story's last drafts: close, tally, verdict, end. */
const replaceCounting = (
  story: RecordStory,
  tally: (soFar: SoFar) => NewEntry,
  verdict: (soFar: SoFar) => NewEntry,
) => {
  for (const draft of story.drafts) {
    if (draft.make === tallyEntry) draft.make = tally;
    else if (draft.make === verdictEntry) draft.make = verdict;
  }
};

const changedVerdict =
  (changes: (body: NewEntry<'verdict'>['body']) => Partial<NewEntry<'verdict'>['body']>) => () =>
    byOperator((story) =>
      replaceCounting(story, tallyEntry, (soFar) => {
        const { t, body } = verdictEntry(soFar);
        return { t, body: { ...body, ...changes(body) } };
      }),
    );

const withoutDraft = (make: unknown) => () =>
  byOperator((story) => {
    const at = story.drafts.findIndex((draft) => draft.make === make);
    story.drafts.splice(at, 1);
  });

export const counts: readonly Attack[] = [
  {
    what: 'the tally is counted by a rule other than the frozen one',
    code: 'TALLY_HASH',
    make: () =>
      byOperator((story) =>
        replaceCounting(
          story,
          (soFar) => {
            const entry = tallyEntry(soFar);
            if (entry.t !== 'tally') throw new Error('no tally');
            const [vote] = soFar.history.votes;
            const open = vote?.opened?.body;
            if (!open) throw new Error('no vote');
            const massaged = countVote({
              resolutionId: VOTE.resolutionId,
              round: VOTE.round,
              rollRoot: open.rollRoot,
              rule: { ...open.rule, groups: open.rule.groups.map((group) => ({ ...group, amount: null })) },
              units: [],
              signIns: new Map(),
              ballots: [],
              firstSeq: entry.body.firstSeq,
              lastSeq: entry.body.lastSeq,
            });
            const hash = createHash('sha256').update(canonicalText(massaged)).digest('hex');
            return { t: 'tally', body: { ...entry.body, sha256: hash } };
          },
          verdictEntry,
        ),
      ),
  },
  {
    what: 'another result is announced than was counted',
    code: 'VERDICT_RESULT',
    make: changedVerdict(() => ({ outcome: 'FAILED' })),
  },
  {
    what: 'other consequences are announced than the rule has',
    code: 'VERDICT_FOLLOW_UP',
    make: changedVerdict(() => ({ followUp: ['COURT_APPROVAL'] })),
  },
  {
    what: 'the verdict names another tally',
    code: 'VERDICT_TALLY',
    make: changedVerdict(() => ({ tallySha256: '0'.repeat(64) })),
  },
  { what: 'a closed vote has no tally', code: 'TALLY_MISSING', make: withoutDraft(tallyEntry) },
  { what: 'a tally has no verdict', code: 'VERDICT_MISSING', make: withoutDraft(verdictEntry) },
  {
    what: 'the tally leaves out the last ballots',
    code: 'TALLY_RANGE',
    make: () =>
      byOperator((story) =>
        replaceCounting(
          story,
          (soFar) => {
            const entry = tallyEntry(soFar);
            return entry.t === 'tally' ? { t: 'tally', body: { ...entry.body, lastSeq: '30' } } : entry;
          },
          verdictEntry,
        ),
      ),
  },
  {
    what: 'the minutes print other figures',
    code: 'MINUTES_FIGURES',
    make: () =>
      byIntruder((sealed) => {
        const text = textOf(sealed, MEMBERS.minutes).replace('"present":{"fen":"', '"present":{"fen":"9');
        sealed.files.set(MEMBERS.minutes, Buffer.from(text));
      }),
  },
  {
    what: 'the figures of the minutes are malformed',
    code: 'MINUTES_FORMAT',
    make: () => byIntruder((sealed) => void sealed.files.set(MEMBERS.minutes, Buffer.from('{"v":1}'))),
  },
  {
    what: 'the minutes were sealed over entries that are not there',
    code: 'MINUTES_RANGE',
    make: () =>
      byOperator((story) =>
        tell(story, {
          t: 'minutes.seal',
          body: {
            revision: '0',
            docxSha256: '0'.repeat(64),
            pdfSha256: '0'.repeat(64),
            lastSeq: '9999',
            actor: HOST,
          },
        }),
      ),
  },
];

const court = { seal: { isCourt: true } } as const;

export const privates: readonly Attack[] = [
  {
    what: 'a private value is changed behind its commitment',
    code: 'PRIVATE_OPENING',
    make: () =>
      byOperator((story) => void Object.assign(story.privates[0] ?? {}, { value: '另一个标题' }), court),
  },
  {
    what: 'a private value is added that belongs to nothing',
    code: 'PRIVATE_STRAY',
    make: () =>
      byOperator(
        (story) => void story.privates.push({ ...story.privates[0]!, commitment: reference.reference }),
        court,
      ),
  },
  {
    what: 'a private value is given twice',
    code: 'PRIVATE_STRAY',
    make: () => byOperator((story) => void story.privates.push(story.privates[0]!), court),
  },
  {
    what: 'a private value is malformed',
    code: 'PRIVATE_FORMAT',
    make: () => byOperator((story) => void Object.assign(story.privates[0] ?? {}, { key: 'short' }), court),
  },
  {
    what: 'the text of the resolution is not the one that was published',
    code: 'TEXT_HASH',
    make: () =>
      byOperator(
        (story) => void (firstOf(story, 'resolution.publish').body.textSha256 = '0'.repeat(64)),
        court,
      ),
  },
];
