import { InvalidBody, Rejected, weightOf } from '#event-store';
import type { Decider, FieldError, Unmet } from '#event-store';
import { administeringRole } from '#workflow';
import type { HeldRole } from '#workflow';
import { judged, wrongIn } from './judged.js';
import type { Circumstances } from './judged.js';
import { unitsIn } from './steps.js';
import type { Act, Step } from './steps.js';

/** What is to become of units, and by what it was decided. */
export interface Plan {
  readonly title: string;
  readonly decision: { readonly number: string; readonly date: string };
  /** YYYY-MM-DD in Vietnam: it is done on that day. */
  readonly effectiveOn: string;
  readonly steps: readonly Step[];
}

/** What the log holds in `reorganisation-<uuid>`. */
export type ReorganisationEvent =
  /** `by` is the person by whose rights it will be done. */
  | { readonly type: 'ReorganisationPlanned'; readonly data: Plan & { readonly by: string } }
  | { readonly type: 'ReorganisationAmended'; readonly data: Plan & { readonly by: string } }
  | { readonly type: 'ReorganisationCancelled'; readonly data: { readonly reason: string } }
  | {
      readonly type: 'ReorganisationBegun';
      readonly data: {
        /** The date in Vietnam. */
        readonly on: string;
        /** What is done for each step, as units stood on that day. */
        readonly acts: readonly (readonly Act[])[];
        /** The roles of `by` that let it be done. */
        readonly roles: readonly HeldRole[];
      };
    }
  /** `moved`: how many procedures were given to another unit, by classification; only those that are not none. */
  | { readonly type: 'ReorganisationStepDone'; readonly data: { readonly step: number; readonly moved: Readonly<Record<string, number>> } }
  | { readonly type: 'ReorganisationHalted'; readonly data: { readonly step: number; readonly unmet: readonly Unmet[] } }
  | { readonly type: 'ReorganisationResumed'; readonly data: { readonly by: string; readonly roles: readonly HeldRole[] } }
  | { readonly type: 'ReorganisationCompleted'; readonly data: { readonly on: string } };

interface PlanContext extends Circumstances {
  /** Who orders it. */
  readonly person: string;
  /** The date in Vietnam. */
  readonly today: string;
}

export type ReorganisationCommand =
  | { readonly action: 'plan-reorganisation'; readonly plan: Plan; readonly context: PlanContext }
  | { readonly action: 'amend-reorganisation'; readonly plan: Plan; readonly context: PlanContext }
  | { readonly action: 'cancel-reorganisation'; readonly reason: string; readonly context: PlanContext }
  | { readonly action: 'resume-reorganisation'; readonly context: PlanContext }
  /** By nobody in person: on its day, with the rights of whoever planned it. */
  | { readonly action: 'begin-reorganisation'; readonly context: PlanContext }
  | { readonly action: 'step-done'; readonly step: number; readonly moved: Readonly<Record<string, number>>; readonly today: string }
  | { readonly action: 'halt-reorganisation'; readonly step: number; readonly unmet: readonly Unmet[] };

export const reorganisationStates = ['planned', 'running', 'halted', 'completed', 'cancelled'] as const;
export type ReorganisationState = (typeof reorganisationStates)[number];

/** As it stands; null before it was planned. */
export interface Reorganisation {
  readonly state: ReorganisationState;
  readonly plan: Plan;
  /** Person id: by whose rights it is done. */
  readonly by: string;
  /** What was fixed when it began; null before. */
  readonly begun: { readonly on: string; readonly acts: readonly (readonly Act[])[]; readonly roles: readonly HeldRole[] } | null;
  /** By step that is done: how many procedures were given away. */
  readonly done: readonly Readonly<Record<string, number>>[];
  /** At which step it stands still and why; null where it does not. */
  readonly halted: { readonly step: number; readonly unmet: readonly Unmet[] } | null;
  /** Why it was cancelled. */
  readonly reason: string | null;
  readonly completedOn: string | null;
  /** Characters of all that is stored, about. */
  readonly stored: number;
}

export const mostSteps = 50;
/** Of one plan: beyond it an event would be too large. */
const mostActs = 1_000;
const mostStored = 900_000;

/** The life of one reorganisation. @throws InvalidBody for what dates and units alone can tell */
export const reorganisation: Decider<ReorganisationCommand, Reorganisation | null, ReorganisationEvent> = {
  initial: null,
  decide: (command, state) => {
    const [wrong, ...more] = wrongFields(command);
    if (wrong) throw new InvalidBody([wrong, ...more]);
    const [first, ...others] = unmetBy(command, state);
    if (first) throw new Rejected([first, ...others]);
    return eventsOf(command, state);
  },
  evolve,
  authority: (command, state) => {
    if (command.action === 'step-done' || command.action === 'halt-reorganisation') return null;
    return governingRole('plan' in command ? command.plan : state?.plan, command.context);
  },
};

function evolve(state: Reorganisation | null, { type, data }: ReorganisationEvent): Reorganisation | null {
  const stored = (state?.stored ?? 0) + weightOf(data);
  switch (type) {
    case 'ReorganisationPlanned':
      return { ...unbegun, ...planIn(data), stored };
    case 'ReorganisationAmended':
      return state && { ...unbegun, ...planIn(data), stored };
    case 'ReorganisationCancelled':
      return state && { ...state, state: 'cancelled', halted: null, reason: data.reason, stored };
    case 'ReorganisationBegun':
      return state && { ...state, state: 'running', halted: null, begun: data, stored };
    case 'ReorganisationStepDone':
      return state && { ...state, done: [...state.done, data.moved], stored };
    case 'ReorganisationHalted':
      return state && { ...state, state: 'halted', halted: data, stored };
    case 'ReorganisationResumed': {
      const { by, roles } = data;
      return state && { ...state, state: state.begun ? 'running' : 'planned', halted: null, by, begun: state.begun && { ...state.begun, roles }, stored };
    }
    case 'ReorganisationCompleted':
      return state && { ...state, state: 'completed', completedOn: data.on, stored };
  }
} // prettier-ignore

const unbegun = { state: 'planned', begun: null, done: [], halted: null, reason: null, completedOn: null } as const;

function planIn({ by, ...plan }: Plan & { readonly by: string }): Pick<Reorganisation, 'by' | 'plan'> {
  return { by, plan };
}

/** What an action needs to be open. */
export function isOpen(action: 'amend' | 'cancel' | 'resume', { state, begun }: Pick<Reorganisation, 'state' | 'begun'>): boolean {
  if (action === 'amend') return begun === null && (state === 'planned' || state === 'halted');
  return action === 'resume' ? state === 'halted' : state !== 'completed' && state !== 'cancelled';
}

/** The role by which somebody orders what concerns these units: as administrator of each of them, or above. Null when none does. */
export function governingRole(plan: Plan | undefined, { by, units }: Pick<Circumstances, 'by' | 'units'>): HeldRole | null {
  const roles = (plan?.steps ?? []).flatMap(unitsIn).map((unit) => administeringRole(by.roles, unit, units));
  return roles.every((one) => one !== null) ? (roles[0] ?? null) : null;
}

function eventsOf(command: ReorganisationCommand, state: Reorganisation | null): readonly ReorganisationEvent[] {
  switch (command.action) {
    case 'plan-reorganisation':
      return [{ type: 'ReorganisationPlanned', data: { ...command.plan, by: command.context.person } }];
    case 'amend-reorganisation':
      return [{ type: 'ReorganisationAmended', data: { ...command.plan, by: command.context.person } }];
    case 'cancel-reorganisation':
      return [{ type: 'ReorganisationCancelled', data: { reason: command.reason } }];
    case 'resume-reorganisation':
      return [{ type: 'ReorganisationResumed', data: { by: command.context.person, roles: administering(command.context) } }];
    case 'begin-reorganisation': {
      const { acts } = judged(state?.plan.steps ?? [], command.context);
      return [{ type: 'ReorganisationBegun', data: { on: command.context.today, acts, roles: administering(command.context) } }];
    }
    case 'step-done': {
      const { step, moved, today } = command;
      const isLast = step + 1 === state?.plan.steps.length;
      return [
        { type: 'ReorganisationStepDone', data: { step, moved } },
        ...(isLast ? [{ type: 'ReorganisationCompleted', data: { on: today } } as const] : []),
      ];
    }
    case 'halt-reorganisation':
      return [{ type: 'ReorganisationHalted', data: { step: command.step, unmet: command.unmet } }];
  }
}

const administering = ({ by }: PlanContext): readonly HeldRole[] => by.roles.filter(({ role }) => role === 'administrator');

function wrongFields(command: ReorganisationCommand): readonly FieldError[] {
  if (!('plan' in command)) return [];
  const { plan, context } = command;
  const unknown = plan.steps.flatMap((step, index) =>
    unitsIn(step).some((unit) => !context.units.get(unit))
      ? [{ path: `steps.${String(index)}`, message: 'names a unit that does not exist', vi: 'nêu một đơn vị không có' }]
      : [],
  );
  if (unknown.length > 0) return unknown;
  return [
    ...(plan.effectiveOn < context.today
      ? [{ path: 'effectiveOn', message: 'must not be before today', vi: 'không được trước hôm nay' }]
      : []),
    ...(plan.decision.date > context.today
      ? [{ path: 'decision.date', message: 'must not be later than today', vi: 'không được sau hôm nay' }]
      : []),
    ...wrongIn(plan.steps, context.units),
  ];
}

const wrongState = (message: string): readonly Unmet[] => [{ code: 'reorganisation-state', message }];

function unmetBy(command: ReorganisationCommand, state: Reorganisation | null): readonly Unmet[] {
  switch (command.action) {
    case 'plan-reorganisation':
      if (state) return [{ code: 'key-reused', message: 'There is another reorganisation under this key.' }];
      return planUnmet(command.plan, 0, command.context);
    case 'amend-reorganisation':
      return [
        ...notTheirs(state?.plan, command.context),
        ...(state && isOpen('amend', state) ? planUnmet(command.plan, state.stored, command.context) : wrongState('It has begun, or was cancelled.')),
      ];
    case 'cancel-reorganisation':
      return [...notTheirs(state?.plan, command.context), ...(state && isOpen('cancel', state) ? [] : wrongState('It is over.'))];
    case 'resume-reorganisation':
      return [
        ...notTheirs(state?.plan, command.context),
        ...(state && isOpen('resume', state) ? [] : wrongState('It does not stand still.')),
        ...fullUnmet(state?.stored ?? 0),
      ];
    case 'begin-reorganisation':
      return state?.state === 'planned' && state.plan.effectiveOn <= command.context.today
        ? planUnmet(state.plan, 0, command.context)
        : wrongState('It is not due.');
    case 'step-done':
      return state?.state === 'running' && state.done.length === command.step ? [] : wrongState('It is not at that step.');
    case 'halt-reorganisation':
      return state && (state.state === 'planned' || state.state === 'running') ? [] : wrongState('It is not under way.');
  }
} // prettier-ignore

function notTheirs(plan: Plan | undefined, context: PlanContext): readonly Unmet[] {
  if (plan && governingRole(plan, context)) return [];
  return [{ code: 'not-authorised', message: 'This is for administrators of all units that it concerns, or of one above.' }];
}

function planUnmet({ steps }: Plan, stored: number, context: PlanContext): readonly Unmet[] {
  const { acts, unmet } = judged(steps, context);
  const isTooLarge = acts.flat().length > mostActs || weightOf(acts) > mostStored;
  const tooLarge = { code: 'record-full', message: `It would take more than ${String(mostActs)} acts: make several of it.` };
  return [...unmet, ...(isTooLarge ? [tooLarge] : []), ...fullUnmet(stored)];
}

function fullUnmet(stored: number): readonly Unmet[] {
  if (stored < mostStored) return [];
  return [{ code: 'record-full', message: 'It was changed so often that it can only be cancelled: plan another one.' }];
}
