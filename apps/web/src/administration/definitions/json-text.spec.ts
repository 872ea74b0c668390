import { describe, expect, it } from '@jest/globals';
import { placeOf, readJson } from './json-text';

describe('JSON as an administrator writes it', () => {
  const text = '{\n  "stages": {\n    "a": { "title": "đã \\"x\\"" }\n  },\n  "list": [1, -2.5e3, true, null, []]\n}\n';

  it('is read like any JSON, with the place of each value', () => {
    const read = readJson(text);
    if (!read.ok) throw new Error('It is good.');
    expect(read.value).toEqual(JSON.parse(text));
    expect(read.places.get('stages.a.title')).toMatchObject({ line: 3, column: 21 });
    expect(read.places.get('list.2')).toMatchObject({ line: 5, column: 23 });
    expect(placeOf('stages.a.title.vi', read.places)).toMatchObject({ line: 3 });
    expect(placeOf('nowhere', read.places)).toMatchObject({ line: 1, column: 1 });
  });

  it.each([
    ['a comma too many', '{\n "a": 1,\n}', 'character', 3, 1],
    ['a comma too few', '{"a": 1\n "b": 2}', 'character', 2, 2],
    ['a bracket that is missing', '{"a": [1, 2', 'end', 1, 12],
    ['something after it', '{} x', 'character', 1, 4],
    ['a field twice', '{"a": 1,\n "a": 2}', 'twice', 2, 2],
    ['nothing', '', 'end', 1, 1],
    ['a quote that is missing', '{"a: 1}', 'character', 1, 2],
  ] as const)('is faulty where there is %s, and says where', (_what, faulty, found, line, column) => {
    expect(readJson(faulty)).toMatchObject({ ok: false, found, at: { line, column } });
  });
});
