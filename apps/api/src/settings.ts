import { DatabaseUnavailable } from '#platform';
import type { Config, Database, Logger } from '#platform';

const patienceMs = 2_000;

/** What controllers need to know about this installation, and why it is not ready, if it is not. */
export class Settings {
  /** A sentence; null once commands and queries are served. */
  notReady: string | null = 'The views do not hold yet all that was in the log at start.';

  constructor(
    private readonly config: Pick<Config, 'demo'>,
    readonly database: Database,
    readonly logger: Logger,
  ) {}

  get demo(): boolean {
    return this.config.demo;
  }

  /** Why the database does not answer; null when it does. */
  async outage(): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('late')), patienceMs)));
    try {
      await Promise.race([this.writable(), late]);
      return null;
    } catch (error) {
      return error instanceof DatabaseUnavailable ? error.message : 'The database does not answer.';
    } finally {
      clearTimeout(timer);
    }
  }

  private async writable(): Promise<void> {
    const client = await this.database.connect();
    let broken = true;
    try {
      await client.query('SELECT 1');
      broken = false;
    } finally {
      client.release(broken && !this.database.embedded);
    }
  }
}
