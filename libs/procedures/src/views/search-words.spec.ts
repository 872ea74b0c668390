import { describe, expect, it } from '@jest/globals';
import { fold, searchQuery, searchWords } from './search-words.js';

describe('Search words', () => {
  it('have neither case nor accents, and đ is d', () => {
    expect(fold('Thủ tục ĐÓNG quân đội')).toBe('thu tuc dong quan doi');
    expect(fold('Thủ tục'.normalize('NFD'))).toBe('thu tuc');
  });

  it('are letters and digits only', () => {
    expect(searchWords(`1.001234 "Hồ sơ" — hồ sơ'\\`)).toEqual(['1', '001234', 'ho', 'so']);
  });

  it('ask for all words, the last as a beginning', () => {
    expect(searchQuery('Thủ tụ')).toBe("'thu' & 'tu':*");
    expect(searchQuery(' —!')).toBeNull();
  });
});
