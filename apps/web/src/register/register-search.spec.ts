import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readRegisterSearch } from './register-search';

describe('What the address of the register says', () => {
  it('is read, and what is the default is left out', () => {
    const search = { q: ' tàu ', kind: 'internal', group: 'C', stage: 'published', sort: '-registered', unit: 'x' };
    expect(readRegisterSearch(search)).toEqual({ q: 'tàu', kind: 'internal', group: 'C', stage: 'published' });
    expect(readRegisterSearch({ q: 2025 })).toEqual({ q: '2025' });
  });

  it('never throws, whatever stands there, and reads the same again', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('q', 'kind', 'group', 'stage', 'unit', 'sort', 'classification'), fc.anything()),
        (search) => {
          const read = readRegisterSearch(search);
          expect(readRegisterSearch({ ...read })).toEqual(read);
        },
      ),
    );
  });
});
