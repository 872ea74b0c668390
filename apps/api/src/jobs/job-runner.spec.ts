import { describe, expect, it } from '@jest/globals';
import type { Logger } from '#platform';
import { JobRunner } from './job-runner.js';

interface Job {
  readonly id: string;
}

class Runner extends JobRunner<Job> {
  readonly waiting: Job[] = [];
  readonly done: string[] = [];
  /** Called while it is looked for work, once. */
  meanwhile: (() => void) | undefined;

  constructor() {
    super({ debug: () => undefined, error: () => undefined } as unknown as Logger, 2);
  }

  protected async claim(): Promise<Job | null> {
    const job = this.waiting.shift() ?? null;
    await Promise.resolve();
    const { meanwhile } = this;
    this.meanwhile = undefined;
    meanwhile?.();
    return job;
  }

  protected work({ id }: Job): Promise<void> {
    this.done.push(id);
    return Promise.resolve();
  }

  protected hold = (): Promise<void> => Promise.resolve();
  protected release = (): Promise<void> => Promise.resolve();
  protected fail = (): Promise<void> => Promise.resolve();
}

describe('Work in the background', () => {
  it('is found at once, also what comes while the last look finds nothing', async () => {
    const runner = new Runner();
    runner.meanwhile = () => {
      runner.waiting.push({ id: 'late' });
      runner.wake();
    };
    runner.wake();
    await runner.settled('late', 1_000);
    expect(runner.done).toEqual(['late']);
  });
});
