/**
 * Opening a meeting's ledger when it is published: what was convened, who hosts, which documents and
 * which texts are put to the vote (企业破产法 arts. 61, 63; 司法解释三 art. 11(1): matters told in advance).
 * Repeatable: what is there already is not appended again.
 */
import { createHash } from 'node:crypto';
import type { Meeting } from '../../domain/master-data.ts';
import type { MeetingState } from '../../domain/meeting/state.ts';
import { fromHex, toBase64 } from '../../domain/record/base64.ts';
import { merkleRoot } from '../../domain/record/merkle.ts';
import { isResolutionTypeId, resolutionTypes } from '../../domain/rules/registry.ts';
import { EBL_2006_V1 } from '../../domain/rules/ebl-2006-v1.ts';
import type { Continues } from '../../protocol/entry-bodies/continuation.ts';
import type { NewEntry } from '../../protocol/entries.ts';
import type { MeetingLedger, PrivateValue } from '../ledger-port.ts';
import type { LedgerOpening } from '../meetings/ledger-opening-port.ts';
import { sha256 } from '../record-crypto.ts';
import { createSealer, type MeetingActor, type Sealer } from './commands/command.ts';
import type { MeetingFacts } from './conduct-data.ts';

interface Convening {
  readonly facts: Pick<MeetingFacts, 'meeting' | 'case' | 'documents'>;
  readonly actor: MeetingActor;
  readonly hostName: string;
  readonly witnessPolicySha256: string | null;
  readonly continues: Continues | undefined;
}

export interface LedgerOpeningDeps {
  readonly createLedger: (meetingId: string, origin: string) => MeetingLedger<MeetingState>;
  readonly personName: (personId: string) => Promise<string | undefined>;
  /** Of the policy in force; null when the record is not witnessed. */
  readonly witnessPolicySha256: string | null;
  /** The ledger has its first entries, under a signed checkpoint. */
  readonly onConvened: (meetingId: string) => void;
}

export function createLedgerOpening({
  createLedger,
  personName,
  witnessPolicySha256,
  onConvened,
}: LedgerOpeningDeps): LedgerOpening {
  return {
    async convene({ meeting, case: bankruptcyCase, documents, actor, continues }) {
      const ledger = createLedger(meeting.meetingId, meeting.origin);
      await ledger.open();
      try {
        const facts: Convening['facts'] = {
          meeting,
          case: bankruptcyCase,
          documents: new Map(documents.map((document) => [document.documentId, document])),
        };
        const hostName = (await personName(meeting.hostPersonId)) ?? '';
        await convene(ledger, { facts, actor, hostName, witnessPolicySha256, continues });
      } finally {
        await ledger.close();
      }
      onConvened(meeting.meetingId);
    },
  };
}

/** Appends what is missing of the opening entries, one command each, so that a crash leaves a valid start. */
async function convene(ledger: MeetingLedger<MeetingState>, convening: Convening): Promise<void> {
  const { facts, actor } = convening;
  const { meeting } = facts;
  await appendUnless(
    ledger,
    (state) => state.convened !== null,
    (sealer) => conveneEntry(convening, sealer),
  );
  await appendUnless(
    ledger,
    (state) => state.host !== null,
    (sealer) => ({
      t: 'host.assign',
      body: {
        hostPersonId: meeting.hostPersonId,
        hostRole: 'administrator-lead',
        how: 'initial',
        actor,
        commitments: { hostName: sealer.seal('hostName', convening.hostName) },
      },
    }),
  );
  for (const documentId of documentIdsOf(meeting)) {
    const document = facts.documents.get(documentId);
    if (!document) continue;
    await appendUnless(
      ledger,
      (state) => state.documents.has(documentId),
      (sealer) => ({
        t: 'doc.publish',
        body: {
          documentId,
          sha256: document.sha256,
          sizeBytes: String(document.sizeBytes),
          mediaType: 'application/pdf',
          actor,
          commitments: { title: sealer.seal('title', document.title) },
        },
      }),
    );
  }
  for (const draft of meeting.resolutions) {
    const isThere = (state: MeetingState) => state.resolutions.has(draft.resolutionId);
    await appendUnless(ledger, isThere, (sealer) => resolutionEntry(convening, draft, sealer));
  }
}

async function appendUnless(
  ledger: MeetingLedger<MeetingState>,
  isThere: (state: MeetingState) => boolean,
  build: (sealer: Sealer) => NewEntry,
): Promise<void> {
  if (isThere(ledger.state)) return;
  const sealer = createSealer();
  const entry = build(sealer);
  const privates: readonly PrivateValue[] = sealer.privates;
  await ledger.submit({
    privates,
    decide: (state) => ({ entries: isThere(state) ? [] : [entry], reply: () => undefined }),
  });
}

function conveneEntry({ facts, actor, witnessPolicySha256, continues }: Convening, sealer: Sealer): NewEntry {
  const { meeting, case: bankruptcyCase } = facts;
  return {
    t: 'meeting.convene',
    body: {
      meetingId: meeting.meetingId,
      caseId: meeting.caseId,
      province: bankruptcyCase.province,
      procedure: bankruptcyCase.procedure,
      mode: 'online',
      isDemonstration: bankruptcyCase.isDemonstration,
      startsAt: meeting.startsAt.toISOString(),
      ruleSetId: EBL_2006_V1.ruleSetId,
      ...(witnessPolicySha256 !== null && { witnessPolicySha256 }),
      ...(continues && { continues }),
      agenda: meeting.agenda.map((item) => ({
        itemId: item.itemId,
        kind: item.kind,
        ...(item.resolutionId !== null && { resolutionId: item.resolutionId }),
        documentIds: [...item.documentIds],
        title: sealer.seal('title', item.title),
      })),
      actor,
      commitments: {
        title: sealer.seal('title', meeting.title),
        caseNumber: sealer.seal('caseNumber', bankruptcyCase.caseNumber),
        debtor: sealer.seal('debtor', bankruptcyCase.debtor),
        court: sealer.seal('court', bankruptcyCase.court),
      },
    },
  };
}

function resolutionEntry(
  { facts, actor }: Convening,
  draft: Meeting['resolutions'][number],
  sealer: Sealer,
): NewEntry {
  const { type, resolutionId } = draft;
  if (!isResolutionTypeId(type)) throw new Error(`resolution type ${type} is not registered`);
  const item = facts.meeting.agenda.find((candidate) => candidate.resolutionId === resolutionId);
  const documents = draft.documentIds.flatMap((documentId) => {
    const document = facts.documents.get(documentId);
    return document ? [{ documentId, sha256: document.sha256 }] : [];
  });
  return {
    t: 'resolution.publish',
    body: {
      resolutionId,
      type,
      itemId: item?.itemId ?? resolutionId,
      ruleSetId: resolutionTypes[type].ruleSet.ruleSetId,
      ...(draft.particulars && { particulars: draft.particulars }),
      textSha256: createHash('sha256').update(draft.text.normalize('NFC')).digest('hex'),
      documents,
      documentsRoot: toBase64(
        merkleRoot(
          sha256,
          documents.map((document) => fromHex(document.sha256)),
        ),
      ),
      actor,
      commitments: { title: sealer.seal('title', draft.title), text: sealer.seal('text', draft.text) },
    },
  };
}

function documentIdsOf(meeting: Meeting): Set<string> {
  const ids = [
    ...meeting.agenda.flatMap((item) => item.documentIds),
    ...meeting.resolutions.flatMap((resolution) => resolution.documentIds),
  ];
  return new Set(ids);
}
