import { describe, expect, it } from '@jest/globals';
import { closeGaps } from './body';

describe('the body of a call', () => {
  it('has no place for rows that were left empty', () => {
    const legalBasis: string[] = [];
    legalBasis[1] = 'Luật';
    legalBasis[4] = 'Nghị định';
    const lines: object[] = [];
    lines[2] = { fee: 7 };
    const body = { parts: { legalBasis }, option: { lines } };
    closeGaps(body);
    expect(body).toStrictEqual({ parts: { legalBasis: ['Luật', 'Nghị định'] }, option: { lines: [{ fee: 7 }] } });
  });
});
