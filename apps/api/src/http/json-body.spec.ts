import { describe, expect, it } from '@jest/globals';
import { parseJsonBody } from './json-body.js';

const parse = (text: string): unknown => parseJsonBody(Buffer.from(text));
const list = (count: number, item: string): string => `[${Array<string>(count).fill(item).join(',')}]`;

describe('A JSON body', () => {
  it('may have the 30,000 values of the largest calendar', () => {
    const dates = list(5_000, '{"date":"2026-01-01","name":"Tết"}');
    expect(parse(`{"holidays":${dates},"workingDays":${dates}}`)).toMatchObject({ holidays: { length: 5_000 } });
  });

  it.each([
    ['small items', list(32_001, '0')],
    ['empty lists', list(16_001, '[]')],
    ['empty objects', list(16_001, '{}')],
    ['fields', `{${Array.from({ length: 32_001 }, (_, index) => `"f${String(index)}":0`).join(',')}}`],
  ])('of more than 32,000 values, as %s, is refused before anything is made of it', (_what, text) => {
    expect(() => parse(text)).toThrow('The body holds more than 32000 values.');
    // Were it read first, it would be told that it is no JSON.
    expect(() => parse(`${text.slice(0, -1)}!`)).toThrow('The body holds more than 32000 values.');
  });

  it('may hold as many commas and brackets in its texts as it likes', () => {
    expect(parse(JSON.stringify({ title: ',[{'.repeat(20_000) }))).toEqual({ title: ',[{'.repeat(20_000) });
  });

  it('has at most 30 marks in a row, which cost time by the square of their number', () => {
    const letter = `a${'\u0301\u0323'.repeat(15)}`;
    expect(parse(JSON.stringify({ title: letter.repeat(3) }))).toEqual({ title: letter.repeat(3).normalize('NFC') });
    expect(() => parse(JSON.stringify({ title: `${letter}\u0301` }))).toThrow('must not hold more than 30 combining marks in a row');
    expect(() => parse(JSON.stringify({ [`${letter}\u0301`]: 1 }))).toThrow('must not hold more than 30 combining marks in a row');
  });

  it.each(['{"a":', '{"\\x":1}', '{"a":1}}', '[1,]', '"'])('that is no JSON, such as %s, is refused', (text) => {
    expect(() => parse(text)).toThrow('The body is not JSON.');
  });

  it('names no field twice and goes no deeper than 32 levels', () => {
    expect(() => parse('{"a":1,"\\u0061":2}')).toThrow('stands there twice');
    expect(() => parse('['.repeat(33))).toThrow('is nested over 32 levels');
    expect(parse(`${'['.repeat(32)}${']'.repeat(32)}`)).toBeDefined();
  });
});
