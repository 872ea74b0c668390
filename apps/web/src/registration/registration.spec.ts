import { describe, expect, it } from '@jest/globals';
import { isKeptAsDraft, isTelling, registrationOf, unitsToChoose } from './registration';

describe('a registration', () => {
  it('is sent without parts where none is filled', () => {
    expect(registrationOf({ title: 'Cấp giấy phép', parts: {} })).toEqual({ title: 'Cấp giấy phép' });
    expect(registrationOf({ title: 'Cấp giấy phép' })).toEqual({ title: 'Cấp giấy phép' });
  });

  it('is sent with the parts that are filled', () => {
    const body = { title: 'Cấp giấy phép', parts: { level: 'Cấp Bộ', keywords: ['giấy phép'] } };
    expect(registrationOf(body)).toEqual(body);
  });

  it('offers the own unit first, and none that was closed', () => {
    const units = [
      { id: 'ministry', closed: false },
      { id: 'dissolved', closed: true },
      { id: 'own', closed: false },
    ];
    expect(unitsToChoose(units, 'own').map(({ id }) => id)).toEqual(['own', 'ministry']);
  });

  it.each([
    ['Cấp giấy', true],
    ['Cấp', false],
    ['… - …', false],
    ['', false],
  ])('is compared with others once its title says enough: %j', (title, enough) => {
    expect(isTelling(title)).toBe(enough);
  });

  it('is left in a browser only while it is not classified', () => {
    expect(isKeptAsDraft({ title: 'Cấp giấy phép' })).toBe(true);
    expect(isKeptAsDraft({ classification: 'none' })).toBe(true);
    expect(isKeptAsDraft({ classification: 'confidential' })).toBe(false);
  });
});
