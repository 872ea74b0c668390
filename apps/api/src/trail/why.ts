import { readOrNothing } from '#event-store';
import type { Actor, EventStore, RecordedEvent, Unmet } from '#event-store';
import type { ActorThen, Directory, WhatHeld } from '#identity';
import { codeIn, codeStream, decidedAgain, factOf, foldCode, procedureStream, refusedAgain, stateUpTo, stepAt, unitsIn } from '#procedures';
import type { Because, DecidedAgain, DecisionContext, Refusal, RegisteredProcedure, Step, Verdict } from '#procedures';
import { dateInVietnam } from '#platform';
import { inForceOn, parameterVersionsIn } from '#workflow';
import type { Calendars, Definitions, LifecycleDefinition } from '#workflow';
import { shownActor } from '../reading/shown-actor.js';
import { evidenceOf } from './evidence.js';
import type { Evidence } from './evidence.js';
import type { WhyAnswer } from './why.dto.js';

/** Where working days are counted for lifecycles that name no calendar. */
const calendarOfAll = 'vn';

/** From what the past is told. */
export interface PastSources {
  readonly store: EventStore;
  readonly definitions: Definitions;
  readonly calendars: Calendars;
  readonly held: WhatHeld;
}

/** What held at the moment of a decision. */
interface Held {
  readonly definition: LifecycleDefinition | null;
  readonly context: Omit<DecisionContext, 'newId' | 'files'> | null;
  readonly then: ActorThen;
  /** Of the parameter and the code that were looked up. */
  readonly looked: readonly RecordedEvent[];
}

/** Tells why something was done, or refused: what held at that moment, what each rule said, and whether today's code says the same. */
export class Why {
  constructor(
    private readonly sources: PastSources,
    private readonly directory: Directory,
  ) {}

  /** Why the procedure has that revision; null where it has none. @throws Unavailable */
  async revision(id: string, revision: number): Promise<WhyAnswer | null> {
    const step = await stepAt(this.sources.store, id, revision);
    if (!step) return null;
    const { event, before } = step;
    const fact = factOf(event);
    const held = await this.heldFor(id, step);
    const to =
      fact.type === 'ProcedureMigrated' ? await this.sources.definitions.lifecycle(fact.data.to.id, fact.data.to.version) : undefined;
    const again = held.context && decidedAgain(fact, before, held.context, { actor: event.metadata.actor, to });
    return this.answer({ ...event, procedure: id, revision, result: 'accepted', actor: event.metadata.actor }, held, again ?? undecided, [
      ...step.earlier,
      event,
    ]);
  }

  /** Why that was refused. @throws Unavailable */
  async refusal({ command, position, actor, recordedAt }: Refusal): Promise<WhyAnswer> {
    const { procedure: id, revision, action } = command;
    const at = { position, recordedAt };
    const found = id === null ? null : await stateUpTo(this.sources.store, id, position - 1n);
    const earlier = id === null || !found ? [] : await readOrNothing(this.sources.store, procedureStream(id), { to: found.revision });
    const then = await this.sources.held.actor(actor.id, at, {
      onBehalfOf: actor.onBehalfOf,
      units: found ? [found.state.owningUnit] : [],
    });
    const held = await this.held(found?.state ?? null, { then, at, looked: [] });
    const again = refusedAgain(command, found && held.context && { state: found.state, context: held.context });
    return this.answer({ ...at, procedure: id, revision, type: action, result: 'refused', actor }, held, again, earlier);
  }

  private async heldFor(id: string, { event, before }: Step): Promise<Held> {
    const fact = factOf(event);
    const { actor } = event.metadata;
    const [then, wage, code, ofKind] = await Promise.all([
      this.sources.held.actor(actor.id, event, { onBehalfOf: actor.onBehalfOf, units: unitsIn(fact, before) }),
      fact.type === 'OptionProposed' ? this.wageBefore(event, fact.data.occurredOn) : null,
      this.codeBefore(id, event, codeIn(fact)),
      fact.type === 'RecordCorrected' && fact.data.definition ? this.lifecycleWithPolicy(fact.data.definition) : undefined,
    ]);
    const looked = [...(wage?.events ?? []), ...code.events];
    const kept = before.phase === 'unregistered' ? (fact.type === 'ProcedureRegistered' ? fact.data : null) : before;
    const held = await this.held(kept, { then, at: event, looked });
    if (!held.context) return held;
    return { ...held, context: { ...held.context, codeTaken: code.isTaken, hourlyWage: wage?.value, ofKind } };
  }

  private async held(
    kept: Pick<RegisteredProcedure, 'definition'> | null,
    { then, at, looked }: Pick<Held, 'then' | 'looked'> & { readonly at: { readonly recordedAt: string } },
  ): Promise<Held> {
    if (!kept) return { definition: null, context: null, then, looked };
    const { definition, authority } = await this.lifecycleWithPolicy(kept.definition);
    const { units } = then;
    return {
      definition,
      context: { actor: then, definition, authority, units, today: dateInVietnam(new Date(at.recordedAt)) },
      then,
      looked,
    };
  }

  private async lifecycleWithPolicy({
    id,
    version,
  }: RegisteredProcedure['definition']): Promise<Pick<DecisionContext, 'definition' | 'authority'>> {
    const definition = await this.sources.definitions.lifecycle(id, version);
    return { definition, authority: await this.sources.definitions.authority(definition.authority.id, definition.authority.version) };
  }

  /** The hourly wage that was in force on the day, as far as it was set before. */
  private async wageBefore(
    { position }: RecordedEvent,
    day: string,
  ): Promise<{ readonly value: number | undefined; readonly events: readonly RecordedEvent[] }> {
    const set = (await readOrNothing(this.sources.store, 'parameter-hourlyWage')).filter((one) => one.position < position);
    const inForce = inForceOn(parameterVersionsIn(set), day);
    return { value: inForce?.value, events: set.slice((inForce?.version ?? 0) - 1).slice(0, inForce ? 1 : 0) };
  }

  /** Whether another procedure had the code, by who reserved it last before. */
  private async codeBefore(
    id: string,
    { position }: RecordedEvent,
    code: string | undefined,
  ): Promise<{ readonly isTaken: boolean; readonly events: readonly RecordedEvent[] }> {
    if (code === undefined) return { isTaken: false, events: [] };
    const folded = foldCode(code);
    const reserved = (await readOrNothing(this.sources.store, codeStream(folded))).findLast((one) => one.position < position);
    if (!reserved) return { isTaken: false, events: [] };
    const holder = (reserved.data as { readonly procedure: string }).procedure;
    const other = holder === id ? null : await stateUpTo(this.sources.store, holder, position - 1n);
    const isTaken =
      other?.state.code !== undefined &&
      foldCode(other.state.code) === folded &&
      !other.state.records.some(({ action }) => action === 'withdraw');
    return { isTaken, events: [reserved] };
  }

  private async answer(
    of: Pick<WhyAnswer, 'procedure' | 'revision' | 'type' | 'result' | 'recordedAt'> & { readonly position: bigint; readonly actor: Actor },
    { definition, context, then, looked }: Held,
    { verdicts, outcome, differences }: DecidedAgain,
    steps: readonly RecordedEvent[],
  ): Promise<WhyAnswer> {
    const { position, actor, procedure, revision, type, result, recordedAt } = of;
    const calendar = await this.sources.calendars.before(definition?.calendar ?? calendarOfAll, position);
    const { ...shown } = shownActor(actor, this.directory);
    const evidence: Evidence = { steps, actor, then, looked };
    return {
      ...{ procedure, revision, position: String(position), type, result, recordedAt },
      definition: definition && { id: definition.id, version: definition.version, title: definition.title },
      authority: context && { id: context.authority.id, version: context.authority.version },
      calendar: calendar && { id: calendar.calendar.id, version: calendar.calendar.version },
      actor: {
        ...shown,
        roles: then.roles.map((one) => ({ ...one })),
        clearance: then.clearance,
        countsAs: [...then.countsAs],
        actingFor: then.actingFor
          ? {
              id: then.actingFor.id,
              roles: then.actingFor.roles.map((one) => ({ ...one })),
              actions: then.actingFor.actions === 'all' ? 'all' : [...then.actingFor.actions],
            }
          : null,
      },
      units: then.units
        .all()
        .map(({ id, name, level, parent, closed = false, mergedInto = null }) => ({ id, name, level, parent, closed, mergedInto })),
      rules: verdicts.map((one) => ruleOf(one, evidence)),
      decidedAgain: { same: differences.length === 0, outcome, differences: differences.map((one) => ({ ...one })) },
    };
  }
}

/** Of an event of a version before procedures said which lifecycle they keep. */
const undecided: DecidedAgain = { verdicts: [], outcome: 'unreadable', differences: [{ path: 'definition' }] };

function ruleOf({ code, unmet, because }: Verdict<Unmet>, evidence: Evidence): WhyAnswer['rules'][number] {
  const reason: Because = because();
  return { code, held: unmet.length === 0, because: { fact: reason.fact, says: reason.says, events: evidenceOf(reason, evidence) } };
}
