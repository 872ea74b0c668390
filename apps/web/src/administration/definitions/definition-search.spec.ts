import { describe, expect, it } from '@jest/globals';
import { readDefinitionSearch } from './definition-search';

describe('The address of a lifecycle', () => {
  it('says the version, the one beside it and what of it is shown', () => {
    expect(readDefinitionSearch({ version: 3, with: '2', view: 'difference' })).toEqual({ version: 3, with: 2, view: 'difference' });
  });

  it('is read as the default where it says nothing that there is', () => {
    expect(readDefinitionSearch({ version: 'x', with: -1, view: 'all' })).toEqual({});
    expect(readDefinitionSearch({ version: 1.5, view: 'picture' })).toEqual({});
  });
});
