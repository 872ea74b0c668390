import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { faultInVietnamese } from './faults-in-vietnamese.js';
import { Problem, toDocument } from './problem.js';

/** What the rules of procedures and of work say of fields, word by word, as it stands in their sources. */
function faultsInSources(): readonly string[] {
  const files = ['libs/procedures/src', 'libs/worklist/src'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
  );
  return files.flatMap((source) => [...source.matchAll(/\{ path(?:: [^{}]*?)?, message: '([^']+)' \}/g)].map(([, said = '']) => said));
}

describe('What is wrong with a field', () => {
  it('is said in Vietnamese, whichever rule says it', () => {
    const faults = faultsInSources();
    expect(faults.length).toBeGreaterThan(15);
    expect(faults.filter((fault) => faultInVietnamese(fault) === undefined)).toEqual([]);
  });

  it('keeps the figures that it names', () => {
    expect(faultInVietnamese('must have at most 200 characters')).toBe('quá dài, tối đa 200 ký tự');
    expect(faultInVietnamese('is a riddle')).toBeUndefined();
  });

  it('is, of a date that is doubted, why it is', () => {
    const doubted = (why: string) =>
      faultInVietnamese(`The date ${why}. If it is right all the same, send it again with confirm: ["implausible-date"].`);
    expect(doubted('2036-11-10 is after today, 2026-11-29')).toBe('Ngày 10/11/2036 sau hôm nay, 29/11/2026.');
    expect(doubted('1890-01-01 is before 1900-01-01')).toBe('Ngày 01/01/1890 trước ngày 01/01/1900.');
    const others = [
      '2026-01-01 is before the paper itself, which is of 2026-02-01',
      '2046-01-01 is more than 10 years after the paper itself, which is of 2026-02-01',
      '2026-01-01 is before "review", which was on 2026-02-01',
      '2026-01-01 is before the day of the assignment, 2026-02-01',
      '2026-01-01 is before the paper that it follows, which is of 2026-02-01',
    ];
    for (const why of others) expect(doubted(why)).toMatch(/^(Ngày|Hạn) 01\/01\/20\d6 .*01\/02\/2026/);
  });

  it('is told in the language of the reader', () => {
    const problem = new Problem('invalid-body', { errors: [{ path: 'occurredOn', message: 'must not be later than today' }] });
    expect(toDocument(problem, 'vi')).toMatchObject({ errors: [{ path: 'occurredOn', message: 'không được sau hôm nay' }] });
    expect(toDocument(problem, 'en')).toMatchObject({ errors: [{ path: 'occurredOn', message: 'must not be later than today' }] });
  });
});
