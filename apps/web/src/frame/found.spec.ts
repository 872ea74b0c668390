import { describe, expect, it } from '@jest/globals';
import { found } from './found';

const all = ['Danh mục thủ tục', 'Đăng xuất', 'Thời hạn', 'Chuyển sang nền tối'].map((name) => ({ name }));
const namesOf = (typed: string): readonly string[] => found(all, typed).map(({ name }) => name);

describe('What is found by words', () => {
  it('is found without accents and capitals, by words in any order', () => {
    expect(namesOf('dang xuat')).toEqual(['Đăng xuất']);
    expect(namesOf('TOI nen')).toEqual(['Chuyển sang nền tối']);
    expect(namesOf('thủ  tục')).toEqual(['Danh mục thủ tục']);
    expect(namesOf('xyz')).toEqual([]);
  });

  it('stands first where its name begins with what was typed, and is all where nothing was', () => {
    expect(namesOf('th')).toEqual(['Thời hạn', 'Danh mục thủ tục']);
    expect(namesOf(' ')).toHaveLength(4);
  });
});
