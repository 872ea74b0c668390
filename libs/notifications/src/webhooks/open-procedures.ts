import { loadState } from '#event-store';
import type { EventStore, RecordedEvent } from '#event-store';
import { inquiredProcedures } from '#worklist';
import { procedure as decider } from '#procedures';
import type { RegisteredProcedure } from '#procedures';
import type { Database } from '#platform';

/** A procedure that is not classified, by what changes of it only when its registration is corrected. */
export interface OpenProcedure extends Pick<RegisteredProcedure, 'kind' | 'group' | 'owningUnit' | 'code'> {
  readonly procedure: string;
}

const mostKnown = 5_000;

/** Tells which events are about procedures that are not classified. What it cannot find out is treated as if it were. */
export class OpenProcedures {
  /** Null for one that is classified. */
  private readonly known = new Map<string, OpenProcedure | null>();

  constructor(
    private readonly store: EventStore,
    private readonly database: Database,
  ) {}

  /** For each event about a procedure that is not classified, by event id. Of inquiries the view of tasks must hold what the events tell. */
  async of(events: readonly RecordedEvent[]): Promise<ReadonlyMap<string, OpenProcedure>> {
    const inquiries = new Set(events.flatMap((event) => inquiryOf(event) ?? []));
    const inquired = inquiries.size === 0 ? new Map<string, string>() : await inquiredProcedures(this.database, [...inquiries]);
    const named = events.flatMap((event) => {
      const procedure = procedureOf(event) ?? inquired.get(inquiryOf(event) ?? '');
      return procedure === undefined ? [] : [[event.id, procedure] as const];
    });
    // What is remembered may read otherwise now.
    for (const event of events) if (event.type === 'RecordCorrected') this.known.delete(procedureOf(event) ?? '');
    const procedures = await this.read(new Set(named.map(([, procedure]) => procedure)));
    return new Map(
      named.flatMap(([event, procedure]) => {
        const open = procedures.get(procedure);
        return open ? [[event, open] as const] : [];
      }),
    );
  }

  private async read(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, OpenProcedure | null>> {
    if (this.known.size > mostKnown) this.known.clear();
    await Promise.all([...ids].filter((id) => !this.known.has(id)).map(async (id) => this.known.set(id, await this.registered(id))));
    return this.known;
  }

  /** From the log, not from a view, which might be behind. */
  private async registered(procedure: string): Promise<OpenProcedure | null> {
    const state = (await loadState(this.store, decider, `procedure-${procedure}`))?.state;
    if (state === undefined || state.phase === 'unregistered') return null;
    const { classification = 'none', kind, group, owningUnit, code } = state;
    return classification === 'none' ? { procedure, kind, owningUnit, ...(group && { group }), ...(code !== undefined && { code }) } : null;
  }
}

export const inquiryOf = ({ stream }: RecordedEvent): string | undefined =>
  stream.startsWith('inquiry-') ? stream.slice('inquiry-'.length) : undefined;

/** Undefined for an event of an inquiry, which names its procedure at its beginning alone. */
const procedureOf = ({ stream }: RecordedEvent): string | undefined => /^(?:procedure|deadline)-(.*)$/.exec(stream)?.[1];
