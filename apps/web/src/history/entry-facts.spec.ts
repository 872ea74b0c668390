import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { fieldName } from '../words/fields';
import { fieldsIn, papersOf } from './entry-facts';

const golden = 'libs/procedures/src/golden';

describe('A record of the history', () => {
  it('has a name in words for each field that is shown, of every event that is stored', () => {
    const events = readdirSync(golden).map(
      (file) => JSON.parse(readFileSync(`${golden}/${file}`, 'utf8')) as { readonly event: { readonly data: object } },
    );
    const paths = [...new Set(events.flatMap(({ event }) => fieldsIn(event.data).map(([path]) => path)))];
    expect(paths.length).toBeGreaterThan(40);
    expect(paths.filter((path) => fieldName(path, (word) => `~${word}`) === path)).toEqual([]);
  });

  it('shows no ids of options and of people', () => {
    expect(fieldsIn({ optionId: 'x', by: ['y'], passed: true })).toEqual([['passed', true]]);
  });

  it('knows the signed scan of its decision', () => {
    const entry = { data: { decision: { number: '1/QĐ', date: '2025-11-05', signer: 'A', scan: 'ab12' } } };
    expect(papersOf(entry as unknown as Parameters<typeof papersOf>[0])).toEqual([
      { kind: 'decision', number: '1/QĐ', date: '2025-11-05', title: null, signer: 'A', scan: 'ab12' },
    ]);
  });
});
