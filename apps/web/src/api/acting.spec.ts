import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

const { paths } = JSON.parse(readFileSync(join(process.cwd(), 'docs', 'openapi.json'), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

describe('Acting for somebody', () => {
  it('is said to exactly the calls that take it', async () => {
    // Where no browser is, nothing is kept.
    Object.assign(globalThis, { sessionStorage: { getItem: () => null } });
    const { takesActingFor } = await import('./acting');
    const wrong = Object.entries(paths).flatMap(([path, calls]) =>
      Object.entries(calls)
        .filter(([method, { parameters = [] }]) => {
          const isTaken = parameters.some((one) => one.in === 'header' && one.name === 'Acting-For');
          return takesActingFor(method.toUpperCase(), path) !== isTaken;
        })
        .map(([method]) => `${method} ${path}`),
    );
    expect(wrong).toEqual([]);
  });
});
