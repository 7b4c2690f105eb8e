/** One attack on a record, and the code with which the verifier answers. */
import { MEMBERS } from '../../../../server/domain/record/bundle/layout.ts';
import type { VerifyCode } from '../../../../server/domain/record/verify/codes.ts';
import type { EntryBody, NewEntry } from '../../../../server/protocol/entries.ts';
import type { Draft, RecordStory, StoryOptions } from '../record-story.ts';
import { tellRecord } from '../record-story.ts';
import { bundleOf, sealRecord, type SealedRecord, type SealOptions } from '../seal-record.ts';
import { log, witnesses, type Given } from '../verify-record.ts';

export interface Attacked {
  readonly bundle: Uint8Array;
  readonly given?: Given;
}

export interface Attack {
  readonly what: string;
  /** The code that names it; others may be found besides. */
  readonly code: VerifyCode;
  readonly make: () => Attacked;
}

/** The honest record that intruders change. */
export const honest = (options: Partial<SealOptions> = {}): SealedRecord =>
  sealRecord(tellRecord(), { log, witnesses, checkpointSizes: [10, 20], ...options });

/** Somebody with the files but no key. */
export function byIntruder(
  change: (sealed: SealedRecord) => void,
  options: Partial<SealOptions> = {},
): Attacked {
  const sealed = honest(options);
  change(sealed);
  return { bundle: bundleOf(sealed.files) };
}

/** The operator, with the log's key and, at worst, every witness: all is told and signed anew. */
export function byOperator(
  change: (story: RecordStory) => void,
  options: {
    readonly story?: StoryOptions;
    readonly seal?: Partial<SealOptions>;
    readonly given?: Given;
  } = {},
): Attacked {
  const story = tellRecord(options.story);
  change(story);
  const sealed = sealRecord(story, { log, witnesses, ...options.seal });
  return { bundle: bundleOf(sealed.files), ...(options.given && { given: options.given }) };
}

/** Changes the lines of a file; undefined removes one. */
export function editLines(
  sealed: SealedRecord,
  name: string,
  edit: (line: string, index: number) => string | undefined,
): void {
  const lines = textOf(sealed, name).split('\n').slice(0, -1);
  const edited = lines.flatMap((line, index) => edit(line, index) ?? []);
  sealed.files.set(name, Buffer.from(edited.map((line) => `${line}\n`).join('')));
}

export function textOf({ files }: SealedRecord, name: string): string {
  return Buffer.from(files.get(name) ?? []).toString();
}

export const editEntries = (
  sealed: SealedRecord,
  edit: (line: string, index: number) => string | undefined,
) => editLines(sealed, MEMBERS.entries, edit);

export const isBallot = (line: string): boolean => line.includes('"t":"ballot.cast"');

/** Drafts of one type with their bodies, which may be changed in place. */
export function draftsOf<T extends NewEntry['t']>(
  story: RecordStory,
  t: T,
): { readonly draft: Draft; readonly body: Writable<EntryBody<T>> }[] {
  return story.drafts.flatMap((draft) =>
    typeof draft.make !== 'function' && draft.make.t === t
      ? [{ draft, body: draft.make.body as Writable<EntryBody<T>> }]
      : [],
  );
}

export type Writable<T> = { -readonly [K in keyof T]: T[K] extends object ? Writable<T[K]> : T[K] };

export function firstOf<T extends NewEntry['t']>(story: RecordStory, t: T) {
  const [first] = draftsOf(story, t);
  if (!first) throw new Error(`the story tells no ${t}`);
  return first;
}

/** Puts a draft before the first one of a type. */
export function insertBefore(story: RecordStory, t: NewEntry['t'], make: Draft['make']): void {
  const { draft } = firstOf(story, t);
  story.drafts.splice(story.drafts.indexOf(draft), 0, { make, ts: draft.ts });
}

/** Puts a draft behind the last one of a type, at the same time. */
export function insertAfter(story: RecordStory, t: NewEntry['t'], make: Draft['make']): void {
  const last = draftsOf(story, t).at(-1);
  if (!last) throw new Error(`the story tells no ${t}`);
  story.drafts.splice(story.drafts.indexOf(last.draft) + 1, 0, { make, ts: last.draft.ts });
}
