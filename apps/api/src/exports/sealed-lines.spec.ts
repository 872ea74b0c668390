import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SealedLines, format, verifyLines } from './sealed-lines.js';
import type { Verdict } from './sealed-lines.js';

const hard = ['Thủ tục điều động, đóng quân', 'dòng\u2028mới\u2029', '",\"chain\":\"', '\\n\\\\', 'Đ'.normalize('NFD'), '💾'];

function written(titles: readonly string[]): string {
  const sealed = new SealedLines();
  const header = sealed.line('header', { ...format, position: '42' });
  const procedures = titles.map((title, index) => sealed.line('procedure', { id: String(index).padStart(4, '0'), title }));
  return `${header}${procedures.join('')}${sealed.trailer()}`;
}

/** In pieces of that size. */
async function verified(text: string | Buffer, size = 7): Promise<Verdict> {
  const bytes = Buffer.from(text as string);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
  }
  return verifyLines(pieces());
}

describe('Sealed lines', () => {
  it('are whole as they were written, whatever the text and in whatever pieces they come', async () => {
    for (const size of [1, 7, 100_000]) expect(await verified(written(hard), size)).toMatchObject({ ok: true, procedures: hard.length, position: '42' });
    expect(await verified(written([]))).toMatchObject({ ok: true, procedures: 0 });
  }); // prettier-ignore

  it('name the line in which any bit was turned', async () => {
    const bytes = Buffer.from(written(hard));
    const starts = [0, ...[...bytes.entries()].flatMap(([at, byte]) => (byte === 10 ? [at + 1] : []))];
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const other = Buffer.from(bytes);
        other[at] = (other[at] ?? 0) ^ (1 << bit);
        const line = starts.filter((start) => start <= at).length;
        const verdict = await verified(other);
        expect(verdict.ok).toBe(false);
        // The line feed itself belongs to the line that it ends: without it both are one.
        if (!verdict.ok) expect(verdict.line).toBe(line);
      }),
      { numRuns: 300 },
    );
  });

  it('name where a file was cut, and never take a part for the whole', async () => {
    const bytes = Buffer.from(written(hard));
    for (let length = 0; length < bytes.length; length += 11) {
      const verdict = await verified(bytes.subarray(0, length));
      const begun = bytes.subarray(0, length).toString('latin1').split('\n').length;
      expect(verdict).toMatchObject({ ok: false, line: begun });
    }
  });

  it('name a line that was left out, moved, repeated or put behind the end', async () => {
    const lines = written(hard).split('\n').slice(0, -1);
    const of = (changed: readonly string[]): Promise<Verdict> => verified(`${changed.join('\n')}\n`);
    const [first = '', second = '', third = '', ...others] = lines;
    expect(await of([first, third, ...others])).toMatchObject({ ok: false, line: 2 });
    expect(await of([first, third, second, ...others])).toMatchObject({ ok: false, line: 2 });
    expect(await of([first, second, second, third, ...others])).toMatchObject({ ok: false, line: 3 });
    expect(await of([second, third, ...others])).toMatchObject({ ok: false, line: 1 });
    expect(await of([...lines, second])).toMatchObject({ ok: false, line: lines.length + 1 });
  });

  it('tell what only looks like an export', async () => {
    const sealed = (...values: readonly (readonly ['header' | 'procedure', object])[]): string => {
      const all = new SealedLines();
      return `${values.map(([name, value]) => all.line(name, value)).join('')}${all.trailer()}`;
    };
    const header = ['header', { ...format, position: '1' }] as const;
    const reasons = await Promise.all(
      [
        sealed(['header', { ...format, version: 2 }]),
        sealed(['procedure', { id: 'a' }]),
        sealed(header, header),
        sealed(header, ['procedure', { id: 'b' }], ['procedure', { id: 'a' }]),
        sealed(header, ['procedure', { id: 'a' }], ['procedure', { id: 'a' }]),
        'PK\u0003\u0004\n',
      ].map((text) => verified(text)),
    );
    expect(reasons.map((verdict) => verdict.ok || verdict.line)).toEqual([1, 1, 2, 3, 3, 1]);
  });
});
