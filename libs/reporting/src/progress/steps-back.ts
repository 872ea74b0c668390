import type { Metric } from '#programmes';
import { NotCovered, plusDays } from '#workflow';
import type { AnyAction, CalendarDays, LifecycleDefinition } from '#workflow';

/** What is left to be done to a procedure: an action, in the stage that it stands in before. */
export interface StepLeft {
  readonly stage: string;
  readonly action: AnyAction;
}

/** By which action a procedure comes to count for a target. */
export const goals: Readonly<Record<Metric, AnyAction>> = {
  published: 'publish',
  optionProposed: 'propose-option',
  optionApproved: 'approve-option',
  simplified: 'implement-option',
  proceduresCut: 'implement-option',
  costCut: 'implement-option',
  timeCut: 'implement-option',
  conditionsCut: 'implement-option',
};

/** The fewest steps that move work on from the stage up to that action, it included; null where no way leads there. */
export function stepsTo(goal: AnyAction, { transitions, stages }: LifecycleDefinition, from: string): readonly StepLeft[] | null {
  const ways: { readonly stage: string; readonly steps: readonly StepLeft[] }[] = [{ stage: from, steps: [] }];
  const seen = new Set([from]);
  for (const { stage, steps } of ways) {
    if (stages[stage] === undefined) continue;
    for (const { action, worklist, from: leaves, to } of transitions) {
      if (!worklist || (leaves === 'open' ? stages[stage].end === true : !leaves.includes(stage))) continue;
      const next = [...steps, { stage, action }];
      if (action === goal) return next;
      // What stays, or goes back to where it came from, leads nowhere new.
      if (to === 'same' || to === 'origin' || seen.has(to)) continue;
      seen.add(to);
      ways.push({ stage: to, steps: next });
    }
  }
  return null;
}

/** On what an expected stay rests: on nine of ten stays that ended, on the limit of the lifecycle, or on nothing that is known. */
type StayBasis = 'p90' | 'limit' | 'assumed';

/** How long something is expected to stay in a stage, in working days. */
export interface ExpectedStay {
  readonly days: number;
  readonly basis: StayBasis;
}

/** A step with the last day on which it can be done. */
export interface DatedStep extends StepLeft {
  /** How long it is expected to wait in the stage for it. */
  readonly stay: ExpectedStay;
  /** The last day on which it can be done so that those after it still have their time; null where no calendar covers it. */
  readonly latestOn: string | null;
}

/** The steps dated backwards: the last one on the last working day up to the deadline, each other before it so many working days that the one after it is expected to wait. */
export function datedBack(
  steps: readonly StepLeft[],
  { deadline, days, stayIn }: { readonly deadline: string; readonly days: CalendarDays; readonly stayIn: (step: StepLeft) => ExpectedStay },
): readonly DatedStep[] {
  const dated: DatedStep[] = [];
  let latestOn: string | null = daysBefore(deadline, 0, days) ?? deadline;
  for (const step of [...steps].reverse()) {
    const stay = stayIn(step);
    dated.unshift({ ...step, stay, latestOn });
    latestOn = latestOn === null ? null : daysBefore(latestOn, stay.days, days);
  }
  return dated;
}

/** The last working day after which so many working days follow up to that date, it included; null where no calendar covers it. */
function daysBefore(date: string, number: number, days: CalendarDays): string | null {
  try {
    let day = date;
    while (days.between(day, date) < number || days.between(plusDays(day, -1), day) === 0) day = plusDays(day, -1);
    return day;
  } catch (error) {
    if (error instanceof NotCovered) return null;
    throw error;
  }
}
