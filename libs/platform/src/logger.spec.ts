import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.js';
import type { Logger } from './logger.js';

function logged(level: Parameters<typeof createLogger>[0], work: (logger: Logger) => void): string {
  let text = '';
  work(createLogger(level, { write: (line) => (text += line) }));
  return text;
}

describe('The logger', () => {
  it('writes one JSON line for each entry, also when it holds line feeds', () => {
    const text = logged('info', (logger) => {
      logger.info({ view: 'register' }, 'Two\nlines.');
      logger.warn({ err: new Error('bad\nnews') }, 'Tried again.');
      logger.debug('Not wanted.');
    });
    const lines = text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { name: 'tinhgon', level: 30, view: 'register', msg: 'Two\nlines.' },
      { level: 40, msg: 'Tried again.', err: { message: 'bad\nnews' } },
    ]);
  });

  it('leaves out passwords, tokens, and the rows that the database repeats in its errors', () => {
    const err = Object.assign(new Error('duplicate key value violates unique constraint "accounts_pkey"'), {
      code: '23505',
      detail: 'Key (username)=(nguyen.van.a) already exists.',
      where: 'COPY people, line 1: "Nguyễn Văn A"',
    });
    const text = logged('info', (logger) => {
      logger.error({
        err,
        req: { headers: { authorization: 'Bearer secret' } },
        password: 'secret',
        body: { password: 'secret', token: 'secret' },
      });
    });
    expect(text).not.toMatch(/secret|nguyen|Nguyễn/);
    expect(JSON.parse(text)).toMatchObject({ err: { code: '23505', message: err.message } });
  });

  it('tells of an error its kind, code, sentence and place, and not what a driver attached to it or quotes in it', () => {
    const cause = Object.assign(new Error('invalid input syntax for type uuid: "Nguyễn "A" Văn"'), {
      code: '22P02',
      query: 'INSERT INTO people VALUES ($1)',
      params: ['Nguyễn Văn A'],
    });
    const text = logged('info', (logger) => {
      logger.error({ err: new TypeError('A view failed.', { cause }) });
    });
    expect(text).not.toMatch(/Nguyễn|INSERT/);
    expect(JSON.parse(text)).toMatchObject({
      err: {
        type: 'TypeError',
        message: 'A view failed.',
        stack: expect.stringMatching(/^ {4}at /),
        cause: { code: '22P02', message: 'invalid input syntax for type uuid: "…"' },
      },
    });
  });
});
