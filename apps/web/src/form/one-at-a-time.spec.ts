import { describe, expect, it } from '@jest/globals';
import { oneAtATime } from './one-at-a-time';

describe('What is pressed twice', () => {
  it('is done once, and again only after it has ended, well or not', async () => {
    const done: string[] = [];
    const once = oneAtATime();
    const act = (name: string) => () => {
      done.push(name);
      return name === 'refused' ? Promise.reject(new Error(name)) : Promise.resolve(name);
    };
    expect(await Promise.all([once(act('first')), once(act('second'))])).toEqual(['first', 'first']);
    await expect(once(act('refused'))).rejects.toThrow('refused');
    expect(await once(act('again'))).toBe('again');
    expect(done).toEqual(['first', 'refused', 'again']);
  });
});
