import type { EventStore } from '#event-store';
import type { Directory, Person } from '#identity';
import type { AsOf, Processors } from '#processors';
import type { Sight } from '#workflow';
import { Problem } from '../http/problem.js';
import { isAhead, withPlus } from './reading.dto.js';

const longestWaitMs = 5_000;

/** What a question says about the views that it is asked of. */
interface Question {
  /** Position that they must hold, decimal. (Default: any) */
  readonly minPosition?: string | undefined;
  /** Unit id: what it owns, and what units below it own. (Default: whoever owns it) */
  readonly unit?: string | undefined;
}

/** With what views answer a question. */
interface Opened {
  /** How far the first of the views has come. */
  readonly asOf: AsOf;
  /** What whoever asks may see; nothing else is shown or counted. */
  readonly sight: Sight;
  /** Unit ids: those that the question is about; undefined for all. */
  readonly units: readonly string[] | undefined;
}

/** The one way to the views: each question names those that it reads, waits for them, and learns how fresh they are and what may be seen. */
export class Views {
  constructor(
    private readonly store: EventStore,
    private readonly processors: Processors,
    private readonly directory: Directory,
  ) {}

  /** Opens the views for a question. @throws Problem where they do not hold the position in time */
  async open(views: readonly [string, ...string[]], { unit, ...question }: Question, by: Person): Promise<Opened> {
    const asOf = await this.freshness(views, question);
    const units = unit === undefined ? undefined : this.directory.units().subtree(unit.toLowerCase());
    return { asOf, sight: this.directory.sightOf(by), units };
  }

  /** As `open`, where visibility is asked for elsewhere: how far the first of the views has come. @throws Problem */
  async freshness(views: readonly [string, ...string[]], { minPosition }: Pick<Question, 'minPosition'>): Promise<AsOf> {
    await this.upTo(minPosition, views);
    return this.asOf(views[0]);
  }

  asOf(view: string): AsOf {
    return this.processors.asOf(view);
  }

  /** Waits until the views hold the position, if one is named. (Default: all views) @throws Problem where they do not in time */
  async upTo(minPosition: string | undefined, views?: readonly string[]): Promise<void> {
    if (minPosition === undefined) return;
    if (await this.processors.waitFor(BigInt(minPosition), longestWaitMs, views)) return;
    throw new Problem('view-behind', { headers: { 'retry-after': '1' } });
  }

  /** As `upTo`, for what is known of units, people and delegations. */
  async directoryUpTo(minPosition: string | undefined): Promise<void> {
    if (minPosition === undefined) return;
    await this.upTo(minPosition, ['directory']);
    await this.directory.reload();
  }

  /** The newest position of the log; 0 while it is empty. */
  async head(): Promise<bigint> {
    return (await this.store.head()) ?? 0n;
  }

  /**
   * The moment that somebody asks about, by a position or an ISO 8601 time, once the views are as far as that.
   * @param path What it is called in the question. (Default: asOf) @throws Problem for one that lies ahead, or where the views are not there in time
   */
  async momentOf(asked: string, views: readonly string[], path = 'asOf'): Promise<{ readonly position: bigint } | { readonly time: Date }> {
    const ahead = (why: string): Problem => new Problem('invalid-query', { errors: [{ path, message: `must not lie ahead: ${why}` }] });
    if (/^\d+$/.test(asked)) {
      const head = await this.head();
      if (BigInt(asked) > head) throw ahead(`the newest position is ${String(head)}`);
      await this.upTo(asked, views);
      return { position: BigInt(asked) };
    }
    if (isAhead(asked)) throw ahead('what will be there then is not known yet');
    await this.upToNow(views);
    return { time: new Date(withPlus(asked)) };
  }

  /** Waits until the views hold all that is in the log at this moment. @throws Problem where they do not in time */
  async upToNow(views: readonly string[]): Promise<void> {
    await this.upTo(String(await this.head()), views);
  }
}
