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

/** Where a transaction of several takes longer, each of them is tried by itself. */
const slowMs = 250;
/** Who is as quick as this comes back. */
const quickMs = 50;

/**
 * Views that are ready at one moment write in one transaction: a commit costs as much for nine as for one. Where one of them
 * fails, waits for a lock or is slow, each writes by itself, so that nobody is held up by another's fault.
 */
export class SharedTransactions {
  private waiting: Waiting[] = [];
  private isWriting = false;
  /** Processors that write by themselves until they are quick again. */
  private readonly apart = new Set<string>();

  constructor(private readonly database: Database) {}

  /** Writes with whoever else is ready, as all or nothing. @throws NotStored, and what the work throws */
  async write(write: Write): Promise<void> {
    if (this.apart.has(write.step.name)) return this.writeAlone(write);
    return new Promise((resolve, reject) => {
      this.waiting.push({ write, resolve, reject });
      if (this.isWriting) return;
      this.isWriting = true;
      // By then everyone who was handed the same events has come.
      setImmediate(() => void this.writeWhoWaits());
    });
  }

  /** Writes in a transaction of its own. @throws NotStored, and what the work throws */
  async writeAlone({ step, work }: Write): Promise<void> {
    const began = performance.now();
    await this.database.transaction(async (transaction) => {
      const { outcome, blocked } = await advance(transaction, step);
      if (outcome !== 'stored') throw new NotStored(outcome);
      await work(transaction, blocked);
    });
    if (performance.now() - began < quickMs) this.apart.delete(step.name);
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
    try {
      return await this.database.transaction(async (transaction) => {
        const blockedOf = await advanceAll(
          transaction,
          writes.map(({ step }) => step),
        );
        const moved = writes.filter(({ step }) => blockedOf.has(step.name));
        const inTurn = oneAfterAnother(transaction);
        const outcomes = await Promise.allSettled(moved.map(({ step, work }) => work(inTurn, blockedOf.get(step.name) ?? new Set())));
        for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
        return new Set(moved);
      });
    } catch {
      // Whose fault it was shows when each writes by itself.
      for (const { undone } of writes) undone();
      return new Set();
    } finally {
      if (performance.now() - began > slowMs) for (const { step } of writes) this.apart.add(step.name);
    }
  }
}

/** The same client for several who ask at once: what one computes meanwhile, it computes beside another's query. */
function oneAfterAnother(transaction: Transaction): Transaction {
  let last: Promise<unknown> = Promise.resolve();
  const query = (...question: Parameters<Transaction['query']>): Promise<unknown> => {
    const asked = last.then(() => transaction.query(...question));
    last = asked.catch(() => undefined);
    return asked;
  };
  return { query: query as unknown as Transaction['query'] };
}
