import type { Database } from './database.js';
import { openEmbeddedDatabase } from './embedded-database.js';
import { openServerDatabase } from './server-database.js';
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
  return url === undefined ? openEmbeddedDatabase(dataDir) : openServerDatabase(url, applicationName, patience);
}
