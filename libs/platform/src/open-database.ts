import type { Database } from './database.js';
import type { Patience } from './server-database.js';

/** A server that is started together with this process is waited for; who restarts both tries again after that. */
export const startPatience: Patience = { timeMs: 15_000, onWait: (sentence) => void process.stderr.write(`${sentence}\n`) };

/**
 * Opens the PostgreSQL server at `url`, or the embedded one in `dataDir`.
 * @throws DatabaseUnavailable with a sentence for the operator
 */
export async function openDatabase(options: {
  readonly url?: string | undefined;
  readonly dataDir: string;
  /** As which the server lists our connections. (Default: tinhgon) */
  readonly applicationName?: string;
  /** How long to wait for a server that is not up yet. (Default: not at all) */
  readonly patience?: Patience;
}): Promise<Database> {
  const { url, dataDir, applicationName = 'tinhgon', patience } = options;
  // Either is much to load, and a process uses one of them.
  if (url === undefined) return (await import('./embedded-database.js')).openEmbeddedDatabase(dataDir);
  return (await import('./server-database.js')).openServerDatabase(url, applicationName, patience);
}
