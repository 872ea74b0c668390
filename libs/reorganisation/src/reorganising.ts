import type { EventStore } from '#event-store';
import type { Directory } from '#identity';
import { dateInVietnam } from '#platform';
import type { Clock, Database } from '#platform';
import type { ProcedureDesk } from '#procedures/commands';
import { register } from '#procedures';
import type { Reaction } from '#processors';
import type { UnitTree } from '#workflow';
import { dueReorganisations } from './reorganisations-view.js';
import { ReorganisationRun } from './run.js';

/** Does what was planned for today or an earlier day, and goes on with what another process has left; one process at a time. */
export function reorganising(on: {
  readonly store: EventStore;
  readonly database: Database;
  readonly directory: Directory;
  readonly deskOver: (units: () => UnitTree) => ProcedureDesk;
  readonly clock: Clock;
  /** From the end of a round to the next, in ms. (Default: 2000) */
  readonly everyMs?: number;
}): Reaction {
  const { everyMs = 2_000 } = on;
  return {
    name: 'reorganising',
    // What is given away is found in it.
    view: register.name,
    everyMs,
    round: async ({ signal, reached }) => {
      const run = new ReorganisationRun(on, { signal, reached });
      for (const id of await dueReorganisations(on.database, dateInVietnam(on.clock.now()))) {
        if (signal.aborted) return;
        await run.advance(id);
      }
    },
  };
}
