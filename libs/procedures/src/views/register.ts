import type { RecordedEvent } from '#event-store';
import type { Transaction } from '#platform';
import type { TableName, View, ViewWriter } from '#processors';
import type { ProcedureEvent } from '../events.js';
import { procedure } from '../procedure.js';
import type { Procedure, RegisteredProcedure } from '../state.js';
import { Recent, columnsOf } from './bulk.js';
import { fold, searchWords } from './search-words.js';
import { factOf, procedureIdOf } from './stream.js';

/** Where each procedure stands now: a narrow row to find it by, and the facts that its state is folded from. */
export const register: View = {
  name: 'register',
  codeVersion: '1',
  prefixes: ['procedure-'],
  tables: ['register', 'register_facts'],
  create: async (transaction, table) => {
    await transaction.query(`
      CREATE TABLE ${table('register')} (
        id uuid PRIMARY KEY,
        title text NOT NULL,
        title_sort text COLLATE "C" NOT NULL,
        code text,
        kind text NOT NULL,
        "group" text,
        field text NOT NULL,
        owning_unit uuid NOT NULL,
        stage text NOT NULL,
        suspended boolean NOT NULL,
        -- What waits and for which rule: see workKey; null when nothing does.
        work text,
        revision integer NOT NULL,
        position bigint NOT NULL,
        registered_at timestamptz(3) NOT NULL,
        registered_position bigint NOT NULL,
        stage_since timestamptz(3) NOT NULL,
        stage_position bigint NOT NULL,
        search tsvector NOT NULL
      );
      -- Apart from the rows that are searched, which stay narrow. A list of facts is half as long as the state, which
      -- repeats them, and is kept in one piece and as it is, because a build spends most of its time on it.
      CREATE TABLE ${table('register_facts')} (id uuid PRIMARY KEY, facts json NOT NULL) WITH (toast_tuple_target = 8160);
      ALTER TABLE ${table('register_facts')} ALTER COLUMN facts SET STORAGE EXTERNAL, ALTER COLUMN facts SET STATISTICS 0;
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
      CREATE INDEX ON ${on} (field, position);
      CREATE INDEX ON ${on} (work, stage_position) WHERE work IS NOT NULL;
      CREATE INDEX ON ${on} USING gin (search);
    `);
  },
  writer: (table) => new RegisterWriter(table),
};

/** Names work that waits: under which definition, for which class, in which stage, and whether the review stopped it. */
export function workKey(work: {
  readonly definition: { readonly id: string; readonly version: number };
  /** Group, or kind for those without groups. */
  readonly class: string;
  readonly stage: string;
  readonly review: 'passed' | 'stopped';
}): string {
  return `${work.definition.id}@${String(work.definition.version)}/${work.class}/${work.stage}/${work.review}`;
}

/** A procedure as the register has it, with the facts that its state does not hold. */
interface Entry {
  readonly id: string;
  readonly state: RegisteredProcedure;
  /** A JSON array, without its end. */
  readonly facts: string;
  readonly revision: number;
  readonly position: bigint;
  readonly registeredAt: string;
  readonly registeredPosition: bigint;
  readonly stageSince: string;
  readonly stagePosition: bigint;
}

const rememberedEntries = 1_000;

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
      const after = entryAfter(id, before, event);
      if (after) changed.set(id, after);
    }
    if (changed.size === 0) return;
    await this.save(transaction, [...changed.values()]);
    for (const [id, entry] of changed) this.recent.set(id, entry);
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
      const remembered = this.recent.get(id);
      if (remembered && remembered.revision === revision - 1) found.set(id, remembered);
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    const { rows } = await transaction.query<StoredEntry>(
      `SELECT r.id, f.facts::text, r.revision, r.position, r.registered_at, r.registered_position, r.stage_since, r.stage_position
       FROM ${this.table('register')} r JOIN ${this.table('register_facts')} f ON f.id = r.id WHERE r.id = ANY ($1)`,
      [missing],
    );
    for (const row of rows) found.set(row.id, toEntry(row));
    return found;
  }

  private async save(transaction: Transaction, entries: readonly Entry[]): Promise<void> {
    await transaction.query(
      `INSERT INTO ${this.table('register')} AS r (${columns.join(', ')})
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::text[],
         $10::boolean[], $11::text[], $12::integer[], $13::bigint[], $14::timestamptz[], $15::bigint[], $16::timestamptz[], $17::bigint[],
         $18::tsvector[])
       ON CONFLICT (id) DO UPDATE SET (${columns.join(', ')}) = ROW (${columns.map((column) => `excluded.${column}`).join(', ')})`,
      [...columnsOf(entries, rowOf)],
    );
    await transaction.query(
      `INSERT INTO ${this.table('register_facts')} (id, facts)
       SELECT id, facts::json FROM unnest($1::uuid[], string_to_array($2, E'\\n')) AS f (id, facts)
       ON CONFLICT (id) DO UPDATE SET facts = excluded.facts`,
      // Line feeds cannot stand raw in JSON text, and one long text is far cheaper to send than an array of escaped ones.
      [...columnsOf(entries, ({ id }) => [id]), entries.map(({ facts }) => `${facts}]`).join('\n')],
    );
  }
}

const columns = [
  'id', 'title', 'title_sort', 'code', 'kind', '"group"', 'field', 'owning_unit', 'stage', 'suspended', 'work', 'revision', 'position',
  'registered_at', 'registered_position', 'stage_since', 'stage_position', 'search',
]; // prettier-ignore

function rowOf({ id, state, ...entry }: Entry): readonly (string | number | boolean | bigint | null)[] {
  const { title, code, kind, group, field, owningUnit, stage, suspended } = state;
  const words = searchWords(`${title} ${code ?? ''} ${field}`);
  return [
    id, title, fold(title).slice(0, 200), code ?? null, kind, group ?? null, field, owningUnit, stage, suspended, workOf(state),
    entry.revision, entry.position, entry.registeredAt, entry.registeredPosition, entry.stageSince, entry.stagePosition,
    words.map((word) => `'${word}'`).join(' '),
  ]; // prettier-ignore
}

function workOf({ phase, suspended, definition, group, kind, stage, review }: RegisteredProcedure): string | null {
  if (phase === 'ended' || suspended) return null;
  const stopped = review !== undefined && !(review.necessary && review.withinPowers);
  return workKey({ definition, class: group ?? kind, stage, review: stopped ? 'stopped' : 'passed' });
}

function entryAfter(id: string, before: Entry | undefined, event: RecordedEvent): Entry | undefined {
  const { revision, position, recordedAt } = event;
  const fact = factOf(event);
  const state = procedure.evolve(before?.state ?? procedure.initial, fact);
  if (state.phase === 'unregistered') throw new Error(`Revision ${String(revision)} of procedure ${id} does not follow a registration.`);
  const moved = before?.state.stage !== state.stage;
  return {
    id,
    state,
    facts: `${before ? `${before.facts},` : '['}${JSON.stringify(fact)}`,
    revision,
    position,
    registeredAt: before?.registeredAt ?? recordedAt,
    registeredPosition: before?.registeredPosition ?? position,
    stageSince: before && !moved ? before.stageSince : recordedAt,
    stagePosition: before && !moved ? before.stagePosition : position,
  };
}

/** The state that a list of facts leads to. */
export function stateOf(facts: readonly ProcedureEvent[]): RegisteredProcedure {
  const state = facts.reduce<Procedure>(procedure.evolve, procedure.initial);
  if (state.phase === 'unregistered') throw new Error('The facts of a procedure do not begin with its registration.');
  return state;
}

interface StoredEntry {
  readonly id: string;
  readonly facts: string;
  readonly revision: number;
  readonly position: string;
  readonly registered_at: Date;
  readonly registered_position: string;
  readonly stage_since: Date;
  readonly stage_position: string;
}

function toEntry(row: StoredEntry): Entry {
  return {
    id: row.id,
    state: stateOf(JSON.parse(row.facts) as readonly ProcedureEvent[]),
    facts: row.facts.slice(0, -1),
    revision: row.revision,
    position: BigInt(row.position),
    registeredAt: row.registered_at.toISOString(),
    registeredPosition: BigInt(row.registered_position),
    stageSince: row.stage_since.toISOString(),
    stagePosition: BigInt(row.stage_position),
  };
}
