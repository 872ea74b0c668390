import { acceptedAs, handle, loadState, readOrNothing, recordingRefusals } from '#event-store';
import type { Accepted, EventStore, Unmet } from '#event-store';
import type { Directory, Person } from '#identity';
import { dateInVietnam } from '#platform';
import type { Clock } from '#platform';
import { administeringRole, commandIdOf, metadataOf } from '#workflow';
import type { Sent } from '#workflow';
import { circumstancesOf } from './circumstances.js';
import { judged } from './judged.js';
import { governingRole, isOpen, reorganisation } from './reorganisation.js';
import type { Plan, Reorganisation } from './reorganisation.js';
import { streamOf } from './run.js';
import type { Act, Step } from './steps.js';

export type ReorganisationRequest =
  | { readonly action: 'plan-reorganisation' | 'amend-reorganisation'; readonly plan: Plan }
  | { readonly action: 'cancel-reorganisation'; readonly reason: string }
  | { readonly action: 'resume-reorganisation' };

/** Where reorganisations are planned, and read as they stand. */
export class Reorganisations {
  constructor(
    private readonly store: EventStore,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  /** With its revision; null where there is none. @throws Unavailable */
  async find(id: string): Promise<{ readonly state: Reorganisation; readonly revision: number } | null> {
    const loaded = await loadState(this.store, reorganisation, streamOf(id));
    return loaded?.state ? { state: loaded.state, revision: loaded.revision } : null;
  }

  /** What would be done for the steps today, by step, and what stands against it; nothing is stored. */
  judge(steps: readonly Step[], by: Person): { readonly acts: readonly (readonly Act[])[]; readonly unmet: readonly Unmet[] } {
    return judged(steps, circumstancesOf(by, this.directory));
  }

  /** Unit ids: those that somebody administers; null for all, also of an auditor, who reads everything. */
  seenBy({ roles }: Pick<Person, 'roles'>): readonly string[] | null {
    if (roles.some(({ role }) => role === 'auditor')) return null;
    const units = this.directory.units();
    return units.all().flatMap(({ id }) => (administeringRole(roles, id, units) ? [id] : []));
  }

  /** Whether somebody may read the plan: who administers all that it concerns, and auditors. */
  isSeen(plan: Plan, { roles, grants, countsAs }: Pick<Person, 'roles' | 'grants' | 'countsAs'>): boolean {
    if (roles.some(({ role }) => role === 'auditor')) return true;
    return governingRole(plan, circumstancesOf({ roles, grants, countsAs }, this.directory)) !== null;
  }

  /** What somebody may do with it now; what is planned must still be looked at. */
  allowed(state: Reorganisation, by: Pick<Person, 'roles' | 'grants' | 'countsAs'>): readonly ('amend' | 'cancel' | 'resume')[] {
    const isTheirs = governingRole(state.plan, circumstancesOf(by, this.directory)) !== null;
    return isTheirs ? (['amend', 'cancel', 'resume'] as const).filter((action) => isOpen(action, state)) : [];
  }

  /** Whether it is in the log already, so that it is answered again. @throws Unavailable */
  async hasAccepted(id: string, sent: Sent): Promise<boolean> {
    const commandId = commandIdOf(sent);
    return (await readOrNothing(this.store, streamOf(id))).some(({ metadata }) => metadata.commandId === commandId);
  }

  /** @throws Rejected, InvalidBody, KeyReused, RevisionConflict, Unavailable */
  async decide(id: string, request: ReorganisationRequest, person: Person, sent: Sent): Promise<Accepted> {
    const { store, directory, clock } = this;
    const today = dateInVietnam(clock.now());
    const context = { ...circumstancesOf(person, directory), person: person.id, today };
    const metadata = metadataOf(sent, { commandId: commandIdOf(sent) });
    const { ifMatch } = sent;
    const handled = await recordingRefusals({ store, today, action: request.action, metadata }, () =>
      handle({
        ...{ store, decider: reorganisation, stream: streamOf(id), command: { ...request, context }, metadata },
        ...(ifMatch !== undefined && { ifMatch }),
      }),
    );
    return acceptedAs(id, handled);
  }
}
