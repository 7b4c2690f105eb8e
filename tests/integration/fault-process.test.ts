import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MeetingListRow, MeetingView } from '../../server/protocol/rest/meeting-routes.ts';
import type { RollPreview } from '../../server/protocol/vote/roll-views.ts';
import type { BallotBody, ReceiptView } from '../../server/protocol/room.ts';
import type { RoomClient } from '../support/meeting-client.ts';
import { startMeetingProcess, type MeetingProcess } from '../support/meeting-process.ts';
import { newNonce } from '../support/meeting-scene.ts';
import { castUntilAnswered, receiptOf, type Voter } from '../support/meeting-voter.ts';

const WINDOW_MS = 3_600_000;
/** Voters who have a ballot under way at the same time. */
const AT_ONCE = 4;
/** The server is killed when so many receipts have been given. */
const KILLED_AFTER = [3, 12, 20];

let server: MeetingProcess;
beforeAll(async () => {
  server = await startMeetingProcess();
});
afterAll(() => server.stop());

/** The host's device, in the room of the meeting that has not begun. */
async function takeChair(): Promise<{ host: RoomClient; cookie: string; view: MeetingView }> {
  const { accounts } = await server.accounts();
  const lead = accounts.find(({ roles }) => roles.includes('administrator-lead'));
  const cookie = await server.signIn(lead?.accountId ?? '');
  const { rows } = await server.get<{ rows: MeetingListRow[] }>('/api/meetings?page=1&pageSize=20', cookie);
  const ready = rows.find(({ state }) => state !== 'closed');
  const view = await server.get<MeetingView>(`/api/meetings/${ready?.meetingId}`, cookie);
  const host = await server.connect(cookie);
  await host.join(view.meetingId);
  return { host, cookie, view };
}

/** What is put to the vote; the verification of the claims table is not. */
function votedOn({ resolutions }: MeetingView) {
  const resolution = resolutions.find(({ type }) => type !== 'R01');
  if (!resolution) throw new Error('nothing is put to the vote');
  return resolution;
}

/** Phones of everybody with a vote, one ballot each. */
async function prepareVoters(view: MeetingView, ballotIn: Pick<BallotBody, 'origin' | 'rollRoot'>) {
  const resolution = votedOn(view);
  const { accounts } = await server.accounts();
  const phones = new Map<string, Voter>();
  for (const { accountId } of accounts.filter(({ roles }) => roles.includes('creditor'))) {
    const cookie = await server.signIn(accountId);
    const own = await server.get<MeetingView>(`/api/meetings/${view.meetingId}`, cookie);
    for (const { unitId, capacityId, mayVote } of own.rights[resolution.resolutionId] ?? []) {
      if (!mayVote || phones.has(unitId)) continue;
      const ballot: BallotBody = {
        ...ballotIn,
        v: '1',
        resolutionId: resolution.resolutionId,
        round: resolution.round,
        unitId,
        choice: 'for',
        version: '0',
        actingAs: capacityId,
        documentsRoot: resolution.documentsRoot,
        nonce: newNonce(),
        clientTs: new Date().toISOString(),
      };
      phones.set(unitId, { connect: () => server.connect(cookie), meetingId: view.meetingId, ballot });
    }
  }
  return [...phones.values()];
}

describe('a server process that is killed in the middle of a vote', () => {
  it('loses no acknowledged ballot and counts none twice', async () => {
    const { host, cookie, view } = await takeChair();
    const { meetingId } = view;
    const { resolutionId } = votedOn(view);
    await host.ask('meeting:begin', { expectedPhase: 'published' });
    const preview = await server.get<RollPreview>(
      `/api/meetings/${meetingId}/resolutions/${resolutionId}/roll-preview`,
      cookie,
    );
    const { rollRoot } = await host.ask('vote:open', {
      resolutionId,
      closesAt: new Date(Date.now() + WINDOW_MS).toISOString(),
      expectedUnits: preview.units,
      expectedUnsecuredFen: preview.unsecuredFen,
    });
    const origin = host.state().meeting?.origin ?? '';
    const phones = await prepareVoters(view, { origin, rollRoot });
    expect(phones).toHaveLength(preview.units);

    const receipts: ReceiptView[] = [];
    const queue = phones.values();
    const restarts: Promise<void>[] = [];
    const restart = () => server.kill9().then(() => server.start());
    const { promise: startFailed, reject: failStart } = Promise.withResolvers<never>();
    const voteOneByOne = async () => {
      for (const phone of queue) {
        receipts.push(receiptOf(await castUntilAnswered(phone)));
        if (!KILLED_AFTER.includes(receipts.length)) continue;
        restarts.push((restarts.at(-1) ?? Promise.resolve()).then(restart));
        restarts.at(-1)?.catch(failStart);
      }
    };
    await Promise.race([Promise.all(Array.from({ length: AT_ONCE }, voteOneByOne)), startFailed]);
    await Promise.all(restarts);
    expect(restarts).toHaveLength(KILLED_AFTER.length);

    expect(new Set(receipts.map(({ seq }) => seq)).size).toBe(preview.units);
    // Whoever asks again, with the same nonce, gets the receipt of before: it was recorded, and once.
    for (const phone of phones) {
      const before = receipts.find(({ unitId }) => unitId === phone.ballot.unitId);
      expect(receiptOf(await castUntilAnswered(phone))).toEqual(before);
    }
    const again = await server.connect(cookie);
    await again.join(meetingId);
    await again.until(() => again.state()[`tally:${resolutionId}`]?.castHeads === preview.units);
    await again.ask('vote:close', { resolutionId });
    const key = `resolution:${resolutionId}` as const;
    await again.until(() => again.state()[key]?.verdict);
    expect(again.state()[key]).toMatchObject({
      closedBy: 'ALL_VOTED',
      verdict: { passed: true, for: { heads: String(preview.units), fen: preview.unsecuredFen } },
    });
    host.close();
    again.close();
  });
});
