import { describe, expect, it } from '@jest/globals';
import { claimingOf, peopleToChoose } from './claiming';

const able = { allowed: [{ action: 'review', unmet: [] }] };
const aside = { allowed: [{ action: 'withdraw', unmet: [] }] };
const officer = { id: 'officer', roles: ['officer' as const], actingFor: undefined };
const head = { id: 'head', roles: ['authority' as const], actingFor: undefined };

describe('whose work it is', () => {
  it('can be claimed or given where nobody has it, by whoever may do it', () => {
    expect(claimingOf(able, null, officer)).toEqual(['claim', 'assign']);
    expect(claimingOf(aside, null, officer)).toEqual([]);
    expect(claimingOf({ allowed: [{ action: 'review', unmet: ['not-authorised'] }] }, null, officer)).toEqual([]);
  });

  it('is given back by whoever has it, also when it is no longer theirs to do', () => {
    expect(claimingOf(able, 'officer', officer)).toEqual(['release', 'assign']);
    expect(claimingOf(aside, 'officer', officer)).toEqual(['release']);
  });

  it('is given or taken by an authority', () => {
    expect(claimingOf(aside, null, head)).toEqual(['assign']);
    expect(claimingOf(aside, 'officer', head)).toEqual(['release', 'assign']);
  });

  it('passes from somebody to whoever stands in for them', () => {
    expect(claimingOf(able, 'away', { ...officer, actingFor: 'away' })).toEqual(['claim', 'release', 'assign']);
    expect(claimingOf(able, 'somebody', { ...officer, actingFor: 'away' })).toEqual(['release', 'assign']);
  });
});

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
