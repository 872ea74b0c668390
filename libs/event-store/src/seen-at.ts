import { RevisionConflict } from './handle.js';
import type { Decider } from './decider.js';

/**
 * Decides about what has a stream of its own and belongs to a procedure, for a sender who saw the procedure at a revision.
 * (Default: any) What was accepted before has its answer without being decided again.
 * @throws RevisionConflict from `decide` when the procedure is at another revision
 */
export function seenAt<Command, State, Event>(
  ifMatch: number | undefined,
  revision: number,
  decider: Decider<Command, State, Event>,
): Decider<Command, State, Event> {
  return {
    ...decider,
    decide: (command, state) => {
      if (ifMatch !== undefined && ifMatch !== revision) throw new RevisionConflict(ifMatch, revision);
      return decider.decide(command, state);
    },
  };
}
