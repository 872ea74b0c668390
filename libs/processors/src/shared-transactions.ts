import { AsyncResource } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';
import type { Database, Transaction } from '#platform';
import { advance, advanceAll } from './checkpoint.js';
import type { CheckpointOutcome, Step } from './checkpoint.js';

/** What one view wants written with its checkpoint. */
export interface Write {
  readonly step: Step;
  readonly work: (transaction: Transaction, blocked: ReadonlySet<string>) => Promise<void>;
  /** Told when its work was done in vain, because of what another did. */
  readonly undone: () => void;
}

/** Nothing was written, because the checkpoint is not where the writer left it. */
export class NotStored extends Error {
  constructor(readonly outcome: Exclude<CheckpointOutcome, 'stored'>) {
    super(`The checkpoint was not moved: ${outcome}.`);
  }
}

interface Waiting {
  readonly write: Write;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Where a transaction of several takes longer, whoever is to blame writes by itself. */
const slowMs = 250;
/**
 * Whose own statements take no longer than this is not to blame, and comes back. A slow commit or the wait for a connection is
 * nobody's fault, and would be waited for more often if each wrote by itself. Whoever always takes longer stays apart: the
 * others would wait for it each time.
 */
const quickMs = 50;

/**
 * Views that are ready at one moment write in one transaction: a commit costs as much for nine as for one. Where one of them
 * fails, waits for a lock or is slow, each writes by itself, so that nobody is held up by another's fault.
 */
export class SharedTransactions {
  private waiting: Waiting[] = [];
  private isWriting = false;
  /** Those that write by themselves until their statements are quick again. */
  private readonly apart = new Set<string>();

  constructor(private readonly database: Database) {}

  /** Writes with whoever else is ready, as all or nothing. @throws NotStored, and what the work throws */
  async write(write: Write): Promise<void> {
    if (this.apart.has(write.step.name)) return this.writeAlone(write);
    // Whoever comes first writes for all, and would have what they trace under its name.
    const own = { ...write, work: AsyncResource.bind(write.work) };
    return new Promise((resolve, reject) => {
      this.waiting.push({ write: own, resolve, reject });
      if (this.isWriting) return;
      this.isWriting = true;
      // By then everyone who was handed the same events has come.
      setImmediate(() => void this.writeWhoWaits());
    });
  }

  /** Writes in a transaction of its own. @throws NotStored, and what the work throws */
  async writeAlone({ step, work }: Write): Promise<void> {
    const spent = new Stopwatch();
    await this.database.transaction(async (transaction) => {
      const { outcome, blocked } = await advance(transaction, step);
      if (outcome !== 'stored') throw new NotStored(outcome);
      await work(around(transaction, spent.time), blocked);
    });
    if (spent.ms < quickMs) this.apart.delete(step.name);
  }

  private async writeWhoWaits(): Promise<void> {
    for (let all = this.waiting; all.length > 0; all = this.waiting) {
      this.waiting = [];
      const written = all.length > 1 ? await this.writeTogether(all.map(({ write }) => write)) : new Set<Write>();
      for (const { write, resolve, reject } of all)
        // Not waited for: whoever hangs by itself must not hold up the others.
        if (written.has(write)) resolve();
        else void this.writeAlone(write).then(resolve, reject);
    }
    this.isWriting = false;
  }

  /** Answers what was written: nothing where any of it failed. */
  private async writeTogether(writes: readonly Write[]): Promise<ReadonlySet<Write>> {
    const began = performance.now();
    const parts = writes.map((write) => ({ write, spent: new Stopwatch() }));
    try {
      return await this.database.transaction(async (transaction) => {
        const blockedOf = await advanceAll(
          transaction,
          writes.map(({ step }) => step),
        );
        const moved = parts.filter(({ write }) => blockedOf.has(write.step.name));
        const inTurn = oneAfterAnother();
        const outcomes = await Promise.allSettled(
          moved.map(({ write: { step, work }, spent }) =>
            work(around(around(transaction, spent.time), inTurn), blockedOf.get(step.name) ?? new Set()),
          ),
        );
        for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
        return new Set(moved.map(({ write }) => write));
      });
    } catch {
      // Whose fault it was shows when each writes by itself.
      for (const { undone } of writes) undone();
      return new Set();
    } finally {
      if (performance.now() - began > slowMs)
        for (const { write, spent } of parts) if (spent.ms >= quickMs) this.apart.add(write.step.name);
    }
  }
}

/** How long statements take. */
class Stopwatch {
  ms = 0;

  readonly time: Around = async (ask) => {
    const began = performance.now();
    try {
      return await ask();
    } finally {
      this.ms += performance.now() - began;
    }
  };
}

/** Lets several ask at once who share a client: what one computes meanwhile, it computes beside another's query. */
function oneAfterAnother(): Around {
  let last: Promise<unknown> = Promise.resolve();
  return (ask) => {
    const asked = last.then(ask);
    last = asked.catch(() => undefined);
    return asked;
  };
}

type Around = (ask: () => Promise<unknown>) => Promise<unknown>;

/** The same client, with something done around each query. */
function around(transaction: Transaction, wrap: Around): Transaction {
  const ask = transaction.query.bind(transaction) as (...question: Parameters<Transaction['query']>) => Promise<unknown>;
  const query: typeof ask = (...question) => wrap(() => ask(...question));
  return { query: query as unknown as Transaction['query'] };
}
