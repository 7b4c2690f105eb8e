/** Holds the finished meeting of the demonstration through the conduct: sign-in, agenda, vote, close. */
import { randomBytes } from 'node:crypto';
import type { Composed } from '../compose.ts';
import type { MeetingView } from '../protocol/rest/meeting-routes.ts';
import type { BallotBody } from '../protocol/room.ts';
import type { Choice } from '../protocol/scalars.ts';
import type { Admitted } from '../services/conduct/conduct.ts';
import type { Session } from '../services/session.ts';

/** The window of the vote; it is closed earlier, when all have voted. */
const WINDOW_MS = 3_600_000;
/** Of every seven units one is against and one abstains: the plan passes by both tests. */
const choices: readonly Choice[] = ['for', 'for', 'against', 'for', 'for', 'abstain', 'for'];

export interface FinishedMeeting {
  readonly staff: Readonly<Record<'administrator-lead' | 'judge' | 'clerk', Session>>;
  readonly held: MeetingView;
}

/** Nothing to do when the meeting has been held already. */
export async function holdFinishedMeeting(server: Composed, { staff, held }: FinishedMeeting): Promise<void> {
  const { conduct } = server.services;
  const host = await conduct.admit(staff['administrator-lead'], held.meetingId);
  if (host.room.state.phase === 'closed') return;
  const creditors = await admitCreditors(server, held);
  for (const creditor of creditors) {
    await conduct.signIn(
      creditor,
      creditor.access.capacities.map(({ capacityId }) => capacityId),
    );
  }
  await conduct.enter(host);
  for (const court of [staff.judge, staff.clerk])
    await conduct.enter(await conduct.admit(court, held.meetingId));
  await conduct.movePhase(host, 'begin', 'published');
  let expectedItemId: string | null = null;
  for (const item of held.agenda) {
    await conduct.moveToItem(host, { toItemId: item.itemId, expectedItemId });
    expectedItemId = item.itemId;
    if (item.resolutionId !== null)
      await voteOn(server, { host, creditors, resolutionId: item.resolutionId });
  }
  await conduct.movePhase(host, 'close', 'in-progress');
}

async function admitCreditors(server: Composed, held: MeetingView): Promise<Admitted[]> {
  const capacities = await server.services.capacities.findByCase(held.caseId);
  const personIds = [...new Set(capacities.map(({ personId }) => personId))];
  const sessionOf = (personId: string): Session => ({
    sessionId: 'demonstration',
    personId,
    stage: 'full',
    roles: ['creditor'],
    province: null,
  });
  return Promise.all(personIds.map((id) => server.services.conduct.admit(sessionOf(id), held.meetingId)));
}

interface Vote {
  readonly host: Admitted;
  readonly creditors: readonly Admitted[];
  readonly resolutionId: string;
}

async function voteOn(server: Composed, { host, creditors, resolutionId }: Vote): Promise<void> {
  const { conduct } = server.services;
  const resolution = host.room.state.resolutions.get(resolutionId);
  if (!resolution) throw new Error('the agenda names a resolution that was not published');
  const preview = await host.room.rollOrPreview(resolution);
  const closesAt = new Date(Date.now() + WINDOW_MS).toISOString();
  const { rollRoot } = await conduct.openVote(host, {
    resolutionId,
    closesAt,
    expectedUnits: preview.units.size,
    expectedUnsecuredFen: String(preview.totals.unsecuredFen),
  });
  let turn = 0;
  for (const creditor of creditors) {
    for (const { creditorId, capacityId } of creditor.access.capacities) {
      if (!preview.units.has(creditorId)) continue;
      const ballot: BallotBody = {
        v: '1',
        origin: host.room.state.origin,
        resolutionId,
        round: resolution.round,
        rollRoot,
        unitId: creditorId,
        choice: choices[turn++ % choices.length] ?? 'for',
        version: '0',
        actingAs: capacityId,
        documentsRoot: resolution.published.documentsRoot,
        nonce: randomBytes(16).toString('base64url'),
        clientTs: new Date().toISOString(),
      };
      await conduct.cast(creditor, { ballot }, new Date().toISOString()).catch((error: unknown) => {
        // Two people may act for one creditor: the first ballot counts, and the own side comes before a proxy.
        const { code } = error as { code?: string };
        if (code !== 'ALREADY_CAST' && code !== 'PRINCIPAL_PRESENT') throw error;
      });
    }
  }
  await conduct.closeVote(host, { resolutionId });
}
