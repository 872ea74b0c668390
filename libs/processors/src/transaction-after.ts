import type { Database, Transaction } from '#platform';

/**
 * Runs the work in a transaction that begins with its first query, and not before the earlier one has ended. What the
 * work computes until then is computed beside the earlier transaction. Fails with the earlier one.
 */
export async function transactionAfter<Result>(
  earlier: Promise<void>,
  database: Database,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  let ended: Promise<void> = earlier;
  let begun: Promise<Transaction> | undefined;
  const begin = (): Promise<Transaction> =>
    new Promise((resolve, reject) => {
      ended = earlier.then(() =>
        database.transaction(async (transaction) => {
          resolve(transaction);
          await worked;
        }),
      );
      ended.catch(reject);
    });
  const query = async (...question: Parameters<Transaction['query']>): Promise<unknown> => (await (begun ??= begin())).query(...question);
  const worked = work({ query: query as unknown as Transaction['query'] });
  // Work that fails without a query must not leave the earlier transaction unattended.
  await worked.catch(() => undefined);
  await ended;
  return worked;
}
