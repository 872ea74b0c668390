import { expect } from '@jest/globals';
import { Rejected } from '../decider.js';
import type { Decider } from '../decider.js';

interface Then<Event> {
  /** The command leads to exactly these events. */
  then(...events: readonly Event[]): void;
  /** The command is refused; each code is among the unmet conditions, the first one first. */
  thenRejected(...codes: readonly [string, ...string[]]): void;
}

/** Given some history, when a command comes, then these events follow or it is refused. */
export function specification<Command, State, Event>(
  decider: Decider<Command, State, Event>,
): (...events: readonly Event[]) => { when(command: Command): Then<Event> } {
  return (...history) => ({
    when: (command) => {
      const decide = (): readonly Event[] => decider.decide(command, history.reduce(decider.evolve, decider.initial));
      return {
        then: (...events) => expect(decide()).toEqual(events),
        thenRejected: (...codes) => {
          const unmet = rejection(decide).unmet.map(({ code }) => code);
          expect(unmet[0]).toBe(codes[0]);
          expect(unmet).toEqual(expect.arrayContaining([...codes]));
        },
      };
    },
  });
}

function rejection(decide: () => unknown): Rejected {
  try {
    decide();
  } catch (error) {
    if (error instanceof Rejected) return error;
    throw error;
  }
  throw new Error('The command was expected to be refused and was not.');
}
