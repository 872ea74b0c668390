import { optionActions } from './lifecycle.js';
import type { AnyAction, Transition } from './lifecycle.js';
import type { LifecycleDocument } from './lifecycle-document.js';
import { targetOf } from './target-of.js';

/** What a lifecycle looks at when it says what is open to a procedure. */
interface Situation {
  readonly stage: string;
  readonly everPublished: boolean;
  /** The latest review found it not necessary or beyond powers. */
  readonly stopped: boolean;
  readonly suspended: boolean;
  /** An action that ends a procedure was taken, whatever the stage is called. */
  readonly ended: boolean;
  readonly option: { readonly origin: string; readonly abolishes: boolean } | null;
}

/** Everything that can become of a procedure under a definition. */
export interface StateSpace {
  /** Stages that a procedure can come to. */
  readonly reached: ReadonlySet<string>;
  /** Stages in which a procedure can be from which no end can be reached. */
  readonly stuck: ReadonlySet<string>;
  /** Transitions that can be taken, by index. */
  readonly taken: ReadonlySet<number>;
  /** Those of them that can be taken by what was published at some time. */
  readonly takenPublished: ReadonlySet<number>;
  /** Those of them that can be taken by what the latest review found not necessary or beyond powers. */
  readonly takenStopped: ReadonlySet<number>;
  /** Transitions that can lead to `origin` while no option is open, by index. */
  readonly withoutOrigin: ReadonlySet<number>;
  /** Transitions that can end a procedure in a stage that is not an end, by index. */
  readonly endingAmiss: ReadonlySet<number>;
}

type Lifecycle = Pick<LifecycleDocument, 'stages' | 'transitions'> & { readonly initial: string };

/**
 * Goes through every situation that a procedure can come to, with people who may do anything. Corrections are left out:
 * they are for what was mistyped, and no way onwards. A property in `procedures` holds this against the real decisions.
 */
export function explore(definition: Lifecycle): StateSpace {
  const start = { stage: definition.initial, everPublished: false, stopped: false, suspended: false, ended: false, option: null };
  const keyOf = keysOf(definition);
  const found = new Map<number, Situation>([[keyOf(start), start]]);
  const cameFrom = new Map<number, number[]>();
  const marks = {
    taken: new Set<number>(),
    takenPublished: new Set<number>(),
    takenStopped: new Set<number>(),
    withoutOrigin: new Set<number>(),
    endingAmiss: new Set<number>(),
  };
  const isEnd = ({ stage, ended }: Situation): boolean => ended || stageOf(definition, stage)?.end === true;
  const open = openTransitions(definition);

  for (const [key, situation] of found) {
    if (isEnd(situation)) continue;
    for (const { transition, index } of open(situation)) {
      marks.taken.add(index);
      if (situation.everPublished) marks.takenPublished.add(index);
      if (situation.stopped) marks.takenStopped.add(index);
      if (leadsToOrigin(transition) && situation.option === null) marks.withoutOrigin.add(index);
      for (const next of outcomes(transition, situation)) {
        if (next.ended && stageOf(definition, next.stage)?.end !== true) marks.endingAmiss.add(index);
        const nextKey = keyOf(next);
        if (!found.has(nextKey)) found.set(nextKey, next);
        const before = cameFrom.get(nextKey);
        if (before) before.push(key);
        else cameFrom.set(nextKey, [key]);
      }
    }
  }

  const ending = new Set([...found].filter(([, situation]) => isEnd(situation)).map(([key]) => key));
  for (const key of ending) for (const before of cameFrom.get(key) ?? []) ending.add(before);
  const stuck = [...found].filter(([key]) => !ending.has(key)).map(([, { stage }]) => stage);
  return { reached: new Set([...found.values()].map(({ stage }) => stage)), stuck: new Set(stuck), ...marks };
}

/** The stage of that name, if the definition itself has it. */
export function stageOf(definition: Pick<LifecycleDocument, 'stages'>, name: string): LifecycleDocument['stages'][string] | undefined {
  return Object.hasOwn(definition.stages, name) ? definition.stages[name] : undefined;
}

/** Which transition an action takes there: the first in the definition, as the rules have it. */
function openTransitions(definition: Lifecycle): (situation: Situation) => readonly { transition: Transition; index: number }[] {
  const known = new Map<string, readonly { transition: Transition; index: number }[]>();
  return (situation) => {
    const { stage, everPublished } = situation;
    const key = `${stage} ${String(everPublished)}`;
    let here = known.get(key);
    if (!here) {
      const first = new Map<AnyAction, { transition: Transition; index: number }>();
      for (const [index, transition] of definition.transitions.entries())
        if (!first.has(transition.action) && matches(transition, stage, everPublished)) first.set(transition.action, { transition, index });
      here = [...first.values()];
      known.set(key, here);
    }
    return here.filter(({ transition }) => isOpen(transition, situation));
  };
}

/** Whether the transition leaves the stage for what was or was not published. */
export function matches({ from, requires }: Transition, stage: string, everPublished: boolean): boolean {
  return (
    (from === 'open' || from.includes(stage)) &&
    !requires.includes(everPublished ? 'never-published' : 'ever-published')
  ); // prettier-ignore
}

function isOpen({ action, requires }: Transition, { suspended, stopped, option }: Situation): boolean {
  if (action === 'register' || action === 'correct' || suspended !== (action === 'resume')) return false;
  if (optionActions.includes(action) && (action === 'propose-option') !== (option === null)) return false;
  return !(stopped && requires.includes('necessary'));
}

/** What the action can lead to, by what its body says. */
function outcomes(transition: Transition, before: Situation): readonly Situation[] {
  const stay = { ...before, stage: targetOf(transition, before) };
  switch (transition.action) {
    case 'publish':
      return [{ ...stay, everPublished: true }];
    case 'review':
      return [{ ...stay, stopped: false }, { ...stay, stopped: true }]; // prettier-ignore
    case 'propose-option':
      return [false, true].map((abolishes) => ({ ...stay, option: { origin: before.stage, abolishes } }));
    case 'check-quality':
      return [stay, { ...before, stage: targetOf(transition, { ...before, failed: true }), option: null }];
    case 'return':
    case 'reject-option':
      return [{ ...stay, option: null }];
    case 'implement-option':
      return [{ ...stay, option: null, ended: before.option?.abolishes === true }];
    case 'abolish':
    case 'withdraw':
      return [{ ...stay, ended: true }];
    case 'suspend':
      return [{ ...stay, suspended: true }];
    case 'resume':
      return [{ ...stay, suspended: false }];
    case 'register':
    case 'amend-parts':
    case 'build':
    case 'propose':
    case 'disclose':
    case 'apply':
    case 'audit':
    case 'assign-review':
    case 'approve-option':
    case 'correct':
      return [stay];
  }
}

function leadsToOrigin({ to, instead }: Transition): boolean {
  return to === 'origin' || instead?.to === 'origin';
}

/** A number for each situation: there may be tens of thousands, and each is asked for many times. */
function keysOf({ stages, transitions }: Lifecycle): (situation: Situation) => number {
  const places = new Map<string, number>();
  const placeOf = (stage: string): number => {
    const place = places.get(stage) ?? places.size;
    places.set(stage, place);
    return place;
  };
  // Each transition may lead to a stage or two that the definition does not have.
  const options = 2 * (1 + Object.keys(stages).length + 2 * transitions.length) + 1;
  return ({ stage, everPublished, stopped, suspended, ended, option }) => {
    const flags = Number(everPublished) + 2 * Number(stopped) + 4 * Number(suspended) + 8 * Number(ended);
    const open = option === null ? 0 : 1 + 2 * placeOf(option.origin) + Number(option.abolishes);
    return (placeOf(stage) * 16 + flags) * options + open;
  };
}
