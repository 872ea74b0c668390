import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tablesOf } from './pdf-tables.js';

const text = (title: string) => ({ title, isFigure: false });
const figure = (title: string) => ({ title, isFigure: true });
const shapeOf = ({ pageOrientation, tables }: ReturnType<typeof tablesOf>) => [pageOrientation, ...tables.map(({ places }) => places)];

describe('The columns of a report in print', () => {
  it('stand beside each other where they fit, upright where they are few', () => {
    const few = [text('Loại'), text('Nhóm'), text('Giai đoạn'), figure('Số thủ tục')];
    expect(shapeOf(tablesOf({ columns: few, rows: [['internal', 'D', 'published', '11']] }))).toEqual(['portrait', [0, 1, 2, 3]]);
    const more = [text('Đơn vị'), ...Array.from({ length: 8 }, () => figure('Trễ trên 10 ngày làm việc'))];
    const row = ['Quân chủng Hải quân', ...Array.from({ length: 8 }, () => '1.000')];
    expect(shapeOf(tablesOf({ columns: more, rows: [row] }))).toEqual(['landscape', [0, 1, 2, 3, 4, 5, 6, 7, 8]]);
  });

  it('follow below the first one where they have no room', () => {
    const ids = Array.from({ length: 5 }, () => text('Mã'));
    const row = ['1', ...ids.map(() => 'c2749492-446f-548c-b52d-ac5112cc3b66')];
    expect(shapeOf(tablesOf({ columns: [figure('STT'), ...ids], rows: [row] }))).toEqual(['landscape', [0, 1, 2, 3], [0, 4, 5]]);
  });

  it('stand each in one table, in their order, with room for their words, and no table is wider than its page', () => {
    const columnsOfAll = fc.array(fc.record({ title: fc.string(), isFigure: fc.boolean() }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(columnsOfAll, fc.string({ maxLength: 100 }), (columns, value) => {
        const { pageOrientation, tables } = tablesOf({ columns, rows: [columns.map(() => value)] });
        expect([0, ...tables.flatMap(({ places: [, ...others] }) => others)]).toEqual(columns.map((_, at) => at));
        for (const { places, widths } of tables) {
          expect(places[0]).toBe(0);
          expect(Math.floor(widths.reduce((sum, width) => sum + width + 16, 0))).toBeLessThanOrEqual(
            pageOrientation === 'portrait' ? 515 : 761,
          );
          for (const [index, at] of places.entries())
            for (const word of [columns[at]?.title ?? '', value].flatMap((words) => words.split(/\s+/)))
              expect(widths[index]).toBeGreaterThanOrEqual(Math.min(word.length, 36) * 6);
        }
      }),
    );
  });
});
