import { describe, expect, it } from '@jest/globals';
import { readSignInSearch } from './sign-in-search';

describe('Where to go on after signing in', () => {
  it('is a page of this application', () => {
    expect(readSignInSearch({ next: '/procedures?q=đ&kind=internal' })).toEqual({ next: '/procedures?q=đ&kind=internal' });
  });

  it.each([
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    'https://elsewhere.example',
    'javascript:alert(1)',
    '',
    7,
    null,
  ])('is never another site: %j', (next) => {
    expect(readSignInSearch({ next })).toEqual({});
  });
});
