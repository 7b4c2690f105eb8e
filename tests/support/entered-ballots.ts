/** Staff with their browsers, entering and confirming ballots over HTTP. */
import type {
  EnteredBallotView,
  OwnEnteredBallot,
} from '../../server/protocol/rest/entered-ballot-routes.ts';
import type { ChoiceRead, Role } from '../../server/protocol/scalars.ts';
import type { CreditorPerson, MeetingServer, TestMeeting } from './meeting-server.ts';

/** The smallest picture that is whole: a PNG of one white dot. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg==',
  'base64',
);

/** What a browser got: the code of a refusal, or the reply. */
export interface HttpAnswer<T> {
  readonly status: number;
  readonly code: string | undefined;
  readonly data: T;
}

export type Browser = Awaited<ReturnType<typeof openBrowser>>;

/** A signed-in browser of this person. */
export async function openBrowser(server: MeetingServer, personId: string, roles: readonly Role[]) {
  const cookie = await server.cookieOf(personId, roles);
  const headers = { cookie, origin: server.origin };
  async function send<T>(path: string, init: RequestInit = {}): Promise<HttpAnswer<T>> {
    const reply = await fetch(`${server.origin}${path}`, {
      ...init,
      headers: { ...headers, ...init.headers },
    });
    const data = (await reply.json()) as T & { code?: string };
    return { status: reply.status, code: reply.ok ? undefined : data.code, data };
  }
  return {
    raw: (path: string) => fetch(`${server.origin}${path}`, { headers }),
    get: <T>(path: string) => send<T>(path),
    post: <T>(path: string, body: object = {}) =>
      send<T>(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    upload<T>(path: string, bytes: Uint8Array = PNG, name = '表决票.png') {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(bytes)]), name);
      return send<T>(path, { method: 'POST', body: form });
    },
  };
}

/** Lead, staff and judge of the case at their desks. */
export async function openDesks(server: MeetingServer) {
  const desk = (role: 'administrator-lead' | 'administrator-staff' | 'judge' | 'clerk') =>
    openBrowser(server, server.staff[role].personId, [role]);
  const [lead, staff, judge, clerk] = await Promise.all([
    desk('administrator-lead'),
    desk('administrator-staff'),
    desk('judge'),
    desk('clerk'),
  ]);
  return { lead, staff, judge, clerk };
}

export interface PaperBallot {
  readonly creditor: Pick<CreditorPerson, 'creditorId'>;
  readonly choice?: ChoiceRead;
  readonly channel?: string;
  readonly statedReceivedAt?: string;
}

/** Enters a ballot with its scan as this member of the staff. */
export async function enterPaper(
  server: MeetingServer,
  { meetingId, resolutionId }: Pick<TestMeeting, 'meetingId' | 'resolutionId'>,
  by: Browser,
  paper: PaperBallot,
): Promise<HttpAnswer<EnteredBallotView>> {
  const scan = await by.upload<{ sha256: string }>(`/api/meetings/${meetingId}/scans`);
  return by.post(`/api/meetings/${meetingId}/entered-ballots`, {
    resolutionId,
    unitId: paper.creditor.creditorId,
    choice: paper.choice ?? 'for',
    channel: paper.channel ?? 'paper',
    statedReceivedAt: paper.statedReceivedAt ?? new Date(server.clock.now() - 3_600_000).toISOString(),
    scanSha256: scan.data.sha256,
  });
}

export const confirmPaper = (
  { meetingId }: Pick<TestMeeting, 'meetingId'>,
  by: Browser,
  entryId: string,
  choice: string,
): Promise<HttpAnswer<EnteredBallotView>> =>
  by.post(`/api/meetings/${meetingId}/entered-ballots/${entryId}/confirm`, { choice });

/** What the creditor reads of it. */
export async function ownPapers({ meetingId }: TestMeeting, by: Browser): Promise<OwnEnteredBallot[]> {
  const { data } = await by.get<{ rows: OwnEnteredBallot[] }>(
    `/api/meetings/${meetingId}/own-entered-ballots`,
  );
  return data.rows;
}

/** Of the day on which the court accepted the case. */
export async function firstMinuteOf({ composed }: MeetingServer, meetingId: string): Promise<string> {
  const { case: inCase } = await composed.services.rooms.factsOf(meetingId);
  return new Date(`${inCase.acceptedOn}T00:00:00+08:00`).toISOString();
}
