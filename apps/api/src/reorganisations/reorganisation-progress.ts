import type { Person } from '#identity';
import type { Database } from '#platform';
import { classifiedIn } from '#procedures';
import { countMoved, listReorganisations } from '#reorganisation';
import type { Reorganisation, Step } from '#reorganisation';
import { classifications, isCleared, sees } from '#workflow';
import type { Classification, Sight } from '#workflow';
import type { Views } from '../reading/views.js';
import { shownStep } from './plan-of.js';
import type { ReorganisationAnswer, ReorganisationsAnswer } from './reorganisations.dto.js';

/** How far a reorganisation has come, as far as somebody sees it. */
export class ReorganisationProgress {
  constructor(
    private readonly database: Database,
    private readonly views: Views,
  ) {}

  async list(asked: Parameters<typeof listReorganisations>[1], minPosition: string | undefined): Promise<ReorganisationsAnswer> {
    const asOf = await this.views.freshness(['reorganisations'], { minPosition });
    const { items, nextCursor } = await listReorganisations(this.database, asked);
    return { asOf, items: [...items], nextCursor };
  }

  /** What is shown to somebody, and whether that is all procedures which the steps name. */
  async of(
    id: string,
    state: Reorganisation,
    person: Person,
    minPosition: string | undefined,
  ): Promise<{ readonly shown: Omit<ReorganisationAnswer, 'revision' | 'unmet' | 'allowed'>; readonly seesAll: boolean }> {
    const { sight } = await this.views.open(['register'], { minPosition }, person);
    const { plan, by, begun, completedOn, reason, done } = state;
    const isShown = await this.shown(plan.steps, sight);
    const current =
      begun && done.length < plan.steps.length ? await countMoved(this.database, { reorganisation: id, step: done.length }) : {};
    const shown = {
      ...{ id, title: plan.title, decision: plan.decision, effectiveOn: plan.effectiveOn, state: state.state },
      steps: plan.steps.map((step) => shownStep(step, isShown)),
      progress: plan.steps.map((_, step) => ({
        state: stateOf(state, step),
        moved: total(done[step] ?? (step === done.length ? current : {}), sight.clearance),
      })),
      ...{ by, begunOn: begun?.on ?? null, completedOn, reason },
    };
    return { shown, seesAll: namedIn(plan.steps).every(isShown) };
  }

  /** Whether somebody sees all procedures that the steps name. */
  async seesAll(steps: readonly Step[], person: Person): Promise<boolean> {
    const { sight } = await this.views.open(['register'], {}, person);
    return namedIn(steps).every(await this.shown(steps, sight));
  }

  private async shown(steps: readonly Step[], sight: Sight): Promise<(procedure: string) => boolean> {
    const ids = namedIn(steps);
    const classified = ids.length === 0 ? new Map<string, never>() : await classifiedIn(this.database, ids);
    return (procedure) => {
      const one = classified.get(procedure);
      return one !== undefined && sees(sight, one);
    };
  }
}

/** Ids of procedures that steps name one by one. */
const namedIn = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap((step) => (step.kind === 'transfer' && 'procedures' in step.which ? step.which.procedures : []));

function stateOf({ state, done, begun }: Reorganisation, step: number): string {
  if (step < done.length) return 'done';
  if (state === 'cancelled' || step > done.length) return state === 'cancelled' ? 'cancelled' : 'waiting';
  return state === 'halted' ? 'halted' : begun ? 'running' : 'waiting';
}

/** Those up to a clearance. */
function total(counts: Readonly<Record<string, number>>, clearance: Classification): number {
  return classifications.reduce((sum, one) => sum + (isCleared(clearance, one) ? (counts[one] ?? 0) : 0), 0);
}
