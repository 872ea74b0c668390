import type { FastifyRequest } from 'fastify';
import { proofOf } from '#audit';
import type { ProvenUpTo, SealedLog } from '#audit';
import type { Directory, Person } from '#identity';
import { searchWords } from '#procedures';
import { trailPage } from '#reporting';
import type { TrailItem, TrailQuestion, TrailResult } from '#reporting';
import { Problem } from '../http/problem.js';
import { mustStillBeSignedIn } from '../http/still-signed-in.js';
import type { ActorAnswer } from '../reading/answers.dto.js';
import { endOf, startOf } from '../reading/reading.dto.js';
import { shownActor } from '../reading/shown-actor.js';
import type { Views } from '../reading/views.js';
import type { Settings } from '../settings.js';
import { readsTrail } from './reads-trail.js';
import type { TrailAnswer, TrailFilters, TrailItemAnswer } from './trail.dto.js';

const pageSize = 50;
/** Lines that are read at once of what goes out whole. */
const atOnce = 200;
/** People by whose names events are found. */
const mostNamed = 100;
const views = ['trail', 'register'] as const;

/** What a sheet is about. */
export type SheetQuestion = Pick<TrailQuestion, 'concerning' | 'upTo' | 'types' | 'results' | 'from' | 'before'>;

interface PagesRead {
  /** By which unit it is narrowed, if by any. */
  readonly query: Pick<TrailFilters, 'unit' | 'minPosition'>;
  readonly most: number;
  /** Who reads, as they are when a part is read. */
  readonly present: () => Person;
  /** Is asked between parts. */
  readonly stillMay: () => Promise<void>;
}

/** What everybody did, for auditors, as far as they are cleared. */
export class Trail {
  constructor(
    private readonly views: Views,
    private readonly settings: Settings,
    private readonly directory: Directory,
    private readonly sealedLog: SealedLog,
  ) {}

  /** A page, the newest first. @throws Problem, InvalidCursor */
  async page(query: TrailFilters, by: Person): Promise<TrailAnswer> {
    const { asOf, sight, units } = await this.open(query, by);
    const { cursor, limit } = query;
    const asked = { ...this.question(query), sight, units, cursor, limit: Number(limit ?? pageSize) };
    const { items, nextCursor } = await trailPage(this.settings.database, asked);
    const proven = await this.sealedLog.provenUpTo();
    return { items: items.map((one) => this.shown(one, proven)), nextCursor, asOf };
  }

  /**
   * As many as there may be at once, in parts, the newest first; whoever may not read on gets no more. What comes after them begins at the
   * cursor that is returned. @throws Problem, InvalidCursor
   */
  parts(query: TrailFilters, most: number, request: FastifyRequest): AsyncGenerator<readonly TrailItemAnswer[], string | null> {
    const present = (): Person => {
      const person = this.directory.person(request.person?.id ?? '');
      if (!person) throw new Problem('not-signed-in');
      return person;
    };
    const stillMay = (): Promise<void> => mustStillBeSignedIn(request);
    return this.pages({ ...this.question(query), cursor: query.cursor }, { query, most, present, stillMay });
  }

  /**
   * What a sheet has of it, in parts, the newest first, as far as somebody may see it when they are read; whether there is more is returned.
   * @param stillMay Is asked between them. @throws Problem
   */
  async *sheet(
    question: SheetQuestion,
    by: Person,
    { most, stillMay }: Pick<PagesRead, 'most' | 'stillMay'>,
  ): AsyncGenerator<readonly TrailItemAnswer[], boolean> {
    const present = (): Person => this.directory.person(by.id) ?? by;
    return (yield* this.pages(question, { query: {}, most, present, stillMay })) !== null;
  }

  /** Returns the cursor of what comes after them. */
  private async *pages(
    question: Omit<TrailQuestion, 'sight' | 'units' | 'limit'>,
    { query, most, present, stillMay }: PagesRead,
  ): AsyncGenerator<readonly TrailItemAnswer[], string | null> {
    let { cursor } = question as { cursor?: string | null };
    for (let read = 0; cursor !== null && read < most;) {
      if (read > 0) await stillMay();
      const { sight, units } = await this.open(query, present());
      const page = await trailPage(this.settings.database, { ...question, sight, units, cursor, limit: Math.min(atOnce, most - read) });
      const proven = await this.sealedLog.provenUpTo();
      if (page.items.length > 0) yield page.items.map((one) => this.shown(one, proven));
      read += page.items.length;
      cursor = page.nextCursor;
    }
    return cursor ?? null;
  }

  private async open(query: Pick<TrailFilters, 'unit' | 'minPosition'>, by: Person): ReturnType<Views['open']> {
    if (!readsTrail(by)) throw new Problem('not-authorised', { detail: 'This is for auditors.' });
    // What somebody did just now is looked for at once.
    await this.views.upToNow(views);
    return this.views.open(views, query, by);
  }

  private question({ actor, procedure, type, action, result, from, to, q }: TrailFilters): Omit<TrailQuestion, 'sight' | 'limit'> {
    const period = { from: from === undefined ? undefined : startOf(from), before: to === undefined ? undefined : endOf(to) };
    if (period.from && period.before && period.before <= period.from)
      throw new Problem('invalid-query', { errors: [{ path: 'to', message: 'must not be before from' }] });
    return {
      ...period,
      actor: actor?.toLowerCase(),
      procedure: procedure?.toLowerCase(),
      types: type?.split(','),
      actions: action?.split(','),
      // The shape has looked at each of them.
      results: result?.split(',') as TrailResult[] | undefined,
      q,
      named: q === undefined ? undefined : this.named(q),
    };
  }

  /** Ids of those whose names have all the words, the last one perhaps begun. */
  private named(q: string): readonly string[] {
    const sought = searchWords(q);
    const has = (words: readonly string[]): boolean =>
      sought.length > 0 &&
      sought.every((one, index) => words.some((word) => (index === sought.length - 1 ? word.startsWith(one) : word === one)));
    return this.directory.people().filter(({ name }) => has(searchWords(name))).slice(0, mostNamed).map(({ id }) => id); // prettier-ignore
  }

  private shown({ actor, ...item }: TrailItem, proven: ProvenUpTo): TrailItemAnswer {
    const { procedure, unmet, position } = item;
    return {
      ...{ ...item, unmet: [...unmet], procedure: procedure && { ...procedure } },
      actor: this.actor(actor),
      proof: proofOf(position, proven),
    };
  }

  /** Of whoever did not act in person, such as the account that was tried, the name of today. */
  private actor(actor: TrailItem['actor']): ActorAnswer {
    const { name, ...shown } = shownActor({ ...actor, commitment: '' }, this.directory);
    return { ...shown, name: actor.version === 0 ? (this.directory.person(actor.id)?.name ?? null) : name };
  }
}
