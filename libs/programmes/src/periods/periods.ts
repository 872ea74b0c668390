import { acceptedAs, handle, loadState, recordingRefusals } from '#event-store';
import type { Accepted, EventStore } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Clock } from '#platform';
import { commandIdOf, metadataOf, rolesFor } from '#workflow';
import type { Sender, Sent, UnitTree } from '#workflow';
import { closing, closingIdOf, closingRole } from './closing.js';
import type { ClosedPeriod } from './closing.js';

/** Where periods are closed, and read as they stood. */
export class Periods {
  constructor(
    private readonly store: EventStore,
    private readonly units: () => UnitTree,
    private readonly clock: Clock,
  ) {}

  /** With its revision; null where it was not closed. @throws Unavailable */
  async find(id: string): Promise<{ readonly closed: ClosedPeriod; readonly revision: number } | null> {
    const loaded = await loadState(this.store, closing, `period-${id}`);
    return loaded?.state ? { closed: loaded.state, revision: loaded.revision } : null;
  }

  /** @throws Unavailable */
  async isClosed(unit: string, period: string): Promise<boolean> {
    return (await this.find(closingIdOf(unit, period))) !== null;
  }

  /** Whether somebody may close periods of the unit. */
  mayClose(unit: string, by: Pick<Sender, 'roles' | 'actingFor'>): boolean {
    return closingRole(unit, { roles: rolesFor('close-period', by), units: this.units() }) !== null;
  }

  /** What somebody may do, of some unit. */
  allowed(by: Pick<Sender, 'roles' | 'actingFor'>): readonly 'close-period'[] {
    return rolesFor('close-period', by).some(({ unit }) => this.mayClose(unit, by)) ? ['close-period'] : [];
  }

  /** @throws Rejected, KeyReused, RevisionConflict, Unavailable */
  async close(closed: ClosedPeriod, sent: Sent): Promise<Accepted> {
    const { store, clock } = this;
    const today = dateInVietnam(clock.now());
    const context = { roles: rolesFor('close-period', sent.by), units: this.units(), today };
    const command = { action: 'close-period', closed, context } as const;
    const id = closingIdOf(closed.unit, closed.period);
    const metadata = metadataOf(sent, { commandId: commandIdOf(sent) });
    const { ifMatch } = sent;
    const handled = await recordingRefusals({ store, today, action: command.action, metadata }, () =>
      handle({ ...{ store, decider: closing, stream: `period-${id}`, command, metadata }, ...(ifMatch !== undefined && { ifMatch }) }),
    );
    return acceptedAs(id, handled);
  }
}
