/** A meeting in which the claims table is verified (R01), with the creditors' browsers. */
import type {
  ClaimRowView,
  ObjectionView,
  OwnVerificationView,
  VerificationView,
} from '../../server/protocol/rest/objection-routes.ts';
import { newNonce, openVote, type Scene } from './meeting-scene.ts';
import type { MeetingServer, TestMeeting } from './meeting-server.ts';
import { openBrowser, openDesks, type Browser, type HttpAnswer } from './entered-ballots.ts';

/** Published with one resolution: the verification. */
export async function newVerification(server: MeetingServer): Promise<TestMeeting> {
  const { preparation, rooms } = server.composed.services;
  const lead = server.staff['administrator-lead'];
  const startsAt = new Date(server.clock.now() + 60_000).toISOString();
  const { caseId } = server;
  const draft = await preparation.create(lead, { caseId, title: '第一次债权人会议', startsAt });
  const { meetingId } = draft.meeting;
  const resolution = {
    type: 'R01' as const,
    title: '核查债权',
    text: '核查管理人编制的债权表。',
    documentIds: [],
  };
  const item = { title: '核查债权表', kind: 'verification' as const, documentIds: [], resolution };
  await preparation.update(lead, { meetingId, title: draft.meeting.title, startsAt, agenda: [item] });
  const { meeting } = await preparation.publish(lead, meetingId);
  const { state } = await rooms.open(meetingId);
  const [published] = meeting.resolutions;
  return {
    meetingId,
    origin: state.origin,
    resolutionId: published?.resolutionId ?? '',
    itemIds: meeting.agenda.map(({ itemId }) => itemId),
  };
}

/** Under way with the verification open for an hour. */
export async function beginVerification(server: MeetingServer): Promise<Scene & { closesAt: string }> {
  const meeting = await newVerification(server);
  const host = await server.connect(server.staff['administrator-lead'].personId);
  const judge = await server.connect(server.staff.judge.personId);
  await host.join(meeting.meetingId);
  await judge.join(meeting.meetingId);
  await host.ask('meeting:begin', { expectedPhase: 'published' });
  const scene = { ...meeting, host, judge };
  const { closesAt } = await openVote(server, scene, 60_000);
  return { ...scene, closesAt };
}

/** An open verification with a creditor, another one, and the desks of the staff. */
export async function openVerification(server: MeetingServer) {
  const scene = await beginVerification(server);
  const [creditor, other] = peopleWithOneCreditor(server);
  if (!creditor || !other) throw new Error('too few creditors');
  const browser = await openBrowser(server, creditor.personId, ['creditor']);
  const { own } = await readOwn(scene, browser);
  const claimNo = own[0]?.claimNo ?? '';
  return { scene, creditor, other, browser, claimNo, own, ...(await openDesks(server)) };
}

/** Creditors of their own, with nobody else acting for them. */
function peopleWithOneCreditor({ creditors }: MeetingServer) {
  const isAlone = (key: 'personId' | 'creditorId', value: string) =>
    creditors.filter((one) => one[key] === value).length === 1;
  return creditors.filter(
    ({ personId, creditorId }) => isAlone('personId', personId) && isAlone('creditorId', creditorId),
  );
}

export const readOwn = async ({ meetingId }: TestMeeting, by: Browser): Promise<OwnVerificationView> =>
  (await by.get<OwnVerificationView>(`/api/meetings/${meetingId}/verification/own`)).data;

export const searchClaims = async (
  { meetingId }: TestMeeting,
  by: Browser,
  search: string,
): Promise<readonly ClaimRowView[]> => {
  const query = new URLSearchParams({ pageSize: '200', ...(search !== '' && { search }) });
  const path = `/api/meetings/${meetingId}/verification/claims?${query}`;
  return (await by.get<{ rows: ClaimRowView[] }>(path)).data.rows;
};

export interface ObjectionDraft {
  readonly capacityId: string;
  readonly claimNo: string;
  readonly objectionId?: string;
  readonly text?: string;
  readonly amountFen?: string;
  readonly attachmentSha256?: string;
}

export const object = (
  { meetingId, resolutionId }: TestMeeting,
  by: Browser,
  { capacityId, claimNo, objectionId = newNonce(), text = '确认金额少计了利息', ...more }: ObjectionDraft,
): Promise<HttpAnswer<ObjectionView>> => {
  const { amountFen, attachmentSha256 } = more;
  return by.post(`/api/meetings/${meetingId}/objections`, {
    ...{ objectionId, resolutionId, capacityId, claimNo, point: 'AMOUNT', text },
    ...(amountFen !== undefined && { amountFen }),
    ...(attachmentSha256 !== undefined && { attachmentSha256 }),
  });
};

export const haveNone = (
  { meetingId, resolutionId }: TestMeeting,
  by: Browser,
  { capacityId }: { readonly capacityId: string },
): Promise<HttpAnswer<OwnVerificationView>> =>
  by.post(`/api/meetings/${meetingId}/verification/none`, {
    objectionId: newNonce(),
    resolutionId,
    capacityId,
  });

/** Withdraws or answers. */
export const act = (
  { meetingId }: TestMeeting,
  by: Browser,
  [objectionId, what]: readonly [string, 'withdraw' | 'answer'],
  body: object,
): Promise<HttpAnswer<ObjectionView>> =>
  by.post(`/api/meetings/${meetingId}/objections/${objectionId}/${what}`, body);

export interface Queue {
  readonly verification: VerificationView;
  readonly claims: number;
  readonly list: { readonly rows: readonly ObjectionView[] };
}
