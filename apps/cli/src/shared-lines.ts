import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { joined } from '#audit/verifier';
import type { AcceptedCheckpoint, Looked } from '#audit/verifier';

/** Octets handed to a thread at once: enough that the handing over costs nothing beside the looking. */
const pieceLength = 1_000_000;
/** A piece at work and one that waits, so that no thread does. */
const piecesOfThread = 2;
const mostThreads = 8;

/**
 * Looks at the lines of a bundle in as many threads as the machine has processors. What was asked of them stays bounded, and what they
 * found comes in the order of the lines.
 */
export async function* sharedLines(
  lines: AsyncIterable<Uint8Array>,
  checkpoint: AcceptedCheckpoint | null,
): AsyncGenerator<readonly Looked[]> {
  const threads = Array.from({ length: Math.min(availableParallelism(), mostThreads) }, () => new LookingThread(checkpoint));
  const asked: Promise<readonly Looked[]>[] = [];
  try {
    let turn = 0;
    for await (const piece of piecesOf(lines)) {
      const thread = threads[turn++ % threads.length];
      if (thread) asked.push(thread.lookAt(piece));
      if (asked.length >= threads.length * piecesOfThread) yield await (asked.shift() ?? []);
    }
    for (const answer of asked) yield await answer;
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

/** Copies lines together until there are enough of them. */
async function* piecesOf(lines: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let gathered: Uint8Array[] = [];
  let length = 0;
  for await (const octets of lines) {
    gathered.push(octets);
    length += octets.length;
    if (length < pieceLength) continue;
    yield joined(...gathered);
    [gathered, length] = [[], 0];
  }
  if (length > 0) yield joined(...gathered);
}

interface Waiting {
  readonly resolve: (looked: readonly Looked[]) => void;
  readonly reject: (error: Error) => void;
}

/** Answers in the order in which it was asked. */
class LookingThread {
  private readonly worker: Worker;
  private readonly waiting: Waiting[] = [];
  private broken: Error | undefined;

  constructor(checkpoint: AcceptedCheckpoint | null) {
    this.worker = new Worker(new URL('./line-worker.js', import.meta.url), {
      workerData: checkpoint,
      resourceLimits: { maxYoungGenerationSizeMb: 24 },
    });
    this.worker.on('message', (looked: readonly Looked[]) => this.waiting.shift()?.resolve(looked));
    this.worker.on('error', (error: Error) => {
      this.broken = error;
      for (const { reject } of this.waiting.splice(0)) reject(error);
    });
  }

  /** @param octets are gone afterwards, for the thread has them */
  lookAt(octets: Uint8Array<ArrayBuffer>): Promise<readonly Looked[]> {
    const answer = new Promise<readonly Looked[]>((resolve, reject) => {
      if (this.broken) reject(this.broken);
      else this.waiting.push({ resolve, reject });
    });
    // Whoever asked may have gone when it is refused.
    answer.catch(() => undefined);
    this.worker.postMessage(octets, [octets.buffer]);
    return answer;
  }

  end(): Promise<unknown> {
    return this.worker.terminate();
  }
}
