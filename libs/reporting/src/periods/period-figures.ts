import type { ClosedPeriod, FrozenReport } from '#programmes';
import type { Sight, UnitTree } from '#workflow';
import { ownerBeforeTransfersSince } from '../placed.js';
import { funnel } from '../reports/funnel.js';
import { onTime, onTimeChanges, onTimeExplainedAfter } from '../reports/on-time.js';
import { explainedAfter } from '../reports/past-rows.js';
import type { Asked, Explanation, Report, ReportColumn, ReportRow, Sources } from '../reports/report.js';
import { savings, savingsChanges } from '../reports/savings.js';

type Span = Pick<ClosedPeriod, 'begins' | 'ends' | 'units'>;

interface Question {
  readonly report: Report<never>;
  readonly asked: (span: Span) => Readonly<Record<string, string>>;
  /** Columns that are of the period alone; the others say where things stand, which goes on after every period. (Default: none) */
  readonly compared?: readonly string[];
  /** Events that contribute to a figure, those after a position. (Default: nothing is compared) */
  readonly changes?: {
    readonly of: typeof onTimeChanges | typeof savingsChanges;
    readonly after: (position: string) => string;
  };
}

const savingsBy = (by: string): Question => ({
  report: savings,
  asked: ({ begins, ends }) => ({ by, from: begins, to: ends }),
  compared: ['promised', 'approved', 'implemented', 'measured'],
  changes: { of: savingsChanges, after: explainedAfter },
});

/** What is kept of a period. */
const questions: readonly Question[] = [
  ...['kind', 'group'].map(savingsBy),
  {
    report: onTime,
    asked: ({ begins, ends }) => ({ signedFrom: begins, signedTo: ends }),
    compared: ['met', 'late', 'open', 'unknown'],
    changes: { of: onTimeChanges, after: onTimeExplainedAfter },
  },
  { report: funnel, asked: () => ({}) },
];

/** What is not classified, of all units that are asked about: a closed period reads the same for everybody who may see it. */
const open: Sight = { units: null, clearance: 'none' };

/** A figure that would read otherwise if the period were closed now. */
export interface Difference {
  readonly report: string;
  readonly asked: Readonly<Record<string, string>>;
  readonly row: string;
  readonly column: string;
  readonly title: ReportColumn['title'];
  /** As it was closed, and as it reads now; 0 where there is no such row. */
  readonly closed: number;
  readonly now: number;
  readonly difference: number;
  /** What was recorded after the period was closed, in the order of the log. */
  readonly events: Explanation['events'];
  /** Whether there are more events than are named. */
  readonly more: boolean;
}

/** Differences that are named at most, events of each, and pages of history that are looked through for them. */
const most = { differences: 100, events: 20, pages: 20 } as const;

/** What a period's reports say, and what they would say otherwise now. */
export class PeriodFigures {
  constructor(
    private readonly sources: Sources,
    private readonly units: () => UnitTree,
  ) {}

  /** As things stood at that position. @throws Unavailable */
  frozen(span: Span, { position, at }: { readonly position: bigint; readonly at: Date }): Promise<readonly FrozenReport[]> {
    return Promise.all(
      questions.map(async (question) => ({
        ...{ report: question.report.name, asked: question.asked(span) },
        rows: await this.rows(question, this.ask(question, span, { at, position })),
      })),
    );
  }

  /** What reads otherwise now, of the figures that are of the period alone. @throws Unavailable */
  async differences(closed: ClosedPeriod): Promise<{ readonly items: readonly Difference[]; readonly more: boolean }> {
    const items: Difference[] = [];
    for (const question of questions) {
      const frozen = closed.reports.find((one) => isOf(question, closed, one));
      const { changes } = question;
      if (!frozen || !changes) continue;
      const asked = this.askNow(question, closed);
      for (const cell of differing(question, frozen, await this.rows(question, asked))) {
        if (items.length === most.differences) return { items, more: true };
        items.push({ ...cell, ...(await this.reasons(changes.of, asked, { ...cell, cursor: changes.after(closed.position) })) });
      }
    }
    return { items, more: false };
  }

  private ask({ asked }: Question, span: Span, { at, position }: { readonly at: Date; readonly position: bigint | null }): Asked<never> {
    const { from, to, ...own } = asked(span);
    return {
      ...{ filters: { sight: open, units: span.units }, tree: this.units(), from, to, at },
      past: position === null ? null : { position, asked: { position } },
      // What the report takes itself, by its own names.
      own: own as never,
    };
  }

  /** Of the procedures that the units kept when it was closed: where they went since is no difference, and what is entered for them there is one. */
  private askNow(question: Question, closed: ClosedPeriod): Asked<never> {
    const asked = this.ask(question, closed, { at: new Date(closed.at), position: null });
    return { ...asked, filters: { ...asked.filters, owner: ownerBeforeTransfersSince(closed.position) } };
  }

  private async rows({ report }: Question, asked: Asked<never>): Promise<readonly ReportRow[]> {
    const all: ReportRow[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await report.rows(asked, this.sources, { limit: 200, cursor });
      all.push(...page.rows);
      cursor = page.nextCursor ?? null;
    }
    return all;
  } // prettier-ignore

  private async reasons(
    changesOf: NonNullable<Question['changes']>['of'],
    asked: Asked<never>,
    { row, column, cursor: from }: Pick<Differing, 'row' | 'column'> & { readonly cursor: string },
  ): Promise<Pick<Difference, 'events' | 'more'>> {
    const events: Explanation['events'][number][] = [];
    let cursor: string | null = from;
    for (let pages = 0; cursor !== null; pages++) {
      if (pages === most.pages || events.length >= most.events) return { events: events.slice(0, most.events), more: true };
      const page: Pick<Explanation, 'events' | 'nextCursor'> = await changesOf(asked, { row, column }, this.sources, {
        limit: most.events,
        cursor,
      });
      events.push(...page.events);
      cursor = page.nextCursor;
    }
    return { events: events.slice(0, most.events), more: events.length > most.events };
  }
}

/** Before it is known why. */
type Differing = Omit<Difference, 'events' | 'more'>;

const isOf = ({ report, asked }: Question, span: Span, frozen: FrozenReport): boolean =>
  report.name === frozen.report && JSON.stringify(asked(span)) === JSON.stringify(frozen.asked);

function differing(
  { report, compared = [] }: Question,
  { rows, report: name, asked }: FrozenReport,
  present: readonly ReportRow[],
): readonly Differing[] {
  const [before, after] = [rows, present].map((of) => new Map(of.map((row) => [row.key, row])));
  const keys = [...new Set([...rows, ...present].map(({ key }) => key))];
  const own = asked as never;
  return keys.flatMap((row) =>
    report.columns(own).flatMap((column) => {
      if (!compared.includes(column.key)) return [];
      const of = (one: ReportRow | undefined): number => Number(one?.[column.key] ?? 0);
      const [closed, now] = [of(before?.get(row)), of(after?.get(row))];
      if (closed === now) return [];
      return [{ report: name, asked, row, column: column.key, title: column.title, closed, now, difference: now - closed }];
    }),
  );
}
