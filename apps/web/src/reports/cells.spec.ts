import { describe, expect, it } from '@jest/globals';
import { cellText, isFigures, namesIn, titleText, valueText } from './cells';
import type { CellWords } from './cells';

const unit = '5f0c1f5e-8a1b-4c3d-9e2f-0123456789ab';
const words: CellWords = { language: 'vi', say: (word, values) => `${word}${values ? JSON.stringify(values) : ''}`, nameOf: () => 'Cục A' };
const column = (key: string, asked?: string) => ({ key, title: key, ...(asked !== undefined && { unit: asked }) });

describe('The columns of a report', () => {
  it('are figures where all that is there is one, of text only where a unit or the report says so', () => {
    expect(isFigures(column('count'), [1, null, 2])).toBe(true);
    expect(isFigures(column('value', 'percent'), ['12.50', null])).toBe(true);
    expect(isFigures(column('score'), ['100.00'], ['score'])).toBe(true);
    expect(isFigures(column('code'), ['1.004194'])).toBe(false);
    expect(isFigures(column('count'), [null])).toBe(false);
  });

  it('begin with those that say what a row is of', () => {
    expect([namesIn([false, false, true, false]), namesIn([true]), namesIn([false, false])]).toEqual([2, 1, 1]);
  });

  it('say in what their figures are', () => {
    expect([
      titleText(column('x'), words.say),
      titleText(column('x', 'percent'), words.say),
      titleText(column('x', 'kg'), words.say),
    ]).toEqual(['x', 'x (reports.percent)', 'x (kg)']);
  });
});

describe('The cells of a report', () => {
  it('have words for codes, and show one that they do not know', () => {
    expect(valueText('kind', 'internal', words)).toBe('kind.internal');
    expect(valueText('kind', 'toString', words)).toBe('toString');
    expect(valueText('metric', 'indicator:PAR', words)).toBe('programmes.metric.indicator{"code":"PAR"}');
    expect(valueText('scope', {}, words)).toBe('programmes.everything');
    expect(valueText('scope', { kind: 'internal', group: 'A' }, words)).toBe('kind.internal, programmes.group{"group":"A"}');
  });

  it('show figures, dates, names of units and what is not there', () => {
    expect(cellText(column('value', 'percent'), { value: '1234.50' }, true, words)).toBe('1.234,50');
    expect(cellText(column('unit'), { unit, unitName: 'Cục B' }, false, words)).toBe('Cục B');
    expect([valueText('unit', unit, words), valueText('on', '2025-02-03', words), valueText('x', null, words)]).toEqual([
      'Cục A',
      '03/02/2025',
      '–',
    ]);
  });
});
