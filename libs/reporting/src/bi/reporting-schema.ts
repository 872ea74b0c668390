import { codeOf, isDatabaseOutage, messageOf } from '#platform';
import type { Database, Transaction } from '#platform';
import { isLockTimeout, lockDependents } from '#processors';
import type { Dependents, TableName, View } from '#processors';
import { governingViews } from './governing-views.js';
import { procedureViews } from './procedure-views.js';
import { commentsOn, definitionOf, emptyDefinitionOf, reportingRoles, reportingSchema, tablesOf } from './reporting-view.js';
import type { ReportingView } from './reporting-view.js';

/** Every view of the schema `reporting`. */
export const reportingViews: readonly ReportingView[] = [...procedureViews, ...governingViews];

const schemaComment = 'What other programs may read of Tinh Gọn; docs/bi.md says how. Names and types stay, columns are added at the end.';

const clearance = `CREATE OR REPLACE FUNCTION ${reportingSchema}.clearance() RETURNS smallint LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(max(levels.rank), 0)::smallint
  FROM unnest(ARRAY['${reportingRoles.slice(1).join(`', '`)}']) WITH ORDINALITY AS levels (name, rank)
  JOIN pg_catalog.pg_roles role ON role.rolname = levels.name WHERE pg_catalog.pg_has_role(role.oid, 'USAGE')
$$;
COMMENT ON FUNCTION ${reportingSchema}.clearance() IS 'Up to which classification whoever asks may see: 0 none, 1 confidential, 2 secret, 3 top secret.'`;

/** What an administrator of the database runs where the product may not make roles. */
export const roleStatements: readonly string[] = reportingRoles.map((role, index) => {
  const below = reportingRoles[index - 1];
  return `CREATE ROLE ${role} NOLOGIN${below === undefined ? '' : ` IN ROLE ${below}`}`;
});

/** Told of what an administrator has to know; none of it keeps the product from working. */
type Tell = (sentence: string, error: unknown) => void;

/** A view of the product that is built: the table of it that serves. */
type Serving = ReadonlyMap<string, number>;

/**
 * The schema `reporting` for other programs: views of stable names over the tables that serve, and roles that may read them alone.
 * It follows each rebuild in the transaction of its swap, so there is no moment at which it does not answer.
 */
export class ReportingSchema implements Dependents {
  private readonly owners: ReadonlyMap<string, View>;

  /** @param views All views of the installation */
  constructor(
    views: readonly View[],
    private readonly tell: Tell,
  ) {
    this.owners = new Map(views.flatMap((view) => view.tables.map((table) => [table, view])));
  }

  /** Makes what is missing, and has all of it stand on what serves. Where the database forbids it, that is told and nothing else happens. */
  async prepare(database: Database): Promise<void> {
    const may = await this.trying(`The schema ${reportingSchema} cannot be made; have an administrator run CREATE SCHEMA ${reportingSchema} AUTHORIZATION CURRENT_USER`, () =>
      database.transaction(async (transaction) => {
        await lockDependents(transaction);
        const { rows } = await transaction.query<{ there: boolean }>(`SELECT to_regnamespace('${reportingSchema}') IS NOT NULL AS there`);
        if (rows[0]?.there !== true) await transaction.query(`CREATE SCHEMA ${reportingSchema}`);
        await transaction.query(`COMMENT ON SCHEMA ${reportingSchema} IS '${schemaComment}'`);
        await transaction.query(clearance);
      }),
    ); // prettier-ignore
    if (!may) return;
    await this.makeRoles(database);
    for (const view of reportingViews)
      await this.trying(`The view ${reportingSchema}.${view.name} stays as it was until the next start`, () =>
        database.transaction(async (transaction) => {
          await lockDependents(transaction);
          await this.place(transaction, view, await this.serving(transaction));
        }),
      );
  }

  async follow(transaction: Transaction, name: string, version: number): Promise<void> {
    const { rows } = await transaction.query<{ there: boolean }>(
      `SELECT to_regclass('${reportingSchema}.procedures') IS NOT NULL AS there`,
    );
    if (rows[0]?.there !== true) return;
    const serving = new Map(await this.serving(transaction)).set(name, version);
    for (const view of reportingViews) if (this.standsOn(view, name)) await this.place(transaction, view, serving);
  }

  private standsOn(view: ReportingView, name: string): boolean {
    return [...tablesOf(view)].some((table) => this.owners.get(table)?.name === name);
  }

  /** By the name of the view. */
  private async serving(transaction: Transaction): Promise<Serving> {
    const { rows } = await transaction.query<{ name: string; version: number }>(
      'SELECT name, version FROM processors.processors WHERE version > 0',
    );
    return new Map(rows.map(({ name, version }) => [name, version]));
  }

  /** Whoever was granted something on it keeps that, and so does what was built over it. */
  private async place(transaction: Transaction, view: ReportingView, serving: Serving): Promise<void> {
    const versionOf = (table: string): number | undefined => serving.get(this.owners.get(table)?.name ?? '');
    const isBuilt = [...tablesOf(view)].every((table) => versionOf(table) !== undefined);
    const table: TableName = (name) => `views.${name}_v${String(versionOf(name))}`;
    await transaction.query('SAVEPOINT reporting');
    try {
      await transaction.query(isBuilt ? definitionOf(view, table) : emptyDefinitionOf(view));
    } catch (error) {
      // Somebody reads it for long: a swap tries again.
      if (isDatabaseOutage(error) || isLockTimeout(error)) throw error;
      await transaction.query('ROLLBACK TO SAVEPOINT reporting');
      await this.placeOtherwise(transaction, view, { definition: definitionOf(view, table), error });
    }
    await transaction.query(`RELEASE SAVEPOINT reporting; ${commentsOn(view)}; ${granting(`GRANT SELECT ON ${reportingSchema}.${view.name} TO`)}`);
  } // prettier-ignore

  /** The rebuild itself must not fail for it. */
  private async placeOtherwise(
    transaction: Transaction,
    view: ReportingView,
    { definition, error }: { readonly definition: string; readonly error: unknown },
  ): Promise<void> {
    const name = `${reportingSchema}.${view.name}`;
    if (codeOf(error) === otherColumns) {
      this.tell(`The view ${name} has other columns than another version of the product gave it, and was made anew, without what was built over it.`, error);
      await transaction.query(`DROP VIEW ${name} CASCADE`);
      await transaction.query(definition);
      return;
    }
    // One of the tables was built by other code, which is about to be replaced, too.
    this.tell(`The view ${name} has no rows until all that it stands on is rebuilt.`, error);
    await transaction.query(emptyDefinitionOf(view));
  } // prettier-ignore

  private async makeRoles(database: Database): Promise<void> {
    for (const [index, statement] of roleStatements.entries())
      await this.trying(`A role is missing; have an administrator run: ${statement}`, () =>
        database.transaction(async (transaction) => {
          await lockDependents(transaction);
          const { rows } = await transaction.query(`SELECT FROM pg_roles WHERE rolname = $1`, [reportingRoles[index]]);
          if (rows.length === 0) await transaction.query(statement);
        }),
      );
    await this.trying(`The role ${reportingRoles[0]} cannot be let into the schema ${reportingSchema}`, () =>
      database.transaction(async (transaction) => {
        await lockDependents(transaction);
        await transaction.query(granting(`GRANT USAGE ON SCHEMA ${reportingSchema} TO`));
      }),
    );
  }

  /** @throws what means that the database is away */
  private async trying(sentence: string, work: () => Promise<unknown>): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      try {
        await work();
        return true;
      } catch (error) {
        if (isDatabaseOutage(error)) throw error;
        // Other processes start at the same time, and somebody may be reading.
        if (isLockTimeout(error) && tries < mostTries) continue;
        // Another installation on the same server made the role in between.
        if (alreadyThere.includes(codeOf(error)) && tries < mostTries) continue;
        this.tell(`${sentence}: ${messageOf(error)}.`, error);
        return false;
      }
    }
  }
}

/** Each waits for half a second. */
const mostTries = 20;
const alreadyThere = ['42710', '23505'];

/** Grants to the role that the others are members of, where there is one. */
const granting = (statement: string): string =>
  `DO $$ BEGIN IF to_regrole('${reportingRoles[0]}') IS NOT NULL THEN ${statement} ${reportingRoles[0]}; END IF; END $$`;

/** PostgreSQL's code for a view that cannot be replaced: its columns are not those of before with others after them. */
const otherColumns = '42P16';
