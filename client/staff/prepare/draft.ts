/** The draft of a meeting as it is edited: kept in this browser until it is saved. */
import type { AgendaInput, MeetingView } from '../../../server/protocol/rest/meeting-routes.ts';
import {
  isVerification,
  RESOLUTION_TYPE_IDS,
  type ResolutionTypeId,
} from '../../../server/protocol/resolution-types.ts';
import type { AgendaItemView } from '../../../server/protocol/room-slices.ts';
import type { ResolutionParticulars } from '../../../server/protocol/vote/particulars.ts';
import type { Static } from 'typebox';
import { findInstant, toWallTime } from '../parts/china-time.ts';

export type AgendaKind = AgendaItemView['kind'];
export const agendaKinds: readonly AgendaKind[] = ['formal', 'report', 'verification', 'questions', 'vote'];

/** Types that may be put to the vote; the words are `staff.resolutionType.<id>`. */
const resolutionTypes: readonly ResolutionTypeId[] = RESOLUTION_TYPE_IDS.filter(
  (type) => !isVerification({ type }),
);

const FIRST_CHOICE: ResolutionTypeId = 'R03';

export interface DraftResolution {
  readonly resolutionId?: string;
  readonly type: string;
  readonly title: string;
  readonly text: string;
  readonly documentIds: readonly string[];
  readonly particulars?: ResolutionParticulars;
}

export interface DraftItem {
  /** Of this browser only: an item that was never saved has no id yet. */
  readonly key: string;
  readonly itemId?: string;
  readonly title: string;
  readonly kind: AgendaKind;
  readonly documentIds: readonly string[];
  readonly resolution: DraftResolution | null;
}

export interface MeetingDraft {
  readonly title: string;
  /** China Standard Time, as the field holds it. */
  readonly startsAt: string;
  readonly agenda: readonly DraftItem[];
}

const idsOf = (documents: readonly { readonly documentId: string }[]): string[] =>
  documents.map(({ documentId }) => documentId);

export function toDraft(meeting: MeetingView): MeetingDraft {
  const resolutions = new Map(meeting.resolutions.map((resolution) => [resolution.resolutionId, resolution]));
  return {
    title: meeting.title,
    startsAt: toWallTime(Date.parse(meeting.startsAt)),
    agenda: meeting.agenda.map((item) => {
      const resolution = item.resolutionId === null ? undefined : resolutions.get(item.resolutionId);
      return {
        key: item.itemId,
        itemId: item.itemId,
        title: item.title,
        kind: item.kind,
        documentIds: idsOf(item.documents),
        resolution:
          resolution === undefined
            ? null
            : {
                resolutionId: resolution.resolutionId,
                type: resolution.type,
                title: resolution.title,
                text: resolution.text,
                documentIds: idsOf(resolution.documents),
                ...(resolution.particulars !== null && { particulars: resolution.particulars }),
              },
      };
    }),
  };
}

export function newItem(): DraftItem {
  return { key: crypto.randomUUID(), title: '', kind: 'report', documentIds: [], resolution: null };
}

/** An item becomes a vote with a resolution of its title, and stops being one without it. */
export function withKind(item: DraftItem, kind: AgendaKind): DraftItem {
  if (kind !== 'vote') return { ...item, kind, resolution: null };
  const kept = item.resolution === null || isVerification(item.resolution) ? undefined : item.resolution;
  const resolution = kept ?? { type: FIRST_CHOICE, title: item.title, text: '', documentIds: [] };
  return { ...item, kind, resolution };
}

const VERIFICATION: ResolutionTypeId = 'R01';

/** 核查债权 is opened in the meeting for objections, or is a report only. */
export function withObjections(
  item: DraftItem,
  words: { title: string; text: string } | undefined,
): DraftItem {
  const { documentIds } = item;
  return { ...item, resolution: words === undefined ? null : { type: VERIFICATION, ...words, documentIds } };
}

/** Types that an item of this kind may have. */
export function typesOf(kind: AgendaKind): readonly ResolutionTypeId[] {
  return kind === 'verification' ? [VERIFICATION] : resolutionTypes;
}

/** What keeps the draft from being saved: words are `staff.prepare.problem.<code>`; undefined when it may be. */
export function findProblem(draft: MeetingDraft): { code: string; position: number } | undefined {
  if (draft.title.trim().length < 2) return { code: 'title', position: 0 };
  if (findInstant(draft.startsAt) === undefined) return { code: 'startsAt', position: 0 };
  if (draft.agenda.length === 0) return { code: 'noItems', position: 0 };
  for (const [index, item] of draft.agenda.entries()) {
    if (item.title.trim().length < 2) return { code: 'itemTitle', position: index + 1 };
    if (item.resolution === null) continue;
    const words = isVerification(item.resolution) ? 'verification' : 'resolution';
    if (item.resolution.title.trim().length < 2) return { code: `${words}Title`, position: index + 1 };
    if (item.resolution.text.trim().length < 2) return { code: `${words}Text`, position: index + 1 };
    if (lacksParticulars(item.resolution)) return { code: 'particulars', position: index + 1 };
  }
  return undefined;
}

/** A candidate of an election has to be named, and the members of a committee. */
function lacksParticulars({ type, particulars }: DraftResolution): boolean {
  if (type === 'R12') return (particulars?.committeeMembers ?? []).length === 0;
  if (type !== 'R08') return false;
  const candidacy = particulars?.candidateOf;
  return candidacy === undefined || (candidacy.seatKind === 'CREDITOR' && candidacy.creditorId === undefined);
}

export function toInput(draft: MeetingDraft): {
  title: string;
  startsAt: string;
  agenda: Static<typeof AgendaInput>[];
} {
  return {
    title: draft.title.trim(),
    startsAt: findInstant(draft.startsAt) ?? '',
    agenda: draft.agenda.map(({ key: _key, resolution, ...item }) => ({
      ...item,
      title: item.title.trim(),
      documentIds: [...item.documentIds],
      resolution:
        resolution === null
          ? null
          : { ...resolution, title: resolution.title.trim(), documentIds: [...resolution.documentIds] },
    })),
  };
}
