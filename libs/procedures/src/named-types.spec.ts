import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isOneOf } from './events.js';
import type { ProcedureEvent } from './events.js';
import { dateNames } from './plausible-dates.js';

const folder = join(process.cwd(), 'libs/procedures/src/golden');
const stored = readdirSync(folder).map((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { event: ProcedureEvent }).event);

/** The names of all fields that hold a date; a correction names those of another record by their paths. */
function namesOfDates(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([path, item]: [string, unknown]) =>
    typeof item === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(item) ? [path.split('.').at(-1) ?? path] : namesOfDates(item),
  );
}

describe('A name that is in no list', () => {
  it('of a date that is stored is not passed over when dates are looked at', () => {
    const names = [...new Set(stored.flatMap(({ data }) => namesOfDates(data)))];
    expect(names).toContain('effectiveDate');
    expect(names.filter((name) => !dateNames.includes(name))).toEqual([]);
  });

  it('of an event that another version wrote is none that a reader looks at', () => {
    const [known] = stored.filter(({ type }) => type === 'ProcedurePublished');
    const foreign = { type: 'ProcedureTransferred', data: {} } as unknown as ProcedureEvent;
    expect([known, foreign].map((event) => event !== undefined && isOneOf(event, ['ProcedurePublished']))).toEqual([true, false]);
  });
});
