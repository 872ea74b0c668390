import { describe, expect, it } from '@jest/globals';
import { inForceOn, parameterVersions } from './parameters.js';
import type { ParameterContent, ParameterVersion } from './parameters.js';

const set = (...contents: readonly ParameterContent[]): readonly ParameterVersion[] =>
  contents.reduce(
    (versions, content) => parameterVersions.decide(content, versions).reduce(parameterVersions.evolve, versions),
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
});
