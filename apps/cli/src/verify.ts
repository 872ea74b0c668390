import { verifyDatabase } from '#audit';
import type { Finding } from '#audit';
import { openEventStore } from '#event-store';
import { Opened, openDatabase } from '#platform';
import type { Config } from '#platform';
import { interruptible } from './interruption.js';
import { complain, say } from './terminal.js';

/** What `tinhgon verify` is asked. */
export interface VerifyOptions {
  readonly database?: boolean;
  /** Verifier key. (Default: the one that comes with what is verified) */
  readonly key?: string;
  readonly json?: boolean;
}

/** Answers whether all holds. @throws Error with a sentence where it cannot be looked at */
export async function verify(
  file: string | undefined,
  { database, key, json = false }: VerifyOptions,
  config: () => Config,
): Promise<boolean> {
  if (database === true && file === undefined) return verifyLogAgainstTree(config(), { key, json });
  throw new Error('Name what to verify: --database.');
}

/** How a verdict is told. */
export interface Telling {
  /** As JSON on standard output, `{ ok, findings }`. */
  readonly json: boolean;
}

/**
 * Holds the log of an installation against its tree, both ways; writes nothing. Answers whether all holds.
 * @throws Error with a sentence where it cannot be looked at
 */
export async function verifyLogAgainstTree(
  config: Config,
  { key, json }: Telling & { readonly key: string | undefined },
): Promise<boolean> {
  const verdict = await interruptible(async (signal) => {
    const opened = new Opened();
    try {
      const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
      opened.add(() => database.close());
      const { rows } = await database.pool.query<{ found: boolean }>(`SELECT to_regclass('audit.tree') IS NOT NULL AS found`);
      if (rows[0]?.found !== true) throw new Error('There is no tree in this database: nothing of the log was ever sealed.');
      const store = await openEventStore(database, { ...config, isPrepared: true });
      opened.add(() => store.close());
      return await verifyDatabase({ store, database }, { ...(key !== undefined && { key }), signal });
    } finally {
      await opened.close();
    }
  });
  const { size, events, unsealed, findings } = verdict;
  if (json) say(JSON.stringify({ ok: findings.length === 0, leaves: size, events, unsealed, findings }));
  else {
    tellLight('History is consistent', findings, 'history');
    tellLight('Data matches its leaves', findings, 'data');
    say(
      `${String(events)} events in the log, ${String(size)} leaves in the tree${unsealed > 0 ? `, ${String(unsealed)} events not sealed yet` : ''}.`,
    );
  }
  return findings.length === 0;
}

function tellLight(title: string, findings: readonly Finding[], check: Finding['check']): void {
  const wrong = findings.filter((one) => one.check === check);
  say(`${title}: ${wrong.length === 0 ? 'yes' : 'NO'}`);
  for (const { index, message } of wrong) complain(`  ${index === null ? '' : `leaf ${String(index)}: `}${message}`);
}
