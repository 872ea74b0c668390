import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Person, SignIn } from '#identity';
import { Problem } from './problem.js';
import { TokenBuckets } from './token-buckets.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in, known before the body is read. */
    person: Person | null;
  }
}

const mostInFlight = 2_000;
const api = '/api/v1/';

/** Stands before everything else: who asks, how often, and whether there is room. Runs before a body is read. */
export function addGate(fastify: FastifyInstance, signIn: SignIn): void {
  const perPerson = new TokenBuckets(2_500, 5_000);
  const perAddress = new TokenBuckets(300, 600);
  let inFlight = 0;

  fastify.decorateRequest('person', null);
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    const [path = ''] = request.url.split('?', 1);
    if (path.startsWith('/health/')) return;
    const token = bearerOf(request);
    const person = token === null ? null : await signIn.whoIs(token);
    if (!(person ? perPerson.take(person.id) : perAddress.take(request.ip)))
      throw new Problem('too-many-requests', { headers: { 'retry-after': '1' } });
    if (inFlight >= mostInFlight) throw new Problem('unavailable', { headers: { 'retry-after': '1' } });
    if (path.startsWith(api)) {
      reply.header('cache-control', 'no-store');
      if (!person && !path.startsWith(`${api}auth/`)) throw new Problem('not-signed-in', { headers: { 'www-authenticate': 'Bearer' } });
    }
    request.person = person;
    inFlight++;
    // Also comes when the client went away, which no hook for answers does.
    reply.raw.once('close', () => inFlight--);
  });
}

function bearerOf({ headers }: FastifyRequest): string | null {
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}
