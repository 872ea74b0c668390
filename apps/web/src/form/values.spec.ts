import { describe, expect, it } from '@jest/globals';
import { readValues, rowsIn } from './values';

describe('a kept draft', () => {
  it('is read as it was typed', () => {
    expect(readValues('{"title":"Cấp giấy phép","parts.legalBasis.0":"Luật"}')).toEqual({
      title: 'Cấp giấy phép',
      'parts.legalBasis.0': 'Luật',
    });
  });

  it.each([null, '', 'no draft', '[]', '["title"]', 'null', '"title"', '7'])('counts as none where it is unreadable: %j', (text) => {
    expect(readValues(text)).toEqual({});
  });

  it('leaves out what nobody can have typed', () => {
    expect(readValues('{"title":"Cấp giấy phép","group":7,"parts":{"steps":"…"}}')).toEqual({ title: 'Cấp giấy phép' });
  });
});

describe('the rows of a list', () => {
  it('begin with one', () => {
    expect(rowsIn({}, 'parts.legalBasis')).toBe(1);
  });

  it('reach to the last that was filled, over what was left empty', () => {
    expect(rowsIn({ 'parts.legalBasis.0': 'Luật', 'parts.legalBasis.3': 'Nghị định' }, 'parts.legalBasis')).toBe(4);
  });

  it('are told by their whole name', () => {
    expect(rowsIn({ 'parts.legalBasisOld.4': 'Luật', 'parts.legalBasis': 'Luật', 'parts.legalBasis.x': 'Luật' }, 'parts.legalBasis')).toBe(
      1,
    );
  });
});
