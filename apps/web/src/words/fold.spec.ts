import { describe, expect, it } from '@jest/globals';
import { hasWords } from './fold';

describe('Words that are sought in a short list', () => {
  it('are found without accents, by their beginnings, in any order', () => {
    expect(hasWords('Phòng Hành chính Đối ngoại', 'doi hanh')).toBe(true);
    expect(hasWords('Phòng Hành chính', 'Hành')).toBe(true);
    expect(hasWords('Phòng Hành chính', '')).toBe(true);
  });

  it('are not found inside a word', () => {
    expect(hasWords('Phòng Hành chính', 'anh')).toBe(false);
  });
});
