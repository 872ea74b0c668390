import { describe, expect, it } from '@jest/globals';
import { peopleToChoose } from './people-to-choose';

describe('who may be given work', () => {
  it('begins with the owning unit and those above, and holds nobody without a role', () => {
    const units = [
      { id: 'ministry', parent: null },
      { id: 'service', parent: 'ministry' },
      { id: 'other', parent: 'ministry' },
    ];
    const person = (id: string, ...at: readonly string[]) => ({
      id,
      name: id,
      unit: at[0] ?? '',
      roles: at.map((unit) => ({ role: 'officer' as const, unit })),
    });
    const people = [person('far', 'other'), person('none'), person('near', 'service'), person('top', 'ministry')];
    expect(peopleToChoose(people, units, 'service').map(({ id }) => id)).toEqual(['near', 'top', 'far']);
  });
});
