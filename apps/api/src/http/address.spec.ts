import { describe, expect, it } from '@jest/globals';
import { addressOf } from './address.js';

describe('The address that a request is counted by', () => {
  it.each([
    ['10.0.0.7', '10.0.0.7'],
    ['::ffff:10.0.0.7', '10.0.0.7'],
    ['2001:db8:0:7:a:b:c:d', '2001:db8:0:7::/64'],
    ['2001:0db8::7', '2001:db8:0:0::/64'],
    ['2001:DB8::7', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['nonsense', 'nonsense'],
  ])('of %s is %s', (ip, address) => {
    expect(addressOf({ ip })).toBe(address);
  });
});
