import { handle, loadState, recordingRefusals } from '#event-store';
import type { EventMetadata, EventStore } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Clock, Database } from '#platform';
import type { HeldRole, UnitTree } from '#workflow';
import { inquiry } from '../inquiry.js';
import type { InquiryCommand } from '../inquiry.js';

type WithoutContext<Command> = Command extends unknown ? Omit<Command, 'context'> : never;

/** What an accepted inquiry or answer is answered with. */
export interface Inquired {
  readonly id: string;
  readonly revision: number;
  readonly position: bigint;
  /** Event types. */
  readonly events: readonly string[];
}

/** What units were asked about. */
export interface Asked {
  /** Procedure id. */
  readonly procedure: string;
  /** Unit ids: whoever asks, where it is known, and is asked. */
  readonly concerned: readonly string[];
  /** Unit ids, where a review was assigned; its answers alone stand in the inquiry. */
  readonly assigned?: readonly string[];
  /** Those of them that are waited for, which may have answered by proposing an option. */
  readonly waiting?: readonly string[];
  readonly dueOn?: string | undefined;
}

/** Where questions to units, and what they say, are decided. */
export class InquiryDesk {
  constructor(
    private readonly store: EventStore,
    private readonly database: Database,
    private readonly units: () => UnitTree,
    private readonly clock: Clock,
  ) {}

  /** The date in Vietnam. */
  today(): string {
    return dateInVietnam(this.clock.now());
  }

  /** What the inquiry, or the assigned review, is about, and the units that were assigned a review; null when there is none. */
  async find(id: string): Promise<Asked | null> {
    const loaded = await loadState(this.store, inquiry, `inquiry-${id}`);
    if (loaded && loaded.state.phase !== 'none') {
      const { procedure, by, asked, dueOn } = loaded.state;
      return { procedure, concerned: [by, ...asked], dueOn };
    }
    const { rows } = await this.database.pool.query<{ procedure: string; unit: string; kind: string; dueOn: string; waits: boolean }>(
      `SELECT procedure, unit, kind, due_on::text AS "dueOn", answered_at IS NULL AND NOT closed AS waits FROM views.tasks WHERE id = $1 ORDER BY unit`,
      [id],
    );
    const [first] = rows;
    if (!first) return null;
    const { procedure, kind, dueOn } = first;
    const concerned = rows.map(({ unit }) => unit);
    if (kind !== 'review') return { procedure, concerned };
    const waiting = rows.filter(({ waits }) => waits).map(({ unit }) => unit);
    return { procedure, concerned, assigned: concerned, waiting, dueOn };
  }

  /** @throws Rejected, KeyReused, Unavailable */
  async decide(
    id: string,
    command: WithoutContext<InquiryCommand>,
    { roles, ended }: { readonly roles: readonly HeldRole[]; readonly ended: boolean },
    metadata: EventMetadata,
  ): Promise<Inquired> {
    const { store } = this;
    const whole = { ...command, context: { roles, units: this.units(), ended } } as InquiryCommand;
    const { revision, position, events } = await recordingRefusals({ store, today: this.today(), action: command.action, metadata }, () =>
      handle({ store, decider: inquiry, stream: `inquiry-${id}`, command: whole, metadata }),
    );
    return { id, revision, position, events: events.map(({ type }) => type) };
  }
}
