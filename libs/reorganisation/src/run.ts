import { createHash } from 'node:crypto';
import { Rejected, RevisionConflict, StreamNotFound, actorWithoutPerson, handle, loadState, unmetIn, uuidv5 } from '#event-store';
import type { EventMetadata, EventStore, Unmet } from '#event-store';
import { othersAdminister, unit } from '#identity';
import type { Directory, Person } from '#identity';
import { dateInVietnam } from '#platform';
import type { Clock, Database } from '#platform';
import type { ProcedureDesk } from '#procedures/commands';
import { metadataOf } from '#workflow';
import type { HeldRole, Sent, UnitTree } from '#workflow';
import { circumstancesOf } from './circumstances.js';
import { unitCommandOf } from './judged.js';
import { countMoved, keptBy } from './kept.js';
import { reorganisation } from './reorganisation.js';
import type { Reorganisation, ReorganisationCommand } from './reorganisation.js';
import { treeAfter } from './steps.js';
import type { Act } from './steps.js';

/** How it is watched whether it may go on, and what is known. */
interface RunTools {
  readonly signal: AbortSignal;
  /** Whether the register reaches the position within the time. */
  readonly reached: (position: bigint, timeoutMs: number) => Promise<boolean>;
}

interface On {
  readonly store: EventStore;
  readonly database: Database;
  readonly directory: Directory;
  /** Decides on procedures by the units that it is told. */
  readonly deskOver: (units: () => UnitTree) => ProcedureDesk;
  readonly clock: Clock;
}

type Running = Reorganisation & { readonly begun: NonNullable<Reorganisation['begun']> };

/** A step that is worked on. */
interface Part {
  readonly step: number;
  readonly state: Running;
  readonly by: Sent['by'];
}

const inFlight = 8;
const pageSize = 200;
const patienceMs = 30_000;
/** How often it is tried to give away what others are working on. */
const mostTries = 5;

/** It goes on later: the log or a view is not there yet, or this process is to end. */
class Later extends Error {
  override readonly name = 'Later';
}
/** It cannot go on as it was planned. */
class Stopped extends Error {
  override readonly name = 'Stopped';
  constructor(readonly unmet: readonly Unmet[]) {
    super(unmet[0]?.message ?? '');
  }
}

/**
 * Does what was planned, act by act, each by an ordinary command with the rights of whoever planned it, under an id of its own that comes from the
 * plan. So a process that takes up what another has left begins the step anew, and what was done is found done.
 */
export class ReorganisationRun {
  /** As the acts that were done leave it: the directory may be behind them. */
  private tree: UnitTree;
  private readonly desk: ProcedureDesk;

  constructor(
    private readonly on: On,
    private readonly tools: RunTools,
  ) {
    this.tree = on.directory.units();
    this.desk = on.deskOver(() => this.tree);
  }

  /** Goes on with it as far as it comes: to its end, to where it stands still, or until it was cancelled. @throws Unavailable */
  async advance(id: string): Promise<void> {
    try {
      for (let state = await this.begun(id); state; state = await this.underway(id)) {
        const step = state.done.length;
        try {
          await this.doStep(id, state, step);
        } catch (error) {
          if (!(error instanceof Stopped)) throw error;
          await this.order(id, { action: 'halt-reorganisation', step, unmet: error.unmet }, `halt/${String(await this.revision(id))}`);
          return;
        }
      }
    } catch (error) {
      if (!(error instanceof Later)) throw error;
    }
  }

  /** As it stands once it has begun; null where it cannot, or is none of ours any more. */
  private async begun(id: string): Promise<Running | null> {
    const { directory, clock } = this.on;
    const loaded = await loadState(this.on.store, reorganisation, streamOf(id));
    const state = loaded?.state;
    if (state?.state !== 'planned') return this.underway(id);
    const person = directory.person(state.by);
    const context = { ...circumstancesOf(person ?? null, directory), person: state.by, today: dateInVietnam(clock.now()) };
    const command = { action: 'begin-reorganisation', context } as const;
    const unmet = unmetIn(() => reorganisation.decide(command, state));
    if (unmet.some(({ code }) => code === 'reorganisation-state')) return null;
    const revision = String(loaded?.revision);
    if (unmet.length > 0) {
      await this.order(id, { action: 'halt-reorganisation', step: 0, unmet }, `halt/${revision}`);
      return null;
    }
    await this.order(id, command, `begin/${revision}`);
    return this.underway(id);
  }

  private async underway(id: string): Promise<Running | null> {
    const loaded = await loadState(this.on.store, reorganisation, streamOf(id));
    const state = loaded?.state;
    return state?.state === 'running' && state.begun ? { ...state, begun: state.begun } : null;
  }

  private async revision(id: string): Promise<number> {
    return (await loadState(this.on.store, reorganisation, streamOf(id)))?.revision ?? -1;
  }

  /** @throws Stopped, Later */
  private async doStep(id: string, state: Running, step: number): Promise<void> {
    const acts = state.begun.acts[step] ?? [];
    const by = this.sender(state);
    this.tree = state.begun.acts.slice(0, step).flat().reduce(treeAfter, this.on.directory.units());
    const part = { step, state, by };
    for (const [no, act] of acts.entries()) {
      await this.mustGoOn(id);
      if (act.act === 'transfer') await this.give(id, act, part);
      else await this.onUnit(id, act, no, part);
      this.tree = treeAfter(this.tree, act);
    }
    // What was registered while it went on.
    if (acts.some(({ act }) => act === 'close')) for (const act of acts) if (act.act === 'transfer') await this.give(id, act, part);
    await this.upToNow();
    const moved = await countMoved(this.on.database, { reorganisation: id, step });
    const today = dateInVietnam(this.on.clock.now());
    await this.order(id, { action: 'step-done', step, moved, today }, `step/${String(step)}`);
  } // prettier-ignore

  private async onUnit(id: string, act: Exclude<Act, { act: 'transfer' }>, no: number, { step, state, by }: Part): Promise<void> {
    const { store, directory } = this.on;
    const context = { unit: act.unit, by: state.begun.roles, units: this.tree, othersAdminister: othersAdminister(directory, act.unit) };
    const sent = { by, requestHash: hashOf(id), correlationId: id, batch: id };
    const metadata = metadataOf(sent, { commandId: uuidv5(id, `${String(step)}/${String(no)}`) });
    try {
      await handle({ store, decider: unit, stream: `unit-${act.unit}`, command: { ...unitCommandOf(act), context }, metadata });
    } catch (error) {
      throw stoppedBy(error);
    }
  }

  /** Gives away what is kept there, page by page; what was given is found there no more. */
  private async give(id: string, { from, to, which }: Extract<Act, { act: 'transfer' }>, { step, state, by }: Part): Promise<void> {
    await this.upToNow();
    const { decision } = state.plan;
    const body = { from, to, reorganisation: id, step, decision };
    const units = this.tree.standingFor(from);
    for (let after: string | undefined; ;) {
      await this.mustGoOn(id);
      const page = await keptBy(this.on.database, { units, which, after, limit: pageSize });
      const left = page.values();
      const failed: unknown[] = [];
      const work = async (): Promise<void> => {
        for (const procedure of left) {
          if (failed.length > 0 || this.tools.signal.aborted) return;
          await this.giveOne(procedure, body, by).catch((error: unknown) => failed.push(error));
        }
      };
      await Promise.all(Array.from({ length: inFlight }, work));
      if (failed.length > 0) throw failed[0];
      after = page.at(-1);
      if (page.length < pageSize) return;
    }
  } // prettier-ignore

  private async giveOne(procedure: string, body: Parameters<typeof requestOf>[0], by: Sent['by']): Promise<void> {
    const { reorganisation: id, step } = body;
    const sent = { by, idempotencyKey: `${id}/${String(step)}/${procedure}`, requestHash: hashOf(id), correlationId: id, batch: id };
    for (let tries = 1; ; tries++) {
      try {
        await this.desk.act(procedure, requestOf(body), sent);
        return;
      } catch (error) {
        if (error instanceof RevisionConflict && tries < mostTries) continue;
        // The register may be behind: another unit keeps it by now.
        if (error instanceof Rejected && error.unmet.every(({ code }) => code === 'not-kept-there')) return;
        if (error instanceof StreamNotFound) return;
        throw stoppedBy(error);
      }
    }
  }

  /** Whoever planned it, with the roles that let it begin. @throws Stopped */
  private sender({ by, begun }: Running): Sent['by'] {
    const person = this.on.directory.person(by);
    if (!person) throw new Stopped([{ code: 'not-authorised', message: 'Whoever planned it is not known here any more.' }]);
    return { ...senderOf(person), roles: begun.roles };
  }

  /** @throws Later where this process is to end, or it was cancelled */
  private async mustGoOn(id: string): Promise<void> {
    if (this.tools.signal.aborted || !(await this.underway(id))) throw new Later();
  }

  /** @throws Later where the register does not get there in time */
  private async upToNow(): Promise<void> {
    const head = await this.on.store.head();
    if (head !== null && !(await this.tools.reached(head, patienceMs))) throw new Later();
  }

  private async order(id: string, command: ReorganisationCommand, what: string): Promise<void> {
    const commandId = uuidv5(id, what);
    const metadata: EventMetadata = {
      ...{ commandId, requestHash: hashOf(id), $correlationId: id, $causationId: commandId, batch: id },
      actor: actorWithoutPerson('system'),
    };
    try {
      await handle({ store: this.on.store, decider: reorganisation, stream: streamOf(id), command, metadata });
    } catch (error) {
      // It was cancelled, or another process was quicker.
      if (error instanceof Rejected) throw new Later();
      throw error;
    }
  }
}

export const streamOf = (id: string): string => `reorganisation-${id}`;

const senderOf = ({ id, version, commitment, unit: at, countsAs }: Person): Omit<Sent['by'], 'roles'> & { readonly roles: readonly HeldRole[] } => ({
  ...{ id, version, commitment, unit: at, countsAs, roles: [] },
}); // prettier-ignore

const requestOf = (body: { readonly from: string; readonly to: string; readonly reorganisation: string; readonly step: number; readonly decision: { readonly number: string; readonly date: string } }) =>
  ({ action: 'transfer', body }) as const; // prettier-ignore

/** The same whenever the plan is worked on, so that what was sent before a process went down is known again. */
const hashOf = (id: string): string => createHash('sha256').update(`reorganisation ${id}`).digest('hex');

function stoppedBy(error: unknown): unknown {
  if (error instanceof Rejected) return new Stopped(error.unmet);
  if (error instanceof RevisionConflict)
    return new Stopped([{ code: 'revision-conflict', message: 'Others were working on it; resume it.' }]);
  return error;
}
