import type { Config } from '#platform';
import { prepareDatabase } from '../../worker/src/prepare-database.js';
import { complain, say } from './terminal.js';

/** Brings the database up to date, and says what the role of the product can do to the log. @throws Error with a sentence */
export async function migrate(config: Config): Promise<void> {
  const { role, ways } = await prepareDatabase(config);
  say('The database is up to date.');
  if (ways.length === 0) say(`The role ${role} adds to the log and can change nothing in it.`);
  else complain(`The role ${role} could change the log: it ${ways.slice(0, 5).join(', ')}${ways.length > 5 ? ' and more' : ''}.`);
}
