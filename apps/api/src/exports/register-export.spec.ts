import { describe, expect, it } from '@jest/globals';
import type { Sight } from '#workflow';
import { RegisterExport } from './register-export.js';

const units = ['u', 'v'];
const atFirst: Sight = { units: new Set(units), clearance: 'confidential' };

/** The lines for somebody who sees so much once the header is written; nothing of what is read afterwards can be read here. */
async function linesFor(later: Sight): Promise<readonly string[]> {
  const sights = [atFirst, later];
  const views = { open: () => Promise.resolve({ asOf: { position: '5', at: '2025-01-01T00:00:00Z' }, sight: sights.shift() ?? later }) };
  const database = { pool: { query: () => Promise.resolve({ rows: [] }) } };
  const pasts = { inTurn: (_: unknown, work: () => unknown) => work() };
  const directory = { person: () => ({ id: 'p' }) };
  const written = new RegisterExport({ views, database, store: {} } as never, pasts as never, {} as never, directory as never);
  const request = { isStillSignedIn: () => Promise.resolve(true) };
  const lines: string[] = [];
  for await (const line of written.lines({ id: 'p' } as never, { minPosition: undefined, request: request as never })) lines.push(line);
  return lines;
}

describe('An export of the register', () => {
  it('ends with its trailer for whoever still sees what its header says', async () => {
    for (const later of [atFirst, { units: null, clearance: 'secret' } as const]) expect(await linesFor(later)).toHaveLength(2);
  });

  it('has no trailer for whoever lost a unit or the clearance meanwhile', async () => {
    for (const later of [
      { units: new Set(['u']), clearance: 'confidential' },
      { units: null, clearance: 'none' },
    ] as const)
      await expect(linesFor(later)).rejects.toMatchObject({ code: 'not-authorised' });
  });
});
