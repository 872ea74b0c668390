import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller, Callers, Directory, Person } from '#identity';
import type { ActingFor } from '#workflow';
import { Problem } from './problem.js';
import { isCovered } from './scopes.js';
import { isUuid } from './sent.js';
import { TokenBuckets } from './token-buckets.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in, known before the body is read. */
    person: Person | null;
    /** Whom the person says to act for, with what a delegation allows. */
    actingFor: ActingFor | null;
    /** How they are. */
    caller: Caller | null;
  }
}

const mostInFlight = 2_000;
const api = '/api/v1/';
/** Calls of whoever is not signed in yet. */
const open: readonly string[] = ['auth/login', 'auth/refresh', 'auth/demo', 'auth/oidc/start', 'auth/oidc/callback'].map(
  (path) => `${api}${path}`,
);

/** Stands before everything else: who asks, how often, and whether there is room. Runs before a body is read. */
export function addGate(fastify: FastifyInstance, callers: Callers, directory: Directory): void {
  const perPerson = new TokenBuckets(2_500, 5_000);
  const perAddress = new TokenBuckets(300, 600);
  let inFlight = 0;

  fastify.decorateRequest('person', null);
  fastify.decorateRequest('actingFor', null);
  fastify.decorateRequest('caller', null);
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    // What was sent may be spelled in many ways (`/%61pi/…`); the route is where it leads.
    const path = request.routeOptions.url ?? request.url.split('?', 1)[0] ?? '';
    if (path.startsWith('/health/')) return;
    const token = bearerOf(request);
    const caller =
      token === null
        ? null
        : await callers.whoIs(token).catch((error: unknown) => {
            throw perAddress.take(request.ip) ? error : tooMany();
          });
    const person = caller?.person ?? null;
    if (!(person ? perPerson.take(person.id) : perAddress.take(request.ip))) throw tooMany();
    if (inFlight >= mostInFlight) throw new Problem('unavailable', { headers: { 'retry-after': '1' } });
    if (path.startsWith(api)) {
      reply.header('cache-control', 'no-store');
      if (!person && !open.includes(path)) throw new Problem('not-signed-in', { headers: { 'www-authenticate': 'Bearer' } });
    }
    request.caller = caller;
    request.person = person;
    request.actingFor = person && actingFor(request, person, directory);
    if (caller?.scopes && path.startsWith(api) && !isCovered(request, caller.scopes)) throw new Problem('out-of-scope');
    inFlight++;
    // Also comes when the client went away, which no hook for answers does.
    reply.raw.once('close', () => inFlight--);
  });
}

/** @throws Problem for a header that cannot be read */
function actingFor({ headers }: FastifyRequest, by: Person, directory: Directory): ActingFor | null {
  const id = headers['acting-for'];
  if (id === undefined) return null;
  if (typeof id === 'string' && isUuid(id)) return directory.actingFor(id.toLowerCase(), by.id);
  const message = 'must be the id of a person';
  throw new Problem('invalid-body', { detail: `The header Acting-For ${message}.`, errors: [{ path: 'Acting-For', message }] });
}

const tooMany = (): Problem => new Problem('too-many-requests', { headers: { 'retry-after': '1' } });

/** The token that the request was sent with, in whichever form one may have. */
export function bearerOf({ headers }: FastifyRequest): string | null {
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]*|tgk_\w[\w-]*)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}
