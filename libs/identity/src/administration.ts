import { acceptedAs, KeyReused, StreamNotFound, handle, readOrNothing, recordingRefusals, unmetIn } from '#event-store';
import type { Accepted, Decider, EventMetadata, EventStore, Handled, Unmet } from '#event-store';
import type { Database } from '#platform';
import type { Classification, Delegation, HeldRole, Role } from '#workflow';
import { delegations } from './delegations.js';
import type { DelegationCommand } from './delegations.js';
import { governsForGood } from './administering.js';
import type { Administrator, Standing } from './administering.js';
import type { Directory, Person } from './directory.js';
import { hashPassword } from './passwords.js';
import { person } from './person.js';
import { holdsKeys } from './erasing.js';
import type { Erasure, Grant, PersonCommand } from './person.js';
import { isStoredAs, storeAccount, storePerson } from './registration.js';
import { unit } from './unit.js';
import type { UnitCommand } from './unit.js';

/** Who orders it, and what the log shall know of that. */
export interface Order {
  readonly by: Person;
  readonly metadata: EventMetadata;
  /** The hash of the request with what is left out of it, which events of earlier versions have. (Default: nothing is left out) */
  readonly formerHash?: string | undefined;
  /** The revision that was seen. (Default: any) */
  readonly ifMatch?: number | undefined;
}

export interface NewAccount {
  readonly id: string;
  readonly name: string;
  /** Lower case. */
  readonly username: string;
  /** Left out for somebody who signs in elsewhere. */
  readonly password?: string | undefined;
  readonly clearance: Classification;
  /** Unit id: where they are looked after while they hold no role. */
  readonly unit: string;
}

type WithoutContext<Command> = Command extends unknown ? Omit<Command, 'context'> : never;
type AnyEvent = { readonly type: string; readonly data: object };

/** How long an order waits for the directory to show it; the answer's position can be waited for longer. */
const shownWithinMs = 5_000;

/** Whether somebody would administer, who can sign in, if nobody held a role at this unit. */
export function othersAdminister(directory: Directory, id: string): boolean {
  const moment = { units: directory.units(), today: directory.date() };
  const elsewhere = ({ unit }: Grant): boolean => moment.units.present(unit)?.id !== id;
  return directory.people().some(({ canSignIn, grants }) => canSignIn && governsForGood(grants.filter(elsewhere), moment));
}

/** What somebody and whoever counts as them hold, now or on another day. */
export function rolesOnAnyDay({ grants, countsAs }: Pick<Person, 'grants' | 'countsAs'>, directory: Directory): readonly HeldRole[] {
  const alsoThem = countsAs.flatMap((id) => directory.person(id)?.grants ?? []);
  return [...grants, ...alsoThem].map(({ role, unit }) => ({ role, unit }));
}

/** Where orders about units, people and delegations are decided: looks up what the rules need to know, leaves the rest to `handle()`. */
export class Administration {
  constructor(
    private readonly store: EventStore,
    private readonly database: Database,
    private readonly directory: Directory,
    /** Whether the view `directory` reaches the position within that time. */
    private readonly shows: (position: bigint, withinMs: number) => Promise<boolean>,
  ) {}

  /** @throws Rejected, StreamNotFound, RevisionConflict, KeyReused, Unavailable */
  onUnit(id: string, command: WithoutContext<UnitCommand>, order: Order): Promise<Accepted> {
    if (command.action !== 'register-unit' && !this.directory.units().get(id)) throw new StreamNotFound(`unit-${id}`);
    const context = {
      ...{ unit: id, by: order.by.roles, held: rolesOnAnyDay(order.by, this.directory) },
      ...{ units: this.directory.units(), othersAdminister: othersAdminister(this.directory, id) },
    };
    return this.decide(unit, `unit-${id}`, id, { ...command, context }, order);
  }

  /** What stands against making the unit known now; nothing is stored. @param units As they stand when it is made known. (Default: now) */
  unmetByUnit(
    id: string,
    command: Extract<WithoutContext<UnitCommand>, { action: 'register-unit' }>,
    by: Person,
    units = this.directory.units(),
  ): readonly Unmet[] {
    const context = { unit: id, by: by.roles, units, othersAdminister: true };
    return unmetIn(() => unit.decide({ ...command, context }, unit.initial));
  }

  /** What stands against making the person known now; nothing is stored. */
  unmetByPerson({ id, clearance, unit: home }: Pick<NewAccount, 'id' | 'clearance' | 'unit'>, by: Person): readonly Unmet[] {
    const context = { person: id, by, units: this.directory.units(), today: this.directory.date(), othersAdminister: true };
    const command = { action: 'register-person', version: 1, commitment: '', clearance, unit: home, context } as const;
    return unmetIn(() => person.decide(command, person.initial));
  }

  /**
   * Makes somebody known. They may sign in at once, and do nothing until they are given a role. Sent again under its key it is answered as
   * the first time; the log holds nothing of name and username, so they are held against what is stored, and a password is not looked at.
   * @throws UsernameTaken, KeyReused, Rejected
   */
  async registerPerson({ id, name, username, password, clearance, unit }: NewAccount, order: Order): Promise<Accepted> {
    // Nothing is stored of a person for somebody who may make none.
    const command = { action: 'register-person', version: 1, commitment: '', clearance, unit } as const;
    const context = this.personContext(id, order);
    await this.refusing(command.action, order, () => Promise.resolve(person.decide({ ...command, context }, person.initial)));
    const passwordHash = password === undefined ? null : await hashPassword(password);
    const account = { id, name, username, passwordHash, clearance, demo: false, roles: [] };
    const commitment = await this.database.transaction(async (transaction) => {
      const stored = await storePerson(transaction, account);
      // Sent again it is answered again, and whoever was erased meanwhile stays so.
      if (stored === null) return '';
      if (!(await isStoredAs(transaction, account))) throw new KeyReused(order.metadata.commandId);
      await storeAccount(transaction, account);
      return stored;
    });
    return this.decide(person, `person-${id}`, id, { ...command, commitment, context }, await this.asStored(`person-${id}`, order));
  }

  /** @throws Rejected, StreamNotFound, RevisionConflict, KeyReused, Unavailable */
  grantRole(id: string, grant: Grant, order: Order): Promise<Accepted> {
    return this.onPerson(id, { action: 'grant-role', grant }, order);
  }

  /** @throws Rejected, StreamNotFound, RevisionConflict, KeyReused, Unavailable */
  revokeRole(id: string, role: Role, unit: string, order: Order): Promise<Accepted> {
    return this.onPerson(id, { action: 'revoke-role', role, unit }, order);
  }

  /** @throws Rejected, StreamNotFound, RevisionConflict, KeyReused, Unavailable */
  setClearance(id: string, clearance: Classification, order: Order): Promise<Accepted> {
    return this.onPerson(id, { action: 'set-clearance', clearance }, order);
  }

  /**
   * Erases somebody for good: from then on nobody has the id. What stands about them is removed by the reaction `erasing`.
   * @throws Rejected, StreamNotFound, RevisionConflict, KeyReused, Unavailable
   */
  async erasePerson(id: string, erasure: Erasure, order: Order): Promise<Accepted> {
    const known = this.directory.person(id);
    if (!known && !this.directory.isErased(id)) throw new StreamNotFound(`person-${id}`);
    const held = await holdsKeys(this.database.pool, id, this.directory.date());
    const command = { action: 'erase-person', erasure, isProgram: known?.isProgram === true, holdsKeys: held } as const;
    return this.decide(person, `person-${id}`, id, { ...command, context: this.personContext(id, order) }, order);
  }

  /** @throws Rejected, RevisionConflict, KeyReused, Unavailable */
  async delegate(delegation: Omit<Delegation, 'revoked'>, order: Order): Promise<Accepted> {
    const done = await this.onDelegations(delegation.from, { action: 'delegate', delegation }, order);
    return { ...done, id: delegation.id };
  }

  /** @throws Rejected, StreamNotFound, RevisionConflict, KeyReused, Unavailable */
  async revokeDelegation(id: string, reason: string | undefined, order: Order): Promise<Accepted> {
    const delegation = this.directory.delegations().find((one) => one.id === id);
    if (!delegation) throw new StreamNotFound(id);
    const done = await this.onDelegations(delegation.from, { action: 'revoke-delegation', id, reason }, order);
    return { ...done, id };
  }

  /** Whether it was accepted before and is sent again: it gets its first answer, whatever became of the person since. @param id Of the person it is about */
  async isSentAgain(about: 'person' | 'delegation', id: string, { metadata }: Order): Promise<boolean> {
    const events = await readOrNothing(this.store, `${about}-${id}`);
    return events.some(({ metadata: { commandId } }) => commandId === metadata.commandId);
  }

  private async onPerson(id: string, command: WithoutContext<PersonCommand>, order: Order): Promise<Accepted> {
    if (!this.directory.person(id) && !(await this.isSentAgain('person', id, order))) throw new StreamNotFound(`person-${id}`);
    return this.decide(person, `person-${id}`, id, { ...command, context: this.personContext(id, order) }, order);
  }

  private onDelegations(from: string, command: WithoutContext<DelegationCommand>, order: Order): Promise<Accepted> {
    const { id, roles, countsAs, isProgram } = order.by;
    const standing = (person: string): Standing & Pick<Administrator, 'id' | 'isProgram'> => {
      const { grants = [], home = null, isProgram = false } = this.directory.person(person) ?? {};
      return { id: person, grants, home, isProgram };
    };
    const context = {
      by: { id, roles, countsAs, isProgram },
      from: standing(from),
      to: command.action === 'delegate' ? standing(command.delegation.to) : null,
      today: this.directory.date(),
      others: this.directory.delegations().filter((one) => one.from !== from),
      units: this.directory.units(),
    };
    return this.decide(delegations, `delegation-${from}`, from, { ...command, context }, order);
  }

  /** The order with the hash that it was stored with, where an earlier version stored it with its personal data. */
  private async asStored(stream: string, order: Order): Promise<Order> {
    const { commandId } = order.metadata;
    const [first] = await readOrNothing(this.store, stream, { limit: 1 });
    const isFormer = first?.metadata.commandId === commandId && first.metadata.requestHash === order.formerHash;
    return isFormer ? { ...order, metadata: { ...order.metadata, requestHash: first.metadata.requestHash } } : order;
  }

  private personContext(id: string, { by }: Order): PersonCommand['context'] {
    const moment = { units: this.directory.units(), today: this.directory.date() };
    const othersAdminister = this.directory.people().some((one) => one.id !== id && one.canSignIn && governsForGood(one.grants, moment));
    const { roles, clearance, countsAs, isProgram } = by;
    return { person: id, by: { id: by.id, roles, clearance, countsAs, isProgram }, ...moment, othersAdminister };
  }

  private async decide<Command extends { readonly action: string }, State, Event extends AnyEvent>(
    decider: Decider<Command, State, Event>,
    stream: string,
    id: string,
    command: Command,
    order: Order,
  ): Promise<Accepted> {
    const { metadata, ifMatch } = order;
    const work = (): Promise<Handled<State>> =>
      handle({ store: this.store, decider, stream, command, metadata, ...(ifMatch !== undefined && { ifMatch }) });
    const handled = await this.refusing(command.action, order, work);
    if (await this.shows(handled.position, shownWithinMs)) await this.directory.reload();
    return acceptedAs(id, handled);
  }

  /** Puts what the rules refuse on record. */
  private refusing<Result>(action: string, { metadata }: Order, work: () => Promise<Result>): Promise<Result> {
    return recordingRefusals({ store: this.store, today: this.directory.date(), action, metadata }, work);
  }
}
