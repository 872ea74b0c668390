import { describe, expect, it } from '@jest/globals';
import { classifications, isCleared, isReferenceOnly } from './sight.js';
import type { Classification } from './sight.js';

// What another version of the product may have written into the log.
const unknown = 'cosmic' as Classification;

describe('A classification that this version does not know', () => {
  it('is for those who may see everything', () => {
    expect(classifications.filter((clearance) => isCleared(clearance, unknown))).toEqual(['topSecret']);
  });

  it('gives nobody who is cleared for it more than what everybody sees', () => {
    expect(classifications.filter((classification) => isCleared(unknown, classification))).toEqual(['none']);
  });

  it('is held as a reference alone', () => {
    expect(classifications.filter(isReferenceOnly)).toEqual(['secret', 'topSecret']);
    expect(isReferenceOnly(unknown)).toBe(true);
    expect(isReferenceOnly(undefined)).toBe(false);
  });
});
