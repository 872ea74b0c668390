import { readOrNothing } from '#event-store';
import type { EventStore, RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import { indexOf } from '../stored-leaf.js';
import { erasureType } from '../verifier/gaps.js';

/** By what a salt is gone: an event under the tree, one that came later, or none. */
type Permission = RecordedEvent | 'later' | 'none';

/** The events that permit gaps which a bundle meets. */
export class ErasuresUnderTree {
  private readonly found = new Map<string, Promise<Permission>>();

  constructor(
    private readonly on: { readonly database: Database; readonly store: EventStore },
    private readonly size: number,
  ) {}

  /** Of an event whose leaf has no salt any more. */
  of({ stream }: Pick<RecordedEvent, 'stream'>): Promise<Permission> {
    const found = this.found.get(stream) ?? this.find(stream);
    this.found.set(stream, found);
    return found;
  }

  /** Those that were met under the tree, one by one. */
  async *met(): AsyncGenerator<readonly RecordedEvent[]> {
    for (const found of this.found.values()) {
      const permission = await found;
      if (typeof permission !== 'string') yield [permission];
    }
  }

  private async find(stream: string): Promise<Permission> {
    if (!stream.startsWith('person-')) return 'none';
    const erasure = (await readOrNothing(this.on.store, stream)).find(({ type }) => type === erasureType);
    if (!erasure) return 'none';
    const index = await indexOf(this.on.database.pool, erasure);
    return index !== null && index < this.size ? erasure : 'later';
  }
}
