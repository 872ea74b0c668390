import { describe, expect, it } from '@jest/globals';
import { Rejected } from '#event-store';
import { inForceOn, mostSetADay, parameterVersions, versionsBefore } from './parameters.js';
import type { ParameterContent, ParameterVersion } from './parameters.js';

const today = '2026-01-05';
const set = (...contents: readonly ParameterContent[]): readonly ParameterVersion[] =>
  contents.reduce(
    (versions, content) => parameterVersions.decide({ ...content, today }, versions).reduce(parameterVersions.evolve, versions),
    parameterVersions.initial,
  );
const wage = (value: number, validFrom: string): ParameterContent => ({ value, source: 'GDP/2.112', validFrom });

describe('The hourly wage', () => {
  it('is the one that began last, and none before the first', () => {
    const versions = set(wage(40_000, '2024-01-01'), wage(50_000, '2026-01-01'), wage(45_000, '2025-01-01'));
    const on = (day: string): number | undefined => inForceOn(versions, day)?.value;
    expect(['2023-12-31', '2024-01-01', '2025-06-30', '2025-12-31', '2026-01-01'].map(on)).toEqual([
      undefined,
      40_000,
      45_000,
      45_000,
      50_000,
    ]);
  });

  it('is set right by a newer version from the same day', () => {
    const versions = set(wage(40_000, '2024-01-01'), wage(41_000, '2024-01-01'));
    expect(inForceOn(versions, '2024-05-01')).toMatchObject({ value: 41_000, version: 2 });
  });

  it('is set so often in a day and no more, and goes on the next, however many versions there are', () => {
    const often = set(...Array.from({ length: mostSetADay }, () => wage(40_000, '2024-01-01')));
    expect(() => parameterVersions.decide({ ...wage(41_000, '2024-01-01'), today }, often)).toThrow(Rejected);
    const [next] = parameterVersions.decide({ ...wage(41_000, '2024-01-01'), today: '2026-01-06' }, often);
    expect(next?.data).toEqual({ version: mostSetADay + 1, ...wage(41_000, '2024-01-01'), setOn: '2026-01-06' });
    // Those that were set before days were kept.
    const many = Array.from({ length: 2_000 }, (_, index) => ({ version: index + 1, ...wage(1, '2024-01-01') }));
    expect(parameterVersions.decide({ ...wage(2, '2024-01-01'), today }, many)).toMatchObject([{ data: { version: 2_001 } }]);
  });

  it('is read in pages from the newest on, each oldest first, all of it and once', () => {
    const all = set(...Array.from({ length: 23 }, (_, index) => wage(index + 1, '2024-01-01')));
    const pages: number[][] = [];
    for (let before: number | undefined, areMore = true; areMore;) {
      const page = versionsBefore(all, { before, limit: 10 });
      pages.push(page.versions.map(({ version }) => version));
      ({ areMore } = page);
      before = page.versions[0]?.version;
    }
    expect(pages.map((page) => [page[0], page.at(-1)])).toEqual([
      [14, 23],
      [4, 13],
      [1, 3],
    ]);
    expect(versionsBefore(all, { limit: 23 }).areMore).toBe(false);
  });
});
