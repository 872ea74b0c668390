import { randomUUID } from 'node:crypto';
import type { AttachedFile } from '#files';
import { acceptedAs, Rejected, StateCache, StreamNotFound, handle, loadOnwards, recordRefusal, unmetIn, uuidv5 } from '#event-store';
import type { Accepted, Actor, EventMetadata, EventStore, FoldedStream, Handled, Unmet } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Clock } from '#platform';
import { actorOf, commandIdOf, inForceOn, kinds, metadataOf } from '#workflow';
import type { Definitions, LifecycleDefinition, Sender, Sent, UnitTree, Who } from '#workflow';
import type { Attaching } from '../attached.js';
import type { Dated, DecisionContext, ProcedureCommand } from '../commands.js';
import { LookAgain } from '../look-again.js';
import { faultOfCode } from '../official-code.js';
import { procedure } from '../procedure.js';
import type { Procedure, RegisteredProcedure } from '../state.js';
import { OfficialCodes } from './official-codes.js';
import type { Taking } from './official-codes.js';

/** What every accepted command on a procedure is answered with. */
export interface AcceptedOnProcedure extends Accepted {
  readonly stage: string;
}

type WithoutContext<Command> = Command extends unknown ? Omit<Command, 'context' | 'occurredOn' | 'confirm' | 'attaching'> : never;
/** An action with its body; `occurredOn`, `confirm`, `comment` and `attachments` are among the fields of the body. */
export type Request = WithoutContext<Exclude<ProcedureCommand, { action: 'register' }>>;
export type RegisterBody = Extract<ProcedureCommand, { action: 'register' }>['body'];

/** A registered procedure as it stands, with the revision. */
export interface Found {
  readonly state: RegisteredProcedure;
  readonly revision: number;
  /** Of its newest event. */
  readonly position: bigint;
}

/** Where all commands on procedures are decided: looks up what the rules need to know and leaves the rest to `handle()`. */
export class ProcedureDesk {
  private readonly cache = new StateCache<Procedure>();

  constructor(
    private readonly store: EventStore,
    private readonly definitions: Definitions,
    private readonly units: () => UnitTree,
    private readonly clock: Clock,
    private readonly codes = new OfficialCodes(store, clock),
  ) {}

  /**
   * Null when there is no such procedure. May be behind what another process wrote, but not behind the revision.
   * (Default: any) @throws Unavailable
   */
  async find(id: string, revision = 0): Promise<Found | null> {
    const cached = this.cache.get(streamOf(id));
    return cached && cached.revision >= revision ? foundIn(cached) : this.findNewest(id);
  }

  /** As it stands in the log now, whoever wrote it; null when there is no such procedure. @throws Unavailable */
  async findNewest(id: string): Promise<Found | null> {
    return foundIn(await loadOnwards(this.store, procedure, streamOf(id), this.cache));
  }

  /** What the rules look at when this person acts on the procedure. @throws Unavailable */
  async contextOf(state: RegisteredProcedure, by: Who): Promise<DecisionContext> {
    return this.contextFor(await this.definitions.lifecycle(state.definition.id, state.definition.version), by);
  }

  /** The same for every procedure that keeps this lifecycle. @throws Unavailable */
  async contextFor(definition: LifecycleDefinition, by: Who): Promise<DecisionContext> {
    return this.context(definition, by, randomUUID());
  }

  /** @throws Rejected, InvalidBody, KeyReused, RevisionConflict, TooLarge, Unavailable */
  async register(body: RegisterBody & Dated, sent: Sent): Promise<AcceptedOnProcedure> {
    const { occurredOn, confirm, ...rest } = body;
    const id = sent.idempotencyKey === undefined ? randomUUID() : uuidv5(sent.by.id, `procedure:${sent.idempotencyKey}`);
    const commandId = commandIdOf(sent);
    const definition = await this.definitions.current(rest.kind);
    const context = await this.context(definition, sent.by, commandId);
    const command = { action: 'register', body: rest, occurredOn, confirm, context } as const;
    const actor = actorIn(sent.by, command, procedure.initial);
    const { code, classification } = rest;
    const taking = { procedure: id, classification, commandId, actor, correlationId: sent.correlationId };
    // A repetition finds its procedure there, with the code; a sender who saw a revision is told that there is none.
    const takes = code !== undefined && sent.ifMatch === undefined && (await this.find(id)) === null;
    const codeTaken = takes && (await this.isTaken({ ...taking, code }, command, procedure.initial));
    return this.decide(id, { ...command, context: { ...context, codeTaken } }, sent, { commandId, definition }, null);
  }

  /**
   * @param files The procedure's files, as far as the body names them. (Default: none)
   * @throws Rejected, InvalidBody, KeyReused, RevisionConflict, StreamNotFound, TooLarge, Unavailable
   */
  async act(id: string, request: Request, sent: Sent, files: readonly AttachedFile[] = []): Promise<AcceptedOnProcedure> {
    const found = await this.find(id);
    if (!found) throw new StreamNotFound(streamOf(id));
    try {
      return await this.actOn(found, id, request, sent, files);
    } catch (error) {
      if (!(error instanceof LookAgain)) throw error;
      const newest = await this.findNewest(id);
      if (!newest) throw error;
      return this.actOn(newest, id, request, sent, files);
    }
  }

  private async actOn(
    found: Found,
    id: string,
    { action, body }: Request,
    sent: Sent,
    files: readonly AttachedFile[],
  ): Promise<AcceptedOnProcedure> {
    const { occurredOn, confirm, comment, attachments, ...rest } = body as typeof body & Attaching & Dated;
    const commandId = commandIdOf(sent);
    const { id: definitionId, version } = found.state.definition;
    const definition = await this.definitions.lifecycle(definitionId, version);
    const looked = {
      ...(await this.context(definition, sent.by, commandId)),
      files,
      ofKind: await this.ofKind(found, { action, body } as Request),
      hourlyWage: await this.wageFor(action, occurredOn),
    };
    const command = { action, body: rest, occurredOn, confirm, attaching: { comment, attachments }, context: looked } as ProcedureCommand;
    const actor = actorIn(sent.by, command, found.state);
    const taking = { procedure: id, commandId, actor, correlationId: sent.correlationId };
    const codeTaken = await this.correctsToTaken(command, taking);
    const context = { ...looked, codeTaken };
    return this.decide(id, { ...command, context }, sent, { commandId, definition }, found);
  }

  /**
   * What would stand against a command now, and nothing when it would be accepted; nothing is stored. Null when there is no
   * such procedure at the revision. @throws InvalidBody, Unavailable
   */
  async unmetBy(id: string, request: Request, by: Sender, revision = 0): Promise<readonly Unmet[] | null> {
    const found = await this.find(id, revision);
    if (!found) return null;
    const context = {
      ...(await this.contextOf(found.state, by)),
      ofKind: await this.ofKind(found, request),
      hourlyWage: await this.wageFor(request.action),
    };
    return unmetIn(() => procedure.decide({ ...request, context }, found.state));
  }

  /** What stands against a registration now, and nothing when it would be accepted; nothing is stored and no code taken. @throws InvalidBody, Unavailable */
  async unmetByRegistration(id: string, { occurredOn, confirm, ...body }: RegisterBody & Dated, by: Who): Promise<readonly Unmet[]> {
    const context = await this.contextFor(await this.definitions.current(body.kind), by);
    const codeTaken = body.code !== undefined && faultOfCode(body.code) === null && (await this.codes.isTaken(body.code, id));
    return unmetIn(() => procedure.decide({ action: 'register', body, occurredOn, confirm, context: { ...context, codeTaken } }, procedure.initial)); // prettier-ignore
  }

  /**
   * The same against an action on a procedure as it stands, all that its body carries besides; no code is taken.
   * @param files The procedure's files, as far as the body names them. (Default: none) @throws InvalidBody, Unavailable
   */
  async unmetByAction(
    id: string,
    found: Found,
    { action, body }: Request,
    by: Who,
    files: readonly AttachedFile[] = [],
  ): Promise<readonly Unmet[]> {
    const { occurredOn, confirm, comment, attachments, ...rest } = body as typeof body & Attaching & Dated;
    const context = {
      ...(await this.contextOf(found.state, by)),
      files,
      ofKind: await this.ofKind(found, { action, body } as Request),
      hourlyWage: await this.wageFor(action, occurredOn),
    };
    const command = { action, body: rest, occurredOn, confirm, attaching: { comment, attachments }, context } as ProcedureCommand;
    const code = codeIn(command);
    const codeTaken = code !== undefined && (await this.codes.isTaken(code, id));
    return unmetIn(() => procedure.decide({ ...command, context: { ...context, codeTaken } }, found.state));
  }

  /** Whether the command is in the log already, however the procedure stands now. @throws Unavailable */
  async hasAccepted(id: string, commandId: string): Promise<boolean> {
    const { commands } = await loadOnwards(this.store, procedure, streamOf(id), this.cache);
    return commands.has(commandId);
  }

  private async decide(
    id: string,
    command: ProcedureCommand,
    sent: Sent,
    known: { readonly commandId: string; readonly definition: LifecycleDefinition },
    found: Found | null,
  ): Promise<AcceptedOnProcedure> {
    const metadata = metadataOf(sent, known);
    try {
      const stream = streamOf(id);
      const { ifMatch } = sent;
      const handled = await handle({
        store: this.store,
        decider: procedure,
        stream,
        command,
        metadata,
        cache: this.cache,
        isNew: command.action === 'register',
        ...(ifMatch !== undefined && { ifMatch }),
      });
      return answerOf(id, handled);
    } catch (error) {
      if (error instanceof Rejected)
        await this.recordRefusal(command.action === 'register' ? null : id, command.action, found, error, metadata);
      throw error;
    }
  }

  private async context(definition: LifecycleDefinition, by: Who, newId: string): Promise<DecisionContext> {
    return {
      actor: { id: by.id, roles: by.roles, clearance: by.clearance, countsAs: by.countsAs, actingFor: by.actingFor },
      definition,
      authority: await this.definitions.authority(definition.authority.id, definition.authority.version),
      units: this.units(),
      today: dateInVietnam(this.clock.now()),
      newId,
    };
  }

  /** The hourly wage that the action must use on that day; undefined while none is set, and for what reckons nothing. (Default: today) @throws Unavailable */
  private async wageFor(action: Request['action'], day = dateInVietnam(this.clock.now())): Promise<number | undefined> {
    if (action !== 'propose-option') return undefined;
    return inForceOn(await this.definitions.parameters.versions('hourlyWage'), day)?.value;
  }

  /** The newest lifecycle of the kind that a correction names, if it is another one. */
  private async ofKind({ state }: Found, { action, body }: Request): Promise<DecisionContext['ofKind']> {
    const kind = action === 'correct' && body.revision === 0 ? kinds.find((one) => one === body.changes.kind) : undefined;
    if (kind === undefined || kind === state.kind) return undefined;
    const definition = await this.definitions.current(kind);
    return { definition, authority: await this.definitions.authority(definition.authority.id, definition.authority.version) };
  }

  /** Whether another procedure has the code that a correction names. */
  private async correctsToTaken(command: ProcedureCommand, taking: Omit<Taking, 'code'>): Promise<boolean | 'unreserved'> {
    const code = codeIn(command);
    if (code === undefined) return false;
    const { state, commands } = await loadOnwards(this.store, procedure, streamOf(taking.procedure), this.cache);
    if (commands.has(taking.commandId)) return false;
    const classification = 'classification' in state ? state.classification : undefined;
    return this.isTaken({ ...taking, classification, code }, command, state);
  }

  /** Whether another procedure has the code; else it is reserved now, unless the command would be refused anyway. */
  private async isTaken(taking: Taking, command: ProcedureCommand, state: Procedure): Promise<boolean | 'unreserved'> {
    if (await this.codes.isTaken(taking.code, taking.procedure)) return true;
    try {
      procedure.decide(command, state);
    } catch {
      return 'unreserved';
    }
    return !(await this.codes.take(taking));
  }

  private async recordRefusal(
    id: string | null,
    action: ProcedureCommand['action'],
    found: Found | null,
    { unmet, authority }: Rejected,
    metadata: EventMetadata,
  ): Promise<void> {
    const data = { procedure: id, action, revision: found?.revision ?? null, stage: found?.state.stage ?? null, unmet, authority };
    await recordRefusal(this.store, dateInVietnam(this.clock.now()), data, metadata);
  }
}

/** The well-formed code that a correction names. */
function codeIn(command: ProcedureCommand): string | undefined {
  const code = command.action === 'correct' && command.body.revision === 0 ? command.body.changes.code : undefined;
  return typeof code === 'string' && faultOfCode(code) === null ? code : undefined;
}

const foundIn = ({ state, revision, position }: FoldedStream<Procedure>): Found | null =>
  state.phase === 'unregistered' ? null : { state, revision, position };

function answerOf(id: string, handled: Handled<Procedure>): AcceptedOnProcedure {
  const { id: procedure, revision, position, events } = acceptedAs(id, handled);
  return { id: procedure, revision, position, stage: handled.state.phase === 'unregistered' ? '' : handled.state.stage, events };
}

/** The person in the role that lets them act on that state, where one does. */
const actorIn = (by: Sender, command: ProcedureCommand, state: Procedure): Actor => ({
  ...actorOf(by),
  ...procedure.authority?.(command, state),
});

const streamOf = (id: string): string => `procedure-${id}`;
