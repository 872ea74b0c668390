import { describe, expect, it } from '@jest/globals';
import { deviceOf } from './cookies.js';

describe('The device that a browser names', () => {
  const [right, other] = ['a'.repeat(43), 'b'.repeat(43)];
  const named = (cookie: string): string => deviceOf({ headers: { cookie } });

  it('is found behind a wrong one, whatever stands there', () => {
    expect(named(`tinhgon-device=wrong; tinhgon-device=${right}`)).toBe(right);
    expect(named(`x=1; tinhgon-device=${'x'.repeat(2_000)}; tinhgon-device=${other}; tinhgon-device=${right}.${other}`)).toBe(
      `${other}.${right}`,
    );
    expect(named('x=1')).toBe('');
  });
});
