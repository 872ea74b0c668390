import type { RecordedEvent } from '#event-store';
import type { Database, Transaction } from '#platform';
import type { TableName, View, ViewWriter } from '#processors';
import { conditionsOf, factOf, isOneOf, procedureIdOf, registerView } from '#procedures';
import type { ProcedureEventType, ProcedureFilters } from '#procedures';
import type { Publication } from './punctuality.js';
import { columnsOf } from '#processors';

/** Every publication of a procedure with its dates on paper, as they read after corrections. */
export const publications: View = {
  name: 'publications',
  codeVersion: '1',
  prefixes: ['procedure-'],
  readsMetadata: false,
  tables: ['publications'],
  create: async (transaction, table) => {
    await transaction.query(`
      CREATE TABLE ${table('publications')} (
        procedure uuid,
        -- Of the event that published it.
        revision integer,
        signed_on date NOT NULL, effective_on date NOT NULL,
        -- The first time, and the revision by which a correction finds it.
        disclosed_on date, disclosure_revision integer,
        PRIMARY KEY (procedure, revision)
      )
    `);
  },
  index: async (transaction, table) => {
    await transaction.query(`CREATE INDEX ON ${table('publications')} (signed_on)`);
  },
  writer: (table) => new PublicationsWriter(table),
};

interface Entry {
  readonly procedure: string;
  readonly revision: number;
  readonly signed_on: string;
  readonly effective_on: string;
  readonly disclosed_on: string | null;
  readonly disclosure_revision: number | null;
}

const telling = ['ProcedurePublished', 'ProcedureDisclosed', 'RecordCorrected'] as const satisfies readonly ProcedureEventType[];

class PublicationsWriter implements ViewWriter {
  constructor(private readonly table: TableName) {}

  async apply(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void> {
    const told = events.filter((event) => isOneOf(factOf(event), telling));
    if (told.length === 0) return;
    const byProcedure = await this.load(transaction, told);
    const changed = new Map<string, Entry>();
    for (const event of told) {
      const procedure = procedureIdOf(event.stream);
      const before = byProcedure.get(procedure) ?? [];
      const after = entriesAfter(before, procedure, event);
      byProcedure.set(procedure, after);
      for (const entry of after) if (!before.includes(entry)) changed.set(`${procedure}@${String(entry.revision)}`, entry);
    }
    if (changed.size > 0) await this.save(transaction, [...changed.values()]);
  }

  forget(): void {
    // Nothing is kept in memory.
  }

  /** The publications of these procedures, oldest first. */
  private async load(transaction: Transaction, events: readonly RecordedEvent[]): Promise<Map<string, readonly Entry[]>> {
    const { rows } = await transaction.query<Entry>(
      `SELECT procedure, revision, signed_on::text, effective_on::text, disclosed_on::text, disclosure_revision
       FROM ${this.table('publications')} WHERE procedure = ANY ($1) ORDER BY procedure, revision`,
      [[...new Set(events.map(({ stream }) => procedureIdOf(stream)))]],
    );
    const found = new Map<string, readonly Entry[]>();
    for (const row of rows) found.set(row.procedure, [...(found.get(row.procedure) ?? []), row]);
    return found;
  }

  private async save(transaction: Transaction, entries: readonly Entry[]): Promise<void> {
    await transaction.query(
      `INSERT INTO ${this.table('publications')} (procedure, revision, signed_on, effective_on, disclosed_on, disclosure_revision)
       SELECT * FROM unnest($1::uuid[], $2::integer[], $3::date[], $4::date[], $5::date[], $6::integer[])
       ON CONFLICT (procedure, revision) DO UPDATE SET signed_on = excluded.signed_on, effective_on = excluded.effective_on,
         disclosed_on = excluded.disclosed_on, disclosure_revision = excluded.disclosure_revision`,
      [
        ...columnsOf(entries, ({ procedure, revision, signed_on, effective_on, disclosed_on, disclosure_revision }) => [
          ...[procedure, revision, signed_on, effective_on, disclosed_on, disclosure_revision],
        ]),
      ],
    );
  }
}

/** The same entries where the event changes nothing; it may have been seen before. */
function entriesAfter(entries: readonly Entry[], procedure: string, event: RecordedEvent): readonly Entry[] {
  const fact = factOf(event);
  const { revision } = event;
  const last = entries.at(-1);
  if (!isOneOf(fact, telling)) return entries;
  switch (fact.type) {
    case 'ProcedurePublished': {
      if (last && last.revision >= revision) return entries;
      const { date, effectiveDate } = fact.data.decision;
      const published = {
        procedure,
        revision,
        signed_on: date,
        effective_on: effectiveDate,
        disclosed_on: null,
        disclosure_revision: null,
      };
      return [...entries, published];
    }
    case 'ProcedureDisclosed':
      if (!last || last.disclosure_revision !== null || last.revision > revision) return entries;
      return [...entries.slice(0, -1), { ...last, disclosed_on: fact.data.date, disclosure_revision: revision }];
    case 'RecordCorrected':
      return entries.map((entry) => corrected(entry, fact.data));
  }
}

function corrected(
  entry: Entry,
  { revision, changes }: { readonly revision: number; readonly changes: Readonly<Record<string, unknown>> },
): Entry {
  const dateAt = (path: string, otherwise: string): string => {
    const value = changes[path];
    return typeof value === 'string' ? value : otherwise;
  };
  if (entry.revision === revision)
    return {
      ...entry,
      signed_on: dateAt('decision.date', entry.signed_on),
      effective_on: dateAt('decision.effectiveDate', entry.effective_on),
    };
  if (entry.disclosure_revision !== revision || entry.disclosed_on === null) return entry;
  return { ...entry, disclosed_on: dateAt('date', entry.disclosed_on) };
}

/** Publications that have all of this in common. */
export interface PublicationGroup extends Omit<Publication, 'ended'> {
  readonly definition: { readonly id: string; readonly version: number };
  /** Group, or kind for those without groups. */
  readonly class: string;
  readonly stage: string;
  readonly kind: string;
  readonly group: string | null;
  readonly count: number;
}

/** The latest publication of each procedure, those with the same dates under the same rules together. */
export async function publicationGroups(
  database: Database,
  {
    signedFrom,
    signedTo,
    ...filters
  }: Omit<ProcedureFilters, 'q' | 'stage'> & {
    /** Signed on this date or later. (Default: whenever) */
    readonly signedFrom?: string | undefined;
    /** Signed on this date or before. (Default: whenever) */
    readonly signedTo?: string | undefined;
  },
): Promise<readonly PublicationGroup[]> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = [
    ...conditionsOf(filters, parameter),
    ...(signedFrom === undefined ? [] : [`p.signed_on >= ${parameter(signedFrom)}::date`]),
    ...(signedTo === undefined ? [] : [`p.signed_on <= ${parameter(signedTo)}::date`]),
    'NOT EXISTS (SELECT FROM views.publications later WHERE later.procedure = p.procedure AND later.revision > p.revision)',
  ];
  const { rows } = await database.pool.query<Omit<PublicationGroup, 'definition'> & { id: string; version: number }>(
    `SELECT r.definition_id AS id, r.definition_version AS version, coalesce(r."group", r.kind) AS class, r.stage, r.kind, r."group",
       p.signed_on::text AS "signedOn", p.effective_on::text AS "effectiveOn", p.disclosed_on::text AS "disclosedOn", count(*)::integer AS count
     FROM views.publications p JOIN ${registerView} r ON r.id = p.procedure
     WHERE ${conditions.join(' AND ')} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 5, 6, 7`,
    values,
  );
  return rows.map(({ id, version, ...row }) => ({ ...row, definition: { id, version } }));
}
