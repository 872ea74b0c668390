import { describe, expect, it } from '@jest/globals';
import { UnitTree } from '#workflow';
import type { HeldRole, Role } from '#workflow';
import { governingRole, roleOverGrant, roleOverPerson } from './administering.js';
import type { Standing } from './administering.js';

const units = new UnitTree([
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
  { id: 'other', name: 'Other service', level: 'service', parent: 'm' },
  { id: 'u', name: 'Unit', level: 'unit', parent: 's' },
  { id: 'v', name: 'Unit beside it', level: 'unit', parent: 's' },
  { id: 'w', name: 'Unit below', level: 'unit', parent: 'u' },
]);
const moment = { units, today: '2026-06-01' };
const administratorOf = (unit: string): readonly HeldRole[] => [{ role: 'administrator', unit }];
const everywhere = ['m', 's', 'other', 'u', 'v', 'w'];

/** The units whose administrators may. */
const ofWhich = (may: (held: readonly HeldRole[]) => HeldRole | null): readonly string[] =>
  everywhere.filter((unit) => may(administratorOf(unit)) !== null);
const holding = (...places: readonly string[]): Standing => ({
  grants: places.map((unit) => ({ role: 'officer', unit })),
  home: null,
});
const over = (standing: Standing): readonly string[] => ofWhich((held) => roleOverPerson(held, standing, moment));

describe('What belongs to no unit', () => {
  it('is for administrators of a service or the ministry', () => {
    expect(ofWhich((held) => governingRole(held, units))).toEqual(['m', 's', 'other']);
  });

  it.each(['officer', 'checker', 'authority', 'leader', 'auditor'] satisfies Role[])('is not for whoever is %s there', (role) => {
    expect(governingRole([{ role, unit: 'm' }], units)).toBeNull();
  });
});

describe('A role', () => {
  it('is given and taken by administrators of its unit or of one above', () => {
    expect(ofWhich((held) => roleOverGrant(held, { role: 'officer', unit: 'w' }, units))).toEqual(['m', 's', 'u', 'w']);
    expect(ofWhich((held) => roleOverGrant(held, { role: 'administrator', unit: 's' }, units))).toEqual(['m', 's']);
  });

  it('that reads the whole register is not for administrators of a unit, wherever it is held', () => {
    expect(ofWhich((held) => roleOverGrant(held, { role: 'auditor', unit: 'w' }, units))).toEqual(['m', 's']);
  });
});

describe('A person', () => {
  it('is administered where they work, and above', () => {
    expect(over(holding('w'))).toEqual(['m', 's', 'u', 'w']);
  });

  it('who works at several units is administered by whoever administers all of them', () => {
    expect(over(holding('u', 'v'))).toEqual(['m', 's']);
    expect(over(holding('u', 'other'))).toEqual(['m']);
    expect(roleOverPerson([...administratorOf('u'), ...administratorOf('v')], holding('u', 'v'), moment)).not.toBeNull();
  });

  it('is not taken from their administrators by a role that is over, and is by one that is to come', () => {
    const also = (days: object): Standing => ({
      ...holding('u'),
      grants: [...holding('u').grants, { role: 'officer', unit: 'v', ...days }],
    });
    expect(over(also({ to: '2026-05-31' }))).toEqual(['m', 's', 'u']);
    expect(over(also({ to: '2026-06-01' }))).toEqual(['m', 's']);
    expect(over(also({ from: '2027-01-01' }))).toEqual(['m', 's']);
  });

  it('who holds no role is looked after where it was said, and at services and the ministry where nobody said', () => {
    expect(over({ grants: [], home: 'w' })).toEqual(['m', 's', 'u', 'w']);
    expect(over({ grants: [{ role: 'officer', unit: 'v', to: '2020-01-01' }], home: 'w' })).toEqual(['m', 's', 'u', 'w']);
    expect(over({ grants: [], home: null })).toEqual(['m', 's', 'other']);
  });

  it('who audits a unit is not administered by that unit', () => {
    expect(over({ grants: [{ role: 'auditor', unit: 'u' }], home: null })).toEqual(['m', 's']);
  });
});
