import type { BodyOf, ParamsOf, QueryOf, ReplyOf, RestRoute } from '../../server/protocol/rest/rest.ts';
import { AppError, isErrorCode } from './app-error.ts';

/** A request that has not been answered by then counts as unanswered; uploads have no limit. */
const REQUEST_TIMEOUT_MS = 20_000;

type Part<Name extends string, Value> = [Value] extends [undefined]
  ? object
  : { readonly [K in Name]: Value };

export type CallInput<R extends RestRoute> = Part<'params', ParamsOf<R>> &
  Part<'query', QueryOf<R>> &
  Part<'body', BodyOf<R>> & { readonly file?: File };

interface LooseInput {
  readonly params?: object;
  readonly query?: object;
  readonly body?: unknown;
  readonly file?: File;
}

type CallArguments<R extends RestRoute> =
  object extends CallInput<R> ? [input?: CallInput<R>] : [input: CallInput<R>];

/** Listeners hear the code of every answer that says the session is gone. */
type SessionLostListener = (code: 'NOT_SIGNED_IN' | 'SESSION_REVOKED') => void;
const sessionLostListeners = new Set<SessionLostListener>();

export function onSessionLost(listener: SessionLostListener): void {
  sessionLostListeners.add(listener);
}

/** Address of a route with its parameters and query filled in; also used for links to files. */
export function routeUrl(route: RestRoute, input: LooseInput = {}): string {
  const params: Record<string, unknown> = { ...input.params };
  const path = route.path.replace(/:([A-Za-z][A-Za-z0-9]*)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

function requestInit(route: RestRoute, input: LooseInput): RequestInit {
  const init: RequestInit = { method: route.method, credentials: 'same-origin', redirect: 'error' };
  if (input.file !== undefined) {
    const form = new FormData();
    form.append('file', input.file);
    return { ...init, body: form };
  }
  if (input.body === undefined) return init;
  return { ...init, headers: { 'content-type': 'application/json' }, body: JSON.stringify(input.body) };
}

async function fetchWithin(url: string, init: RequestInit, timeoutMs: number): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    return await fetch(url, { ...init, signal: abort.signal });
  } catch {
    throw new AppError(abort.signal.aborted ? 'TIMEOUT' : 'NETWORK');
  } finally {
    clearTimeout(timer);
  }
}

async function toRefusal(response: Response): Promise<AppError> {
  const problem = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const code = isErrorCode(problem['code']) ? problem['code'] : fallbackCode(response.status);
  if (code === 'NOT_SIGNED_IN' || code === 'SESSION_REVOKED') {
    for (const listener of sessionLostListeners) listener(code);
  }
  const detail = typeof problem['detail'] === 'string' ? problem['detail'] : undefined;
  return new AppError(code, (problem['params'] ?? {}) as Record<string, string>, detail);
}

function fallbackCode(status: number): 'UNAVAILABLE' | 'INTERNAL' {
  return status === 502 || status === 503 || status === 504 ? 'UNAVAILABLE' : 'INTERNAL';
}

/**
 * Calls a route of the contract. Throws AppError with the server's code, or NETWORK or TIMEOUT.
 * An empty answer is `undefined`.
 */
export async function call<R extends RestRoute>(route: R, ...rest: CallArguments<R>): Promise<ReplyOf<R>> {
  const input: LooseInput = rest[0] ?? {};
  const timeoutMs = input.file === undefined ? REQUEST_TIMEOUT_MS : 2 ** 31 - 1;
  const response = await fetchWithin(routeUrl(route, input), requestInit(route, input), timeoutMs);
  if (!response.ok) throw await toRefusal(response);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as ReplyOf<R>;
}
