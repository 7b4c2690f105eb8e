/**
 * The record step by step, for the reviewer. A line is a catalogue code with params; people are masked, and
 * what was typed stays out. Ballots are one line a vote, for who voted how is nobody's business here.
 */
import type { EntryBody, EntryType } from '../../protocol/entries.ts';
import type { TimelineEntry } from '../../protocol/rest/meeting-routes.ts';
import { chinaDateTime } from '../china-calendar.ts';
import { entriesOf, type MeetingHistory, type Recorded } from '../record/history/meeting-history.ts';
import { createNameBook, type NameBook, type OpenPrivate } from '../history/names.ts';
import { formatYuan } from '../money.ts';

interface Words {
  readonly names: NameBook;
  readonly open: OpenPrivate;
  readonly titleOf: (resolutionId: string | undefined) => string;
  /** `VOTE`; `VERIFICATION` where claims are verified by objections (art. 58), which is no vote. */
  readonly kindOf: (resolutionId: string) => 'VOTE' | 'VERIFICATION';
  readonly itemOf: (itemId: string | undefined) => string;
}

interface Line {
  readonly code: string;
  readonly params?: Readonly<Record<string, string>>;
}

type Lines = { readonly [T in EntryType]?: (entry: Recorded<T>, words: Words) => Line };

/** @param open opens private values; individuals' names are masked here */
export function timelineOf(history: MeetingHistory, open: OpenPrivate): TimelineEntry[] {
  const words = wordsOf(history, open);
  const steps = history.entries.flatMap((entry) => {
    const describe = lines[entry.t] as ((entry: Recorded, words: Words) => Line) | undefined;
    return describe ? [toStep(entry, describe(entry, words))] : [];
  });
  return [...steps, ...ballotLines(history, words)].sort((a, b) => Number(a.seq) - Number(b.seq));
}

function toStep(
  { seq, ts, t, leafHash }: Pick<Recorded, 'seq' | 'ts' | 't' | 'leafHash'>,
  { code, params = {} }: Line,
): TimelineEntry {
  return { seq, ts, t, leafHash, code, params };
}

/** Each vote's ballots as one line at the place of the last one. */
function ballotLines({ votes }: MeetingHistory, { titleOf }: Words): TimelineEntry[] {
  return votes.flatMap(({ ballots, resolutionId }) => {
    const last = ballots.at(-1);
    if (!last) return [];
    const params = { title: titleOf(resolutionId), count: String(ballots.length) };
    return [toStep({ ...last, t: 'ballot.cast' }, { code: 'BALLOTS_CAST', params })];
  });
}

function wordsOf(history: MeetingHistory, open: OpenPrivate): Words {
  const published = entriesOf(history, 'resolution.publish').map(({ body }) => body);
  const resolutions = new Map(
    published.map(({ resolutionId, commitments }) => [resolutionId, commitments.title]),
  );
  const verifications = new Set(
    published.filter(({ type }) => type === 'R01').map(({ resolutionId }) => resolutionId),
  );
  const items = new Map(history.convened?.body.agenda.map((item) => [item.itemId, item.title]));
  for (const { itemId, adHoc, commitments } of published) if (adHoc) items.set(itemId, commitments.title);
  return {
    names: createNameBook(history, open, true),
    open,
    titleOf: (id) => open(resolutions.get(id ?? '')),
    kindOf: (id) => (verifications.has(id) ? 'VERIFICATION' : 'VOTE'),
    itemOf: (id) => open(items.get(id ?? '')),
  };
}

const time = (instant: string): string => chinaDateTime(Date.parse(instant));

/** `handover` → `HANDOVER`, as codes are spelt. */
const spelt = (word: string): string => word.toUpperCase().replaceAll('-', '_');

const objectionCodes = {
  file: 'OBJECTION',
  answer: 'OBJECTION_ANSWERED',
  withdraw: 'OBJECTION_WITHDRAWN',
  none: 'OBJECTION_NONE',
} as const;

/** Who answered, or who objected: a creditor, or the debtor under its name of then. */
function whoSpoke(
  { event, personId, creditorId, commitments }: EntryBody<'objection'>,
  { names, open }: Words,
): string {
  if (event === 'answer') return names.person(personId);
  return creditorId === undefined ? open(commitments.objectorName) : names.creditor(creditorId);
}

const lines: Lines = {
  'meeting.convene': ({ body }, { open }) => ({
    code: body.continues ? 'CONVENED_AGAIN' : 'CONVENED',
    params: {
      title: open(body.commitments.title),
      startsAt: time(body.startsAt),
      origin: body.continues?.origin ?? '',
      found: body.continues?.foundSize ?? '',
    },
  }),
  'writer.epoch': ({ body }) => ({ code: 'WRITER', params: { term: body.term } }),
  'host.assign': ({ body }, { names }) => ({
    code: `HOST_${spelt(body.how)}`,
    params: { name: names.person(body.hostPersonId) },
  }),
  'agenda.move': ({ body }, { itemOf }) => ({
    code: `AGENDA_${spelt(body.move)}`,
    params: { item: itemOf(body.itemId), due: body.dueCreditors ?? '' },
  }),
  'doc.publish': ({ body }, { open }) => ({
    code: 'DOCUMENT_PUBLISHED',
    params: { title: open(body.commitments.title) },
  }),
  'resolution.publish': ({ body }, { titleOf, kindOf }) => ({
    code: body.adHoc
      ? 'RESOLUTION_ADDED'
      : kindOf(body.resolutionId) === 'VOTE'
        ? 'RESOLUTION_PUBLISHED'
        : 'VERIFICATION_PUBLISHED',
    params: { title: titleOf(body.resolutionId) },
  }),
  'key.bind': ({ body }, { names }) => ({ code: 'KEY_BOUND', params: { name: names.person(body.personId) } }),
  presence: presenceLine,
  floor: ({ body }, { names }) => ({
    code: body.cause === 'DISCONNECTED' ? 'FLOOR_DISCONNECTED' : `FLOOR_${spelt(body.event)}`,
    params: { name: names.inCapacity(body.personId, body.capacityId) },
  }),
  question: ({ body }, { names }) => ({
    code: `QUESTION_${spelt(body.event)}`,
    params: { name: names.person(body.personId) },
  }),
  objection: ({ body }, context) => ({
    code: objectionCodes[body.event ?? 'file'],
    params: { name: whoSpoke(body, context), claimNo: body.claimNo ?? '' },
  }),
  'roll.freeze': ({ body }, { titleOf, kindOf }) => {
    const heads = body.totals.reduce((sum, group) => sum + Number(group.heads), 0);
    const unsecured = body.totals.reduce((sum, group) => sum + BigInt(group.unsecuredFen), 0n);
    const params = { title: titleOf(body.resolutionId), heads: String(heads), amount: formatYuan(unsecured) };
    const { added = '0', removed = '0', changed = '0' } = body.difference ?? {};
    const difference = { added, removed, changed };
    return body.version === '0'
      ? { code: kindOf(body.resolutionId) === 'VOTE' ? 'ROLL_FROZEN' : 'VERIFICATION_ROLL_FROZEN', params }
      : { code: 'ROLL_CORRECTED', params: { ...params, ...difference } };
  },
  'ballot.open': ({ body }, { titleOf, kindOf }) => ({
    code: `${kindOf(body.resolutionId)}_OPENED`,
    params: { title: titleOf(body.resolutionId), closesAt: time(body.closesAt) },
  }),
  'ballot.extend': ({ body }, { titleOf, kindOf }) => ({
    code: `${kindOf(body.resolutionId)}_EXTENDED`,
    params: {
      title: titleOf(body.resolutionId),
      from: time(body.previousClosesAt),
      closesAt: time(body.closesAt),
    },
  }),
  'ballot.void': ({ body }, { titleOf }) => ({
    code: `BALLOT_VOID_${body.cause}`,
    params: { title: titleOf(body.resolutionId) },
  }),
  'ballot.interrupt': ({ body }, { titleOf, kindOf }) => ({
    code: `${kindOf(body.resolutionId)}_INTERRUPTED`,
    params: { title: titleOf(body.resolutionId), from: time(body.downFrom), to: time(body.downTo) },
  }),
  'ballot.resume': ({ body }, { titleOf, kindOf }) => ({
    code: `${kindOf(body.resolutionId)}_RESUMED`,
    params: { title: titleOf(body.resolutionId), closesAt: time(body.closesAt) },
  }),
  'ballot.close': ({ body }, { titleOf, kindOf, open }) => ({
    code: `${kindOf(body.resolutionId)}_CLOSED_${body.cause}`,
    params: {
      title: titleOf(body.resolutionId),
      at: time(body.effectiveAt),
      reference: body.consent === undefined ? '' : open(body.consent.reference),
    },
  }),
  tally: ({ body }, { titleOf, kindOf }) => ({
    code: `${kindOf(body.resolutionId)}_COUNTED`,
    params: { title: titleOf(body.resolutionId), hash: body.sha256.slice(0, 16) },
  }),
  verdict: ({ body }, { titleOf }) => ({
    code: body.revision === '0' ? `VERDICT_${body.outcome}` : `VERDICT_CORRECTED_${body.outcome}`,
    params: { title: titleOf(body.resolutionId) },
  }),
  ruling: ({ body }, { open }) => ({
    code: `RULING_${body.kind}`,
    params: { reference: open(body.commitments.reference) },
  }),
  notice: ({ body }) => ({
    code: `NOTICE_${body.kind}`,
    params: { recipients: body.recipients, delivered: body.delivered },
  }),
  'notice.delivery': ({ body }) => ({
    code: `NOTICE_DELIVERED_${body.proof}`,
    params: { count: String(body.creditorIds.length), day: body.deliveredOn, delivered: body.delivered },
  }),
  'minutes.seal': ({ body }) => ({ code: 'MINUTES_SEALED', params: { seq: body.lastSeq } }),
  'recording.segment': ({ body }, { names }) => ({
    code: 'RECORDED',
    params: { name: names.person(body.personId), from: time(body.startedAt), to: time(body.endedAt) },
  }),
  incident: ({ body }) => {
    const known = ['OUTAGE', 'CLOCK_JUMP', 'CLOCK_CONFIRMED', 'ENTRY_OBJECTION'].includes(body.code);
    const during = { from: body.from ? time(body.from) : '', to: body.to ? time(body.to) : '' };
    return { code: known ? `INCIDENT_${body.code}` : 'INCIDENT', params: { incident: body.code, ...during } };
  },
  evidence: ({ body }) => ({ code: 'EVIDENCE', params: { seq: body.seq } }),
  correction: ({ body }) => ({ code: 'CORRECTED', params: { seq: body.correctsSeq } }),
  'credential.reset': ({ body: { personId, creditorId } }, { names }) =>
    creditorId === undefined
      ? { code: 'CREDENTIAL_RESET', params: { name: names.person(personId) } }
      : { code: 'TELEPHONE_CHANGED', params: { name: names.creditor(creditorId) } },
};

function presenceLine({ body }: Recorded<'presence'>, { names }: Words): Line {
  const name = names.inCapacity(body.personId, body.capacityId);
  if (body.event !== 'sign-in') return { code: `PRESENCE_${spelt(body.event)}`, params: { name } };
  if (body.creditorId === undefined) return { code: 'SIGNED_IN_STAFF', params: { name } };
  return { code: body.enteredBy === undefined ? 'SIGNED_IN' : 'SIGNED_IN_BY_STAFF', params: { name } };
}
