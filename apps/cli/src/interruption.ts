import { setMaxListeners } from 'node:events';

/** The first Ctrl-C (or SIGTERM) asked to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Does work that can be asked to end by a signal, so that it may say what was done; a second one ends the process at once. */
export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const interruption = new AbortController();
  // Each of many calls under way listens to it.
  setMaxListeners(0, interruption.signal);
  const interrupt = (): void => {
    for (const signal of signals) process.off(signal, interrupt);
    interruption.abort(new Interrupted('Interrupted.'));
  };
  for (const signal of signals) process.on(signal, interrupt);
  try {
    return await work(interruption.signal);
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

/** Waits for the work; when it was interrupted, throws what was done. */
export async function tellingWhatWasDone<Result>(work: () => Promise<Result>, whatWasDone: () => string): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Interrupted ? new Interrupted(whatWasDone()) : error;
  }
}
