import { describe, expect, it } from '@jest/globals';
import { segment } from './segment.js';

describe('An id on the command line', () => {
  it('is asked for as it is', () => {
    for (const id of ['internal', 'deadline-firing', '2', '6f1d6a0e-7a53-5c0b-9d0e-3f0a51c2b7e4']) expect(segment(id)).toBe(id);
  });

  it.each(['', '.', '..', '../../x', '..%2Fx', 'a/b', 'a\\b', 'a?b', 'a#b', 'a b', 'x'.repeat(201)])('asks no other path: "%s"', (id) => {
    expect(() => segment(id)).toThrow('is no id, name or version');
  });
});
