import { conditionsOf, ownerColumn } from '#procedures';
import type { ListCondition, ProcedureFilters, Restated } from '#procedures';
import type { Database } from '#platform';
import { Reach, worklistRules } from '#workflow';
import type { AuthorityPolicy, Definitions, UnitTree, WorkConditions, WorklistRule } from '#workflow';
import { kindOfWork } from './performer.js';
import type { Workplace } from './performer.js';
import { workKey } from './work.js';
import { placesIn } from './worklist.js';

/** How much work of a unit waits for people at a unit, which may be the same. */
export interface WaitingWork {
  /** Unit id: where somebody may do it next. */
  readonly unit: string;
  /** Unit id: whose procedures they are. */
  readonly owner: string;
  readonly waiting: number;
  /** Of these, those that somebody has claimed. */
  readonly claimed: number;
}

interface AlikeRow {
  readonly owner: string;
  readonly waits: string;
  readonly complete: boolean;
  readonly published: boolean;
  readonly option: boolean;
}

/** An event that changed what waits. */
export interface WaitingChange {
  readonly procedure: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly type: string;
  readonly at: Date;
  /** Null where nothing waited, or nothing that the reader may see. */
  readonly before: (AlikeRow & { readonly claimed: boolean }) | null;
  readonly now: WaitingChange['before'];
}

type Parameter = (value: unknown) => string;

/** Of rows `r` of what is alike, and of its past. */
const alikeColumns = (filters: Restated, parameter: Parameter): string =>
  `${ownerColumn(filters, parameter)} AS owner, r.waits, r.complete, r.ever_published AS published, r.option_open AS "option"`;
const isClaimed = `r.claimed_by <> ''`;

const waitingAt = (position: bigint, parameter: Parameter): string =>
  `(SELECT DISTINCT ON (p.procedure) p.*, 1 AS number FROM views.past_work p WHERE p.position <= ${parameter(String(position))} ORDER BY p.procedure, p.position DESC)`;

type Rule = Omit<Workplace, 'units'> & { readonly rule: WorklistRule; readonly authority: AuthorityPolicy };

/** Whom work waits for, as the lifecycles and units stand: where a role of that unit or of one above would do, the nearest unit. */
export class Waiting {
  constructor(
    private readonly database: Database,
    private readonly definitions: Definitions,
  ) {}

  /** What waits, by the unit that it waits for and the unit that owns it. Work that either of two units may do counts at both. @throws Unavailable */
  async report(
    {
      position,
      ...filters
    }: Pick<ProcedureFilters, 'sight' | 'units'> &
      Restated & {
        /** As it waited there, for the units as they stand. (Default: as it waits) */
        readonly position?: bigint | undefined;
      },
    tree: UnitTree,
  ): Promise<readonly WaitingWork[]> {
    const values: unknown[] = [];
    const parameter: Parameter = (value) => `$${String(values.push(value))}`;
    const from = position === undefined ? 'views.work_alike' : waitingAt(position, parameter);
    const { rows } = await this.database.pool.query<AlikeRow & Pick<WaitingWork, 'waiting' | 'claimed'>>(
      `SELECT ${alikeColumns(filters, parameter)}, sum(r.number)::integer AS waiting, coalesce(sum(r.number) FILTER (WHERE ${isClaimed}), 0)::integer AS claimed
       FROM ${from} r WHERE ${['r.number > 0', `r.waits <> ''`, ...conditionsOf(filters, parameter)].join(' AND ')} GROUP BY 1, 2, 3, 4, 5`,
      values,
    );
    const unitsOf = await this.unitsFor(tree);
    const found = new Map<string, WaitingWork>();
    for (const row of rows) {
      const owner = tree.present(row.owner)?.id ?? row.owner;
      for (const unit of unitsOf(row)) {
        const key = `${unit}/${owner}`;
        const before = found.get(key) ?? { unit, owner, waiting: 0, claimed: 0 };
        found.set(key, { ...before, waiting: before.waiting + row.waiting, claimed: before.claimed + row.claimed });
      }
    }
    return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, work]) => work);
  }

  /** Each event that changed what waits, in the order of the log, with what waited before it and after it. @throws Unavailable */
  async changes(
    filters: Pick<ProcedureFilters, 'sight' | 'units'> & Restated,
    {
      after,
      upTo,
      limit,
    }: { readonly after: readonly [position: string, procedure: string]; readonly upTo: bigint | undefined; readonly limit: number },
  ): Promise<readonly WaitingChange[]> {
    const values: unknown[] = [];
    const parameter: Parameter = (value) => `$${String(values.push(value))}`;
    const waited = (comparison: '<' | '<='): string =>
      `SELECT to_jsonb(x) AS work FROM (SELECT ${alikeColumns(filters, parameter)}, ${isClaimed} AS claimed
         FROM (SELECT p.* FROM views.past_work p WHERE p.procedure = e.procedure AND p.position ${comparison} e.position ORDER BY p.position DESC LIMIT 1) r
         WHERE ${[`r.waits <> ''`, ...conditionsOf(filters, parameter)].join(' AND ')}) x`;
    const { rows } = await this.database.pool.query<Omit<WaitingChange, 'position'> & { readonly shown: string }>(
      `SELECT e.procedure, e.stream, e.revision, e.position::text AS shown, e.type, e.recorded_at AS at, b.work AS before, n.work AS now
       FROM (SELECT p.* FROM views.past_work p WHERE (p.position, p.procedure) > (${parameter(after[0])}::bigint, ${parameter(after[1])}::uuid)
           ${upTo === undefined ? '' : `AND p.position <= ${parameter(String(upTo))}`} ORDER BY p.position, p.procedure LIMIT ${parameter(limit)}) e
       LEFT JOIN LATERAL (${waited('<')}) b ON true LEFT JOIN LATERAL (${waited('<=')}) n ON true ORDER BY e.position, e.procedure`,
      values,
    );
    return rows.map(({ shown, ...change }) => ({ ...change, position: shown }));
  }

  /** At which units it waits: of each that may do it next, the nearest. @throws Unavailable */
  async unitsFor(tree: UnitTree): Promise<(work: AlikeRow) => ReadonlySet<string>> {
    const rules = new Map<string, Rule[]>();
    for (const rule of await this.rules()) rules.set(workKey(rule), [...(rules.get(workKey(rule)) ?? []), rule]);
    const reach = new Reach(tree);
    return (work) =>
      new Set(
        (rules.get(work.waits) ?? []).flatMap((one) =>
          isMet(one.conditions, work) ? (reach.nearestFor(one.rule, work.owner, one.authority) ?? []) : [],
        ),
      );
  }

  /** The condition that a procedure of the register waits for people at the unit. */
  async condition(unit: string, tree: UnitTree): Promise<ListCondition> {
    const reach = new Reach(tree);
    const places = (await this.rules()).map((one) => ({ ...one, units: reach.nearestOwnersFor(one.rule, unit, one.authority) }));
    return (parameter) => `EXISTS (SELECT FROM views.work w WHERE w.procedure = r.id AND ${placesIn(places, parameter)})`;
  }

  private async rules(): Promise<readonly Rule[]> {
    const all = await this.definitions.all();
    const each = await Promise.all(
      all.map(async (definition) => {
        const authority = await this.definitions.authority(definition.authority.id, definition.authority.version);
        return worklistRules(definition, authority).map((rule) => ({ ...kindOfWork(definition, rule), rule, authority }));
      }),
    );
    return each.flat();
  }
}

function isMet({ parts, published, option }: WorkConditions, row: AlikeRow): boolean {
  if (parts && !row.complete) return false;
  if (published !== null && row.published !== (published === 'ever')) return false;
  return option === null || row.option === (option === 'open');
}
