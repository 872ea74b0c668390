import { setImmediate as turn } from 'node:timers/promises';
import { proofOf } from '#audit';
import type { SealedLog } from '#audit';
import type { EventStore } from '#event-store';
import { Turns } from '#identity';
import type { Directory, Person } from '#identity';
import type { Database } from '#platform';
import { differencesBetween, historyPage, refusedType, stateAt } from '#procedures';
import { Problem } from '../http/problem.js';
import { partiesOf } from '../http/shared-places.js';
import type { DiffAnswer, HistoryAnswer } from './answers.dto.js';
import { endOf, startOf } from './reading.dto.js';
import type { HistoryQuery } from './reading.dto.js';
import { shownActor } from './shown-actor.js';
import type { Views } from './views.js';

const historyPageSize = 200;

/**
 * Whoever reads a past reads all of it, up to 8 million characters: so many at once, by turns of people, that nobody waits long for what others
 * ask and memory suffices. What waits holds nothing.
 */
const pastsAtOnce = { atOnce: 2, mostWaitingOfOne: 500, mostWaiting: 1_000 } as const;

/** What was, read from the log: one procedure as it stood, what happened to it, what changed. */
export class Pasts {
  private readonly turns = new Turns(pastsAtOnce);

  constructor(
    private readonly log: { readonly store: EventStore; readonly database: Database },
    private readonly views: Views,
    private readonly directory: Directory,
    private readonly sealedLog: SealedLog,
  ) {}

  /** The procedure at a revision or at an ISO 8601 time; null where it was not there. @throws TooBusy */
  at(id: string, asOf: number | string, by: Person): ReturnType<typeof stateAt> {
    return this.inTurn(by, () => stateAt(this.log.store, id, asOf));
  }

  /** @throws InvalidCursor, TooBusy */
  async history(id: string, { order, refused, type, actor, from, to, cursor, limit }: HistoryQuery, by: Person): Promise<HistoryAnswer> {
    const types = type?.split(',');
    const withRefused = refused === 'true' || types?.includes(refusedType) === true;
    // Whoever was just refused finds it there.
    if (withRefused) await this.views.upToNow(['refusals']);
    const period = { from: from === undefined ? undefined : startOf(from), before: to === undefined ? undefined : endOf(to) };
    if (period.from && period.before && period.before <= period.from)
      throw new Problem('invalid-query', { errors: [{ path: 'to', message: 'must not be before from' }] });
    const asked = {
      ...{ order, refused: withRefused, types, actor: actor?.toLowerCase(), cursor, limit: Number(limit ?? historyPageSize) },
      ...period,
    };
    const provenUpTo = await this.sealedLog.provenUpTo();
    const { items, nextCursor } = await this.inTurn(by, () =>
      historyPage(this.log, id, asked, ({ actor: who, ...item }) => ({
        ...item,
        actor: shownActor(who, this.directory),
        proof: proofOf(item.position, provenUpTo),
      })),
    );
    return { items: [...items], nextCursor };
  }

  /** @throws TooBusy */
  async differences(id: string, from: number, to: number, by: Person): Promise<DiffAnswer> {
    const changes = await this.inTurn(by, () => differencesBetween(this.log.store, id, from, to));
    if (!changes)
      throw new Problem('invalid-query', { errors: [{ path: 'to', message: 'from and to must be revisions of this procedure' }] });
    return { from, to, changes: [...changes] };
  }

  /** Reads what takes long when it is the turn of whoever asks. @throws TooBusy */
  inTurn<Result>(by: Person, read: () => Promise<Result>): Promise<Result> {
    // However many programs somebody has, they get one turn in each round.
    const [party] = partiesOf(by);
    return this.turns.take(party, async () => {
      // The embedded database answers without a turn of the event loop: one read after the other would keep out what comes meanwhile.
      await turn();
      return read();
    });
  }
}
