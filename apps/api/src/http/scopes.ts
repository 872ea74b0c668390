import type { FastifyRequest } from 'fastify';
import { generalScopes } from '#identity';
import { everyAction } from '#workflow';

const api = '/api/v1/';
const reading: readonly string[] = ['GET', 'HEAD'];
/** A key must not make keys, nor touch passwords and sessions, nor what people may do and see; a program gets no mail. */
const neverByKey = ['auth/', 'service-accounts', 'notifications/settings'].map((path) => `${api}${path}`);

/** Where a key reads at most, whatever its scopes. */
const readByKey = ['people', 'delegations'].map((path) => `${api}${path}`);

/** Where people work; the rest is administering. */
const atWork = ['procedures', 'tasks', 'notifications'].map((path) => `${api}${path}`);

/** What a key may cover: the general scopes, and each command on procedures by its own name. */
export const scopes = [...generalScopes, ...everyAction] as const;
export type Scope = (typeof scopes)[number];

/** Whether a key of these scopes covers the request. What nobody thought of asks for `administer`. */
export function isCovered(
  { method, url, routeOptions }: Pick<FastifyRequest, 'method' | 'url' | 'routeOptions'>,
  held: readonly string[],
): boolean {
  const route = routeOptions.url ?? url;
  if (neverByKey.some((path) => route.startsWith(path))) return false;
  if (!reading.includes(method) && readByKey.some((path) => route.startsWith(path))) return false;
  if (reading.includes(method) || route === `${api}compliance-cost`) return held.includes('read');
  if (!atWork.some((path) => route.startsWith(path))) return held.includes('administer');
  return held.includes('commands') || held.includes(commandAt(route) ?? '');
}

/** The command that the route is for, null for one that has no name of its own. */
function commandAt(route: string): string | null {
  const [, below] = route.split(`${api}procedures`);
  if (below === '') return 'register';
  if (below === '/:id/parts') return 'amend-parts';
  return /^\/:id\/actions\/([\w-]+)$/.exec(below ?? '')?.[1] ?? null;
}
