import { describe, expect, it } from '@jest/globals';
import { InvalidConfig } from '#platform';
import { UnitTree } from '#workflow';
import { readOidcMapping, rolesOf, textIn } from './oidc-mapping.js';

const service = '11111111-1111-4111-8111-111111111111';
const elsewhere = '22222222-2222-4222-8222-222222222222';
const units = new UnitTree([{ id: service, name: 'Quân chủng', level: 'service', parent: null }]);
const officer = { claim: 'groups', value: 'register-officers', role: 'officer', unit: service };

describe('The mapping of claims', () => {
  it('gives nobody a role and finds accounts by preferred_username unless told otherwise', () => {
    expect(readOidcMapping({})).toEqual({ username: 'preferred_username', name: 'name', roles: [] });
  });

  it('gives a role for a value in a claim, alone or in a list, also within another claim, at units that there are', () => {
    const mapping = readOidcMapping({
      roles: [
        officer,
        { claim: 'realm_access.roles', value: 'auditor', role: 'auditor', unitClaim: 'unit' },
        { claim: 'https://example.org/role', value: 'checker', role: 'checker', unit: service },
        { claim: 'groups', value: 'away', role: 'leader', unit: elsewhere },
      ],
    });
    const at = (role: string): object => ({ role, unit: service });
    expect(rolesOf({ groups: 'register-officers' }, mapping, units)).toEqual([at('officer')]);
    expect(rolesOf({ groups: ['x', 'register-officers', 'away'] }, mapping, units)).toEqual([at('officer')]);
    expect(rolesOf({ realm_access: { roles: ['auditor'] }, unit: service }, mapping, units)).toEqual([at('auditor')]);
    expect(rolesOf({ realm_access: { roles: ['auditor'] }, unit: elsewhere }, mapping, units)).toEqual([]);
    expect(rolesOf({ realm_access: { roles: ['auditor'] } }, mapping, units)).toEqual([]);
    expect(rolesOf({ 'https://example.org/role': 'checker' }, mapping, units)).toEqual([at('checker')]);
    for (const claims of [
      {},
      { groups: 'register' },
      { groups: { 'register-officers': true } },
      { groups: null },
      { realm_access: 'auditor' },
    ])
      expect(rolesOf(claims, mapping, units)).toEqual([]);
  });

  it('reads a name composed, and no name from what is no text or too long', () => {
    expect(textIn({ name: ' Nguyễn '.normalize('NFD') }, 'name')).toBe('Nguyễn'.normalize('NFC'));
    for (const name of [undefined, '', ' ', 7, ['a'], 'a'.repeat(201)]) expect(textIn({ name }, 'name')).toBeNull();
    expect(textIn({ name: 'a' }, null)).toBeNull();
    expect(textIn({}, 'constructor.name')).toBeNull();
  });

  it.each([
    [[], /must be an object/],
    ['x', /must be an object/],
    [{ rolse: [] }, /nothing else/],
    [{ username: 7, roles: {} }, /username .*; roles must be a list/],
    [{ roles: [officer, { ...officer, role: 'king' }] }, /roles\[1\] must give one of the roles officer/],
    [{ roles: [{ ...officer, value: undefined }] }, /roles\[0\] must name a claim and a value/],
    [{ roles: [{ ...officer, unitClaim: 'unit' }] }, /either unit or unitClaim/],
    [{ roles: [{ ...officer, unit: 'navy' }] }, /id of a unit/],
    [{ roles: [{ ...officer, until: 'x' }] }, /nothing else/],
  ])('that is %j is a mistake of the configuration, told in one sentence', (raw, says) => {
    expect(() => readOidcMapping(raw)).toThrow(InvalidConfig);
    expect(() => readOidcMapping(raw)).toThrow(says);
    expect(() => readOidcMapping(raw)).toThrow(/^OIDC_MAPPING is wrong: [^\n]*\.$/);
  });
});
