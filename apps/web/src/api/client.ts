import { QueryClient, hashKey } from '@tanstack/react-query';
import type { Query } from '@tanstack/react-query';
import createFetchClient from 'openapi-fetch';
import createQueries from 'openapi-react-query';
import { tellAccepted } from './accepted';
import { acting, takesActingFor } from './acting';
import { freshness } from './freshness';
import { isTouched } from './invalidation';
import { ApiProblem } from './problem';
import type { components, paths } from './schema';
import { sessions } from './session';

/** Reads that look at no view of the log, and take no `minPosition`. */
const withoutPosition =
  /^\/api\/v1\/(auth|definitions|calendars|processors|dead-letters|webhooks|notifications\/settings|account\/preferences|saved-views|imports|bulk|audit\/imprint)\b/;

/** The only way to the server: signed, renewed where the session ends, and a problem document thrown as `ApiProblem`. */
export const client = createFetchClient<paths>({
  baseUrl: window.location.origin,
  fetch: renewing,
});

client.use({
  async onResponse({ response }) {
    if (!response.ok) throw await ApiProblem.of(response.clone());
  },
});

/** What an accepted call answers. @throws ApiProblem when it is refused */
export async function answerOf<Answer>(call: Promise<{ readonly data?: Answer }>): Promise<Answer> {
  const { data } = await call;
  if (data === undefined) throw new Error('An accepted call has an answer.');
  return data;
}

export const api = createQueries(client);

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 4 && error instanceof ApiProblem && error.isPassing,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 8_000),
      throwOnError: false,
      // What was read for one person is not shown for another.
      queryKeyHashFn: (key) => hashKey(acting.now() !== null && isReadFor(key) ? [...key, { actingFor: acting.now() }] : key),
    },
  },
});

function isReadFor(key: readonly unknown[]): boolean {
  const path = key.find((part): part is string => typeof part === 'string' && part.startsWith('/api/'));
  return path === undefined || takesActingFor('GET', path);
}

/** Has what is on the screen read again, as it stands now. */
export function readAnew(isMeant: (query: Query) => boolean): Promise<void> {
  return queries.invalidateQueries({ predicate: isMeant });
}

/** The request, signed; once more where the session was renewed meanwhile, or a view is behind. @throws ApiProblem where the server is not reached */
export async function renewing(request: Request): Promise<Response> {
  const response = await signed(request);
  // The session may have been renewed by another tab, or ended: one more try tells.
  if (response.status === 401) return (await sessions.renew()).state === 'in' ? signed(request) : response;
  if (response.status !== 503 || !(await isBehind(response))) return response;
  freshness.fallBehind(request.url);
  return signed(request);
}

async function isBehind(response: Response): Promise<boolean> {
  return (await ApiProblem.of(response.clone())).code === 'view-behind';
}

/** Whether the view that was behind has what it should have; waits for that a while. */
export async function isCaughtUp(address: string): Promise<boolean> {
  const url = new URL(address);
  if (freshness.wanted !== null) url.searchParams.set('minPosition', freshness.wanted);
  return signed(new Request(url)).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function signed(request: Request): Promise<Response> {
  const token = await sessions.token();
  const url = new URL(request.url);
  // A page that is about to go may still ask.
  if (token === null && !url.pathname.startsWith('/api/v1/auth/')) throw ApiProblem.signedOut();
  const { position } = freshness;
  if (position !== null && request.method === 'GET' && !withoutPosition.test(url.pathname)) url.searchParams.set('minPosition', position);
  const { method, headers, signal } = request;
  // A body can be read once, and the call may be sent twice; one that is handed on as it is would go out as a stream, which HTTP 1 has not.
  const body = method === 'GET' ? null : await request.clone().blob();
  const sent = new Request(url, { method, headers, signal, body });
  if (token !== null) sent.headers.set('authorization', `Bearer ${token}`);
  const actingFor = acting.now();
  if (actingFor !== null && takesActingFor(method, url.pathname) && !sent.headers.has('acting-for'))
    sent.headers.set('acting-for', actingFor);
  sent.headers.set('accept-language', document.documentElement.lang);
  return fetch(sent).catch((error: unknown) => {
    if (request.signal.aborted) throw error;
    throw ApiProblem.unreachable(error);
  });
}

/** Whether commands and queries are served. */
export async function isServerReady(): Promise<boolean> {
  return fetch('/health/ready').then(
    ({ ok }) => ok,
    () => false,
  );
}

export type Accepted = components['schemas']['AcceptedAnswer'];

interface How {
  /** The same for a call that is sent again. */
  readonly key: string;
  /** What it was decided on; another one is refused. */
  readonly revision?: number;
  /** Person id of whom it is done for. */
  readonly actingFor?: string;
  /** Whether others follow at once: then all is read anew after the last. (Default: no) */
  readonly isOneOfSeveral?: boolean;
}

/** Sends a command, and has what it changed read anew when it was accepted. @throws ApiProblem when it is refused */
export async function command<Answer extends object = Accepted>(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body: object,
  { key, revision, actingFor, isOneOfSeveral = false }: How,
): Promise<Answer> {
  const [, procedure] = /^\/api\/v1\/procedures\/([0-9a-f-]{36})\//.exec(path) ?? [];
  const request = new Request(new URL(path, window.location.origin), {
    method,
    headers: {
      // What is deleted is named by its path alone.
      ...(method !== 'DELETE' && { 'content-type': 'application/json' }),
      'idempotency-key': key,
      ...(revision !== undefined && { 'if-match': `"${String(revision)}"` }),
      ...(actingFor !== undefined && { 'acting-for': actingFor }),
    },
    ...(method !== 'DELETE' && { body: JSON.stringify(body) }),
  });
  const response = await renewing(request);
  if (!response.ok) {
    // What is on the screen may be why it was refused: somebody else was there before.
    if (response.status === 409 || response.status === 412) void queries.invalidateQueries();
    throw await ApiProblem.of(response);
  }
  const accepted = (await response.json()) as Answer;
  const { position, events = [] } = accepted as Partial<Accepted>;
  if (position !== undefined) freshness.reach(position);
  const happened = [{ types: events, ...(procedure !== undefined && { procedure }) }];
  if (isOneOfSeveral) return accepted;
  await readAnew(({ queryKey }) => isTouched(queryKey, happened));
  tellAccepted(path);
  return accepted;
}
