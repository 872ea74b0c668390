import type { Database, Transaction } from './database.js';

/** Runs the work on one client between BEGIN and COMMIT; a client whose state is unknown is thrown away. */
export async function inTransaction<Result>(
  connect: Database['connect'],
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await connect();
  let broken = false;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
