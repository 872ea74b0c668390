import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '#platform';
import type { Database, Transaction } from '#platform';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { readCheckpoint, register } from './checkpoint.js';
import { SharedTransactions } from './shared-transactions.js';

describe('Views that write together', () => {
  let installation: LogInstallation;
  /** What the work of each does, by name. */
  const works = new Map<string, (transaction: Transaction) => Promise<unknown>>();
  /** In whose name each asked, and worked, as traces have it. */
  const asked = new AsyncLocalStorage<string>();
  const worked = new Map<string, string | undefined>();
  let commitMs = 0;
  let transactions = 0;
  let writes: SharedTransactions;

  beforeAll(async () => {
    installation = await openLog('on a server');
    const { database } = installation;
    const names = ['001-processors.sql', '002-leases.sql'];
    await migrate(
      database,
      'processors',
      names.map((name) => ({ name, url: new URL(name, import.meta.url) })),
    );
    for (const name of ['first', 'second', 'third']) await register(database, { name, kind: 'view' });
    const transaction: Database['transaction'] = async (work) => {
      transactions++;
      return database.transaction(async (client) => {
        const result = await work(client);
        await sleep(commitMs);
        return result;
      });
    };
    writes = new SharedTransactions({ ...database, transaction });
  });
  afterEach(() => {
    commitMs = 0;
    works.clear();
  });
  afterAll(() => installation.close());

  /** All three write at one moment; answers in how many transactions. */
  const writeOnce = async (): Promise<number> => {
    transactions = 0;
    const steps = ['first', 'second', 'third'].map(async (name) => {
      const row = await readCheckpoint(installation.database.pool, name);
      const from = row?.position ?? null;
      return { ...{ name, version: 0, from, token: 0n }, to: (from ?? 0n) + 1n };
    });
    const all = (await Promise.all(steps)).map((step) =>
      asked.run(step.name, () =>
        writes.write({
          step,
          work: async (client) => {
            worked.set(step.name, asked.getStore());
            await works.get(step.name)?.(client);
          },
          undone: () => undefined,
        }),
      ),
    );
    await Promise.all(all);
    return transactions;
  };
  const slowly = (transaction: Transaction): Promise<unknown> => transaction.query('SELECT pg_sleep(0.3)');

  it('go on doing so where the commit is slow, which is nobody’s fault', async () => {
    commitMs = 300;
    expect([await writeOnce(), await writeOnce()]).toEqual([1, 1]);
  });

  it('do their work each in its own name, whoever was first, also when each has to write by itself', async () => {
    const own = [['first', 'first'], ['second', 'second'], ['third', 'third']]; // prettier-ignore
    await writeOnce();
    expect([...worked]).toEqual(own);
    worked.clear();
    let isFirst = true;
    works.set('second', () => (isFirst ? ((isFirst = false), Promise.reject(new Error('Once.'))) : Promise.resolve()));
    await writeOnce();
    expect([...worked]).toEqual(own);
  });

  it('leave one whose statements are slow to itself until they are quick again', async () => {
    works.set('second', slowly);
    expect(await writeOnce()).toBe(1);
    commitMs = 100;
    expect([await writeOnce(), await writeOnce()]).toEqual([2, 2]);
    works.delete('second');
    expect([await writeOnce(), await writeOnce()]).toEqual([2, 1]);
  });
});
