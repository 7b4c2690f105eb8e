/** Attacks on the course of a vote: late ballots, deadlines, documents (record.md, last table). */
import { toHex } from '../../../../server/domain/record/base64.ts';
import { documentName } from '../../../../server/domain/record/bundle/layout.ts';
import type { NewEntry } from '../../../../server/protocol/entries.ts';
import { sha256 } from '../../../../server/services/record-crypto.ts';
import { HOST, VOTE } from '../record-story.ts';
import {
  byIntruder,
  byOperator,
  draftsOf,
  firstOf,
  insertAfter,
  insertBefore,
  type Attack,
} from './attack.ts';

const absent = { story: { absent: new Set([7]) } } as const;
const reference = { reference: Buffer.alloc(32, 1).toString('base64') };
const reason = { reason: Buffer.alloc(32, 2).toString('base64') };
const extension: NewEntry<'ballot.extend'>['body'] = {
  ...VOTE,
  previousClosesAt: '2026-11-22T08:00:00.000Z',
  closesAt: '2026-11-22T09:00:00.000Z',
  consent: reference,
  actor: HOST,
  commitments: reason,
};

export const windows: readonly Attack[] = [
  {
    what: 'a vote that came after the deadline is let in',
    code: 'BALLOT_LATE',
    make: () =>
      byOperator(
        (story) => void (draftsOf(story, 'ballot.cast').at(-1)!.body.receivedAt = '2026-11-22T08:00:01.000Z'),
      ),
  },
  {
    what: 'a vote is recorded after the close and dated back',
    code: 'BALLOT_LATE',
    make: () =>
      byOperator((story) => {
        const { draft } = draftsOf(story, 'ballot.cast').at(-1)!;
        story.drafts.splice(story.drafts.indexOf(draft), 1);
        insertAfter(story, 'ballot.close', draft.make);
      }),
  },
  {
    what: 'the close takes effect after the deadline',
    code: 'VOTE_CLOSED_LATE',
    make: () =>
      byOperator((story) => {
        const { draft, body } = firstOf(story, 'ballot.close');
        body.effectiveAt = '2026-11-22T08:10:00.000Z';
        for (const later of story.drafts.slice(story.drafts.indexOf(draft), -1)) later.ts = body.effectiveAt;
      }),
  },
  {
    what: 'the vote is closed early, before all have voted and without consent',
    code: 'VOTE_CLOSED_EARLY',
    make: () =>
      byOperator(
        (story) => void (firstOf(story, 'ballot.close').body.effectiveAt = '2026-11-22T07:10:00.000Z'),
        absent,
      ),
  },
  {
    what: 'the vote is closed for a time that has not come',
    code: 'VOTE_CLOSED_EARLY',
    make: () =>
      byOperator(
        (story) => void (firstOf(story, 'ballot.close').draft.ts = '2026-11-22T07:10:00.000Z'),
        absent,
      ),
  },
  {
    what: 'the vote is extended after its close',
    code: 'VOTE_AFTER_CLOSE',
    make: () =>
      byOperator((story) => insertAfter(story, 'ballot.close', { t: 'ballot.extend', body: extension })),
  },
  {
    what: 'an extension starts from another deadline',
    code: 'VOTE_DEADLINE',
    make: () =>
      byOperator((story) =>
        insertBefore(story, 'ballot.close', {
          t: 'ballot.extend',
          body: { ...extension, previousClosesAt: '2026-11-22T07:50:00.000Z' },
        }),
      ),
  },
  {
    what: 'the vote is extended before it was opened',
    code: 'VOTE_ORDER',
    make: () =>
      byOperator((story) => insertBefore(story, 'ballot.open', { t: 'ballot.extend', body: extension })),
  },
  {
    what: 'an outage at the deadline, and nobody decides',
    code: 'VOTE_INTERRUPTED',
    make: () =>
      byOperator((story) =>
        insertBefore(story, 'ballot.close', {
          t: 'ballot.interrupt',
          body: {
            ...VOTE,
            closesAt: '2026-11-22T08:00:00.000Z',
            downFrom: '2026-11-22T07:55:00.000Z',
            downTo: '2026-11-22T08:00:00.000Z',
          },
        }),
      ),
  },
  {
    what: 'a vote on what was never published',
    code: 'RESOLUTION_UNPUBLISHED',
    make: () =>
      byOperator((story) => {
        const { draft } = firstOf(story, 'resolution.publish');
        story.drafts.splice(story.drafts.indexOf(draft), 1);
      }),
  },
  {
    what: 'other documents are put under the resolution',
    code: 'DOCUMENTS_ROOT',
    make: () =>
      byOperator((story) => {
        const [document] = firstOf(story, 'resolution.publish').body.documents;
        if (document) document.sha256 = '0'.repeat(64);
      }),
  },
  {
    what: 'the voter saw other documents',
    code: 'BALLOT_DOCUMENTS',
    make: () =>
      byOperator(
        (story) => void (firstOf(story, 'ballot.cast').body.ballot.documentsRoot = reference.reference),
      ),
  },
  {
    what: 'a document in the bundle is another one',
    code: 'DOCUMENT_HASH',
    make: () =>
      byIntruder((sealed) => void sealed.files.set(documentName(documentHash()), Buffer.from('another'))),
  },
  {
    what: 'a document in the bundle was never published',
    code: 'DOCUMENT_STRAY',
    make: () =>
      byIntruder((sealed) => {
        const content = Buffer.from('never published');
        sealed.files.set(documentName(toHex(sha256(content))), content);
      }),
  },
];

const documentHash = (): string => toHex(sha256(Buffer.from('document')));
