/** From what the administrator sends to a draft: ids are kept where they belong to it, and made where not. */
import { firstMeetingAgenda } from '../../domain/agenda-template.ts';
import { DomainError } from '../../domain/errors.ts';
import type { AgendaItem, ResolutionDraft } from '../../domain/master-data.ts';
import { isResolutionTypeId } from '../../domain/rules/registry.ts';
import type { AgendaInput } from '../../protocol/rest/meeting-routes.ts';
import type { Static } from 'typebox';
import type { MeetingRecord } from '../ports/master-data-ports.ts';
import { checkElections, checkParticulars } from './particulars.ts';

export interface DraftContent {
  readonly agenda: readonly AgendaItem[];
  readonly resolutions: readonly ResolutionDraft[];
}

/** The template of a first meeting with ids of its own; the texts are still to be written. */
export function fromTemplate(nextId: () => string): DraftContent {
  const resolutions: ResolutionDraft[] = [];
  const agenda = firstMeetingAgenda.map(({ title, kind, resolution }): AgendaItem => {
    const resolutionId = resolution === null ? null : nextId();
    if (resolution !== null && resolutionId !== null) {
      resolutions.push({ resolutionId, ...resolution, text: '', documentIds: [] });
    }
    return { itemId: nextId(), title, kind, documentIds: [], resolutionId };
  });
  return { agenda, resolutions };
}

export interface DraftInput {
  readonly agenda: readonly Static<typeof AgendaInput>[];
  readonly current: MeetingRecord;
  /** Ids of the documents of the case. */
  readonly caseDocumentIds: ReadonlySet<string>;
  /** Whether an id is that of a party on the claims table. */
  readonly isParty: (creditorId: string) => boolean;
  readonly nextId: () => string;
}

/** @throws DomainError INVALID_REQUEST naming the place, RESOLUTION_UNKNOWN for an unknown type */
export function fromInput({ agenda, current, caseDocumentIds, isParty, nextId }: DraftInput): DraftContent {
  const itemIds = new KeptIds(current.agenda.map(({ itemId }) => itemId));
  const resolutionIds = new KeptIds(current.resolutions.map(({ resolutionId }) => resolutionId));
  const resolutions: ResolutionDraft[] = [];
  const candidates: Parameters<typeof checkElections>[0][number][] = [];
  const items = agenda.map((input, index): AgendaItem => {
    const place = `body/agenda/${index}`;
    const { resolution } = input;
    // 核查债权 is a report, or is opened in the meeting for objections.
    const isVerification = input.kind === 'verification' && resolution?.type === 'R01';
    if (!isVerification && (input.kind === 'vote') !== (resolution !== null)) refuse(`${place}/resolution`);
    const documentIds = resolution?.documentIds ?? input.documentIds;
    if (!documentIds.every((id) => caseDocumentIds.has(id))) refuse(`${place}/documentIds`);
    const itemId = itemIds.take(input.itemId, `${place}/itemId`) ?? nextId();
    const title = cleanLine(input.title, `${place}/title`);
    // The documents of a vote are those that its resolution is about.
    const item = { itemId, title, kind: input.kind, documentIds: unique(documentIds), resolutionId: null };
    if (resolution === null) return item;
    if (!isResolutionTypeId(resolution.type)) throw new DomainError('RESOLUTION_UNKNOWN', { detail: place });
    const kept = resolutionIds.take(resolution.resolutionId, `${place}/resolution/resolutionId`);
    const resolutionId = kept ?? nextId();
    const particulars = checkParticulars({
      type: resolution.type,
      particulars: resolution.particulars,
      place: `${place}/resolution/particulars`,
      isParty,
    });
    candidates.push({
      candidacy: particulars?.candidateOf,
      place: `${place}/resolution/particulars/candidateOf`,
    });
    resolutions.push({
      resolutionId,
      type: resolution.type,
      title: cleanLine(resolution.title, `${place}/resolution/title`),
      text: resolution.text.normalize('NFC').trim(),
      documentIds: unique(resolution.documentIds),
      ...(particulars && { particulars }),
    });
    return { ...item, resolutionId };
  });
  checkElections(candidates);
  return { agenda: items, resolutions };
}

/** Ids that the draft has already; each may come back once. */
class KeptIds {
  readonly #left: Set<string>;

  constructor(ids: readonly string[]) {
    this.#left = new Set(ids);
  }

  take(id: string | undefined, place: string): string | undefined {
    if (id !== undefined && !this.#left.delete(id)) refuse(place);
    return id;
  }
}

/** NFC without surrounding space; what is blank is no title. */
export function cleanLine(text: string, place: string): string {
  const clean = text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  return clean.length < 2 ? refuse(place) : clean;
}

const unique = (ids: readonly string[]) => [...new Set(ids)];

function refuse(detail: string): never {
  throw new DomainError('INVALID_REQUEST', { detail });
}
