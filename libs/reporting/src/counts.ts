import type { RecordedEvent } from '#event-store';
import { foldLine } from '#platform';
import type { Transaction } from '#platform';
import type { TableName, View, ViewWriter } from '#processors';
import { rankOf } from '#workflow';
import type { ProcedureEvent } from '#procedures';
import { Recent, columnsOf } from '#processors';
import { factOf, procedureIdOf } from '#procedures';

/** How many procedures stand where. It remembers each one's place, to know from where it moved. */
export const counts: View = {
  name: 'counts',
  codeVersion: '3',
  prefixes: ['procedure-'],
  readsMetadata: false,
  tables: ['counts', 'counted_procedures'],
  create: async (transaction, table) => {
    await transaction.query(`
      CREATE TABLE ${table('counts')} (
        kind text, "group" text, stage text, owning_unit uuid, field_key text, classification smallint,
        count integer NOT NULL,
        PRIMARY KEY (kind, "group", stage, owning_unit, field_key, classification)
      ) WITH (fillfactor = 50);
      CREATE TABLE ${table('counted_procedures')} (
        id uuid PRIMARY KEY, revision integer NOT NULL,
        kind text NOT NULL, "group" text NOT NULL, stage text NOT NULL, owning_unit uuid NOT NULL, field_key text NOT NULL,
        classification smallint NOT NULL
      );
    `);
  },
  index: () => Promise.resolve(),
  writer: (table) => new CountsWriter(table),
};

interface Place {
  readonly kind: string;
  /** Empty for kinds without groups. */
  readonly group: string;
  readonly stage: string;
  readonly unit: string;
  /** As fields are compared. */
  readonly field: string;
  /** Its rank, 0 for none. */
  readonly classification: number;
}

interface Counted {
  readonly id: string;
  readonly revision: number;
  readonly place: Place;
}

const remembered = 20_000;

class CountsWriter implements ViewWriter {
  private readonly recent = new Recent<string, Counted>(remembered);

  constructor(private readonly table: TableName) {}

  async apply(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void> {
    const known = await this.load(transaction, events);
    const changed = new Map<string, Counted>();
    for (const event of events) {
      const id = procedureIdOf(event.stream);
      const before = changed.get(id) ?? known.get(id);
      if (before && event.revision <= before.revision) continue;
      changed.set(id, { id, revision: event.revision, place: placeAfter(id, before?.place, factOf(event)) });
    }
    if (changed.size === 0) return;
    for (const [id, counted] of changed) this.recent.set(id, counted);
    await this.move(transaction, known, changed);
    await transaction.query(
      `INSERT INTO ${this.table('counted_procedures')} AS c (id, revision, kind, "group", stage, owning_unit, field_key, classification)
       SELECT * FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::smallint[])
       ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, kind = excluded.kind, "group" = excluded."group",
         stage = excluded.stage, owning_unit = excluded.owning_unit, field_key = excluded.field_key`,
      [...columnsOf([...changed.values()], ({ id, revision, place }) => [id, revision, ...valuesOf(place)])],
    );
  }

  forget(): void {
    this.recent.clear();
  }

  private async move(transaction: Transaction, known: ReadonlyMap<string, Counted>, changed: ReadonlyMap<string, Counted>): Promise<void> {
    const moves = new Map<string, { readonly place: Place; change: number }>();
    const add = (place: Place, change: number): void => {
      const key = JSON.stringify(valuesOf(place));
      const move = moves.get(key);
      if (move) move.change += change;
      else moves.set(key, { place, change });
    };
    for (const [id, { place }] of changed) {
      const before = known.get(id);
      if (before) add(before.place, -1);
      add(place, 1);
    }
    // Always in the same order, so that two writers never wait for each other's rows.
    const rows = [...moves].filter(([, { change }]) => change !== 0).sort(([one], [other]) => (one < other ? -1 : 1));
    if (rows.length === 0) return;
    await transaction.query(
      `INSERT INTO ${this.table('counts')} AS c (kind, "group", stage, owning_unit, field_key, classification, count)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::smallint[], $7::integer[])
       ON CONFLICT (kind, "group", stage, owning_unit, field_key, classification) DO UPDATE SET count = c.count + excluded.count`,
      [...columnsOf(rows, ([, { place, change }]) => [...valuesOf(place), change])],
    );
    // A build in larger batches never sees a place that was only passed through; the rows are the same all the same.
    if (rows.some(([, { change }]) => change < 0)) await transaction.query(`DELETE FROM ${this.table('counts')} WHERE count = 0`);
  }

  private async load(transaction: Transaction, events: readonly RecordedEvent[]): Promise<ReadonlyMap<string, Counted>> {
    const found = new Map<string, Counted>();
    const firsts = new Map<string, number>();
    for (const { stream, revision } of events) {
      const id = procedureIdOf(stream);
      if (!firsts.has(id)) firsts.set(id, revision);
    }
    const missing: string[] = [];
    for (const [id, revision] of firsts) {
      const counted = this.recent.get(id);
      if (counted && counted.revision === revision - 1) found.set(id, counted);
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    const { rows } = await transaction.query<{ id: string; revision: number } & Place>(
      `SELECT id, revision, kind, "group", stage, owning_unit AS unit, field_key AS field, classification FROM ${this.table('counted_procedures')} WHERE id = ANY ($1)`,
      [missing],
    );
    for (const { id, revision, ...place } of rows) found.set(id, { id, revision, place });
    return found;
  }
}

const valuesOf = ({ kind, group, stage, unit, field, classification }: Place): readonly (string | number)[] => [
  ...[kind, group, stage, unit, field, classification],
];

function placeAfter(id: string, before: Place | undefined, event: ProcedureEvent): Place {
  const { stage } = event.data;
  if (event.type === 'ProcedureRegistered') {
    const { kind, group = '', owningUnit, field, classification = 'none' } = event.data;
    return { kind, group, stage, unit: owningUnit, field: foldLine(field), classification: rankOf(classification) };
  }
  if (!before) throw new Error(`Procedure ${id} is not registered.`);
  if (event.type !== 'RecordCorrected' || event.data.revision !== 0) return { ...before, stage };
  const { changes } = event.data;
  const read = (name: string, otherwise: string): string => (typeof changes[name] === 'string' ? changes[name] : otherwise);
  return {
    ...before,
    stage,
    kind: read('kind', before.kind),
    group: changes['group'] === null ? '' : read('group', before.group),
    unit: read('owningUnit', before.unit),
    field: foldLine(read('field', before.field)),
  };
}
