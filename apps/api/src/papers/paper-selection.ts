import { setImmediate as turn } from 'node:timers/promises';
import type { EventStore } from '#event-store';
import type { Directory, Person } from '#identity';
import type { Database } from '#platform';
import { effectiveValues, mayOpen, stateUpTo } from '#procedures';
import type { RegisteredProcedure } from '#procedures';
import type { ProcedureDesk } from '#procedures/commands';
import { isDecision, selectedForPaper } from '#reporting';
import type { DecisionAsked, Paper } from '#reporting';
import type { UnitTree } from '#workflow';
import { Problem } from '../http/problem.js';
import type { SeenProcedure } from '../procedures/known-procedure.js';
import type { PaperQuery } from './papers.dto.js';

/** A procedure of a paper, as the paper speaks of it. */
interface Selected {
  readonly id: string;
  readonly state: RegisteredProcedure;
  /** Of the newest of its events that are in it. */
  readonly position: bigint;
  /** As it stands, whatever the paper speaks of. */
  readonly present: RegisteredProcedure;
}

/** For whom procedures are sought, and as of when. */
interface Seeking {
  readonly by: Person;
  /** Null: as they stand. */
  readonly position: bigint | null;
  /** The units of then. */
  readonly tree: UnitTree;
}

/** Finds the procedures that a paper is asked for, as far as whoever asks may see them. */
export class PaperSelection {
  constructor(
    private readonly log: { readonly store: EventStore; readonly database: Database },
    private readonly desk: ProcedureDesk,
    private readonly seen: SeenProcedure,
    private readonly directory: Directory,
  ) {}

  /** One after the other, in the order in which they were asked for, or were registered: whoever has enough reads no more. @throws Problem, TooBusy */
  async *of(paper: Paper, query: PaperQuery, seeking: Seeking): AsyncGenerator<Selected, void> {
    mustFit(paper, query);
    let isNone = true;
    for await (const selected of query.procedures === undefined ? this.sought(paper, query, seeking) : this.named(query.procedures, paper, seeking)) {
      isNone = false;
      yield selected;
    }
    if (isNone) throw new Problem('not-found');
  } // prettier-ignore

  private async *sought(paper: Paper, query: PaperQuery, { by, position, tree }: Seeking): AsyncGenerator<Selected, void> {
    const { kind, group, field, unit } = query;
    const decision = decisionIn(query);
    const sight = this.directory.sightOf(by);
    const limit = paper.mostProcedures + 1;
    if (decision && paper.selectedBy !== 'filters' && paper.selectedBy !== undefined) {
      // What a decision put in force everybody may see, whoever owns it; of each it is asked below.
      const decided = { by: paper.selectedBy, decision };
      const ids = await selectedForPaper(this.log.database, { decided, position, sight: { ...sight, units: null }, limit });
      return yield* this.open(within(paper, ids), position, (found) => mayOpen(sight, found.present) && this.isOf(paper, found, decision));
    }
    const units = unit === undefined ? undefined : tree.subtree(unit.toLowerCase());
    const ids = await selectedForPaper(this.log.database, { kind, group, field, units, position, sight, limit });
    yield* this.open(within(paper, ids), position, ({ present }) => mayOpen(sight, present));
  } // prettier-ignore

  /** Whoever names one that is not there for them is told so, and one that was not there then. */
  private async *named(names: string, paper: Paper, { by, position }: Seeking): AsyncGenerator<Selected, void> {
    const ids = [...new Set(names.toLowerCase().split(','))];
    for (const id of ids) if (!(await this.seen.isSeen(id, by))) throw new Problem('not-found');
    for (const id of within(paper, ids)) {
      const found = await this.read(id, position);
      if (!found) throw notYet(id);
      yield found;
    }
  }

  private async *open(ids: readonly string[], position: bigint | null, isIn: (found: Selected) => boolean): AsyncGenerator<Selected, void> {
    for (const id of ids) {
      const found = await this.read(id, position);
      if (found && isIn(found)) yield found;
    }
  }

  /** Null where it was not there. */
  private async read(id: string, position: bigint | null): Promise<Selected | null> {
    // What is read from memory takes no turn of the event loop, and others wait for one.
    await turn();
    const present = await this.desk.findNewest(id);
    const found = position === null ? present : await stateUpTo(this.log.store, id, position);
    return present && found && { id, state: found.state, position: found.position, present: present.state };
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

const notYet = (id: string): Problem =>
  new Problem('invalid-query', {
    detail: `Procedure ${id} was not registered yet at that moment.`,
    errors: [{ path: 'asOf', message: `must not lie before the registration of ${id}`, vi: `không được trước khi đăng ký thủ tục ${id}` }],
  });

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
