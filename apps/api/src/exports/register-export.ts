import type { FastifyRequest } from 'fastify';
import type { EventStore } from '#event-store';
import type { Directory, Person } from '#identity';
import type { Database } from '#platform';
import { procedureIdsAfter, stateUpTo } from '#procedures';
import { seesAllOf } from '#workflow';
import type { Sight } from '#workflow';
import { Problem } from '../http/problem.js';
import { mustStillBeSignedIn } from '../http/still-signed-in.js';
import type { Pasts } from '../reading/pasts.js';
import type { Reading } from '../reading/reading.js';
import type { Views } from '../reading/views.js';
import { SealedLines, format } from './sealed-lines.js';

/** Procedures for which one turn is taken; each is read from the log, alone. */
const atOnce = 20;

/** The whole register as it stood at one position of the log, as far as somebody may see it: line by line, however large it is. */
export class RegisterExport {
  constructor(
    private readonly register: { readonly views: Views; readonly database: Database; readonly store: EventStore },
    private readonly pasts: Pasts,
    private readonly reading: Reading,
    private readonly directory: Directory,
  ) {}

  /**
   * As it is read. Each procedure is folded up to the position, so what happens meanwhile is in none of the lines; whoever may not read on gets no more, and
   * no trailer. @throws Problem
   */
  async *lines(by: Person, { minPosition, request }: { readonly minPosition: string | undefined; readonly request: FastifyRequest }): AsyncGenerator<string, void, undefined> {
    const { views } = this.register;
    const { asOf, sight } = await views.open(['register'], { minPosition }, by);
    const at = new Date(asOf.at);
    const sealed = new SealedLines();
    const seen = { allUnits: sight.units === null, clearance: sight.clearance };
    yield sealed.line('header', { ...format, position: asOf.position, at: asOf.at, seen });
    for (let after: string | undefined; ;) {
      await mustStillBeSignedIn(request);
      const present = this.directory.person(by.id);
      if (!present) throw new Problem('not-signed-in');
      const page = await this.pasts.inTurn(present, () => this.page(present, { sight, after, position: BigInt(asOf.position), at }));
      for (const procedure of page.procedures) yield sealed.line('procedure', procedure);
      if (page.last === undefined) break;
      after = page.last;
    }
    yield sealed.trailer();
  } // prettier-ignore

  private async page(
    by: Person,
    {
      sight,
      after,
      position,
      at,
    }: { readonly sight: Sight; readonly after: string | undefined; readonly position: bigint; readonly at: Date },
  ): Promise<{ readonly procedures: readonly object[]; readonly last: string | undefined }> {
    const { views, database, store } = this.register;
    const { sight: present } = await views.open(['register'], {}, by);
    // What the header says was seen would not be whole any more.
    if (!seesAllOf(present, sight)) throw new Problem('not-authorised');
    const ids = await procedureIdsAfter(database, { sight, after, registeredUpTo: position, limit: atOnce });
    const procedures: object[] = [];
    for (const id of ids) {
      const found = await stateUpTo(store, id, position);
      if (found) procedures.push(await this.reading.contentOf(id, found, at));
    }
    return { procedures, last: ids.length < atOnce ? undefined : ids.at(-1) };
  }
}
