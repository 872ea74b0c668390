import type { RecordedEvent } from '#event-store';
import type { Transaction } from '#platform';
import type { TableName, View, ViewWriter } from '#processors';
import { isReferenceOnly, optionActions, rankOf } from '#workflow';
import type { AnyAction } from '#workflow';
import { claimPrefix } from './claim.js';
import type { ClaimEvent } from './claim.js';
import { classAfter, actionOf, isOneOf, missingAfter, factOf, procedureIdOf } from '#procedures';
import type { ProcedureEvent, ProcedureEventType } from '#procedures';
import { Recent, columnsOf } from '#processors';

/** Which work waits on each procedure, all that the rules of who may do it look at, and who has claimed it. */
export const work: View = {
  name: 'work',
  codeVersion: '4',
  prefixes: ['procedure-', claimPrefix],
  // Who acted is in the metadata of most events, and the separation of duties asks for it.
  readsMetadata: true,
  tables: ['work'],
  create: async (transaction, table) => {
    await transaction.query(`
      CREATE TABLE ${table('work')} (
        procedure uuid PRIMARY KEY,
        owning_unit uuid NOT NULL,
        -- 0 none, 1 confidential, 2 secret, 3 top secret.
        classification smallint NOT NULL,
        -- Lifecycle version and class, such as internal@1/C: what the rules of work go by.
        regime text NOT NULL,
        stage text NOT NULL,
        suspended boolean NOT NULL,
        -- The latest review, by which a correction finds it, and whether it lets the procedure go on.
        review_revision integer, necessary boolean NOT NULL, within_powers boolean NOT NULL,
        -- What waits and for which rule: see workKey; null while it is suspended.
        waits text,
        -- Required parts that are not filled; none where the register holds a reference only.
        missing text[] NOT NULL,
        ever_published boolean NOT NULL,
        option_open boolean NOT NULL,
        -- Who did what, for the separation of duties: propose:<person id>.
        doers text[] NOT NULL,
        -- By which revision each of that was done, so that whoever corrects one is found among the doers: propose:<revision>.
        done text[] NOT NULL,
        claimed_by uuid, claimed_at timestamptz(3), claim_revision integer NOT NULL,
        revision integer NOT NULL,
        stage_revision integer NOT NULL, stage_position bigint NOT NULL
      ) WITH (fillfactor = 80);
    `);
  },
  index: async (transaction, table) => {
    const on = table('work');
    await transaction.query(`
      CREATE INDEX ON ${on} (waits, stage_position) WHERE waits IS NOT NULL;
      CREATE INDEX ON ${on} (stage_position);
      CREATE INDEX ON ${on} (owning_unit, stage_position);
      CREATE INDEX ON ${on} (claimed_by, owning_unit, classification) WHERE claimed_by IS NOT NULL;
      CREATE INDEX ON ${on} (regime, procedure);
    `);
  },
  writer: (table) => new WorkWriter(table),
};

/** Names work that waits: under which definition, for which class, in which stage, and whether the review stopped it. */
export function workKey(waiting: {
  readonly definition: { readonly id: string; readonly version: number };
  /** Group, or kind for those without groups. */
  readonly class: string;
  readonly stage: string;
  readonly review: 'passed' | 'stopped';
}): string {
  return `${regimeOf(waiting.definition, waiting.class)}/${waiting.stage}/${waiting.review}`;
}

const regimeOf = ({ id, version }: { readonly id: string; readonly version: number }, name: string): string =>
  `${id}@${String(version)}/${name}`;

/** The lifecycle version and class that a regime names. */
function regimeIn(regime: string): {
  readonly definition: { readonly id: string; readonly version: number };
  readonly class: string;
} {
  const [, id = '', version = '', name = ''] = /^(.*)@(\d+)\/(.*)$/.exec(regime) ?? [];
  return { definition: { id, version: Number(version) }, class: name };
}

/** A row, by the names of its columns; the column that is computed from others is left out. */
interface Entry {
  readonly procedure: string;
  readonly owning_unit: string;
  readonly classification: number;
  readonly regime: string;
  readonly stage: string;
  readonly suspended: boolean;
  readonly review_revision: number | null;
  readonly necessary: boolean;
  readonly within_powers: boolean;
  readonly missing: readonly string[];
  readonly ever_published: boolean;
  readonly option_open: boolean;
  readonly doers: readonly string[];
  readonly done: readonly string[];
  readonly claimed_by: string | null;
  /** ISO 8601 UTC. */
  readonly claimed_at: string | null;
  /** Of the stream of claims; -1 before the first. */
  readonly claim_revision: number;
  readonly revision: number;
  readonly stage_revision: number;
  readonly stage_position: bigint;
}

const remembered = 5_000;

class WorkWriter implements ViewWriter {
  private readonly recent = new Recent<string, Entry>(remembered);
  /** Settles when the call before has computed, and only writes: a build calls again before it has ended. */
  private computed: Promise<void> = Promise.resolve();

  constructor(private readonly table: TableName) {}

  async apply(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void> {
    const earlier = this.computed;
    let letOn: () => void = () => undefined;
    this.computed = new Promise((resolve) => (letOn = resolve));
    await earlier;
    let changed: readonly Entry[];
    try {
      changed = await this.compute(transaction, events);
    } finally {
      letOn();
    }
    if (changed.length > 0) await this.save(transaction, changed);
  }

  forget(): void {
    this.recent.clear();
  }

  private async compute(transaction: Transaction, events: readonly RecordedEvent[]): Promise<readonly Entry[]> {
    const known = await this.load(transaction, events);
    const changed = new Map<string, Entry>();
    for (const event of events) {
      const id = procedureIn(event.stream);
      const before = changed.get(id) ?? known.get(id);
      const after = event.stream.startsWith(claimPrefix) ? claimedAfter(before, event) : entryAfter(id, before, event);
      if (after && after !== before) changed.set(id, after);
    }
    for (const [id, entry] of changed) this.recent.set(id, entry);
    return [...changed.values()];
  }

  private async load(transaction: Transaction, events: readonly RecordedEvent[]): Promise<ReadonlyMap<string, Entry>> {
    const found = new Map<string, Entry>();
    const missing = new Set<string>();
    for (const { stream, revision } of events) {
      const id = procedureIn(stream);
      if (found.has(id) || missing.has(id)) continue;
      const entry = this.recent.get(id);
      if (entry) found.set(id, entry);
      // What is registered here has no row.
      else if (revision > 0 || stream.startsWith(claimPrefix)) missing.add(id);
    }
    if (missing.size === 0) return found;
    const { rows } = await transaction.query<StoredEntry>(
      `SELECT ${columns.join(', ')} FROM ${this.table('work')} WHERE procedure = ANY ($1)`,
      [[...missing]],
    );
    for (const row of rows)
      found.set(row.procedure, { ...row, claimed_at: row.claimed_at?.toISOString() ?? null, stage_position: BigInt(row.stage_position) });
    return found;
  }

  private async save(transaction: Transaction, entries: readonly Entry[]): Promise<void> {
    await transaction.query(
      `INSERT INTO ${this.table('work')} AS w (${columns.join(', ')})
       SELECT a, b, c, d, e, f, g, h, i, j, string_to_array(k, ' '), l, m, string_to_array(n, ' '), string_to_array(o, ' '), p, q, r, s, t, u
       FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::text[], $5::text[], $6::boolean[], $7::integer[], $8::boolean[], $9::boolean[],
         $10::text[], $11::text[], $12::boolean[], $13::boolean[], $14::text[], $15::text[], $16::uuid[], $17::timestamptz[],
         $18::integer[], $19::integer[], $20::integer[], $21::bigint[]) AS given (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u)
       ON CONFLICT (procedure) DO UPDATE SET (${columns.join(', ')}) = ROW (${columns.map((column) => `excluded.${column}`).join(', ')})
       WHERE w.revision < excluded.revision OR w.claim_revision < excluded.claim_revision`,
      [...columnsOf(entries, rowOf)],
    );
  }
}

interface StoredEntry extends Omit<Entry, 'claimed_at' | 'stage_position'> {
  readonly claimed_at: Date | null;
  readonly stage_position: string;
}

const columns = [
  'procedure', 'owning_unit', 'classification', 'regime', 'stage', 'suspended', 'review_revision', 'necessary', 'within_powers', 'waits',
  'missing', 'ever_published', 'option_open', 'doers', 'done', 'claimed_by', 'claimed_at', 'claim_revision', 'revision', 'stage_revision',
  'stage_position',
]; // prettier-ignore

function rowOf(entry: Entry): readonly (string | number | boolean | bigint | null)[] {
  const { procedure, owning_unit, classification, regime, stage, suspended, review_revision, necessary, within_powers } = entry;
  const waits = suspended ? null : `${regime}/${stage}/${necessary && within_powers ? 'passed' : 'stopped'}`;
  return [
    procedure, owning_unit, classification, regime, stage, suspended, review_revision, necessary, within_powers, waits,
    entry.missing.join(' '), entry.ever_published, entry.option_open, entry.doers.join(' '), entry.done.join(' '), entry.claimed_by, entry.claimed_at,
    entry.claim_revision, entry.revision, entry.stage_revision, entry.stage_position,
  ]; // prettier-ignore
}

const procedureIn = (stream: string): string => (stream.startsWith(claimPrefix) ? stream.slice(claimPrefix.length) : procedureIdOf(stream));

/** A claim that was made before the procedure came to its stage holds no more. */
function claimedAfter(before: Entry | undefined, { data, type, revision, recordedAt }: RecordedEvent): Entry | undefined {
  if (!before || revision <= before.claim_revision) return before;
  const { data: held } = { type, data } as unknown as ClaimEvent;
  const holds = type !== 'WorkReleased' && held.revision >= before.stage_revision;
  return { ...before, claim_revision: revision, claimed_by: holds ? held.person : null, claimed_at: holds ? recordedAt : null };
}

function entryAfter(id: string, before: Entry | undefined, event: RecordedEvent): Entry {
  const { revision, position } = event;
  if (before && revision <= before.revision) return before;
  const fact = factOf(event);
  if (fact.type === 'ProcedureRegistered') return registered(id, fact.data, event);
  if (!before) throw new Error(`Revision ${String(revision)} of procedure ${id} does not follow a registration.`);
  const { stage } = fact.data;
  const change = changeOf(fact, before, revision);
  const option_open = change.option_open ?? before.option_open;
  return {
    ...before,
    ...change,
    ...doneAfter(before, fact, event, option_open),
    stage,
    revision,
    ...(stage !== before.stage && { stage_revision: revision, stage_position: position, claimed_by: null, claimed_at: null }),
  };
}

type Registration = Extract<ProcedureEvent, { readonly type: 'ProcedureRegistered' }>['data'];

function registered(procedure: string, data: Registration, event: RecordedEvent): Entry {
  return {
    procedure,
    owning_unit: data.owningUnit,
    classification: rankOf(data.classification ?? 'none'),
    regime: regimeOf(data.definition, data.group ?? data.kind),
    stage: data.stage,
    suspended: false,
    review_revision: null,
    necessary: true,
    within_powers: true,
    missing: isReferenceOnly(data.classification) ? [] : missingAfter(null, data.parts),
    ever_published: false,
    option_open: false,
    ...doneAfter({ doers: [], done: [] }, { type: 'ProcedureRegistered', data }, event, false),
    claimed_by: null,
    claimed_at: null,
    claim_revision: -1,
    revision: event.revision,
    stage_revision: event.revision,
    stage_position: event.position,
  };
}

const changing = [
  'PartsAmended', 'ProcedureReviewed', 'ProcedurePublished', 'OptionProposed', 'OptionQualityChecked', 'OptionReturned', 'OptionRejected',
  'ProcedureSimplified', 'ProcedureSuspended', 'ProcedureResumed', 'ProcedureMigrated', 'RecordCorrected',
] as const satisfies readonly ProcedureEventType[]; // prettier-ignore

/** What an event changes in the row besides stage and doers. */
function changeOf(fact: ProcedureEvent, before: Entry, revision: number): Partial<Entry> {
  if (!isOneOf(fact, changing)) return {};
  switch (fact.type) {
    case 'PartsAmended':
      return { missing: missingAfter(before.missing, fact.data.parts) };
    case 'ProcedureReviewed':
      return { review_revision: revision, necessary: fact.data.necessary, within_powers: fact.data.withinPowers };
    case 'ProcedurePublished':
      return { ever_published: true };
    case 'OptionProposed':
      return { option_open: true };
    case 'OptionQualityChecked':
      return fact.data.passed ? {} : { option_open: false };
    case 'OptionReturned':
    case 'OptionRejected':
      return { option_open: false };
    case 'ProcedureSimplified':
      return { option_open: false, missing: missingAfter(before.missing, fact.data.parts ?? {}) };
    case 'ProcedureSuspended':
      return { suspended: true };
    case 'ProcedureResumed':
      return { suspended: false };
    case 'ProcedureMigrated':
      return { regime: regimeOf(fact.data.to, before.regime.split('/').at(-1) ?? '') };
    case 'RecordCorrected':
      return corrected(fact.data, before);
  }
}

/** A correction is made only of values that the record has, and of their kind: it can fill a list that was empty, and empties nothing. */
function corrected(
  { changes, revision, definition }: Extract<ProcedureEvent, { readonly type: 'RecordCorrected' }>['data'],
  before: Entry,
): Partial<Entry> {
  const regime = regimeIn(before.regime);
  const filled = Object.keys(changes).flatMap((path) => path.split('.'));
  const { necessary = before.necessary, withinPowers = before.within_powers } = revision === before.review_revision ? changes : {};
  return {
    missing: before.missing.filter((part) => !filled.includes(part)),
    necessary: necessary === true,
    within_powers: withinPowers === true,
    ...(revision === 0 && {
      regime: regimeOf(definition ?? regime.definition, classAfter(regime.class, changes)),
      owning_unit: typeof changes['owningUnit'] === 'string' ? changes['owningUnit'] : before.owning_unit,
    }),
  };
}

type Done = Pick<Entry, 'doers' | 'done'>;

/** As `evolve` keeps them: the latest of each action in this cycle, those of the open option, and whoever corrected one of their records. */
function doneAfter({ doers, done }: Done, fact: ProcedureEvent, { metadata, revision }: RecordedEvent, optionOpen: boolean): Done {
  // Another version may have written what this one does not know.
  const action = actionOf(fact) as AnyAction | 'migrate' | undefined;
  if (fact.type === 'ProcedureSimplified') return { doers: [], done: [] };
  const stays = (one: string): boolean => optionOpen || !isOnOption(one);
  const kept = { doers: doers.filter(stays), done: done.filter(stays) };
  if (action === undefined || action === 'migrate') return kept;
  const { id, onBehalfOf } = metadata.actor;
  const acting = 'by' in fact.data ? fact.data.by : onBehalfOf === undefined ? [id] : [id, onBehalfOf];
  if (fact.type === 'RecordCorrected') {
    const corrected = kept.done.find((one) => one.endsWith(`:${String(fact.data.revision)}`))?.split(':')[0];
    if (corrected === undefined) return kept;
    return { ...kept, doers: [...new Set([...kept.doers, ...acting.map((person) => `${corrected}:${person}`)])] };
  }
  if (optionActions.includes(action) && !optionOpen) return kept;
  const goesOn = (one: string): boolean => !one.startsWith(`${action}:`) && !(fact.type === 'OptionProposed' && isOnOption(one));
  return {
    doers: [...kept.doers.filter(goesOn), ...acting.map((person) => `${action}:${person}`)],
    done: [...kept.done.filter(goesOn), `${action}:${String(revision)}`],
  };
}

const isOnOption = (one: string): boolean => optionActions.some((action) => one.startsWith(`${action}:`));
