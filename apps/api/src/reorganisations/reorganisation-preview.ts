import type { Unmet } from '#event-store';
import type { Directory, Person } from '#identity';
import { countProcedures } from '#procedures';
import { countOpenRecommendations, countTargetsOf } from '#programmes';
import { whichCondition } from '#reorganisation';
import type { Act, Reorganisations, Step, Which } from '#reorganisation';
import type { Sight } from '#workflow';
import { countClaimed, listTasks } from '#worklist';
import type { Views } from '../reading/views.js';
import type { Settings } from '../settings.js';
import type { PreviewAnswer } from './reorganisations.dto.js';

/** Counted one by one. */
const mostTasks = 200;
const everything: Which = { exceptFields: [] };
const views = ['register', 'work', 'tasks', 'programmes', 'inspections', 'steering-boards'] as const;

/** What steps would move today, as far as somebody sees it, and what stands against them. */
export class ReorganisationPreview {
  constructor(
    private readonly reorganisations: Reorganisations,
    private readonly directory: Directory,
    private readonly views: Views,
    private readonly settings: Settings,
  ) {}

  async of(steps: readonly Step[], person: Person, minPosition?: string): Promise<Omit<PreviewAnswer, 'unmet'> & { readonly unmet: readonly Unmet[] }> {
    const { asOf, sight } = await this.views.open(views, { minPosition }, person);
    const { acts, unmet } = this.reorganisations.judge(steps, person);
    const moved: PreviewAnswer['steps'] = [];
    for (const own of acts) moved.push(await this.movedBy(own, sight));
    return { asOf, steps: moved, unmet: [...unmet, ...(await this.unseen(steps, sight))] };
  } // prettier-ignore

  /** Which steps name procedures that somebody does not see there now. */
  async unseenIn(steps: readonly Step[], person: Person): Promise<readonly Unmet[]> {
    const { sight } = await this.views.open(['register'], {}, person);
    return this.unseen(steps, sight);
  }

  /** Single procedures that are not there, for whoever plans: not seen, or kept elsewhere. */
  private async unseen(steps: readonly Step[], sight: Sight): Promise<readonly Unmet[]> {
    const unmet: Unmet[] = [];
    for (const [index, step] of steps.entries()) {
      if (step.kind !== 'transfer' || !('procedures' in step.which)) continue;
      const { count } = await this.count(step.unit, step.which, sight);
      if (count === step.which.procedures.length) continue;
      unmet.push({ code: 'not-kept-there', message: 'Not all of these procedures are kept by the unit.', path: `steps.${String(index)}` });
    }
    return unmet;
  }

  private count(unit: string, which: Which, sight: Sight): ReturnType<typeof countProcedures> {
    const units = this.directory.units().standingFor(unit);
    return countProcedures(this.settings.database, { sight, units, among: [whichCondition(which)] });
  }

  private async movedBy(acts: readonly Act[], sight: Sight): Promise<PreviewAnswer['steps'][number]> {
    const { database } = this.settings;
    const tree = this.directory.units();
    const today = this.directory.date();
    let procedures = { count: 0, more: false };
    let claims = 0;
    for (const act of acts) {
      if (act.act === 'move' || act.act === 'close') continue;
      const [unit, which] = act.act === 'merge' ? [act.unit, everything] : [act.from, act.which];
      const { count, more } = await this.count(unit, which, sight);
      procedures = { count: procedures.count + count, more: procedures.more || more };
      claims += await countClaimed(database, { sight, units: tree.standingFor(unit), among: [whichCondition(which)] });
    }
    const ending = [...new Set(acts.flatMap((act) => (act.act === 'merge' || act.act === 'close' ? [act.unit] : [])))];
    const standing = ending.flatMap((unit) => tree.standingFor(unit));
    const holders = this.directory.people().filter(({ grants }) => grants.some(({ unit, to = today }) => standing.includes(unit) && to >= today));
    const tasks = await listTasks(database, {
      ...{ units: standing, side: 'asked', state: 'open', today, clearance: sight.clearance, limit: mostTasks },
    });
    return {
      ...{ procedures, claims, ending },
      people: holders.filter(({ isProgram }) => !isProgram).length,
      programs: holders.filter(({ isProgram }) => isProgram).length,
      openTasks: { count: tasks.items.length, more: tasks.nextCursor !== null },
      targets: await countTargetsOf(database, standing),
      recommendations: await countOpenRecommendations(database, standing),
    };
  } // prettier-ignore
}
