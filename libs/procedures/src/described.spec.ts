import { describe, expect, it } from '@jest/globals';
import { describedIn, describedInFull } from './described.js';
import type { Described } from './described.js';

const registered: Described = { title: 'Cấp giấy phép', kind: 'internal', group: 'A', field: 'văn phòng', owningUnit: 'unit-1' };

describe('What a registration says of a procedure', () => {
  it('is kept in one order, without what is left out and what another version wrote beside it', () => {
    const written = { owningUnit: 'unit-1', colour: 'red', title: 'Cấp giấy phép', code: undefined, field: 'văn phòng', kind: 'internal', group: 'A' } as const; // prettier-ignore
    expect(JSON.stringify(describedIn(written))).toBe(JSON.stringify(registered));
  });

  it('keeps a class of secrecy, and leaves out none', () => {
    expect(describedIn({ ...registered, classification: 'none' })).toEqual(registered);
    expect(describedIn({ ...registered, classification: 'secret' }).classification).toBe('secret');
  });

  it('is shown in full: null where there is none, and no secrecy as such', () => {
    expect(describedInFull({ ...registered, code: '1.2' })).toEqual({ ...registered, code: '1.2', classification: 'none' });
    expect(describedInFull({ title: 'T', kind: 'public', field: 'f', owningUnit: 'u' })).toMatchObject({
      code: null,
      group: null,
    });
  });
});
