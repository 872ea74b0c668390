import { describe, expect, it } from '@jest/globals';
import { faultOfFile, hashOf, typeOf } from './file-limits';

describe('a file that is to be sent', () => {
  it.each([
    ['Quyết định 12.pdf', 'application/pdf'],
    ['BANQUET.PDF', 'application/pdf'],
    ['bang.so.lieu.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ])('is known by the end of its name: %j', (name, type) => {
    expect(typeOf({ name })).toBe(type);
    expect(faultOfFile({ name, size: 7 })).toBeNull();
  });

  it.each([
    ['virus.exe', 7, 'file.wrongType'],
    ['no ending', 7, 'file.wrongType'],
    ['a.constructor', 7, 'file.wrongType'],
    ['big.pdf', 20 * 1024 * 1024 + 1, 'file.tooLarge'],
    ['nothing.pdf', 0, 'file.empty'],
    ['../../etc.pdf', 7, 'file.wrongName'],
    ['a/b.pdf', 7, 'file.wrongName'],
    ['fdp.\u202Egnp.pdf', 7, 'file.wrongName'],
    [`${'a'.repeat(200)}.pdf`, 7, 'file.wrongName'],
  ])('is stopped before it is sent: %j of %d bytes, %s', (name, size, fault) => {
    expect(faultOfFile({ name, size })).toBe(fault);
  });

  it('has the hash by which the server knows it', async () => {
    expect(await hashOf(new Blob(['abc']))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
