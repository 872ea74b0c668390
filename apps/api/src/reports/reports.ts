import { createHash } from 'node:crypto';
import type { Directory, Person } from '#identity';
import { NotReported, lastChange, placed } from '#reporting';
import type { Asked, Explanation, PastMoment, Report, ReportRow, ReportRows, Sources } from '#reporting';
import { isProcedureStream, procedureIdOf, titlesIn } from '#procedures';
import type { AsOf } from '#processors';
import type { Sight } from '#workflow';
import { Problem } from '../http/problem.js';
import type { Pasts } from '../reading/pasts.js';
import { endOf } from '../reading/reading.dto.js';
import type { RegisterQuery } from '../reading/reading.dto.js';
import type { Views } from '../reading/views.js';
import { compared } from './compared.js';
import type { UnitsQuery } from './report-queries.dto.js';

/** What every report is asked with. */
export type ReportQuery = Partial<Pick<RegisterQuery, 'kind' | 'group' | 'unit' | 'field' | 'minPosition'>> &
  UnitsQuery & {
    readonly from?: string;
    readonly to?: string;
    /** The days of a period of signatures. */
    readonly signedFrom?: string;
    readonly signedTo?: string;
  };

/** A report, once it is known of which moment and for whom. */
export interface Question<Own extends object> {
  readonly report: Report<Own>;
  readonly asked: Asked<Own>;
  readonly asOf: AsOf;
  readonly by: Person;
  /** The same for the same answer: by person, what they may see, position, day and question. */
  readonly tag: string;
}

/** An event that a cell rests on. */
type TitledEvent = Explanation['events'][number] & { readonly title?: string };

/** Most rows of a report that comes in pages that are compared. */
const mostCompared = 10_000;
const rowsAtOnce = 200;
type Key = 'asOf' | 'at' | 'with';
/** Views that say who keeps a procedure, and where units stand. */
const placing = ['register', 'counts', 'past-units'] as const;

/** Asks reports: as things stand and stood, at two moments, and what a cell rests on. */
export class Reports {
  constructor(
    private readonly views: Views,
    private readonly directory: Directory,
    private readonly pasts: Pasts,
    private readonly sources: Sources,
  ) {}

  /** @param key What the moment is called in the question. @throws Problem for a moment that lies ahead, or a report that knows no past */
  async ask<Own extends object>(
    report: Report<Own>,
    { query, asOf: moment, key = 'asOf' }: { readonly query: ReportQuery & Own; readonly asOf: string | undefined; readonly key?: Key },
    by: Person,
  ): Promise<Question<Own>> {
    const { kind, group, field, from, to } = query;
    if (from !== undefined && to !== undefined && to < from)
      throw new Problem('invalid-query', { errors: [{ path: 'to', message: 'must not be before from' }] });
    const asked = moment === undefined ? null : await this.momentOf(report, moment, key);
    const { asOf, sight } = await this.views.open(report.views, { minPosition: query.minPosition }, by);
    const past = asked && (await this.past(report, asked));
    const now = past?.asOf ?? asOf;
    const { tree, ...restated } = await this.placed(query, past?.moment ?? null);
    const units = query.unit === undefined ? undefined : tree.subtree(query.unit.toLowerCase());
    const isPlaced = asked !== null || query.units !== undefined;
    const tagged = [
      ...[by.id, sight, query, now.position, this.directory.date(), this.directory.edition()],
      ...[...report.views, ...(isPlaced ? placing : [])].map((view) => this.views.asOf(view).position),
    ];
    return {
      ...{ report, by, asOf: now, tag: createHash('sha256').update(JSON.stringify(tagged)).digest('base64url') },
      asked: {
        ...{ filters: { kind, group, field, sight, units, ...restated }, tree, from, to },
        ...{ past: past?.moment ?? null, at: new Date(now.at), own: query },
      },
    };
  }

  /** A page of the rows, or all of a report that does not come in pages. @throws Problem */
  rows<Own extends object>({ report, asked, by }: Question<Own>, page: { readonly cursor?: string | undefined; readonly limit?: number } = {}): Promise<ReportRows> {
    const read = (): Promise<ReportRows> =>
      askedRightly(() => report.rows(asked, this.sources, { cursor: page.cursor, limit: page.limit ?? rowsAtOnce }));
    return asked.past || report.isHeavy === true ? this.pasts.inTurn(by, read) : read();
  } // prettier-ignore

  /** All rows, page by page. @throws Problem */
  async *parts<Own extends object>(question: Question<Own>, stillMay?: () => Promise<void>): AsyncGenerator<readonly ReportRow[]> {
    for (let cursor: string | null | undefined; cursor !== null;) {
      if (cursor !== undefined) await stillMay?.();
      const { rows, nextCursor = null } = await this.rows(question, { cursor });
      yield rows;
      cursor = nextCursor;
    }
  } // prettier-ignore

  /** @throws Problem */
  async compare<Own extends object>(at: Question<Own>, other: Question<Own>): Promise<ReturnType<typeof compared>> {
    return compared(at.report.columns(at.asked.own), await this.all(at), await this.all(other));
  }

  /** @throws Problem */
  async explain<Own extends object>(
    { report, asked, by }: Question<Own>,
    cell: { readonly row: string; readonly column: string },
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Omit<Explanation, 'events'> & { readonly events: readonly TitledEvent[] }> {
    if (!report.explain) throw new Problem('not-built');
    if (!report.columns(asked.own).some(({ key }) => key === cell.column)) throw unknown('column');
    const { events, ...explained } = await this.pasts.inTurn(by, () => askedRightly(async () => report.explain?.(asked, cell, this.sources, page) ?? Promise.reject(new Problem('not-built'))));
    return { ...explained, events: await this.titled(events, asked.filters.sight) };
  } // prettier-ignore

  /** Events with what their procedures are called, so that lines that are alike are told apart. */
  private async titled(events: Explanation['events'], sight: Sight): Promise<readonly TitledEvent[]> {
    const streams = new Set(events.map(({ stream }) => stream).filter(isProcedureStream));
    const titles = await titlesIn(this.sources.database, [...streams].map(procedureIdOf), sight);
    return events.map((event) => {
      const title = titles.get(procedureIdOf(event.stream));
      return title === undefined ? event : { ...event, title };
    });
  }

  private async all<Own extends object>(question: Question<Own>): Promise<readonly ReportRow[]> {
    const all: ReportRow[] = [];
    for await (const rows of this.parts(question)) {
      all.push(...rows);
      if (all.length > mostCompared)
        throw new Problem('invalid-query', {
          detail: `At most ${String(mostCompared)} rows are compared; narrow the report down.`,
          errors: [{ path: '', message: `must leave at most ${String(mostCompared)} rows to compare` }],
        });
    }
    return all;
  }

  /** By which units it is answered, and whose a procedure is where its rows do not say so. */
  private async placed({ units, from, to, signedFrom, signedTo }: ReportQuery, past: PastMoment | null): ReturnType<typeof placed> {
    const [begins, ends] = [from ?? signedFrom, to ?? signedTo];
    const period = {
      isAsked: begins !== undefined || ends !== undefined,
      over: ends !== undefined && ends < this.directory.date() ? endOf(ends) : null,
    };
    if (units !== undefined) await this.views.upToNow(placing);
    return placed(this.sources.database, { units, past, period }, this.directory.units());
  }

  /** The moment, once the views are as far as that. @throws Problem for one that lies ahead */
  private momentOf<Own extends object>({ views, pasts }: Report<Own>, asked: string, path: Key): Promise<PastMoment['asked']> {
    if (!pasts) throw new Problem('not-built');
    return this.views.momentOf(asked, [...views, ...placing], path);
  }

  private async past<Own extends object>({ pasts = [] }: Report<Own>, asked: PastMoment['asked']): Promise<{ readonly moment: PastMoment; readonly asOf: AsOf }> {
    const last = await lastChange(this.sources.database, [...pasts, 'past_units'], asked);
    const position = 'position' in asked ? asked.position : (last?.position ?? 0n);
    const at = 'time' in asked ? asked.time : (last?.at ?? new Date(0));
    return { moment: { position, asked }, asOf: { position: String(position), at: at.toISOString(), lagMs: 0 } };
  } // prettier-ignore
}

const unknown = (what: 'row' | 'column'): Problem =>
  new Problem('invalid-query', { errors: [{ path: what, message: `is not a ${what} of this report` }] });

/** What the report says is not there, as a problem. */
async function askedRightly<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof NotReported)) throw error;
    throw error.what === 'subject' ? new Problem('not-found') : unknown(error.what);
  }
}
