import { describe, expect, it } from '@jest/globals';
import { Seal } from './sealed';

const secret = (byte: number): string => Buffer.alloc(32, byte).toString('base64url');

describe('what is sealed', () => {
  it('opens for the same person in another session', async () => {
    const sealed = await (await Seal.of(secret(1))).close('registration', 'Cấp giấy phép');
    expect(await (await Seal.of(secret(1))).open('registration', sealed)).toBe('Cấp giấy phép');
    expect(sealed).not.toContain('Cấp');
  });

  it('opens for nobody else, under no other name, and not once it was changed', async () => {
    const seal = await Seal.of(secret(1));
    const sealed = await seal.close('registration', 'Cấp giấy phép');
    expect(await (await Seal.of(secret(2))).open('registration', sealed)).toBeNull();
    expect(await seal.open('something else', sealed)).toBeNull();
    expect(await seal.open('registration', `${sealed.slice(0, -4)}AAAA`)).toBeNull();
    expect(await seal.open('registration', 'no seal at all')).toBeNull();
  });
});
