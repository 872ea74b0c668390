import { describe, expect, it } from '@jest/globals';
import { changed, withStageRenamed } from './document';
import { differencesOf } from './difference';

describe('A definition that is being written', () => {
  it('changes at one place, and keeps the rest', () => {
    const document = { stages: { a: { title: {} } }, transitions: [{ action: 'x' }, { action: 'y' }] };
    expect(changed(document, ['stages', 'a', 'title', 'vi'], 'đã')).toEqual({ ...document, stages: { a: { title: { vi: 'đã' } } } });
    expect(changed(document, ['transitions', 0], undefined)).toEqual({ ...document, transitions: [{ action: 'y' }] });
    expect(changed(document, ['transitions', 1, 'inputs'], ['note'])).toEqual({
      ...document,
      transitions: [{ action: 'x' }, { action: 'y', inputs: ['note'] }],
    });
    expect(changed(document, ['stages', 'a'], undefined)).toEqual({ ...document, stages: {} });
    expect(changed('nonsense', ['deadlines', 0, 'days'], 5)).toEqual({ deadlines: [{ days: 5 }] });
  });

  it('speaks of a renamed stage by its new name everywhere', () => {
    const document = {
      initial: 'a',
      stages: { a: {}, b: {} },
      transitions: [
        { from: ['a', 'b'], to: 'a', instead: { when: 'check-failed', to: 'a' } },
        { from: 'open', to: 'b' },
      ],
      deadlines: [{ stage: 'a' }, { action: 'a' }],
    };
    expect(withStageRenamed(document, 'a', 'c')).toEqual({
      initial: 'c',
      stages: { c: {}, b: {} },
      transitions: [
        { from: ['c', 'b'], to: 'c', instead: { when: 'check-failed', to: 'c' } },
        { from: 'open', to: 'b' },
      ],
      deadlines: [{ stage: 'c' }, { action: 'a' }],
    });
  });

  it('differs from another where it says something else, whatever stands before it', () => {
    const review = { action: 'review', from: ['a'], requires: [] };
    const before = { version: 1, transitions: [review, { action: 'propose', from: ['b'] }], stages: { a: { end: true } } };
    const after = {
      version: 2,
      transitions: [
        { action: 'build', from: [] },
        { ...review, from: ['a', 'b'] },
        { action: 'propose', from: ['b'] },
      ],
      stages: {},
    };
    expect(differencesOf(before, before)).toEqual([]);
    expect(differencesOf(before, after)).toEqual([
      { path: ['stages', 'a', 'end'], before: true, after: undefined },
      { path: ['transitions', 'review', 'from'], before: ['a'], after: ['a', 'b'] },
      { path: ['transitions', 'build', 'action'], before: undefined, after: 'build' },
      { path: ['transitions', 'build', 'from'], before: undefined, after: [] },
    ]);
  });
});
