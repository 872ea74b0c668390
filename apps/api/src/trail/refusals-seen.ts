import type { Person } from '#identity';
import { refusalAt } from '#procedures';
import type { SeenProcedure } from '../procedures/known-procedure.js';
import type { Views } from '../reading/views.js';
import type { Settings } from '../settings.js';
import { readsTrail } from './reads-trail.js';

/** Refusals that somebody may ask about. */
export class RefusalsSeen {
  constructor(
    private readonly settings: Settings,
    private readonly procedures: SeenProcedure,
    private readonly views: Views,
  ) {}

  /** Null where there is none, or none for that person. @throws Unavailable */
  async find(position: string, person: Person): ReturnType<typeof refusalAt> {
    if (!/^\d{1,18}$/.test(position)) return null;
    // Whoever was just refused finds it there.
    if (BigInt(position) <= (await this.views.head())) await this.views.upTo(position, ['refusals']);
    const refusal = await refusalAt(this.settings.database, position);
    if (!refusal) return null;
    const { procedure } = refusal.command;
    const isSeen =
      procedure === null ? readsTrail(person) || refusal.actor.id === person.id : await this.procedures.isSeen(procedure, person);
    return isSeen ? refusal : null;
  }
}
