import { describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Rejected } from '#event-store';
import type { Logger } from '#platform';
import { Problem } from './problem.js';
import { ProblemFilter } from './problem-filter.js';

interface Sent {
  status: number;
  body: { readonly code?: string; readonly unmet?: readonly { readonly code: string }[] };
  logged: number;
}

/** What the filter makes of an error. */
function sentFor(error: unknown): Sent {
  const sent: Sent = { status: 0, body: {}, logged: 0 };
  const logger = { error: () => (sent.logged += 1) } as unknown as Logger;
  const reply = {
    sent: false,
    raw: { headersSent: false },
    status: (status: number) => ((sent.status = status), reply),
    headers: () => reply,
    type: () => reply,
    removeHeader: () => reply,
    send: (text: string) => ((sent.body = JSON.parse(text) as Sent['body']), reply),
  };
  const request = { headers: {}, routeOptions: { url: '/' }, url: '/', correlationId: 'c' };
  const filter = new ProblemFilter(logger, () => []);
  filter.send(error, request as unknown as FastifyRequest, reply as unknown as FastifyReply);
  return sent;
}

describe('A refusal by a rule', () => {
  it('is shown under the code of its first condition', () => {
    const unmet = [{ code: 'return-first', message: 'x' }] as const;
    expect(sentFor(new Rejected(unmet))).toMatchObject({ status: 409, body: { code: 'return-first', unmet: [{ code: 'return-first' }] } });
  });

  it('with a code that no problem has is logged as a fault of ours, and not shown as another one', () => {
    const sent = sentFor(new Rejected([{ code: 'not-thought-of', message: 'x' }]));
    expect(sent).toMatchObject({ status: 500, body: { code: 'internal-error' }, logged: 1 });
  });
});

describe('A problem that takes the place of an answer', () => {
  it('keeps nothing that was said of the answer', async () => {
    const fastify = Fastify();
    const filter = new ProblemFilter({ error: () => undefined } as unknown as Logger, () => []);
    fastify.setErrorHandler((error, request, reply) => filter.send(error, request, reply));
    fastify.addHook('onSend', ({ url }, _reply, payload, done) =>
      url === '/late' && String(payload).startsWith('file') ? done(new Problem('too-many-requests', { headers: { 'retry-after': '1' } })) : done(),
    ); // prettier-ignore
    const file = {
      etag: '"7"',
      'content-disposition': 'attachment',
      'cache-control': 'private, max-age=60',
      location: '/x',
      'content-length': '4',
    };
    fastify.get('/late', (_request, reply) => reply.headers(file).header('x-correlation-id', 'c').type('application/pdf').send('file')); // prettier-ignore
    fastify.get('/early', (_request, reply) => {
      reply.headers(file).type('application/pdf');
      throw new Problem('unavailable');
    });
    const [late, early] = [await fastify.inject('/late'), await fastify.inject('/early')];
    for (const { headers, body } of [late, early]) {
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/problem+json; charset=utf-8' });
      expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
      expect([headers.etag, headers.location, headers['content-disposition']]).toEqual([undefined, undefined, undefined]);
    }
    expect([late.statusCode, late.headers['retry-after'], late.headers['x-correlation-id']]).toEqual([429, '1', 'c']);
    expect(early.statusCode).toBe(503);
    await fastify.close();
  });
});
