import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Callers } from '#identity';
import { bearerOf } from './gate.js';
import { Problem } from './problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it would be let in now: its sender may have signed out since, or somebody ended the session or key. @throws what the gate throws */
    isStillSignedIn: () => Promise<boolean>;
  }
}

/** Within which a request ends before anybody asks again who sent it. */
const soonMs = 1_000;

/**
 * Looks again at whoever sent a request that lasts. What took its time to come is refused before anything is done with it, and what
 * took its time to be read is not given to whoever may not read it any more.
 */
export function addStillSignedIn(fastify: FastifyInstance, callers: Callers): void {
  fastify.decorateRequest('isStillSignedIn', async function (this: FastifyRequest) {
    const token = bearerOf(this);
    const caller = token === null ? null : await callers.whoIs(token);
    return caller !== null && caller.person.id === this.person?.id;
  });
  fastify.addHook('preHandler', async (request, reply) => {
    if (request.person && reply.elapsedTime > soonMs) await mustStillBeSignedIn(request);
  });
  fastify.addHook('preSerialization', async (request, reply, payload) => {
    // What a command did is done, and its answer says so.
    const isReading = request.method === 'GET' && reply.statusCode < 300;
    if (isReading && request.person && reply.elapsedTime > soonMs) await mustStillBeSignedIn(request);
    return payload;
  });
}

/** @throws Problem when the request would not be let in now */
export async function mustStillBeSignedIn(request: FastifyRequest): Promise<void> {
  if (!(await request.isStillSignedIn())) throw new Problem('not-signed-in', { headers: { 'www-authenticate': 'Bearer' } });
}
