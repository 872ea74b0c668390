import { describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Rejected } from '#event-store';
import type { Logger } from '#platform';
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
