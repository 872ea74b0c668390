import type { RecordedEvent } from '#event-store';
import { foldLine } from '#platform';
import type { Transaction } from '#platform';
import type { TableName, View, ViewWriter } from '#processors';
import { rankOf } from '#workflow';
import { isOneOf } from '../events.js';
import type { ProcedureEvent, ProcedureEventType } from '../events.js';
import { foldCode } from '../official-code.js';
import { Recent, columnsOf } from '#processors';
import { fold, wordsOf } from './search-words.js';
import { factOf, procedureIdOf } from '../stream.js';

/** Where each procedure stands now: what lists, searches and worklists find it by. */
export const register: View = {
  name: 'register',
  codeVersion: '6',
  prefixes: ['procedure-'],
  tables: ['register'],
  readsMetadata: false,
  create: async (transaction, table) => {
    await transaction.query(`
      CREATE TABLE ${table('register')} (
        id uuid PRIMARY KEY,
        title text NOT NULL,
        title_sort text COLLATE "C" NOT NULL,
        code text,
        -- As codes are compared; null where there is none, or it is free for another procedure.
        code_key text,
        kind text NOT NULL,
        "group" text,
        field text NOT NULL,
        -- As fields are compared.
        field_key text NOT NULL,
        owning_unit uuid NOT NULL,
        -- 0 none, 1 confidential, 2 secret, 3 top secret.
        classification smallint NOT NULL,
        -- The lifecycle version that it keeps.
        definition_id text NOT NULL,
        definition_version integer NOT NULL,
        stage text NOT NULL,
        suspended boolean NOT NULL,
        withdrawn boolean NOT NULL,
        revision integer NOT NULL,
        position bigint NOT NULL,
        registered_at timestamptz(3) NOT NULL,
        registered_position bigint NOT NULL,
        stage_since timestamptz(3) NOT NULL,
        stage_position bigint NOT NULL,
        -- Of decisions and documents, by revision.
        numbers json NOT NULL,
        search tsvector NOT NULL
      )
    `);
  },
  index: async (transaction, table) => {
    const on = table('register');
    await transaction.query(`
      CREATE INDEX ON ${on} (registered_position);
      CREATE INDEX ON ${on} (position);
      CREATE INDEX ON ${on} (title_sort, id);
      CREATE INDEX ON ${on} (stage_position);
      CREATE INDEX ON ${on} (stage, position);
      CREATE INDEX ON ${on} (owning_unit, position);
      CREATE INDEX ON ${on} (field_key, position);
      CREATE INDEX ON ${on} (definition_id, definition_version, id);
      CREATE INDEX ON ${on} (code_key) WHERE code_key IS NOT NULL;
      CREATE INDEX ON ${on} USING gin (search);
    `);
  },
  writer: (table) => new RegisterWriter(table),
};

/** A row, by the names of its columns; the columns that are computed from others are left out. */
interface Entry {
  readonly id: string;
  readonly title: string;
  readonly code: string | null;
  /** Taken back: its code is free. */
  readonly withdrawn: boolean;
  readonly kind: string;
  readonly group: string | null;
  readonly field: string;
  readonly owning_unit: string;
  readonly classification: number;
  readonly definition_id: string;
  readonly definition_version: number;
  readonly stage: string;
  readonly suspended: boolean;
  readonly revision: number;
  readonly position: bigint;
  /** ISO 8601 UTC. */
  readonly registered_at: string;
  readonly registered_position: bigint;
  /** ISO 8601 UTC. */
  readonly stage_since: string;
  readonly stage_position: bigint;
  /** Of decisions and documents, by revision: the newest ones. */
  readonly numbers: Readonly<Record<string, string>>;
}

const mostNumbers = 100;
const rememberedEntries = 5_000;

class RegisterWriter implements ViewWriter {
  private readonly recent = new Recent<string, Entry>(rememberedEntries);

  constructor(private readonly table: TableName) {}

  async apply(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void> {
    const known = await this.load(transaction, events);
    const changed = new Map<string, Entry>();
    for (const event of events) {
      const id = procedureIdOf(event.stream);
      const before = changed.get(id) ?? known.get(id);
      if (before && event.revision <= before.revision) continue;
      changed.set(id, entryAfter(id, before, event));
    }
    if (changed.size === 0) return;
    for (const [id, entry] of changed) this.recent.set(id, entry);
    await this.save(transaction, [...changed.values()]);
  }

  forget(): void {
    this.recent.clear();
  }

  /** The entries that the events go on from; what is remembered counts only when it is the revision just before. */
  private async load(transaction: Transaction, events: readonly RecordedEvent[]): Promise<ReadonlyMap<string, Entry>> {
    const found = new Map<string, Entry>();
    const seen = new Set<string>();
    const missing: string[] = [];
    for (const { stream, revision } of events) {
      const id = procedureIdOf(stream);
      if (seen.has(id)) continue;
      seen.add(id);
      // What begins here has no row; if it has one after all, that is newer and stays.
      if (revision === 0) continue;
      const remembered = this.recent.get(id);
      if (remembered && remembered.revision === revision - 1) found.set(id, remembered);
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    const { rows } = await transaction.query<StoredEntry>(
      `SELECT id, title, code, kind, "group", field, owning_unit, classification, definition_id, definition_version, stage, suspended, withdrawn, revision,
         position, registered_at, registered_position, stage_since, stage_position, numbers
       FROM ${this.table('register')} WHERE id = ANY ($1)`,
      [missing],
    );
    for (const row of rows) found.set(row.id, toEntry(row));
    return found;
  }

  private async save(transaction: Transaction, entries: readonly Entry[]): Promise<void> {
    await transaction.query(
      `INSERT INTO ${this.table('register')} AS r (${columns.join(', ')})
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::uuid[], $11::smallint[],
         $12::text[], $13::integer[], $14::text[], $15::boolean[], $16::boolean[], $17::integer[], $18::bigint[], $19::timestamptz[], $20::bigint[], $21::timestamptz[],
         $22::bigint[], $23::json[], $24::tsvector[])
       ON CONFLICT (id) DO UPDATE SET (${columns.join(', ')}) = ROW (${columns.map((column) => `excluded.${column}`).join(', ')})
       WHERE r.revision < excluded.revision`,
      [...columnsOf(entries, rowOf)],
    );
  }
}

const columns = [
  'id', 'title', 'title_sort', 'code', 'code_key', 'kind', '"group"', 'field', 'field_key', 'owning_unit', 'classification', 'definition_id', 'definition_version', 'stage', 'suspended', 'withdrawn', 'revision', 'position', 'registered_at', 'registered_position', 'stage_since', 'stage_position', 'numbers', 'search',
]; // prettier-ignore

function rowOf(entry: Entry): readonly (string | number | boolean | bigint | null)[] {
  const { id, title, code, kind, group, field, stage, suspended, withdrawn } = entry;
  const codeKey = code === null || withdrawn ? null : foldCode(code);
  const folded = fold(title);
  const words = wordsOf(`${folded} ${fold([code ?? '', field, ...Object.values(entry.numbers)].join(' '))}`);
  return [
    id, title, folded.slice(0, 200), code, codeKey, kind, group, field, foldLine(field), entry.owning_unit, entry.classification, entry.definition_id, entry.definition_version, stage, suspended, withdrawn, entry.revision, entry.position, entry.registered_at, entry.registered_position, entry.stage_since,
    entry.stage_position, JSON.stringify(entry.numbers), words.map((word) => `'${word}'`).join(' '),
  ]; // prettier-ignore
}

function entryAfter(id: string, before: Entry | undefined, event: RecordedEvent): Entry {
  const { revision, position, recordedAt } = event;
  const fact = factOf(event);
  if (fact.type === 'ProcedureRegistered') return registered(id, fact.data, event);
  if (!before) throw new Error(`Revision ${String(revision)} of procedure ${id} does not follow a registration.`);
  const { stage } = fact.data;
  const moved = before.stage !== stage;
  return {
    ...before,
    ...changeOf(fact),
    numbers: numbersAfter(before.numbers, fact, revision),
    stage,
    revision,
    position,
    stage_since: moved ? recordedAt : before.stage_since,
    stage_position: moved ? position : before.stage_position,
  };
}

function registered(id: string, data: Registration, { revision, position, recordedAt }: RecordedEvent): Entry {
  return {
    id,
    title: data.title,
    code: data.code ?? null,
    kind: data.kind,
    group: data.group ?? null,
    field: data.field,
    owning_unit: data.owningUnit,
    classification: rankOf(data.classification ?? 'none'),
    definition_id: data.definition.id,
    definition_version: data.definition.version,
    stage: data.stage,
    suspended: false,
    withdrawn: false,
    revision,
    position,
    registered_at: recordedAt,
    registered_position: position,
    stage_since: recordedAt,
    stage_position: position,
    numbers: {},
  };
}

type Registration = Extract<ProcedureEvent, { readonly type: 'ProcedureRegistered' }>['data'];

/** With the number that an event says or corrects. */
function numbersAfter(before: Entry['numbers'], { type, data }: ProcedureEvent, revision: number): Entry['numbers'] {
  const paper = (of: object, name: string): unknown =>
    Object.hasOwn(of, name) ? (of as Readonly<Record<string, unknown>>)[name] : undefined;
  const numberIn = (value: unknown): unknown => (typeof value === 'object' && value !== null ? paper(value, 'number') : undefined);
  const number =
    type === 'RecordCorrected'
      ? ['decision', 'document'].flatMap((name) => [paper(data.changes, `${name}.number`), numberIn(paper(data.changes, name))])
      : [numberIn(paper(data, 'decision')), numberIn(paper(data, 'document'))];
  const found = number.find((one): one is string => typeof one === 'string');
  const of = type === 'RecordCorrected' ? data.revision : revision;
  if (found === undefined || (type === 'RecordCorrected' && !Object.hasOwn(before, of))) return before;
  // Names that are numbers stand in order, so that the oldest goes first.
  const numbers: Entry['numbers'] = { ...before, [of]: found };
  return Object.fromEntries(Object.entries(numbers).slice(-mostNumbers));
}

const changing = ['ProcedureSuspended', 'ProcedureResumed', 'ProcedureWithdrawn', 'ProcedureMigrated', 'RecordCorrected'] as const satisfies readonly ProcedureEventType[]; // prettier-ignore

/** What an event changes in the row besides the stage. */
function changeOf(fact: ProcedureEvent): Partial<Entry> {
  if (!isOneOf(fact, changing)) return {};
  switch (fact.type) {
    case 'ProcedureSuspended':
      return { suspended: true };
    case 'ProcedureResumed':
      return { suspended: false };
    case 'ProcedureWithdrawn':
      return { withdrawn: true };
    case 'ProcedureMigrated':
      return { definition_id: fact.data.to.id, definition_version: fact.data.to.version };
    case 'RecordCorrected': {
      // A correction is made only of values of the record's kind; a code and a group may be added, and taken away by null.
      const { changes, revision, definition } = fact.data;
      const keeps = definition && { definition_id: definition.id, definition_version: definition.version };
      return revision === 0 ? { ...pick(changes, corrected), ...keeps } : {};
    }
  }
}

const corrected = { title: 'title', field: 'field', code: 'code', kind: 'kind', group: 'group', owningUnit: 'owning_unit' } as const;

function pick(changes: Readonly<Record<string, unknown>>, columnsByPath: Readonly<Record<string, keyof Entry>>): Partial<Entry> {
  return Object.fromEntries(
    Object.entries(columnsByPath).flatMap(([path, column]) => (Object.hasOwn(changes, path) ? [[column, changes[path]]] : [])),
  );
}

interface StoredEntry extends Omit<Entry, 'position' | 'registered_at' | 'registered_position' | 'stage_since' | 'stage_position'> {
  readonly position: string;
  readonly registered_at: Date;
  readonly registered_position: string;
  readonly stage_since: Date;
  readonly stage_position: string;
}

function toEntry(row: StoredEntry): Entry {
  return {
    ...row,
    position: BigInt(row.position),
    registered_at: row.registered_at.toISOString(),
    registered_position: BigInt(row.registered_position),
    stage_since: row.stage_since.toISOString(),
    stage_position: BigInt(row.stage_position),
  };
}
