import { describe, expect, it } from '@jest/globals';
import type { Person } from '#identity';
import { Line } from '../http/shape.js';
import { shapeOf } from '../http/shape-of.js';
import { Findings, mostTold } from './findings.js';
import type { ImportKind, PreparedRow } from './kind.js';
import { SeenRows } from './seen-rows.js';
import { SheetReading } from './sheet-reading.js';

class NamedDto {
  @Line(10)
  readonly name: string;
}

const prepared = (content: object): PreparedRow => ({
  content,
  claims: [],
  check: () => Promise.resolve({ outcome: 'accepted' }),
  enter: () => Promise.resolve('1'),
});
const kind: ImportKind = {
  ...{ make: NamedDto, shape: shapeOf(NamedDto), besides: [], titles: [], needs: 'commands', oneByOne: false, isPersonal: false },
  begin: () => ({ unitOf: (value) => ({ value }), prepare: (body) => Promise.resolve(prepared(body)) }),
};
const person = { id: '6f7b1c1e-2f4b-4a53-9b7f-6d1f0c8f3a52' } as Person;

async function rowsRead(text: string, most: number): Promise<number> {
  const content = Buffer.from(text);
  const bytes = {
    size: content.length,
    read: (from: number, to: number) => [content.subarray(from, to)] as unknown as AsyncIterable<Buffer>,
  };
  let count = 0;
  for await (const batch of new SheetReading(kind, { kind: 'names', format: 'csv' }, () => person, Buffer.alloc(0), most).batches(bytes, 2))
    count += batch.length;
  return count;
}

describe('A sheet', () => {
  it('has as many rows as it may, empty ones not counted, and is refused at the first one more', async () => {
    expect(await rowsRead('name\na\n\nb\n\nc\n', 3)).toBe(3);
    await expect(rowsRead('name\na\n\nb\n\nc\nd\n', 3)).rejects.toMatchObject({ code: 'file-too-long', row: 7 });
  });
});

describe('What is refused of a sheet', () => {
  it('is told up to a bound, and counted beyond it', () => {
    const findings = new Findings();
    const cell = (row: number) => ({ row, column: 'name', code: 'invalid-body', message: 'is wrong', vi: 'sai' });
    for (let row = 2; row < mostTold + 12; row++) findings.refuse(row, [cell(row)]);
    expect([findings.refused.length, findings.moreRefused, findings.refusedRows]).toEqual([mostTold, 10, mostTold + 10]);
    findings.tellFirst({ ...cell(0), code: 'not-signed-in' });
    expect([findings.refused.length, findings.refused[0]?.code, findings.moreRefused]).toEqual([mostTold, 'not-signed-in', 11]);
  });

  it('is refused as often as it stands there, and is not kept once it is not told any more', () => {
    const seen = new SeenRows();
    const refused = { outcome: 'refused', faults: [{ path: 'name', code: 'x', message: 'no', vi: 'không' }] } as const;
    for (let row = 0; row < mostTold + 1; row++) expect(seen.judge({ key: String(row), prepared: prepared({}) }, refused)).toEqual(refused);
    expect(seen.judge({ key: '0', prepared: prepared({}) }, null)).toEqual(refused);
    expect(seen.judge({ key: String(mostTold), prepared: prepared({}) }, null)).toMatchObject({
      outcome: 'refused',
      faults: [{ code: 'row-repeated' }],
    });
  });
});
