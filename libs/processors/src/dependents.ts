import type { Transaction } from '#platform';
import { mostLockedMs } from './lock-patience.js';

/** What stands on the tables of views outside of `views`, such as a schema that other programs read. */
export interface Dependents {
  /** Has it stand on the version that is about to serve, in the transaction that lets it; afterwards nothing stands on the one before. */
  follow(transaction: Transaction, view: string, version: number): Promise<void>;
}

// Any fixed number: of two swaps at once, each would have it stand on what the other one drops.
const dependentsLock = 7_463_884_202;

/** Nobody else changes what stands on the tables until the end of the transaction. Locks are not waited for long in it. */
export async function lockDependents(transaction: Transaction): Promise<void> {
  await transaction.query(`SET LOCAL lock_timeout = ${String(mostLockedMs)}`);
  await transaction.query('SELECT pg_advisory_xact_lock($1)', [dependentsLock]);
}
