import { conditionsOf } from '#procedures';
import type { ListCondition, ProcedureFilters } from '#procedures';
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
  readonly waiting: number;
  readonly claimed: number;
}

type Rule = Omit<Workplace, 'units'> & { readonly rule: WorklistRule; readonly authority: AuthorityPolicy };

/** Whom work waits for, as the lifecycles and units stand: where a role of that unit or of one above would do, the nearest unit. */
export class Waiting {
  constructor(
    private readonly database: Database,
    private readonly definitions: Definitions,
  ) {}

  /** What waits, by the unit that it waits for and the unit that owns it. Work that either of two units may do counts at both. @throws Unavailable */
  async report(filters: Pick<ProcedureFilters, 'sight' | 'units'>, tree: UnitTree): Promise<readonly WaitingWork[]> {
    const values: unknown[] = [];
    const conditions = ['r.number > 0', `r.waits <> ''`, ...conditionsOf(filters, (value) => `$${String(values.push(value))}`)];
    const { rows } = await this.database.pool.query<AlikeRow>(
      `SELECT r.owning_unit AS owner, r.waits, r.complete, r.ever_published AS published, r.option_open AS "option",
         sum(r.number)::integer AS waiting, coalesce(sum(r.number) FILTER (WHERE r.claimed_by <> ''), 0)::integer AS claimed
       FROM views.work_alike r WHERE ${conditions.join(' AND ')} GROUP BY 1, 2, 3, 4, 5`,
      values,
    );
    const rules = new Map<string, Rule[]>();
    for (const rule of await this.rules()) rules.set(workKey(rule), [...(rules.get(workKey(rule)) ?? []), rule]);
    const reach = new Reach(tree);
    const found = new Map<string, WaitingWork>();
    for (const row of rows) {
      const units = (rules.get(row.waits) ?? []).flatMap((one) =>
        isMet(one.conditions, row) ? (reach.nearestFor(one.rule, row.owner, one.authority) ?? []) : [],
      );
      for (const unit of new Set(units)) {
        const key = `${unit}/${row.owner}`;
        const before = found.get(key) ?? { unit, owner: row.owner, waiting: 0, claimed: 0 };
        found.set(key, { ...before, waiting: before.waiting + row.waiting, claimed: before.claimed + row.claimed });
      }
    }
    return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, work]) => work);
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
