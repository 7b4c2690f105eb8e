/** The group of investors from the register to the verdict: 企业破产法 arts. 85(2), 86(1), 87(1). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  demonstrationClaimRows,
  fictitiousMobile,
  fictitiousResidentId,
} from '../../server/demo/fictitious-claims.ts';
import { attendanceFigures } from '../../server/domain/record/history/attendance.ts';
import { addToHistory, emptyHistory } from '../../server/domain/record/history/meeting-history.ts';
import { writeClaimsWorkbook } from '../../server/documents/claims-template.ts';
import type { ChecklistLine } from '../../server/protocol/rest/meeting-routes.ts';
import { createClaimRowReader } from '../../server/storage/channels/claim-row-reader.ts';
import { createCaseStore } from '../../server/storage/master-data/case-store.ts';
import { openBrowser } from '../support/entered-ballots.ts';
import { importClaims, withUpload } from '../support/meeting-import.ts';
import { newNonce } from '../support/meeting-scene.ts';
import {
  beginWith,
  consent,
  openRound,
  previewOf,
  shown,
  unitsOf,
  voteThrough,
} from '../support/meeting-votes.ts';
import type { VotesScene } from '../support/meeting-votes.ts';
import { ofType, startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';

const PLAN = { type: 'R06', title: '重整计划草案', particulars: { hasInvestorGroup: true } };
const OTHER = { type: 'R03', title: '财产管理方案' };

const owners = [901, 902].map((serial, index) => ({
  investorNo: `CZ-${index + 1}`,
  investorName: `出资人（虚构）${'甲乙'[index]}`,
  investorKind: '自然人',
  idType: '居民身份证',
  idNo: fictitiousResidentId(serial),
  contact: `出资人（虚构）${'甲乙'[index]}`,
  mobile: fictitiousMobile(serial),
  contribution: ['600000.00', '400000.00'][index] ?? '',
}));

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

const withRegister = async () =>
  importClaims(server, await writeClaimsWorkbook(demonstrationClaimRows(), owners));
const withoutRegister = async () => importClaims(server, await writeClaimsWorkbook(demonstrationClaimRows()));

/** Capacities of the two owners, in the order of the register. */
async function investors({ meetingId }: Pick<VotesScene, 'meetingId'>) {
  const known = new Set(server.creditors.map(({ creditorId }) => creditorId));
  const all = await server.composed.services.capacities.findByCase(server.caseId);
  const { book } = await server.composed.services.rooms.open(meetingId);
  const own = all.filter(({ creditorId }) => !known.has(creditorId));
  return own.toSorted((a, b) =>
    (book.creditors.get(a.creditorId)?.name ?? '') < (book.creditors.get(b.creditorId)?.name ?? '') ? -1 : 1,
  );
}

const stateOf = (lines: readonly ChecklistLine[]) =>
  lines.find(({ code }) => code === 'INVESTORS_LISTED')?.state;

describe('a plan that adjusts the rights of investors', () => {
  it('is not published, nor added to a meeting under way, while the case has no register of them', async () => {
    await expect(beginWith(server, [PLAN])).rejects.toMatchObject({
      code: 'MEETING_NOT_READY',
      params: { codes: 'INVESTORS_LISTED' },
    });
    const scene = await beginWith(server, [OTHER]);
    const item = { ...PLAN, ...consent, text: '草案全文。', documentIds: [], readingMinutes: 10 };
    expect(await scene.host.refusal('resolution:add', item)).toBe('INVESTORS_MISSING');
    await withRegister();
    await scene.host.ask('resolution:add', item);
    const added = ofType(await server.ledger(scene.meetingId), 'resolution.publish').at(-1);
    expect(added?.body.particulars).toEqual(PLAN.particulars);
  });

  it('has them counted apart from the claims, before the file is written and after', async () => {
    const { imports } = server.composed.services;
    const lead = server.staff['administrator-lead'];
    await withoutRegister();
    const rows = demonstrationClaimRows();
    const bytes = await writeClaimsWorkbook(rows, owners);
    const none = { added: 0, changed: 0, removed: 0, unchanged: 0 };
    await withUpload(bytes, async (file) => {
      const preview = await imports.upload(lead, server.caseId, file);
      expect(preview.totals.rows).toBe(rows.length);
      expect(preview.difference).toEqual({ ...none, unchanged: rows.length });
      expect(preview.investors).toMatchObject({ persons: 2, difference: { ...none, added: 2 } });
    });
    await withRegister();
    const browser = await openBrowser(server, lead.personId, ['administrator-lead']);
    const path = `/api/cases/${server.caseId}/creditors?pageSize=1`;
    const { creditors } = await server.composed.services.desk.get(lead, server.caseId);
    expect((await browser.get(path)).data).toMatchObject({ total: creditors + 2, onlyInvestors: 2 });
  });

  it('is published once the register is there, and investors are no creditors by it', async () => {
    const { desk, preparation } = server.composed.services;
    const lead = server.staff['administrator-lead'];
    await withoutRegister();
    const before = await desk.get(lead, server.caseId);
    await withRegister();
    expect(await desk.get(lead, server.caseId)).toMatchObject({
      creditors: before.creditors,
      claims: before.claims,
    });
    const scene = await beginWith(server, [PLAN, OTHER]);
    const { checklist } = await preparation.get(lead, scene.meetingId);
    expect(stateOf(checklist)).toBe('done');
    const [begin] = ofType(await server.ledger(scene.meetingId), 'agenda.move');
    expect(begin?.body.dueCreditors).toBe(String(before.creditors));
    expect(begin?.body.due).toContainEqual({ nature: 'INVESTOR', creditors: '2', amountFen: '100000000' });
  });

  it('is voted on by their group, which signs in beside the creditors and is not counted among them', async () => {
    const scene = await beginWith(server, [PLAN, OTHER]);
    const attendance = () => scene.host.state().attendance;
    const due = attendance()?.dueUnits;
    const [first, second] = await investors(scene);
    const clients = [];
    for (const investor of [first, second]) {
      const client = await server.connect(investor?.personId ?? '');
      await client.join(scene.meetingId);
      await client.ask('presence:sign-in', { capacityIds: [investor?.capacityId ?? ''] });
      clients.push(client);
    }
    expect(attendance()).toMatchObject({ dueUnits: due, signedInUnits: 0, signedInFen: '0' });
    const history = emptyHistory();
    for (const entry of await server.ledger(scene.meetingId)) addToHistory(history, entry, '');
    expect(attendanceFigures(history)).toMatchObject({ due: { heads: due }, present: { heads: 0, fen: 0n } });
    const { resolutionId } = scene;
    const preview = await previewOf(server, scene, resolutionId);
    expect(preview.groups).toContainEqual(
      expect.objectContaining({ group: 'INVESTOR', units: 2, amountFen: '100000000' }),
    );
    await openRound(server, scene);
    for (const [index, client] of clients.entries()) {
      const rights = client.personal()?.rights[resolutionId] ?? [];
      expect(rights.map(({ group, mayVote }) => [group, mayVote])).toEqual([['INVESTOR', true]]);
      // Of contributions in the proportion 6 : 4 the larger alone is under two thirds.
      await castAs(scene, client, {
        unitId: rights[0]?.unitId ?? '',
        capacity: [first, second][index],
        choice: index === 0 ? 'for' : 'against',
      });
    }
    const slice = await voteThrough(server, scene, {
      resolutionId,
      choiceOf: ({ group }) => (group === 'INVESTOR' ? undefined : 'for'),
    });
    expect(slice.verdict).toMatchObject({ outcome: 'FAILED', followUp: ['NEGOTIATE_SECOND_VOTE'] });
    const failed = slice.verdict?.groups.filter(({ outcome }) => outcome === 'FAILED');
    expect(failed?.map(({ group }) => group)).toEqual(['INVESTOR']);
    const rights = clients[0]?.personal()?.rights[scene.resolutionIds[1] ?? ''];
    expect(rights).toMatchObject([{ mayVote: false, reason: 'INVESTOR_ONLY_IN_PLAN' }]);
    await secondRound(scene, clients);
  });

  /** Only the investors vote again; one of them changes its mind. */
  async function secondRound(scene: VotesScene, clients: readonly Client[]): Promise<void> {
    const { resolutionId } = scene;
    await openRound(server, scene);
    const units = await unitsOf(server, scene, resolutionId);
    expect(units.map(({ group }) => group)).toEqual(['INVESTOR', 'INVESTOR']);
    const own = await investors(scene);
    for (const [index, client] of clients.entries()) {
      const unit = units.find(({ creditorId }) => creditorId === own[index]?.creditorId);
      await castAs(scene, client, { unitId: unit?.unitId ?? '', capacity: own[index], choice: 'for' });
    }
    const slice = await voteThrough(server, scene, { resolutionId, choiceOf: () => undefined });
    expect(slice.verdict).toMatchObject({ outcome: 'PASSED', round: '2', followUp: ['COURT_APPROVAL'] });
  }

  it('is not opened when the register has gone since: the desk sees why, and the host is refused', async () => {
    await withRegister();
    const scene = await beginWith(server, [PLAN]);
    await withoutRegister();
    const preview = await previewOf(server, scene, scene.resolutionId);
    expect(preview.groupsNotFormed).toContainEqual({ group: 'INVESTOR', reason: 'EMPTY' });
    await expect(openRound(server, scene)).rejects.toThrow('INVESTORS_MISSING');
    expect(shown(scene.host, scene.resolutionId).status).toBe('published');
    expect(ofType(await server.ledger(scene.meetingId), 'ballot.open')).toEqual([]);
    await withRegister();
    await openRound(server, scene);
    const groups = new Set((await unitsOf(server, scene, scene.resolutionId)).map(({ group }) => group));
    expect(groups).toContain('INVESTOR');
  });
});

describe('an import that was read before there were registers', () => {
  it('does not bring investors into the case that nobody has seen', async () => {
    const { caseId, staff, composed } = server;
    const lead = staff['administrator-lead'];
    const { imports } = composed.services;
    const bytes = await writeClaimsWorkbook(demonstrationClaimRows(), owners.slice(0, 1));
    await withUpload(bytes, async (file) => {
      const { importId, totals } = await imports.upload(lead, caseId, file);
      const rows = composed.stores.models.imports;
      await rows.updateOne({ _id: importId }, { $unset: { 'preview.investors': 1 } });
      expect((await imports.get(lead, { caseId, importId })).investors).toEqual({
        persons: 0,
        contributionFen: '0',
      });
      await expect(imports.confirm(lead, { caseId, importId }, totals)).rejects.toMatchObject({
        code: 'IMPORT_STALE',
      });
    });
  });
});

describe('an investor without a claim', () => {
  it('cannot be elected to the committee, and has no claim to be verified', async () => {
    await withRegister();
    const scene = await beginWith(server, [OTHER]);
    const [investor] = await investors(scene);
    const creditorId = investor?.creditorId ?? '';
    const candidateOf = { electionId: 'e1', seats: '1', seatKind: 'CREDITOR' as const, creditorId };
    await expect(
      beginWith(server, [{ type: 'R08', title: '选举债权人委员会', particulars: { candidateOf } }]),
    ).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    const { models } = server.composed.stores;
    const rows = await createClaimRowReader(models, createCaseStore(models)).page(server.caseId, {
      ...{ page: 1, pageSize: 10, search: 'CZ-1' },
    });
    expect(rows.total).toBe(0);
  });
});

type Client = Awaited<ReturnType<MeetingServer['connect']>>;

interface Cast {
  readonly unitId: string;
  readonly capacity: { readonly capacityId: string } | undefined;
  readonly choice: 'for' | 'against';
}

async function castAs(scene: VotesScene, client: Client, { unitId, capacity, choice }: Cast): Promise<void> {
  const room = await server.composed.services.rooms.open(scene.meetingId);
  const resolution = room.state.resolutions.get(scene.resolutionId);
  await client.ask('ballot:cast', {
    ballot: {
      v: '1',
      origin: scene.origin,
      resolutionId: scene.resolutionId,
      round: resolution?.round ?? '',
      rollRoot: resolution?.roll?.root ?? '',
      unitId,
      choice,
      version: '0',
      actingAs: capacity?.capacityId ?? '',
      documentsRoot: resolution?.published.documentsRoot ?? '',
      nonce: newNonce(),
      clientTs: new Date(server.clock.now()).toISOString(),
    },
  });
}
