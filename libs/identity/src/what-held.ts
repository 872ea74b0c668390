import { readOrNothing } from '#event-store';
import type { EventStore, RecordedEvent } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Database } from '#platform';
import { UnitTree } from '#workflow';
import type { ActingFor, Classification, HeldRole, Unit } from '#workflow';
import { delegations as delegationsOf } from './delegations.js';
import type { DelegationEvent } from './delegations.js';
import { countedAs } from './directory.js';
import { delegatedActions, rolesOn } from './held-on.js';
import { person as personDecider } from './person.js';
import type { PersonEvent, PersonState } from './person.js';
import { unitAfter } from './unit-after.js';
import type { UnitEvent } from './unit.js';

/** A moment of the log: what stands before the position was known then. */
export interface Moment {
  readonly position: bigint;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
}

/** Somebody as they stood at a moment, with the events that made it so. */
export interface ActorThen {
  /** Person id. */
  readonly id: string;
  readonly roles: readonly HeldRole[];
  readonly clearance: Classification;
  readonly countsAs: readonly string[];
  readonly actingFor?: ActingFor;
  readonly units: UnitTree;
  /** That gave a role to one of them, closed a unit, or let one act for the other; newest last. */
  readonly events: readonly RecordedEvent[];
}

/** Who held what at a moment of the past, from the log; of programs, which are not in it, from the table of their keys. */
export class WhatHeld {
  constructor(
    private readonly store: EventStore,
    private readonly database: Database,
  ) {}

  /**
   * Somebody as they stood just before the event at the position, with these units and all that these and their roles stood under.
   * @param onBehalfOf Person id. (Default: they act for nobody) @throws Unavailable
   */
  async actor(
    id: string,
    at: Moment,
    { onBehalfOf, units: named }: { readonly onBehalfOf?: string | undefined; readonly units: readonly string[] },
  ): Promise<ActorThen> {
    const today = dateInVietnam(new Date(at.recordedAt));
    const [own, other, delegated, keepers] = await Promise.all([
      this.person(id, at),
      onBehalfOf === undefined ? null : this.person(onBehalfOf, at),
      onBehalfOf === undefined ? [] : this.before(`delegation-${onBehalfOf}`, at),
      this.keepers(at),
    ]);
    const grants = [...own.state.grants, ...(other?.state.grants ?? [])];
    const { tree, events: placing } = await this.units([...named, ...grants.map(({ unit }) => unit)], at);
    const events = [...own.events, ...(other?.events ?? []), ...delegated, ...placing];
    const base = {
      ...{ id, roles: rolesOn(today, own.state.grants, tree), clearance: own.clearance, units: tree, events },
      countsAs: countedAs(id, keepers),
    };
    if (onBehalfOf === undefined || !other) return base;
    // The log's data is what the decider once made.
    const state = delegated.reduce(
      (before, event) => delegationsOf.evolve(before, event as unknown as DelegationEvent),
      delegationsOf.initial,
    );
    const actions = keepers.has(id) ? [] : delegatedActions(state, { from: onBehalfOf, to: id, today });
    const roles = actions.length > 0 ? rolesOn(today, other.state.grants, tree) : [];
    return { ...base, actingFor: { id: onBehalfOf, roles, actions, countsAs: countedAs(onBehalfOf, keepers) } };
  }

  private async person(
    id: string,
    at: Moment,
  ): Promise<{ readonly state: PersonState; readonly clearance: Classification; readonly events: readonly RecordedEvent[] }> {
    const events = await this.before(`person-${id}`, at);
    const state = events.reduce((before, event) => personDecider.evolve(before, event as unknown as PersonEvent), personDecider.initial);
    return { state, clearance: state.clearance ?? (await this.clearanceFromBefore(id)), events };
  }

  /** The units and what they stood under, or had become part of, level by level. */
  private async units(ids: readonly string[], at: Moment): Promise<{ readonly tree: UnitTree; readonly events: readonly RecordedEvent[] }> {
    const found = new Map<string, Unit | null>();
    const events: RecordedEvent[] = [];
    for (let next = new Set(ids); next.size > 0;) {
      const read = await Promise.all([...next].map(async (id) => ({ id, events: await this.before(`unit-${id}`, at) })));
      next = new Set();
      for (const one of read) {
        const unit = one.events.reduce<Unit | null>((before, event) => unitAfter(before, event as unknown as UnitEvent, one.id), null);
        found.set(one.id, unit);
        events.push(...one.events);
        for (const above of [unit?.parent, unit?.mergedInto]) if (above != null && !found.has(above)) next.add(above);
      }
    }
    return { tree: new UnitTree([...found.values()].filter((unit) => unit !== null)), events };
  }

  private async before(stream: string, { position }: Moment): Promise<readonly RecordedEvent[]> {
    return (await readOrNothing(this.store, stream)).filter((event) => event.position < position);
  }

  /** Of somebody who was made before clearances stood in the log. */
  private async clearanceFromBefore(id: string): Promise<Classification> {
    const { rows } = await this.database.pool.query<{ clearance: Classification }>('SELECT clearance FROM identity.people WHERE id = $1', [
      id,
    ]);
    return rows[0]?.clearance ?? 'none';
  }

  private async keepers({ recordedAt }: Moment): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const { rows } = await this.database.pool.query<{ account: string; keeper: string }>(
      `SELECT person AS account, made_by AS keeper FROM identity.service_accounts WHERE made_at <= $1
       UNION SELECT account, made_by FROM identity.service_keys WHERE made_by IS NOT NULL AND made_at <= $1`,
      [recordedAt],
    );
    const keepers = new Map<string, Set<string>>();
    for (const { account, keeper } of rows) keepers.set(account, (keepers.get(account) ?? new Set()).add(keeper));
    return keepers;
  }
}
