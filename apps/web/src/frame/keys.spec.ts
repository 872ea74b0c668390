import { describe, expect, it } from '@jest/globals';
import { heard, keyOf } from './keys';

const press = { key: 'g', ctrlKey: false, metaKey: false, altKey: false, isComposing: false, repeat: false };
const onPage = { inField: false, inDialog: false, letterKeys: true };

describe('Keys', () => {
  it('of one letter count on the page alone: not in fields, in dialogs, with modifiers, or once switched off', () => {
    expect(keyOf(press, onPage)).toBe('g');
    expect(keyOf({ ...press, key: '?' }, onPage)).toBe('?');
    for (const where of [{ inField: true }, { inDialog: true }, { letterKeys: false }])
      expect(keyOf(press, { ...onPage, ...where })).toBeNull();
    for (const other of [{ altKey: true }, { repeat: true }, { key: 'Shift' }, { key: 'Enter' }])
      expect(keyOf({ ...press, ...other }, onPage)).toBeNull();
  });

  it('are no keys while Vietnamese is being composed', () => {
    expect(keyOf({ ...press, key: 'd', isComposing: true }, onPage)).toBeNull();
    expect(keyOf({ ...press, key: 'Process' }, onPage)).toBeNull();
    expect(keyOf({ ...press, key: 'k', ctrlKey: true, isComposing: true }, onPage)).toBeNull();
  });

  it('with Ctrl or ⌘ count in fields, too, and when those of one letter are switched off', () => {
    const everywhere = { ...onPage, inField: true, letterKeys: false };
    expect(keyOf({ ...press, key: 'k', ctrlKey: true }, everywhere)).toBe('mod+k');
    expect(keyOf({ ...press, key: 'K', metaKey: true }, everywhere)).toBe('mod+k');
  });

  it('may be two presses, of which a wrong second one begins anew', () => {
    const known = ['g v', 'g d', '/', 'd'];
    expect(heard(null, 'g', known)).toEqual({ keys: null, begun: 'g' });
    expect(heard('g', 'd', known)).toEqual({ keys: 'g d', begun: null });
    expect(heard('g', '/', known)).toEqual({ keys: '/', begun: null });
    expect(heard('g', 'x', known)).toEqual({ keys: null, begun: null });
    expect(heard('g', 'g', known)).toEqual({ keys: null, begun: 'g' });
    expect(heard('g', null, known)).toEqual({ keys: null, begun: null });
  });
});
