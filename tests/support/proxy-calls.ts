/** What tests of proxies ask of a running server: documents, entries, reviews, over HTTP. */
import type { Role } from '../../server/protocol/scalars.ts';
import type { ProxyRow } from '../../server/protocol/rest/proxy-routes.ts';
import { pdfOf } from './case-desk-calls.ts';
import type { MeetingServer } from './meeting-server.ts';

export type Reply = { readonly status: number; readonly body: Record<string, unknown> };

export interface ProxyInput {
  readonly creditorIds: readonly string[];
  readonly mobile: string;
  readonly name?: string;
  readonly scope?: ProxyRow['scope'];
  readonly expiresAt?: string | null;
}

export type ProxyCalls = Awaited<ReturnType<typeof openProxyCalls>>;

/** Requests of the team's members, each with a session of its own. */
export async function openProxyCalls(server: MeetingServer) {
  const { origin, caseId, staff } = server;
  const cookies = new Map<string, string>();

  async function send(personId: string, role: Role, request: { path: string; init?: RequestInit }) {
    const cookie = cookies.get(personId) ?? (await server.cookieOf(personId, [role]));
    cookies.set(personId, cookie);
    const { path, init } = request;
    const headers = { cookie, origin, ...(init?.headers as Record<string, string> | undefined) };
    const reply = await fetch(`${origin}${path}`, { ...init, headers });
    return { status: reply.status, body: (await reply.json()) as Reply['body'] };
  }

  const as = (role: keyof typeof staff) => ({
    get: (path: string): Promise<Reply> => send(staff[role].personId, role, { path }),
    post: (path: string, body?: object): Promise<Reply> =>
      send(staff[role].personId, role, {
        path,
        init: {
          method: 'POST',
          ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        },
      }),
  });

  const form = new FormData();
  const pdf = await pdfOf(1);
  form.append('file', new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }), '授权委托书.pdf');
  const uploaded = await send(staff['administrator-lead'].personId, 'administrator-lead', {
    path: `/api/cases/${caseId}/documents`,
    init: { method: 'POST', body: form },
  });
  const document = uploaded.body as { documentId: string; sha256: string };

  const url = `/api/cases/${caseId}/proxies`;
  const enter = (input: ProxyInput, role: keyof typeof staff = 'administrator-staff') =>
    as(role).post(url, {
      creditorIds: input.creditorIds,
      holder: { name: input.name ?? '周慎行', idNo: '110101199003070011', mobile: input.mobile },
      authority: 'SPECIAL',
      scope: input.scope ?? { kind: 'all' },
      expiresAt: input.expiresAt ?? null,
      documentId: document.documentId,
    });

  return {
    as,
    url,
    document,
    enter,
    /** Entered by one person and approved by another; answers with the rows. */
    async grant(input: ProxyInput): Promise<ProxyRow[]> {
      const entered = await enter(input);
      if (entered.status !== 200) throw new Error(`not entered: ${JSON.stringify(entered.body)}`);
      const rows: ProxyRow[] = [];
      for (const { proxyId } of entered.body['rows'] as ProxyRow[]) {
        const approved = await as('administrator-lead').post(`${url}/${proxyId}/approve`);
        if (approved.status !== 200) throw new Error(`not approved: ${JSON.stringify(approved.body)}`);
        rows.push(approved.body as unknown as ProxyRow);
      }
      return rows;
    },
    revoke: (proxyId: string) =>
      as('administrator-staff').post(`${url}/${proxyId}/revoke`, { reason: '委托人来函撤销委托' }),
    /** Person and capacities of whoever has this telephone. */
    async holderOf(mobile: string) {
      const person = await server.composed.stores.accounts.people.findByMobile(mobile);
      const personId = person?.personId ?? '';
      const capacities = await server.composed.services.capacities.findByPerson(personId);
      return { personId, capacities };
    },
  };
}
