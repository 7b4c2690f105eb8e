/**
 * Every entry that a meeting's ledger may hold: one closed schema per (type, version) and the key of
 * what may exist once (record.md 2). A reader that meets a type or version not in the table stops with
 * TYPE_UNKNOWN. A schema that has been released never changes: a change is a new version beside it.
 */
import { Type, type Static } from 'typebox';
import { Origin, Seq } from './entry-parts.ts';
import { Evidence } from './entry-bodies/continuation.ts';
import * as meeting from './entry-bodies/meeting.ts';
import { closed, Count, Instant } from './scalars.ts';
import * as vote from './entry-bodies/vote.ts';

/** Version of the envelope and of every body below. */
export const ENTRY_VERSION = '1';

/** Entry type → schema of its body, version "1". */
export const entryBodies = {
  'meeting.convene': meeting.MeetingConvene,
  'writer.epoch': meeting.WriterEpoch,
  'host.assign': meeting.HostAssign,
  'agenda.move': meeting.AgendaMove,
  'doc.publish': meeting.DocPublish,
  'resolution.publish': vote.ResolutionPublish,
  'key.bind': meeting.KeyBind,
  presence: meeting.Presence,
  floor: meeting.Floor,
  question: meeting.Question,
  objection: meeting.Objection,
  'roll.freeze': vote.RollFreeze,
  'ballot.open': vote.BallotOpen,
  'ballot.extend': vote.BallotExtend,
  'ballot.cast': vote.BallotCast,
  'ballot.void': vote.BallotVoid,
  'ballot.interrupt': vote.BallotInterrupt,
  'ballot.resume': vote.BallotResume,
  'ballot.close': vote.BallotClose,
  tally: vote.TallyEntry,
  verdict: vote.Verdict,
  ruling: vote.Ruling,
  notice: meeting.Notice,
  'notice.delivery': meeting.NoticeDelivery,
  'minutes.seal': meeting.MinutesSeal,
  'recording.segment': meeting.RecordingSegment,
  incident: meeting.Incident,
  correction: meeting.Correction,
  evidence: Evidence,
  'credential.reset': meeting.CredentialReset,
} as const;

export type EntryType = keyof typeof entryBodies;
export type EntryBody<T extends EntryType> = Static<(typeof entryBodies)[T]>;

/** The envelope around a body. `ts` never decreases; `salt` is 128 random bits, base64. */
export const entryEnvelope = {
  v: Type.Literal(ENTRY_VERSION),
  origin: Origin,
  epoch: Count,
  seq: Seq,
  ts: Instant,
  salt: Type.String({ pattern: '^[A-Za-z0-9+/]{21}[AQgw]==$' }),
};

/** Schema of a whole entry of one type. */
export function entrySchema<T extends EntryType>(t: T) {
  return Type.Object({ ...entryEnvelope, t: Type.Literal(t), body: entryBodies[t] }, closed);
}

interface EntryOf<T extends EntryType> {
  readonly v: typeof ENTRY_VERSION;
  readonly t: T;
  readonly origin: string;
  readonly epoch: string;
  readonly seq: string;
  readonly ts: string;
  readonly salt: string;
  readonly body: EntryBody<T>;
}

/** An entry, discriminated by `t`. */
export type Entry<T extends EntryType = EntryType> = { [K in T]: EntryOf<K> }[T];

/** What a command adds: type and body; the writer sets the rest. */
export type NewEntry<T extends EntryType = EntryType> = {
  [K in T]: { readonly t: K; readonly body: EntryBody<K> };
}[T];

type KeyRules = { readonly [T in EntryType]?: (body: EntryBody<T>) => string | undefined };

/** What may exist once in a meeting. Types that are not named may repeat. */
const keyRules: KeyRules = {
  'meeting.convene': () => 'convene',
  'writer.epoch': (body) => `epoch/${body.term}`,
  'doc.publish': (body) => `doc/${body.documentId}`,
  'resolution.publish': (body) => `resolution/${body.resolutionId}`,
  'key.bind': (body) => `key/${body.keyId}`,
  presence: (body) =>
    body.event === 'sign-in' ? `presence/${body.personId}/${body.capacityId ?? 'staff'}` : undefined,
  question: (body) => (body.event === 'ask' ? `question/${body.questionId}` : undefined),
  // A later answer replaces an earlier one, and an objection a statement that there is none; all stay.
  objection({ objectionId, event = 'file' }) {
    if (event === 'file') return `objection/${objectionId}`;
    return event === 'withdraw' ? `objection/${objectionId}/withdraw` : undefined;
  },
  'roll.freeze': (body) => `roll/${body.resolutionId}/${body.round}/${body.version}`,
  'ballot.open': (body) => `ballot-open/${body.resolutionId}/${body.round}`,
  'ballot.cast': ({ ballot }) =>
    `ballot/${ballot.resolutionId}/${ballot.round}/${ballot.unitId}/${ballot.version}`,
  'ballot.close': (body) => `ballot-close/${body.resolutionId}/${body.round}`,
  tally: (body) => `tally/${body.resolutionId}/${body.round}/${body.revision}`,
  verdict: (body) => `verdict/${body.resolutionId}/${body.round}/${body.revision}`,
  ruling: (body) => `ruling/${body.rulingId}`,
  notice: (body) => `notice/${body.noticeId}`,
  'minutes.seal': (body) => `minutes/${body.revision}`,
  'recording.segment': (body) => `segment/${body.segmentId}`,
  evidence: (body) => `evidence/${body.leafHash}`,
  'credential.reset': credentialKey,
};

/** One import or request changes what one person, or one creditor's former one, signs in with. */
export function credentialKey({
  causeId,
  creditorId,
  formerPersonId,
  personId,
}: Pick<EntryBody<'credential.reset'>, 'causeId' | 'creditorId' | 'formerPersonId' | 'personId'>): string {
  return `credential/${causeId}/${creditorId ?? 'staff'}/${formerPersonId ?? personId}`;
}

/**
 * The uniqueness key of an entry, a pure function of type and body; undefined where it may repeat.
 * It is stored beside the bytes and guarded by a unique partial index on (meetingId, key).
 */
export function uniqueKeyOf(entry: NewEntry): string | undefined {
  const rule = keyRules[entry.t] as ((body: NewEntry['body']) => string | undefined) | undefined;
  return rule?.(entry.body);
}
