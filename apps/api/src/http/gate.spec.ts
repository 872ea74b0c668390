import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { Caller, Callers, Directory } from '#identity';
import { acceptJson } from './body-intake.js';
import { addGate } from './gate.js';
import { Problem } from './problem.js';

const token = 'a.b.c';
/** Each a person of their own. */
const tokens: readonly string[] = [token, 'd.e.f', 'g.h.i', 'j.k.l', 'm.n.o'];
const callers = {
  whoIs: (bearer: string) =>
    Promise.resolve(
      tokens.includes(bearer)
        ? ({ person: { id: bearer, roles: [], keepers: [] }, session: null, scopes: null } as unknown as Caller)
        : null,
    ),
};

const open = { config: { needs: 'open' } } as const;

describe('The gate', () => {
  let fastify: FastifyInstance;
  let held: (() => void)[];

  beforeEach(() => {
    held = [];
    fastify = Fastify({ trustProxy: ['10.0.0.1'] });
    fastify.removeAllContentTypeParsers();
    acceptJson(fastify);
    addGate(fastify, callers as unknown as Callers, {} as Directory);
    fastify.setErrorHandler((error, _request, reply) =>
      reply.status(error instanceof Problem ? error.status : 500).send(error instanceof Problem ? { code: error.code } : String(error)),
    );
    fastify.get('/api/v1/people', () => 'people');
    fastify.get('/api/v1/units/:id', ({ params }) => params);
    fastify.get('/api/v1/slow', () => new Promise((end) => held.push(() => end('done'))));
    fastify.get('/api/v1/auth/demo', open, () => new Promise((end) => held.push(() => end('done'))));
    fastify.post('/api/v1/auth/login', open, ({ body }) => body);
  });
  afterEach(async () => {
    for (const end of held) end();
    await fastify.close();
  });

  const get = (url: string, from = '192.0.2.1', headers: Readonly<Record<string, string>> = {}): Promise<number> =>
    fastify.inject({ method: 'GET', url, remoteAddress: from, headers }).then(({ statusCode }) => statusCode);
  const login = (from: string, username = 'x'): Promise<number> =>
    fastify
      .inject({ method: 'POST', url: '/api/v1/auth/login', remoteAddress: from, payload: { username } })
      .then(({ statusCode }) => statusCode);
  /** The same call 3,000 times, or so many different ones. */
  const flood = (
    url: (index: number) => string,
    from: string,
    headers: (index: number) => Readonly<Record<string, string>> = () => ({}),
  ): Promise<readonly number[]> => Promise.all(Array.from({ length: 3_000 }, (_, index) => get(url(index), from, headers(index))));
  const people = (): string => '/api/v1/people';

  it('counts calls without a token by address and call, so that a flood at one leaves the others open', async () => {
    expect(await flood(people, '192.0.2.1')).toContain(429);
    expect(await login('192.0.2.1')).toBe(200);
    expect(await get('/api/v1/people', '192.0.2.2')).toBe(401);
    expect(await get('/api/v1/people', '192.0.2.1', { authorization: `Bearer ${token}` })).toBe(200);
    expect(await flood((index) => `/nowhere/${String(index)}`, '192.0.2.1')).toContain(429);
  });

  it('believes only a trusted proxy from where a request comes', async () => {
    const named = (index: number): Record<string, string> => ({ 'x-forwarded-for': `203.0.113.${String(index % 250)}` });
    expect(await flood(people, '10.0.0.1', () => named(1))).toContain(429);
    expect(await flood(people, '10.0.0.1', (index) => named(2 + (index % 200)))).not.toContain(429);
    expect(await flood(people, '192.0.2.1', named)).toContain(429);
  });

  it('has 300 calls of one address run at once, and people go on meanwhile', async () => {
    const running = Array.from({ length: 301 }, () => get('/api/v1/auth/demo'));
    await expect(Promise.any(running.map((one) => one.then((status) => (status === 429 ? status : Promise.reject(new Error())))))).resolves.toBe(429); // prettier-ignore
    expect(held).toHaveLength(300);
    expect(await login('192.0.2.2')).toBe(200);
    expect(await get('/api/v1/people', '192.0.2.1', { authorization: `Bearer ${token}` })).toBe(200);
    for (const end of held) end();
    await Promise.all(running);
    expect(await login('192.0.2.1')).toBe(200);
  });

  it('has 2,000 calls of people run at once, 500 of one of them', async () => {
    const by = (who: number) => ({ authorization: `Bearer ${tokens[who] ?? ''}` });
    const running: Promise<number>[] = [];
    for (const who of [0, 1, 2, 3]) {
      running.push(...Array.from({ length: 500 }, () => get('/api/v1/slow', '192.0.2.1', by(who))));
      while (held.length < 500 * (who + 1)) await new Promise(setImmediate);
      expect(await get('/api/v1/people', '192.0.2.1', by(who))).toBe(429);
      expect(await get('/api/v1/people', '192.0.2.1', by(who + 1))).toBe(who === 3 ? 503 : 200);
    }
    for (const end of held) end();
    await Promise.all(running);
    for (const who of [0, 1, 2, 3, 4]) expect(await get('/api/v1/people', '192.0.2.1', by(who))).toBe(200);
  });

  it('takes 8 KB where nobody needs to sign in, and ids of a path in either case', async () => {
    expect(await login('192.0.2.1', 'x'.repeat(8_000))).toBe(200);
    expect(await login('192.0.2.1', 'x'.repeat(8_200))).toBe(413);
    const id = 'ABCDEF00-0000-4000-8000-00000000000A';
    const headers = { authorization: `Bearer ${token}` };
    expect((await fastify.inject({ method: 'GET', url: `/api/v1/units/${id}`, headers })).json()).toEqual({ id: id.toLowerCase() });
    expect(await get('/api/v1/units/%00', '192.0.2.1', headers)).toBe(404);
  });
});
