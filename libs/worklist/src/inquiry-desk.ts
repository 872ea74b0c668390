import { acceptedAs, handle, loadState, recordingRefusals, seenAt } from '#event-store';
import type { Accepted, EventStore } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Clock, Database } from '#platform';
import { commandIdOf, metadataOf, rolesFor } from '#workflow';
import type { Sender, Sent, UnitTree } from '#workflow';
import { inquiry, speakingRole, speaksAt } from './inquiry.js';
import type { Inquiry, InquiryCommand, Parties } from './inquiry.js';
import { inquiriesAbout } from './task-queries.js';

type WithoutContext<Command> = Command extends unknown ? Omit<Command, 'context'> : never;

export type InquiryRequest = WithoutContext<InquiryCommand>;

/** What the rules need to know of the procedure. */
export interface AboutInquiry {
  readonly procedure: string;
  readonly ended: boolean;
  /** Of the procedure. */
  readonly revision: number;
}

/** What units were asked about. */
export interface InquirySubject extends Parties {
  /** Procedure id. */
  readonly procedure: string;
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
  async find(id: string): Promise<InquirySubject | null> {
    return this.subjectOf(id, await this.stateOf(id));
  }

  /** As `find`, with what was asked and said so far. */
  async findWhole(id: string): Promise<{ readonly subject: InquirySubject; readonly state: Inquiry } | null> {
    const state = await this.stateOf(id);
    const subject = await this.subjectOf(id, state);
    return subject && { subject, state };
  }

  private async stateOf(id: string): Promise<Inquiry> {
    return (await loadState(this.store, inquiry, `inquiry-${id}`))?.state ?? inquiry.initial;
  }

  private async subjectOf(id: string, state: Inquiry): Promise<InquirySubject | null> {
    if (state.phase !== 'none') {
      const { procedure, by, asked, dueOn } = state;
      return { procedure, by, units: asked, dueOn };
    }
    const { rows } = await this.database.pool.query<{ procedure: string; unit: string; kind: string; dueOn: string; waits: boolean }>(
      `SELECT procedure, unit, kind, due_on::text AS "dueOn", answered_at IS NULL AND NOT closed AS waits FROM views.tasks WHERE id = $1 ORDER BY unit`,
      [id],
    );
    const [first] = rows;
    if (!first) return null;
    const { procedure, kind, dueOn } = first;
    const units = rows.map(({ unit }) => unit);
    if (kind !== 'review') return { procedure, by: null, units };
    const waiting = rows.filter(({ waits }) => waits).map(({ unit }) => unit);
    return { procedure, by: null, units, assigned: units, waiting, dueOn };
  }

  /** Unit id: for which somebody answers who names none. The only one of those asked for which they speak, else their own. */
  answererOf({ units }: InquirySubject, by: Sender): string {
    const roles = rolesFor('answer', by);
    return onlyOne(units.filter((one) => speakingRole(one, { roles, units: this.units() }) !== null)) ?? unitOf(by);
  }

  /** Unit id: for which somebody raises an obstacle who names none. The only one at which they hold a role that speaks, else their own. */
  raiserOf(by: Sender): string {
    return onlyOne(speaksAt(rolesFor('raise-obstacle', by))) ?? unitOf(by);
  }

  /** Unit id: who answers for what the unit owns. The unit itself, or the nearest one above that is open. */
  leadOf(owningUnit: string): string {
    const open = this.units()
      .pathUp(owningUnit)
      .find(({ closed }) => closed !== true);
    return open?.id ?? owningUnit;
  }

  /** @throws Rejected, InvalidBody, KeyReused, RevisionConflict, Unavailable */
  async decide(id: string, command: InquiryRequest, about: AboutInquiry, sent: Sent): Promise<Accepted> {
    const { store } = this;
    const { procedure, ended, revision: current } = about;
    const decider = seenAt(sent.ifMatch, current, inquiry);
    const before = await this.before(command, procedure);
    const context = { roles: rolesFor(command.action, sent.by), units: this.units(), ended, ...before };
    const metadata = metadataOf(sent, { commandId: commandIdOf(sent) });
    const refused = { store, today: this.today(), action: command.action, procedure, metadata };
    const handled = await recordingRefusals(refused, () =>
      handle({ store, decider, stream: `inquiry-${id}`, command: { ...command, context }, metadata }),
    );
    return acceptedAs(id, handled);
  }

  /** How many there are of the kind that the command begins. A unit id that is none is refused by the decision. */
  private async before(command: InquiryRequest, procedure: string): Promise<{ readonly before?: number; readonly consulted?: number }> {
    if (command.action === 'consult') {
      const { inquiries, units } = await inquiriesAbout(this.database, procedure, 'consultation');
      return { before: inquiries, consulted: units };
    }
    if (command.action !== 'raise-obstacle' || !this.units().get(command.raised.unit)) return {};
    return { before: (await inquiriesAbout(this.database, procedure, 'obstacle', command.raised.unit)).inquiries };
  }
}

const onlyOne = ([first, ...others]: readonly string[]): string | undefined => (others.length === 0 ? first : undefined);

/** Unit id: the sender's, or that of whom they act for. */
const unitOf = ({ unit, actingFor }: Sender): string => (actingFor ? (actingFor.roles[0]?.unit ?? unit) : unit);
