import { describe, expect, it } from '@jest/globals';
import { mayAmendParts } from './may-amend';

type Asked = Parameters<typeof mayAmendParts>[0];
const given = (asked: Partial<Asked>): Asked => ({ stage: 'registered', suspended: false, classification: 'none', allowed: [], ...asked });

describe('the parts of a procedure', () => {
  it.each([
    ['registered', 'review'],
    ['registered', 'build'],
    ['reviewed', 'propose'],
    ['built', 'correct'],
  ])('may be amended where it is %s by whoever may %s', (stage, action) => {
    expect(mayAmendParts(given({ stage, allowed: [{ action, unmet: [] }] }))).toBe(true);
  });

  it('may be amended to fill what is missing, also by whoever has to leave the next step to others', () => {
    const allowed = [{ action: 'propose', unmet: ['parts-missing', 'same-person'] }];
    expect(mayAmendParts(given({ stage: 'reviewed', allowed }))).toBe(true);
  });

  it.each([['not-authorised'], ['not-necessary']])('are not amended by somebody against whom stands %s', (code) => {
    expect(mayAmendParts(given({ allowed: [{ action: 'review', unmet: [code] }] }))).toBe(false);
  });

  it.each([
    [{ stage: 'published', allowed: [{ action: 'correct', unmet: [] }] }],
    [{ stage: 'constructor', allowed: [{ action: 'correct', unmet: [] }] }],
    [{ suspended: true, allowed: [{ action: 'review', unmet: [] }] }],
    [{ classification: 'secret' as const, allowed: [{ action: 'review', unmet: [] }] }],
  ])('stay as they are in %j', (asked) => {
    expect(mayAmendParts(given(asked))).toBe(false);
  });
});
