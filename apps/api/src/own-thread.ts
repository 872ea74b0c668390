import { Worker } from 'node:worker_threads';
import { Turns } from '#identity';

/** Papers are laid out by one thread at a time, whoever asks; others wait for their turn. */
const turns = new Turns({ atOnce: 1, mostWaitingOfOne: 5, mostWaiting: 100 });

/**
 * Makes what a paper says and has a thread of its own lay it out, which is work for the processor alone, when it is the party's turn.
 * @param party Whose turn it takes: a person, with all of their programs. @throws TooBusy
 */
export const laidOutInTurn = (party: string, thread: URL, made: () => Promise<object>): Promise<Buffer> =>
  turns.take(party, async () => inThread(thread, await made()));

function inThread(thread: URL, workerData: object): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData, resourceLimits: { maxOldGenerationSizeMb: 768 } });
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The thread that lays out papers ended with ${String(code)}.`)));
  });
}
