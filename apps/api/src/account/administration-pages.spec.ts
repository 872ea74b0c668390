import { describe, expect, it } from '@jest/globals';
import { administrationPages, administrationPagesOf } from './administration-pages.js';

describe('Pages of the administration', () => {
  const unit = 'u';
  const held = (role: 'administrator' | 'auditor' | 'officer') => [{ role, unit }];

  it('are all open to whoever governs, and to administrators of a unit those about their own people and units', () => {
    const governs = { role: 'administrator', unit } as const;
    expect(administrationPagesOf({ roles: held('administrator'), governs, isProgram: false })).toEqual(administrationPages);
    expect(administrationPagesOf({ roles: held('administrator'), governs: null, isProgram: false })).toEqual([
      'units',
      'people',
      'delegations',
      'service-accounts',
      'security-events',
      'reorganisations',
    ]);
  });

  it('are closed to everybody else, but for what auditors look into', () => {
    expect(administrationPagesOf({ roles: held('auditor'), governs: null, isProgram: false })).toEqual([
      'security-events',
      'reorganisations',
    ]);
    expect(administrationPagesOf({ roles: held('officer'), governs: null, isProgram: false })).toEqual([]);
    expect(administrationPagesOf({ roles: held('administrator'), governs: null, isProgram: true })).toEqual([]);
  });
});
