import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#event-store';
import { anEvent } from '#event-store/testing';
import type { Transaction } from '#platform';
import { openLog } from '../../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../../test/support/log-installation.js';
import { projectionSpecification } from '../testing/projection-specification.js';
import { column } from './columns.js';
import { groupProjection, projection } from './projection.js';
import { table } from './table.js';

const oneId = '11111111-0000-4000-8000-000000000001';
const otherId = '11111111-0000-4000-8000-000000000002';

const sums = projection({
  name: 'sums',
  codeVersion: '1',
  prefixes: ['sum-'],
  readsMetadata: false,
  table: table({
    name: 'sums',
    key: ['id'],
    columns: {
      id: column.uuid,
      revision: column.integer,
      seen: column.texts,
      note: column.nullable(column.text),
      day: column.date,
      at: column.instant,
      position: column.bigint,
      facts: column.json<{ readonly last: string }>(),
      label: column.computed(column.text),
    },
    computed: ({ seen }) => ({ label: seen.join('+') }),
    risesIn: ['revision'],
  }),
  subject: ({ stream }) => stream.slice('sum-'.length),
  begins: ({ revision }) => revision === 0,
  rowAfter: (before, { revision, data, position, recordedAt }, id) => {
    if (before && revision <= before.revision) return before;
    const { word } = data as { readonly word: string };
    if (word === 'end') return null;
    const seen = [...(before?.seen ?? []), word];
    return { id, revision, seen, note: before?.note ?? null, day: '2025-01-31', at: recordedAt, position, facts: { last: word } };
  },
  tally: {
    table: table({ name: 'sum_counts', key: ['words'], columns: { words: column.integer, count: column.integer } }),
    sums: ['count'],
    of: ({ seen }) => ({ words: seen.length, count: 1 }),
  },
});

/** Words by who said them first; an answer names the word alone. */
const words = groupProjection({
  name: 'words',
  codeVersion: '1',
  prefixes: ['sum-', 'word-', 'language-'],
  readsMetadata: false,
  tables: {
    words: table({ name: 'words', key: ['id', 'word'], columns: { id: column.uuid, word: column.text, told: column.text } }),
    speakers: table({ name: 'speakers', key: ['id'], columns: { id: column.uuid, said: column.integer } }),
  },
  subject: ({ stream, data }) =>
    stream.startsWith('sum-') ? stream.slice('sum-'.length) : { link: (data as { readonly word: string }).word },
  links: { table: 'words', column: 'word' },
  shared: {
    table: table({ name: 'languages', key: ['language'], columns: { language: column.text } }),
    isOf: ({ stream }) => stream.startsWith('language-'),
    rowsAfter: (_before, { data }) => [{ language: (data as { readonly word: string }).word }],
    read: ([row]) => row?.language ?? '',
    affects: () => ({ table: 'words', where: 'word <> $1', values: ['x'] }),
  },
  rowsAfter: ({ words: before, speakers }, { stream, data }, { subject, shared }) => {
    const { word } = data as { readonly word: string };
    if (stream.startsWith('language-')) return { words: before.map((row) => ({ ...row, told: shared })), speakers };
    if (stream.startsWith('word-')) return { words: before.filter((row) => row.word !== word), speakers };
    return { words: [...before, { id: subject, word, told: shared }], speakers: [{ id: subject, said: before.length + 1 }] };
  },
});

/** What each owes, and what all owe; who gets more than they give owes less than nothing. */
const debts = projection({
  name: 'debts',
  codeVersion: '1',
  prefixes: ['sum-'],
  readsMetadata: false,
  table: table({ name: 'debts', key: ['id'], columns: { id: column.uuid, revision: column.integer, owed: column.bigint } }),
  subject: ({ stream }) => stream.slice('sum-'.length),
  rowAfter: (before, { revision, data }, id) =>
    before && revision <= before.revision ? before : { id, revision, owed: BigInt((data as { readonly word: string }).word) },
  tally: {
    table: table({ name: 'debt_sums', key: ['of'], columns: { of: column.text, owed: column.bigint } }),
    sums: ['owed'],
    isSigned: true,
    of: ({ owed }) => ({ of: 'all', owed }),
  },
});

const scratch = (name: string): string => `views.${name}_scratch`;
const said = (stream: string, revision: number, word: string): RecordedEvent => ({
  ...{ ...anEvent({ word }), stream, revision, position: BigInt(revision + 1), recordedAt: '2025-01-01T00:00:00.000Z' },
});

describe.each([['embedded'], ['on a server']])('A projection, %s', (where) => {
  let log: LogInstallation;
  beforeAll(async () => {
    log = await openLog(where);
    await log.database.pool.query('CREATE SCHEMA IF NOT EXISTS views');
    for (const view of [sums, words, debts])
      await log.database.transaction(async (transaction) => {
        await view.create(transaction, scratch);
        await view.index(transaction, scratch);
      });
  });
  afterAll(() => log.close());

  const rowsOf = async (name: string): Promise<unknown[]> =>
    (
      await log.database.pool.query<{ row: unknown }>(`SELECT to_jsonb(t) AS row FROM ${scratch(name)} t ORDER BY to_jsonb(t)::text`)
    ).rows.map(({ row }) => row);
  const applied = (view: typeof sums | typeof words | typeof debts, ...events: readonly RecordedEvent[]): Promise<void> =>
    log.database.transaction((transaction) => view.writer(scratch).apply(transaction, events));

  it('writes what it has read as it was, computes what comes of it, counts, and deletes what is gone', async () => {
    const [one, other] = [`sum-${oneId}`, `sum-${otherId}`];
    await applied(sums, said(one, 0, '"a\\b'), said(other, 0, 'c'));
    await applied(sums, said(one, 1, 'NULL'));
    // An event that comes again, from a batch that was stored already.
    await applied(sums, said(one, 0, '"a\\b'), said(one, 1, 'NULL'));
    const seen = ['"a\\b', 'NULL'];
    expect(await rowsOf('sums')).toMatchObject([
      { id: oneId, revision: 1, seen, label: '"a\\b+NULL', note: null, day: '2025-01-31', facts: { last: 'NULL' } },
      { id: otherId, revision: 0, seen: ['c'] },
    ]);
    expect(await rowsOf('sum_counts')).toEqual([
      { words: 1, count: 1 },
      { words: 2, count: 1 },
    ]);
    await applied(sums, said(one, 2, 'end'));
    expect(await rowsOf('sums')).toMatchObject([{ id: otherId }]);
    expect(await rowsOf('sum_counts')).toEqual([{ words: 1, count: 1 }]);
  });

  it('keeps no sum of nothing, from whichever side it came to that', async () => {
    await applied(debts, said(`sum-${oneId}`, 0, '-5'));
    expect(await rowsOf('debt_sums')).toEqual([{ of: 'all', owed: -5 }]);
    await applied(debts, said(`sum-${otherId}`, 0, '5'));
    expect(await rowsOf('debt_sums')).toEqual([]);
    await applied(debts, said(`sum-${otherId}`, 1, '7'));
    expect(await rowsOf('debt_sums')).toEqual([{ of: 'all', owed: 2 }]);
    await applied(debts, said(`sum-${oneId}`, 1, '-7'));
    expect(await rowsOf('debt_sums')).toEqual([]);
  });

  it('finds a subject by its link, also in the same batch, and hands what is shared to whom it concerns', async () => {
    await applied(
      words,
      said('language-a', 0, 'vi'),
      said(`sum-${oneId}`, 0, 'một'),
      said(`sum-${oneId}`, 1, 'hai'),
      said('word-a', 0, 'hai'),
    );
    await applied(words, said('word-a', 0, 'khác'), said(`sum-${otherId}`, 0, 'ba'), said('language-a', 1, 'en'));
    await applied(words, said(`sum-${otherId}`, 1, 'bốn'), said('word-a', 0, 'ba'));
    expect(await rowsOf('words')).toEqual([
      { id: oneId, word: 'một', told: 'en' },
      { id: otherId, word: 'bốn', told: 'en' },
    ]);
    expect(await rowsOf('speakers')).toEqual([
      { id: oneId, said: 2 },
      { id: otherId, said: 2 },
    ]);
  });

  it('keeps no subject of many rows in memory, and looks it up again', async () => {
    const id = '11111111-0000-4000-8000-00000000000a';
    const writer = words.writer(scratch);
    const questions: string[] = [];
    const apply = (from: number, to: number): Promise<void> =>
      log.database.transaction((transaction) => {
        const query = (...question: [string]): unknown => {
          if (question[0].startsWith('SELECT') && question[0].includes('words')) questions.push(question[0]);
          return transaction.query(...question);
        };
        const events = Array.from({ length: to - from }, (_, index) => said(`sum-${id}`, from + index, `w${String(from + index)}`));
        return writer.apply({ query } as unknown as Transaction, events);
      });
    await apply(0, 20);
    await apply(20, 30);
    expect(questions).toHaveLength(1);
    await apply(30, 60);
    await apply(60, 61);
    expect(questions).toHaveLength(2);
    const { rows } = await log.database.pool.query<{ count: number }>(`SELECT count(*)::integer AS count FROM ${scratch('words')} WHERE id = $1`, [id]); // prettier-ignore
    expect(rows).toEqual([{ count: 61 }]);
  });

  it('leaves turns to others while much is computed', async () => {
    const id = '11111111-0000-4000-8000-000000000009';
    const slow = projection({
      ...{ name: 'slow', codeVersion: '1', prefixes: ['sum-'], readsMetadata: false },
      table: table({ name: 'slow', key: ['id'], columns: { id: column.uuid, revision: column.integer } }),
      subject: () => id,
      begins: () => true,
      rowAfter: (_before, { revision }) => {
        for (const until = performance.now() + 15; performance.now() < until;);
        return { id, revision };
      },
    });
    const written = { query: () => Promise.resolve({ rows: [] }) } as unknown as Transaction;
    let [turns, isDone] = [0, false];
    const count = (): void => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    const events = Array.from({ length: 20 }, (_, revision) => said(`sum-${id}`, revision, 'a'));
    await slow.writer(scratch).apply(written, events);
    isDone = true;
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  it('goes on from what is written, when a build has lost a transaction while the next one was computed', async () => {
    const id = '11111111-0000-4000-8000-000000000003';
    const writer = sums.writer(scratch);
    const event = (revision: number, word: string): RecordedEvent => said(`sum-${id}`, revision, word);
    const apply = (one: RecordedEvent): Promise<void> => log.database.transaction((transaction) => writer.apply(transaction, [one]));
    await apply(event(0, 'a'));
    const lost = { query: () => Promise.reject(new Error('The connection is gone.')) } as unknown as Transaction;
    let retried: () => void = () => undefined;
    const afterRetry = new Promise<void>((resolve) => (retried = resolve));
    const first = writer.apply(lost, [event(1, 'b')]);
    // Begins its transaction when the one before it has ended, as a build does.
    const second = writer.apply(
      { query: async (...question: [string]) => afterRetry.then(() => log.database.pool.query(...question)) } as unknown as Transaction,
      [event(2, 'c')],
    );
    await expect(first).rejects.toThrow('The connection is gone.');
    writer.forget();
    await apply(event(1, 'b'));
    retried();
    await second;
    await apply(event(3, 'd'));
    expect(await rowsOf('sums')).toContainEqual(expect.objectContaining({ id, label: 'a+b+c+d' }));
  });
});

describe('A specification of a projection', () => {
  it('needs no database', () => {
    const one = `sum-${oneId}`;
    projectionSpecification(sums)(
      { stream: one, type: 'Said', data: { word: 'a' } },
      { stream: one, type: 'Said', data: { word: 'b' } },
    ).then([{ id: oneId, seen: ['a', 'b'] }]);
  });
});
