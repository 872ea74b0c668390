import { isCleared, sees } from '#workflow';
import type { Sight } from '#workflow';
import type { RegisteredProcedure } from './state.js';

type Shown = Pick<RegisteredProcedure, 'owningUnit' | 'classification' | 'everPublished' | 'assignment'>;

/** Whether somebody may open a procedure and ask about it: their sight covers it, a unit of theirs reviews it, or it was published and is not classified. */
export function mayOpen(sight: Sight, state: Shown): boolean {
  // What is in force binds everybody, wherever they stand in the tree.
  const isForAll = state.everPublished && (state.classification ?? 'none') === 'none';
  const isAssigned = state.assignment?.units.some((unit) => sight.units?.has(unit)) === true;
  return sees(isForAll || isAssigned ? { ...sight, units: null } : sight, state);
}

/** Whether a command reaches the rules, which refuse it on record; to anybody else what is classified is not there. */
export function mayAddress(sight: Sight, state: Shown): boolean {
  return (state.classification ?? 'none') === 'none' || mayOpen(sight, state);
}

/** Whether somebody may open a procedure about which units in their sight are asked. */
export function mayOpenAsked(sight: Sight, { classification = 'none' }: Pick<Shown, 'classification'>): boolean {
  return isCleared(sight.clearance, classification);
}
