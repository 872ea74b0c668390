import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { typeName } from './event-words';

const root = join(import.meta.dirname, '../../../..');
/** Reservations say nothing that another event does not, and the trail leaves them out. */
const unsaid: readonly string[] = ['CommandReserved', 'CodeReserved'];

describe('the names of events', () => {
  it('are there for every type that an installation stores', () => {
    const stored = Object.keys(JSON.parse(readFileSync(join(root, 'test/golden/stored-events.json'), 'utf8')) as object);
    const ofProcedures = readdirSync(join(root, 'libs/procedures/src/golden')).map((file) => file.replace(/\.json$/, ''));
    const types = new Set([...stored, ...ofProcedures].map((name) => name.split('.')[0] ?? ''));
    const unnamed = [...types].filter((type) => !unsaid.includes(type) && typeName(type, (word) => word) === type);
    expect(types.size).toBeGreaterThan(80);
    expect(unnamed).toEqual([]);
  });
});
