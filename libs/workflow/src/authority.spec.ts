import { describe, expect, it } from '@jest/globals';
import { authorise, mayOwn, unitsAt } from './authority.js';
import { authorityPolicies } from './initial-definitions.js';
import { UnitTree } from './units.js';

const units = new UnitTree([
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
  { id: 't', name: 'Another service', level: 'service', parent: 'm' },
  { id: 'u', name: 'Unit', level: 'unit', parent: 's' },
]);
const [authority] = authorityPolicies;
if (!authority) throw new Error('There is no policy.');

describe('Authority', () => {
  it.each([
    ['A', 's', ['s']],
    ['B', 's', ['s']],
    ['C', 'su', ['s', 'u']],
    ['D', 'su', ['s', 'u']],
    ['public', 's', ['s']],
    ['quality', 'su', ['s', 'u']],
  ])('lets procedures of %s be owned at the level of %s only', (name, _levels, owners) => {
    const found = ['m', 's', 'u', 'nowhere'].filter((owningUnit) => mayOwn({ class: name, owningUnit }, authority, units));
    expect(found).toEqual(owners);
  });

  it.each([
    ['A', 's', 'm', 'm'],
    ['B', 's', 'm', 'm'],
    ['C', 'u', 's', 's'],
    ['D', 'u', 's', 's'],
    ['public', 's', 'm', 'm'],
    ['quality', 'u', 's', undefined],
  ])('of %s owned by %s publishes at %s and approves at %s', (name, owningUnit, publisher, approver) => {
    const owned = { class: name, owningUnit };
    expect(unitsAt('publisher', owned, authority, units)).toEqual([publisher]);
    expect(unitsAt('approver', owned, authority, units)).toEqual(approver === undefined ? [] : [approver]);
    expect(unitsAt('checker', owned, authority, units)).toEqual(['s']);
  });

  it('is had for the own unit and those below, not for those above or beside', () => {
    const owned = { class: 'D', owningUnit: 'u' };
    const may = (unit: string): unknown => authorise(['review'], owned, [{ role: 'officer', unit }], { authority, units });
    expect(['u', 's', 'm', 't'].map(may)).toEqual([
      { role: 'officer', unit: 'u' },
      { role: 'officer', unit: 's' },
      { role: 'officer', unit: 'm' },
      null,
    ]);
  });

  it('of the ministry checks what the ministry owns', () => {
    expect(unitsAt('checker', { class: 'A', owningUnit: 'm' }, authority, units)).toEqual(['m']);
  });
});

describe('The tree of units', () => {
  it('goes up to the root and down to all below, and ends where a record leads in a circle', () => {
    expect(units.pathUp('u').map(({ id }) => id)).toEqual(['u', 's', 'm']);
    expect([...units.subtree('m')].sort()).toEqual(['m', 's', 't', 'u']);
    expect(units.subtree('nowhere')).toEqual([]);
    const circle = new UnitTree([
      { id: 'a', name: 'A', level: 'unit', parent: 'b' },
      { id: 'b', name: 'B', level: 'unit', parent: 'a' },
    ]);
    expect(circle.pathUp('a').map(({ id }) => id)).toEqual(['a', 'b']);
  });
});
