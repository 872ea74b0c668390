import { grantsOfTree, migrateAudit, waysToChangeLog } from '#audit';
import { migrateBulkRuns } from '#bulk';
import { grantsOfLog, migrateLog } from '#event-store';
import { migrateFiles } from '#files';
import { migrateIdentity } from '#identity';
import { migrateImports } from '#imports';
import { migrateNotifications } from '#notifications';
import { codeOf, openDatabase, Opened, ownNamesOnly, startPatience } from '#platform';
import type { Config, Database, Transaction } from '#platform';
import { migrateProcessors } from '#processors';
import { roleStatements } from '#reporting';

/** In which the application's role may write as it likes. */
const open = ['bulk', 'files', 'identity', 'imports', 'notifications', 'processors'];
/** Made anew by the application whenever its code changes. */
const derived = ['views', 'reporting'];
const ofOwner = ['event_log', 'audit', ...open];

/** Any fixed number: it keeps two processes from granting at once. */
const grantLock = 7_463_884_202;

/** What came of preparing a database. */
export interface Prepared {
  /** As which the product connects. */
  readonly role: string;
  /** By what that role could change the log; empty where it can only add to it. */
  readonly ways: readonly string[];
}

/**
 * Brings all tables up to date by the role of `MIGRATION_DATABASE_URL`, which owns them from then on, and lets that of `DATABASE_URL` do what the
 * product does: read the log and append to it, and keep the views. Where there is one role it owns everything.
 * @throws Error with a sentence for the operator, DatabaseUnavailable
 */
export async function prepareDatabase(config: Config): Promise<Prepared> {
  const opened = new Opened();
  try {
    const openAt = async (url: string | undefined): Promise<Database> => {
      const database = await openDatabase({ url, dataDir: config.dataDir, patience: startPatience });
      opened.add(() => database.close());
      return database;
    };
    const application = await openAt(config.databaseUrl);
    const owner = config.migrationDatabaseUrl === undefined ? application : await openAt(config.migrationDatabaseUrl);
    const [role, ownerRole] = [await roleOf(application), await roleOf(owner)];
    if (role.database !== ownerRole.database) throw new Error('MIGRATION_DATABASE_URL and DATABASE_URL must name the same database.');
    if (role.name === ownerRole.name) await migrateAll(owner, config);
    else
      await sayingWhatIsMissing(role.name, ownerRole.name, async () => {
        await locked(owner, (transaction) => take(transaction, ownerRole.quoted));
        await migrateAll(owner, config);
        await makeReportingRoles(owner);
        await locked(owner, (transaction) => grant(transaction, role.quoted));
      });
    return { role: role.name, ways: await waysToChangeLog(application) };
  } finally {
    await opened.close();
  }
}

async function migrateAll(database: Database, { eventStore }: Config): Promise<void> {
  if (eventStore === undefined) await migrateLog(database);
  await migrateIdentity(database);
  await migrateNotifications(database);
  await migrateAudit(database);
  await migrateFiles(database);
  await migrateImports(database);
  await migrateBulkRuns(database);
  await migrateProcessors(database);
}

interface Role {
  readonly name: string;
  readonly quoted: string;
  readonly database: string;
}

async function roleOf(database: Database): Promise<Role> {
  const { rows } = await database.pool.query<Role>(
    'SELECT current_user AS name, pg_catalog.quote_ident(current_user) AS quoted, pg_catalog.current_database() AS database',
  );
  if (!rows[0]) throw new Error('The database does not say who is connected.');
  return rows[0];
}

const locked = (database: Database, work: (transaction: Transaction) => Promise<void>): Promise<void> =>
  database.transaction(async (transaction) => {
    await transaction.query(ownNamesOnly);
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [grantLock]);
    await work(transaction);
  });

/** An installation that had one role until now: what that one owns goes to the owner. */
async function take(transaction: Transaction, owner: string): Promise<void> {
  await handOver(transaction, ofOwner, owner);
  const { rows } = await transaction.query<{ foreign: boolean }>(
    `SELECT relowner <> current_user::regrole AS foreign FROM pg_class WHERE oid = to_regclass('public.tinhgon_migrations')`,
  );
  if (rows[0]?.foreign === true) await transaction.query(`ALTER TABLE public.tinhgon_migrations OWNER TO ${owner}`);
}

async function grant(transaction: Transaction, role: string): Promise<void> {
  await transaction.query(`
    REVOKE ALL ON public.tinhgon_migrations FROM ${role};
    GRANT SELECT ON public.tinhgon_migrations TO ${role};
    ${open.map((schema) => grantsOfSchema(schema, role)).join(';')};
    CREATE SCHEMA IF NOT EXISTS reporting;
    ${grantsOfTree(role)}`);
  const { rows } = await transaction.query<{ there: boolean }>(`SELECT to_regnamespace('event_log') IS NOT NULL AS there`);
  if (rows[0]?.there === true) await transaction.query(grantsOfLog(role));
  await handOver(transaction, derived, role);
}

const grantsOfSchema = (schema: string, role: string): string => `
  GRANT USAGE ON SCHEMA ${schema} TO ${role};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role};
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role}`;

/** Gives the schemas with all that is in them, as far as they are there, to a role, where another one has them. */
async function handOver(transaction: Transaction, schemas: readonly string[], to: string): Promise<void> {
  const { rows } = await transaction.query<{ statement: string }>(
    `SELECT format('ALTER %s OWNER TO ', thing) || $2 AS statement FROM (
       SELECT format('SCHEMA %I', n.nspname) AS thing, n.nspname, n.nspowner AS owner FROM pg_namespace n
       UNION ALL SELECT format('%s %s', CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, c.oid::regclass), n.nspname, c.relowner
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v')
       UNION ALL SELECT 'FUNCTION ' || p.oid::regprocedure, n.nspname, p.proowner FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     ) AS things WHERE nspname = ANY ($1) AND owner <> $2::regrole ORDER BY thing LIKE 'SCHEMA %' DESC`,
    [schemas, to],
  );
  if (rows.length > 0) await transaction.query(rows.map(({ statement }) => statement).join(';'));
}

/** Where the owner may; whoever may not is told of it at the start, with what an administrator runs. */
async function makeReportingRoles(owner: Database): Promise<void> {
  for (const statement of roleStatements)
    await owner.pool.query(statement).catch((error: unknown) => {
      if (!['42501', '42710'].includes(codeOf(error))) throw error;
    });
}

async function sayingWhatIsMissing(role: string, owner: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (codeOf(error) !== '42501') throw error;
    throw new Error(
      `The role ${owner} of MIGRATION_DATABASE_URL may not do all of this: it must own the database and be a member of ${role} (docs/deploying.md). ${error instanceof Error ? error.message : ''}`,
      { cause: error },
    );
  }
}
