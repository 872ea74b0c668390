import { describe, expect, it } from '@jest/globals';
import { closeGaps, placeBefore } from './body';

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

  it('is found wrong at the field that filled the place, also behind rows that were left empty', () => {
    const procedures: string[] = [];
    procedures[2] = 'một';
    const inner: object[] = [];
    inner[1] = { fee: 7 };
    const lines: object[] = [];
    lines[3] = { inner };
    const places = closeGaps({ procedures, option: { lines } });
    expect(placeBefore('procedures.0', places)).toBe('procedures.2');
    expect(placeBefore('option.lines.0.inner.0.fee', places)).toBe('option.lines.3.inner.1.fee');
    expect(placeBefore('title', places)).toBe('title');
    expect(placeBefore('procedures', places)).toBe('procedures');
  });
});
