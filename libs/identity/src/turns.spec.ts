import { describe, expect, it } from '@jest/globals';
import { TooBusy, Turns } from './turns.js';

/** Work that says its name when it begins and ends when it is told to. */
class Desk {
  readonly begun: string[] = [];
  readonly refused: string[] = [];
  private readonly ends: (() => void)[] = [];
  constructor(private readonly turns: Turns) {}

  send(party: string, name: string): void {
    const work = (): Promise<void> => {
      this.begun.push(name);
      return new Promise((end) => this.ends.push(end));
    };
    void this.turns.take(party, work).catch((error: unknown) => {
      if (error instanceof TooBusy) this.refused.push(name);
    });
  }

  async endOne(): Promise<void> {
    this.ends.shift()?.();
    for (let step = 0; step < 10; step++) await Promise.resolve();
  }
}

describe('Work that takes turns', () => {
  it('begins the newest of a party first, and one of each party in turn', async () => {
    const desk = new Desk(new Turns({ atOnce: 1, mostWaitingOfOne: 10, mostWaiting: 100 }));
    for (const name of ['flood 1', 'flood 2', 'flood 3', 'flood 4']) desk.send('flood', name);
    desk.send('other', 'other 1');
    for (let round = 0; round < 5; round++) await desk.endOne();
    expect(desk.begun).toEqual(['flood 1', 'flood 4', 'other 1', 'flood 3', 'flood 2']);
  });

  it('runs no more at once than it may', async () => {
    const desk = new Desk(new Turns({ atOnce: 2, mostWaitingOfOne: 10, mostWaiting: 100 }));
    for (const name of ['1', '2', '3']) desk.send('one', name);
    expect(desk.begun).toEqual(['1', '2']);
    await desk.endOne();
    expect(desk.begun).toEqual(['1', '2', '3']);
  });

  it('refuses what has waited longest of a party that sends too much', async () => {
    const desk = new Desk(new Turns({ atOnce: 1, mostWaitingOfOne: 2, mostWaiting: 100 }));
    for (const name of ['1', '2', '3', '4', '5']) desk.send('flood', name);
    await desk.endOne();
    expect([desk.begun, desk.refused]).toEqual([['1', '5'], ['2', '3']]); // prettier-ignore
  });

  it('refuses the longest line its oldest when all together send too much', async () => {
    const desk = new Desk(new Turns({ atOnce: 1, mostWaitingOfOne: 10, mostWaiting: 3 }));
    for (const name of ['1', '2', '3', '4']) desk.send('flood', name);
    desk.send('other', 'other 1');
    await desk.endOne();
    expect([desk.begun, desk.refused]).toEqual([['1', '4'], ['2']]); // prettier-ignore
  });

  it('goes on after work that failed', async () => {
    const turns = new Turns({ atOnce: 1, mostWaitingOfOne: 1, mostWaiting: 1 });
    const failed = turns.take('one', () => Promise.reject(new Error('wrong')));
    const next = turns.take('one', () => Promise.resolve('right'));
    await expect(failed).rejects.toThrow('wrong');
    await expect(next).resolves.toBe('right');
  });
});
