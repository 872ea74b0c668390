import { Rejected, StreamNotFound, handle, loadState, recordRefusal } from '#event-store';
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

  /** The procedure that the inquiry, or the assigned review, is about; null when there is none. */
  async procedureOf(id: string): Promise<string | null> {
    const loaded = await loadState(this.store, inquiry, `inquiry-${id}`);
    if (loaded && loaded.state.phase !== 'none') return loaded.state.procedure;
    const { rows } = await this.database.pool.query<{ procedure: string }>('SELECT procedure FROM views.tasks WHERE id = $1 LIMIT 1', [id]);
    return rows[0]?.procedure ?? null;
  }

  /** @throws Rejected, StreamNotFound, KeyReused, Unavailable */
  async decide(
    id: string,
    command: WithoutContext<InquiryCommand>,
    roles: readonly HeldRole[],
    metadata: EventMetadata,
  ): Promise<Inquired> {
    const asked = command.action === 'answer' ? { ...command, assigned: await this.assigned(id) } : command;
    const context = { roles, units: this.units() };
    const isNew = command.action === 'consult' || command.action === 'raise-obstacle';
    if (!isNew && (await this.procedureOf(id)) === null) throw new StreamNotFound(`inquiry-${id}`);
    try {
      const whole = { ...asked, context } as InquiryCommand;
      const { revision, position, events } = await handle({
        store: this.store,
        decider: inquiry,
        stream: `inquiry-${id}`,
        command: whole,
        metadata,
      });
      return { id, revision, position, events: events.map(({ type }) => type) };
    } catch (error) {
      if (error instanceof Rejected) {
        const refused = { procedure: null, action: command.action, revision: null, stage: null, unmet: error.unmet };
        await recordRefusal(this.store, this.today().slice(0, 7), refused, metadata);
      }
      throw error;
    }
  }

  private async assigned(id: string): Promise<readonly string[] | undefined> {
    const { rows } = await this.database.pool.query<{ unit: string }>(`SELECT unit FROM views.tasks WHERE id = $1 AND kind = 'review'`, [
      id,
    ]);
    return rows.length === 0 ? undefined : rows.map(({ unit }) => unit);
  }
}
