import { describe, expect, it } from '@jest/globals';
import { readKept, rowsIn } from './values';

describe('a kept draft', () => {
  it('is read as it was typed, with the key under which it was sent', () => {
    const kept = {
      values: { title: 'Cấp giấy phép', 'parts.keywords.0': 'giấy phép' },
      key: '0b6f4a0e-8f0c-4b43-9c0e-6b6f0c1d2e3f',
      wasSent: true,
      revision: 3,
    };
    expect(readKept(JSON.stringify(kept))).toEqual(kept);
  });

  it.each([null, '', 'no draft', '[]', '["title"]', 'null', '"title"', '7', '{"title":"x"}', '{"values":[]}'])(
    'counts as none where it is unreadable: %j',
    (text) => {
      expect(readKept(text)).toEqual({ values: {} });
    },
  );

  it('leaves out what nobody can have typed', () => {
    const text = '{"values":{"title":"Cấp giấy phép","group":7,"parts":{"steps":"…"}},"key":"no key","wasSent":"yes"}';
    expect(readKept(text)).toEqual({ values: { title: 'Cấp giấy phép' } });
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
