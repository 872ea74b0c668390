import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { BodyIntake } from './body-intake.js';

const sender = (id: string, ...keepers: string[]) => ({ id, keepers });
const allowance = { from: sender('one'), mostBytes: 10, patienceMs: 60_000, mostAtOnce: 2 };

describe('A body that comes', () => {
  it('is taken whole, however it is cut into pieces', async () => {
    const stream = new PassThrough();
    const read = new BodyIntake().read(stream, allowance);
    for (const piece of ['{"a', '":', '1}']) stream.write(piece);
    stream.end();
    expect((await read).toString()).toBe('{"a":1}');
  });

  it('of more bytes than are taken is refused while it comes', async () => {
    const stream = new PassThrough();
    const read = new BodyIntake().read(stream, allowance);
    stream.write('x'.repeat(11));
    await expect(read).rejects.toMatchObject({ code: 'body-too-large', status: 413 });
    stream.destroy();
  });

  it('that does not come whole in time is refused and cut off', async () => {
    const stream = new PassThrough();
    const read = new BodyIntake().read(stream, { ...allowance, patienceMs: 1 });
    stream.write('{');
    await expect(read).rejects.toMatchObject({ code: 'body-too-slow', status: 408, details: { headers: { connection: 'close' } } });
    stream.destroy();
  });

  it('makes way, the oldest of its sender, when too many are half sent; those of others do not', async () => {
    const intake = new BodyIntake();
    const streams = Array.from({ length: 4 }, () => new PassThrough());
    const [other, oldest, second, newest] = streams.map((stream, index) =>
      intake.read(stream, { ...allowance, from: sender(index === 0 ? 'other' : 'one') }),
    );
    await expect(oldest).rejects.toMatchObject({ code: 'too-many-requests' });
    for (const stream of streams) stream.end('{}');
    expect((await Promise.all([other, second, newest])).map(String)).toEqual(['{}', '{}', '{}']);
  });

  it('has room for those of others, however many programs somebody has send them', async () => {
    const intake = new BodyIntake();
    const large = { ...allowance, mostBytes: 16 * 2 ** 20, mostAtOnce: 100 };
    const streams: PassThrough[] = [];
    const send = (from: ReturnType<typeof sender>): Promise<string> => {
      const stream = new PassThrough();
      streams.push(stream);
      const read = intake.read(stream, { ...large, from });
      stream.write(Buffer.alloc(15 * 2 ** 20));
      return read.then(
        () => 'taken',
        (error: unknown) => (error as { readonly code: string }).code,
      );
    };
    const programs = Array.from({ length: 11 }, (_, index) => send(sender(`program ${String(index)}`, 'maker')));
    const others = [send(sender('maker')), send(sender('other'))];
    await new Promise(setImmediate);
    for (const stream of streams) stream.end();
    expect(await Promise.all(others)).toEqual(['taken', 'taken']);
    expect((await Promise.all(programs)).filter((one) => one === 'taken')).toHaveLength(3);
  });

  it('that breaks off is no failure of the server', async () => {
    const stream = new PassThrough();
    const read = new BodyIntake().read(stream, allowance);
    stream.destroy();
    await expect(read).rejects.toMatchObject({ code: 'invalid-body' });
    await expect(new BodyIntake().read(stream, allowance)).rejects.toMatchObject({ code: 'invalid-body' });
  });
});
