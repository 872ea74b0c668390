import { setImmediate as turn } from 'node:timers/promises';
import type { Directory, Person } from '#identity';
import type { Database } from '#platform';
import { effectiveValues, mayOpen, selectedProcedures } from '#procedures';
import type { ProcedureDesk } from '#procedures/commands';
import { decidedBy, isDecision } from '#reporting';
import type { DecisionAsked, Paper } from '#reporting';
import { Problem } from '../http/problem.js';
import type { SeenProcedure } from '../procedures/known-procedure.js';
import type { PaperQuery } from './papers.dto.js';

/** A procedure of a paper as it stands. */
type Selected = { readonly id: string } & NonNullable<Awaited<ReturnType<ProcedureDesk['findNewest']>>>;

/** Finds the procedures that a paper is asked for, as far as whoever asks may see them. */
export class PaperSelection {
  constructor(
    private readonly database: Database,
    private readonly desk: ProcedureDesk,
    private readonly seen: SeenProcedure,
    private readonly directory: Directory,
  ) {}

  /** One after the other, in the order in which they were asked for, or were registered: whoever has enough reads no more. @throws Problem, TooBusy */
  async *of(paper: Paper, query: PaperQuery, by: Person): AsyncGenerator<Selected, void> {
    mustFit(paper, query);
    const { procedures } = query;
    if (procedures !== undefined) return yield* this.named([...new Set(procedures.toLowerCase().split(','))], paper, by);
    const decision = decisionIn(query);
    const sight = this.directory.sightOf(by);
    const limit = paper.mostProcedures + 1;
    if (decision && paper.selectedBy !== 'filters' && paper.selectedBy !== undefined) {
      // What a decision put in force everybody may see, whoever owns it; of each it is asked below.
      const ids = await decidedBy(this.database, paper.selectedBy, { decision, sight: { ...sight, units: null }, limit });
      return yield* this.open(within(paper, ids), (found) => mayOpen(sight, found.state) && this.isOf(paper, found, decision));
    }
    const { kind, group, field, unit } = query;
    const units = unit === undefined ? undefined : this.directory.units().subtree(unit.toLowerCase());
    const ids = await selectedProcedures(this.database, { kind, group, field, units, sight, sort: 'registered', limit });
    yield* this.open(within(paper, ids), ({ state }) => mayOpen(sight, state));
  }

  /** Whoever names one that is not there for them is told so. */
  private async *named(ids: readonly string[], paper: Paper, by: Person): AsyncGenerator<Selected, void> {
    for (const id of ids) if (!(await this.seen.isSeen(id, by))) throw new Problem('not-found');
    yield* this.open(within(paper, ids), () => true);
  }

  private async *open(ids: readonly string[], isIn: (found: Selected) => boolean): AsyncGenerator<Selected, void> {
    let isNone = true;
    for (const id of ids) {
      // What is read from memory takes no turn of the event loop, and others wait for one.
      await turn();
      const found = await this.desk.findNewest(id);
      if (!found || !isIn({ id, ...found })) continue;
      isNone = false;
      yield { id, ...found };
    }
    if (isNone) throw new Problem('not-found');
  }

  /** The view may be behind: what was corrected meanwhile is another decision's. */
  private isOf({ selectedBy }: Paper, { state }: Selected, decision: DecisionAsked): boolean {
    const { decision: published, options } = effectiveValues(state);
    const decisions = selectedBy === 'publication' ? [published] : options.map((option) => option.decision);
    return decisions.some((one) => one !== undefined && isDecision(one, decision));
  }
}

export const decisionIn = ({ decision, decidedOn }: PaperQuery): DecisionAsked | undefined =>
  decision === undefined ? undefined : { number: decision.normalize('NFC').trim(), date: decidedOn };

function within({ mostProcedures }: Paper, ids: readonly string[]): readonly string[] {
  if (ids.length <= mostProcedures) return ids;
  const message = `would hold more than ${String(mostProcedures)} procedures`;
  throw new Problem('invalid-query', {
    detail: `The paper ${message}; ask for fewer.`,
    errors: [{ path: '', message, vi: `sẽ có hơn ${String(mostProcedures)} thủ tục` }],
  });
}

/** What the query names fits the paper and does not say two things. @throws Problem */
function mustFit({ selectedBy }: Paper, query: PaperQuery): void {
  const { procedures, decision, decidedOn, option } = query;
  const wrong = (path: string, message: string, vi: string): Problem => new Problem('invalid-query', { errors: [{ path, message, vi }] });
  const filter = (['kind', 'group', 'unit', 'field'] as const).find((name) => query[name] !== undefined);
  const takesDecision = selectedBy === 'publication' || selectedBy === 'approval';
  if (filter !== undefined && (selectedBy !== 'filters' || procedures !== undefined)) throw wrong(filter, 'does not go with this paper', 'không dùng được với văn bản này');
  if (decision !== undefined && (!takesDecision || procedures !== undefined)) throw wrong('decision', 'does not go with this paper', 'không dùng được với văn bản này');
  if (decidedOn !== undefined && decision === undefined) throw wrong('decidedOn', 'needs a decision', 'cần có số quyết định');
  if (option !== undefined && procedures?.includes(',') !== false) throw wrong('option', 'needs one procedure', 'cần đúng một thủ tục');
  if (procedures === undefined && decision === undefined && selectedBy !== 'filters') throw wrong('procedures', takesDecision ? 'must be named, or decision instead' : 'must be named', takesDecision ? 'phải nêu, hoặc nêu số quyết định' : 'phải nêu');
} // prettier-ignore
