import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { faultsOf } from './support/described.js';

const folder = 'libs/procedures/src/golden';
const stored = readdirSync(folder).map((name) => {
  const { event } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { event: { type: string; data: object } };
  return [name, event] as const;
});
const author = { id: 'a', name: null, role: 'officer', unit: 'u' };
const lineOf = ({ type, data }: { type: string; data: object }): object => ({
  ...{
    revision: 0,
    position: '1',
    recordedAt: '2025-01-01T00:00:00.000Z',
    actor: author,
    stageBefore: null,
    stageAfter: 'registered',
    proof: 'sealed',
  },
  ...{ type, data },
});

describe('The description of the API', () => {
  it.each(stored)('knows all that a stored event may hold (%s)', (_, event) => {
    expect(faultsOf({ items: [lineOf(event)], nextCursor: null }, 'HistoryAnswer')).toEqual([]);
  });

  it('takes no data for that of another type, and none with a field that it does not name', () => {
    const [first, second] = ['PartsAmended', 'ProcedureReviewed'].map((name) => stored.find(([file]) => file.startsWith(name))?.[1]);
    if (!first || !second) throw new Error('The golden files are missing.');
    const mixed = { type: first.type, data: second.data };
    expect(faultsOf({ items: [lineOf(mixed)], nextCursor: null }, 'HistoryAnswer')).not.toEqual([]);
    const more = { type: first.type, data: { ...first.data, secret: 1 } };
    expect(faultsOf({ items: [lineOf(more)], nextCursor: null }, 'HistoryAnswer')).not.toEqual([]);
  });
});
