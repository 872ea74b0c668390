import { describe, expect, it } from '@jest/globals';
import { placeIn } from './going-on';

const item = (id: string, actingFor: string | null = null) => ({ id, title: `Việc ${id}`, actingFor });

describe('Going on to the next piece of work', () => {
  const ahead = { search: '', items: [item('1'), item('2'), item('2', 'x'), item('3')] };

  it('knows where a procedure stands and what comes after it', () => {
    expect(placeIn(ahead, '1', null)).toEqual({ at: 1, of: 4, next: item('2') });
    expect(placeIn(ahead, '3', null)).toEqual({ at: 4, of: 4, next: null });
  });

  it('takes nobody back to the procedure where they are', () => {
    expect(placeIn(ahead, '2', null)).toEqual({ at: 2, of: 4, next: item('3') });
    expect(placeIn(ahead, '2', 'x')).toEqual({ at: 3, of: 4, next: item('3') });
  });

  it('is not offered where the list did not lead here', () => {
    expect(placeIn(ahead, '9', null)).toBeNull();
  });
});
