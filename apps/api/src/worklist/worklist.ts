import { Directory } from '#identity';
import type { Database } from '#platform';
import { allowedClaims, countListed, countWork, heldWork, performerOf, worklist } from '#worklist';
import { workFor } from '#procedures';
import type { DecisionContext, RegisteredProcedure } from '#procedures';
import type { WorkItem, Performer } from '#worklist';
import { ProcedureDesk } from '#procedures/commands';
import type { Definitions } from '#workflow';
import { askersFor } from '../http/sent.js';
import type { Asker } from '../http/sent.js';
import { loadedOnce } from '../reading/loaded-once.js';
import type { WorkCountsAnswer, WorklistAnswer, WorklistQuery } from './worklist.dto.js';

const pageSize = 50;

/** A page without what is told of due dates. */
interface Listed extends Pick<WorklistAnswer, 'nextCursor' | 'total'> {
  readonly items: readonly Omit<WorklistAnswer['items'][number], 'due'>[];
}

/** What is open to somebody on a procedure. */
type Open = Pick<WorklistAnswer['items'][number], 'actions' | 'claiming'>;
const nothing: Open = { actions: [], claiming: [] };

type ContextOf = (state: RegisteredProcedure) => Promise<DecisionContext>;

/** Tells people which work waits for them, their units and others. */
export class Worklist {
  constructor(
    private readonly database: Database,
    private readonly definitions: Definitions,
    private readonly directory: Directory,
    private readonly desk: ProcedureDesk,
  ) {}

  /** @throws InvalidCursor */
  async list(query: WorklistQuery, by: Asker): Promise<Listed> {
    const { scope = 'mine', kind, group, field, classification, stage, q, unit, sort, cursor, limit } = query;
    const askers = askersFor(by, this.directory);
    const performer = await this.performerOf(askers);
    const units = unit === undefined ? undefined : this.directory.units().subtree(unit.toLowerCase());
    const listed = { scope, kind, group, field, classification, stage, q, units };
    const page = await worklist(this.database, performer, { ...listed, sort, cursor, limit: Number(limit ?? pageSize) });
    const total = query.total === 'true' ? await countListed(this.database, performer, listed) : undefined;
    const contexts = askers.map((one) => this.contextsOf(one));
    const items = await Promise.all(
      page.items.map(async ({ as, ...item }) => {
        const each = await Promise.all(contexts.map((contextOf) => this.openOn(item, contextOf)));
        // Elsewhere than in one's own list a colleague's claim leaves open who may act besides.
        const open = each.findIndex(({ actions }) => actions.length > 0);
        const chosen = scope === 'mine' || (each[as]?.actions ?? []).length > 0 || open === -1 ? as : open;
        const claim = item.claim && { ...item.claim, name: this.directory.person(item.claim.person)?.name ?? null };
        return { ...item, ...(each[chosen] ?? nothing), actingFor: askers[chosen]?.actingFor?.id ?? null, claim };
      }),
    );
    // What somebody did since the view came so far is no longer theirs to do.
    const left = items.filter(({ actions }) => scope !== 'mine' || actions.length > 0);
    return { items: left, nextCursor: page.nextCursor, ...(total && { total }) };
  }

  async counts(by: Asker): Promise<Omit<WorkCountsAnswer, 'asOf'>> {
    return countWork(this.database, await this.performerOf(askersFor(by, this.directory)));
  }

  private async openOn({ id, revision, claim }: Omit<WorkItem, 'as'>, contextOf: ContextOf): Promise<Open> {
    const found = await this.desk.find(id, revision);
    if (!found) return nothing;
    const { state } = found;
    const context = await contextOf(state);
    const asked = { procedure: id, state, actor: context, mayHold: () => true };
    return { actions: [...workFor(state, context)], claiming: [...allowedClaims(claim?.person ?? null, asked)] };
  }

  /** What the rules look at is the same for all procedures of a page that keep one lifecycle version. */
  private contextsOf(by: Asker): ContextOf {
    return loadedOnce(
      (state: RegisteredProcedure) => this.desk.contextOf(state, by),
      ({ definition }) => `${definition.id}@${String(definition.version)}`,
    );
  }

  private async performerOf([by, ...others]: readonly [Asker, ...Asker[]]): Promise<Performer> {
    const [definitions, held] = await Promise.all([this.definitions.all(), heldWork(this.database)]);
    const lifecycles = await Promise.all(
      definitions.map(async (definition) => {
        const { id, version } = definition.authority;
        return { definition, authority: await this.definitions.authority(id, version) };
      }),
    );
    const stranded = held.filter((claim) => !this.directory.sees(claim.person, claim));
    const standingIn = others.flatMap(({ actingFor }) => actingFor ?? []);
    return performerOf(by, lifecycles, { units: this.directory.units(), today: this.directory.date(), stranded, standingIn });
  }
}
