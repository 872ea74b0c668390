import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const checklist = readFileSync('docs/security.md', 'utf8');
const lines = checklist.split('\n').filter((line) => line.startsWith('- **'));

/** Requirements of levels 1 and 2 of ASVS 5.0, by section: how many lines each has in the standard, and which are of level 3. */
const sections: Readonly<Record<string, readonly [count: number, ofLevel3: readonly number[]]>> = {
  ...{ '2.1': [3, []], '2.2': [3, []], '2.3': [5, [5]], '2.4': [2, [2]] },
  ...{ '5.1': [1, []], '5.2': [6, [4, 5, 6]], '5.3': [3, [3]], '5.4': [3, []] },
  ...{
    '6.1': [3, []],
    '6.2': [12, []],
    '6.3': [8, [5, 6, 7, 8]],
    '6.4': [6, [5, 6]],
    '6.5': [8, [6, 7, 8]],
    '6.6': [4, [4]],
    '6.8': [4, []],
  },
  ...{ '7.1': [3, []], '7.2': [4, []], '7.3': [2, []], '7.4': [5, []], '7.5': [3, [3]], '7.6': [2, []] },
  ...{ '8.1': [4, [3, 4]], '8.2': [4, [4]], '8.3': [3, [2, 3]], '8.4': [2, [2]] },
  ...{ '9.1': [3, []], '9.2': [4, []] },
  ...{
    '10.1': [2, []],
    '10.2': [3, [3]],
    '10.3': [5, [5]],
    '10.4': [16, [12, 13, 14, 15, 16]],
    '10.5': [5, []],
    '10.6': [2, []],
    '10.7': [3, []],
  },
};

/** A line may stand for a row of them: `10.4.1 to 10.4.11`. */
function requirementsOf(line: string): readonly string[] {
  const [first = '', last = first] = /\*\*(.*?)\*\*/.exec(line)?.[1]?.split(/ to | and /) ?? [];
  const [chapter, section, from] = first.split('.').map(Number);
  const to = Number(last.split('.')[2]);
  return Array.from({ length: to - (from ?? 0) + 1 }, (_, index) => [chapter, section, (from ?? 0) + index].join('.'));
}

describe('The security checklist', () => {
  it('has every requirement of levels 1 and 2, once', () => {
    const wanted = Object.entries(sections).flatMap(([section, [count, ofLevel3]]) =>
      Array.from({ length: count }, (_, index) => index + 1)
        .filter((no) => !ofLevel3.includes(no))
        .map((no) => `${section}.${String(no)}`),
    );
    expect([...lines.flatMap(requirementsOf)].sort()).toEqual([...wanted].sort());
  });

  it('gives each a test that exists, or a reason', () => {
    const proofs = [...checklist.matchAll(/`([\w./-]+\.spec\.ts)` › ([^:;.\n]+?)(?=[:;.]|\n|, and `|$)/g)].map(
      ([, file = '', title = '']) => ({ file, title }),
    );
    expect(proofs.length).toBeGreaterThan(60);
    expect(proofs.filter(({ file, title }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(title.trim()))).toEqual([]);
    const bare = lines.filter(
      (line) =>
        !line.includes('›') && !/apply|not met|which the product is not|documented|as \[signing in\]|identity\.accounts/i.test(line),
    );
    expect(bare).toEqual([]);
  });

  it('names in the manual every way in', () => {
    const manual = readFileSync('docs/sign-in.md', 'utf8');
    const controllers = ['auth/auth', 'auth/oidc'].map((name) => readFileSync(`apps/api/src/${name}.controller.ts`, 'utf8'));
    const ways = controllers
      .flatMap((text) => {
        const base = /@Controller\('api\/v1\/auth\/?(.*)'\)/.exec(text)?.[1] ?? '';
        return [...text.matchAll(/@(?:Get|Post)\('([\w/]+)'\)\n {2}@Needs\('open'\)/g)].map(([, path = '']) =>
          [base, path].filter(Boolean).join('/'),
        );
      })
      .filter((path) => path !== 'demo');
    expect(ways.length).toBeGreaterThan(3);
    expect(ways.filter((path) => !manual.includes(`/${path}`))).toEqual([]);
    expect(manual).toContain('tgk_');
  });
});
