/** Votes of every kind over real sockets: a meeting with the resolutions wanted, rounds opened, ballots cast. */
import type { RollPreview } from '../../server/protocol/vote/roll-views.ts';
import type { RoomReply, RoomRequest } from '../../server/protocol/room.ts';
import type { ResolutionSlice } from '../../server/protocol/room-slices.ts';
import type { Choice } from '../../server/protocol/scalars.ts';
import type { ResolutionParticulars } from '../../server/protocol/vote/particulars.ts';
import type { CaseSettings } from '../../server/protocol/case-settings.ts';
import type { TallyUnit } from '../../server/domain/record/tally.ts';
import type { RoomClient } from './meeting-client.ts';
import { newNonce, VOTE_WINDOW_MS, type Scene } from './meeting-scene.ts';
import type { MeetingServer } from './meeting-server.ts';

export const consent = { reason: '合议庭同意', courtConsentNo: '（2026）虚01破1号之二' };

export interface WantedResolution {
  readonly type: string;
  readonly title: string;
  readonly particulars?: ResolutionParticulars;
}

export interface VotesScene extends Scene {
  /** In the order wanted. */
  readonly resolutionIds: readonly string[];
}

/** A meeting under way with these resolutions and no others; `resolutionId` is the first. */
export async function beginWith(
  server: MeetingServer,
  wanted: readonly WantedResolution[],
): Promise<VotesScene> {
  const lead = server.staff['administrator-lead'];
  const { preparation, rooms } = server.composed.services;
  const startsAt = new Date(server.clock.now() + 60_000).toISOString();
  const { meeting } = await preparation.create(lead, {
    caseId: server.caseId,
    title: '第二次债权人会议',
    startsAt,
  });
  const { meetingId } = meeting;
  await preparation.update(lead, {
    meetingId,
    title: meeting.title,
    startsAt,
    agenda: wanted.map(({ type, title, particulars }) => ({
      title: `表决${title}`,
      kind: 'vote' as const,
      documentIds: [],
      resolution: {
        type,
        title,
        text: `${title}全文。`,
        documentIds: [],
        ...(particulars && { particulars }),
      },
    })),
  });
  await preparation.publish(lead, meetingId);
  const { state } = await rooms.open(meetingId);
  const resolutionIds = [...state.resolutions.keys()];
  const host = await server.connect(lead.personId);
  const judge = await server.connect(server.staff.judge.personId);
  await host.join(meetingId);
  await judge.join(meetingId);
  await host.ask('meeting:begin', { expectedPhase: 'published' });
  const itemIds = state.convened?.agenda.map(({ itemId }) => itemId) ?? [];
  const [resolutionId = ''] = resolutionIds;
  return { meetingId, origin: state.origin, resolutionId, resolutionIds, itemIds, host, judge };
}

export const shown = (client: RoomClient, resolutionId: string) =>
  client.state()[`resolution:${resolutionId}`] as ResolutionSlice;

/** The roll as the host would confirm it now. */
export function previewOf(
  server: MeetingServer,
  { meetingId }: Scene,
  resolutionId: string,
): Promise<RollPreview> {
  const lead = server.staff['administrator-lead'];
  return server.composed.services.reader.rollPreview(lead, { meetingId, resolutionId });
}

export const confirmedOf = ({ units, unsecuredFen, groups }: RollPreview) => ({
  expectedUnits: units,
  expectedUnsecuredFen: unsecuredFen,
  expectedGroups: groups.map(({ group, units: heads, amountFen }) => ({ group, units: heads, amountFen })),
});

export interface RoundToOpen extends Partial<RoomRequest<'vote:open'>> {
  readonly resolutionId?: string;
  readonly windowMs?: number;
}

/** Opens the round that is next, on the figures that the host sees. */
export async function openRound(
  server: MeetingServer,
  scene: Scene,
  { resolutionId = scene.resolutionId, windowMs = VOTE_WINDOW_MS, ...more }: RoundToOpen = {},
): Promise<RoomReply<'vote:open'>> {
  const preview = await previewOf(server, scene, resolutionId);
  return scene.host.ask('vote:open', {
    resolutionId,
    round: preview.round,
    closesAt: new Date(server.clock.now() + windowMs).toISOString(),
    ...confirmedOf(preview),
    ...more,
  });
}

/** Units of the roll in force, in its order. */
export async function unitsOf(
  server: MeetingServer,
  { meetingId }: Scene,
  resolutionId: string,
): Promise<TallyUnit[]> {
  const room = await server.composed.services.rooms.open(meetingId);
  return [...(room.rollOf(resolutionId)?.units.values() ?? [])];
}

export interface BallotToCast {
  readonly unitId: string;
  readonly choice: Choice;
  readonly version?: string;
  readonly nonce?: string;
}

/** Casts for a unit from a device of its creditor's own, which stays in the room of `devices`. */
export async function castUnit(
  server: MeetingServer,
  scene: Scene,
  { resolutionId, ballot }: { readonly resolutionId: string; readonly ballot: BallotToCast },
): Promise<RoomReply<'ballot:cast'>> {
  const { client, request } = await readyToCast(server, scene, { resolutionId, ballot });
  const receipt = await client.ask('ballot:cast', request);
  client.close();
  return receipt;
}

export async function refusalOfCast(
  server: MeetingServer,
  scene: Scene,
  wanted: { readonly resolutionId: string; readonly ballot: BallotToCast },
): Promise<string> {
  const { client, request } = await readyToCast(server, scene, wanted);
  const code = await client.refusal('ballot:cast', request);
  client.close();
  return code;
}

async function readyToCast(
  server: MeetingServer,
  scene: Scene,
  { resolutionId, ballot }: { readonly resolutionId: string; readonly ballot: BallotToCast },
) {
  const { unitId, choice, version = '0', nonce = newNonce() } = ballot;
  const room = await server.composed.services.rooms.open(scene.meetingId);
  const creditorId = room.rollOf(resolutionId)?.units.get(unitId)?.creditorId ?? unitId;
  const creditor = server.creditors.find((one) => one.creditorId === creditorId);
  const resolution = room.state.resolutions.get(resolutionId);
  if (!creditor || !resolution) throw new Error(`nobody acts for ${unitId}`);
  const client = await server.connect(creditor.personId);
  await client.join(scene.meetingId);
  const request: RoomRequest<'ballot:cast'> = {
    ballot: {
      v: '1',
      origin: scene.origin,
      resolutionId,
      round: resolution.round,
      rollRoot: resolution.roll?.root ?? 'none',
      unitId,
      choice,
      version,
      ...(version !== '0' && { supersedes: String(Number(version) - 1) }),
      actingAs: creditor.capacityId,
      documentsRoot: resolution.published.documentsRoot,
      nonce,
      clientTs: new Date(server.clock.now()).toISOString(),
    },
  };
  return { client, request };
}

/** Casts for every unit that has a choice; closes at the deadline and answers with the verdict's slice. */
export async function voteThrough(
  server: MeetingServer,
  scene: Scene,
  { resolutionId, choiceOf }: { readonly resolutionId: string; readonly choiceOf: ChoiceOf },
): Promise<ResolutionSlice> {
  const units = await unitsOf(server, scene, resolutionId);
  for (const unit of units) {
    const choice = choiceOf(unit, units);
    if (choice) await castUnit(server, scene, { resolutionId, ballot: { unitId: unit.unitId, choice } });
  }
  return closeByTime(server, scene, resolutionId);
}

export type ChoiceOf = (unit: TallyUnit, all: readonly TallyUnit[]) => Choice | undefined;

export async function closeByTime(
  server: MeetingServer,
  scene: Scene,
  resolutionId: string,
): Promise<ResolutionSlice> {
  const room = await server.composed.services.rooms.open(scene.meetingId);
  const round = room.state.resolutions.get(resolutionId)?.round;
  server.clock.advance(VOTE_WINDOW_MS);
  await scene.judge.until(() => shown(scene.judge, resolutionId).verdict?.round === round);
  return shown(scene.judge, resolutionId);
}

/** Settings under which silence counts as consent to what is voted under R03. */
export const SILENCE_IS_CONSENT: Partial<CaseSettings> = {
  silence: { mode: 'CONSENT', reference: '第一次会议通过的表决规则', noticeDocumentId: null, types: ['R03'] },
};

/** Decides settings of the case, as its lead does. */
export async function decideSettings(
  server: MeetingServer,
  changes: Partial<CaseSettings>,
): Promise<CaseSettings> {
  const lead = server.staff['administrator-lead'];
  const desk = server.composed.services.settings;
  const { caseId } = server;
  const { settings, revision } = await desk.get(lead, caseId);
  const view = await desk.change(lead, {
    caseId,
    revision,
    settings: { ...settings, ...changes },
    reason: '合议庭意见',
  });
  return view.settings;
}
