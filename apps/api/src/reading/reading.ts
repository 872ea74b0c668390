import { setImmediate as turn } from 'node:timers/promises';
import type { Actor, EventStore } from '#event-store';
import { Directory, Turns } from '#identity';
import type { Person } from '#identity';
import type { Database } from '#platform';
import {
  allowed,
  classifiedIn,
  commentsOf,
  differencesBetween,
  effectiveValues,
  historyPage,
  listProcedures,
  namedFilesOf,
  refusedType,
  stateAt,
} from '#procedures';
import { funnel } from '#reporting';
import { isAskedAbout, listTasks, whoseTask } from '#worklist';
import { readCursor, writeCursor } from '#processors';
import type { HistoryItem, RegisteredProcedure } from '#procedures';
import type { Processors } from '#processors';
import { sees, sightOf } from '#workflow';
import type { Definitions, Sight } from '#workflow';
import { Problem } from '../http/problem.js';
import { programsOf } from '../http/shared-places.js';
import { askersFor } from '../http/sent.js';
import type { Asker } from '../http/sent.js';
import { ProcedureDesk } from '#procedures/commands';
import type {
  ActorAnswer,
  AsOfAnswer,
  DiffAnswer,
  FunnelAnswer,
  HistoryAnswer,
  OnTimeReportAnswer,
  ProcedureAnswer,
  ProceduresAnswer,
} from './answers.dto.js';
import type { CommentsAnswer } from '../attachments/comments.dto.js';
import type { TasksAnswer, TasksQuery } from '../tasks/tasks.dto.js';
import type { OnTime } from '#reporting';
import { endOf, startOf, withPlus } from './reading.dto.js';
import type { FunnelQuery, HistoryQuery, OnTimeQuery, PageQuery, ProceduresQuery } from './reading.dto.js';

const longestWaitMs = 5_000;
const pageSize = 50;
const historyPageSize = 200;
/** By how much the clock of whoever asks may be ahead. */
const clockDifferenceMs = 60_000;

const invalidAsOf = (message: string): Problem => new Problem('invalid-query', { errors: [{ path: 'asOf', message }] });

/**
 * Whoever reads a past reads all of it, up to 8 million characters: so many at once, by turns of people, that nobody waits long for what others
 * ask and memory suffices. What waits holds nothing.
 */
const pastsAtOnce = { atOnce: 2, mostWaitingOfOne: 500, mostWaiting: 1_000 } as const;

/** Answers questions about procedures: lists from the views, one procedure and its past from the log. */
export class Reading {
  private readonly pasts = new Turns(pastsAtOnce);

  constructor(
    private readonly log: { readonly store: EventStore; readonly database: Database; readonly processors: Processors },
    private readonly definitions: Definitions,
    private readonly directory: Directory,
    private readonly desk: ProcedureDesk,
    private readonly onTime: OnTime,
  ) {}

  /** Waits until the views hold the position, if one is named. @throws Problem when they do not in time */
  async upTo(minPosition: string | undefined, views?: readonly string[]): Promise<void> {
    if (minPosition === undefined) return;
    if (await this.log.processors.waitFor(BigInt(minPosition), longestWaitMs, views)) return;
    throw new Problem('view-behind', { headers: { 'retry-after': '1' } });
  }

  /** As `upTo`, for what is known of units, people and delegations. */
  async directoryUpTo(minPosition: string | undefined): Promise<void> {
    if (minPosition === undefined) return;
    await this.upTo(minPosition, ['directory']);
    await this.directory.reload();
  }

  /** Waits until the views hold all that is in the log at this moment. @throws Problem when they do not in time */
  async upToNow(views: readonly string[]): Promise<void> {
    await this.upTo(String((await this.log.store.head()) ?? 0n), views);
  }

  async list({ unit, stage, limit, ...filters }: ProceduresQuery, by: Person): Promise<ProceduresAnswer> {
    if (stage !== undefined && !(await this.definitions.all()).some(({ stages }) => Object.hasOwn(stages, stage)))
      throw new Problem('invalid-query', { errors: [{ path: 'stage', message: 'is not a stage' }] });
    const asOf = this.log.processors.asOf('register');
    const page = await listProcedures(this.log.database, {
      ...filters,
      sight: this.directory.sightOf(by),
      stage,
      units: this.below(unit),
      limit: Number(limit ?? pageSize),
    });
    return { items: [...page.items], nextCursor: page.nextCursor, asOf };
  }

  async funnel({ kind, group, unit, field }: FunnelQuery, by: Person): Promise<FunnelAnswer> {
    const asOf = this.log.processors.asOf('counts');
    const { total, rows } = await funnel(this.log.database, {
      ...{ kind, group, field, units: this.below(unit) },
      sight: this.directory.sightOf(by),
    });
    return { asOf, total, rows: [...rows] };
  }

  /** How many publications were signed and disclosed in time. */
  async onTimeReport({ kind, group, unit, field, signedFrom, signedTo }: OnTimeQuery, by: Person): Promise<OnTimeReportAnswer> {
    const asOf = this.log.processors.asOf('publications');
    const rows = await this.onTime.report(
      { kind, group, field, units: this.below(unit), signedFrom, signedTo, sight: this.directory.sightOf(by) },
      new Date(),
    );
    return { asOf, rows: rows.map((row) => ({ ...row })) };
  }

  /** The procedure as it stands, or as it stood at a revision or time, with what the person may do there. */
  async procedure(id: string, asOf: string | undefined, by: Asker): Promise<ProcedureAnswer> {
    if (asOf === undefined) {
      const now = new Date();
      const found = await this.desk.findNewest(id);
      if (!found) throw new Problem('not-found');
      const { state, revision, position } = found;
      return this.shown(id, state, revision, { position: this.seenUpTo(position), at: now.toISOString(), lagMs: 0 }, by);
    }
    const isRevision = /^\d+$/.test(asOf);
    if (!isRevision && Date.parse(withPlus(asOf)) > Date.now() + clockDifferenceMs)
      throw invalidAsOf('is in the future, and what will be there then is not known yet');
    const found = await this.inTurn(by, () => stateAt(this.log.store, id, isRevision ? Number(asOf) : withPlus(asOf)));
    if (!found && isRevision) {
      const newest = await this.desk.findNewest(id);
      throw invalidAsOf(`does not exist yet: the newest revision is ${String(newest?.revision ?? 'none')}`);
    }
    if (!found) throw new Problem('not-found', { detail: 'The procedure was not registered at that time.' });
    const { state, revision, position, recordedAt } = found;
    return this.shown(id, state, revision, { position: String(position), at: recordedAt, lagMs: 0 }, by);
  }

  /** @throws InvalidCursor */
  async history(id: string, { order, refused, type, actor, from, to, cursor, limit }: HistoryQuery, by: Person): Promise<HistoryAnswer> {
    const types = type?.split(',');
    const withRefused = refused === 'true' || types?.includes(refusedType) === true;
    // Whoever was just refused finds it there.
    if (withRefused) await this.upToNow(['refusals']);
    const period = { from: from === undefined ? undefined : startOf(from), before: to === undefined ? undefined : endOf(to) };
    if (period.from && period.before && period.before <= period.from)
      throw new Problem('invalid-query', { errors: [{ path: 'to', message: 'must not be before from' }] });
    const asked = {
      order,
      refused: withRefused,
      types,
      actor: actor?.toLowerCase(),
      ...period,
      cursor,
      limit: Number(limit ?? historyPageSize),
    };
    const { items, nextCursor } = await this.inTurn(by, () => historyPage(this.log, id, asked, (item) => this.named(item)));
    return { items: [...items], nextCursor };
  }

  async differences(id: string, from: number, to: number, by: Person): Promise<DiffAnswer> {
    const changes = await this.inTurn(by, () => differencesBetween(this.log.store, id, from, to));
    if (!changes)
      throw new Problem('invalid-query', { errors: [{ path: 'to', message: 'from and to must be revisions of this procedure' }] });
    return { from, to, changes: [...changes] };
  }

  /** Where each file of the procedure is named, by its hash. */
  namedFiles(id: string): ReturnType<typeof namedFilesOf> {
    return namedFilesOf(this.log.store, id);
  }

  /** What people said about the procedure, oldest first. @throws InvalidCursor */
  async comments(id: string, { cursor, limit }: PageQuery): Promise<CommentsAnswer> {
    const after = cursor === undefined ? undefined : Number(readCursor(cursor, 'comments', 1)[0]);
    const { items, next } = await commentsOf(this.log.store, id, {
      ...(after !== undefined && { after }),
      limit: Number(limit ?? pageSize),
    });
    return {
      items: items.map(({ actor, revision = null, attachments = [], ...comment }) => ({
        ...comment,
        author: this.shownActor(actor),
        revision,
        attachments: [...attachments],
      })),
      nextCursor: next === null ? null : writeCursor(['comments', String(next)]),
    };
  }

  /** Which of the procedures the person may see, as they stand now: somebody who signed in may have lost a role since. */
  async seenBy(id: string, procedures: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const person = this.directory.person(id);
    if (!person || procedures.size === 0) return new Set();
    const sight = this.directory.sightOf(person);
    const known = await classifiedIn(this.log.database, [...procedures]);
    const seen = new Set<string>();
    for (const procedure of procedures) {
      // How secret it is never changes; a view that is behind may say who owned it before a correction, and of that tells ids and stages alone.
      const classified = known.get(procedure) ?? (await this.desk.find(procedure))?.state;
      if (classified && sees(sight, classified)) seen.add(procedure);
    }
    return seen;
  }

  /** Whether units in that sight are or were asked something about the procedure, as far as the view has come. */
  async isAsked({ units }: Sight, procedure: string): Promise<boolean> {
    return isAskedAbout(this.log.database, procedure, [...(units ?? [])]);
  }

  /** What the units are asked, or ask, of the caller or of whom they act for; about one procedure, what anybody is asked, by whoever may see it. */
  async tasks(
    { cursor, limit, unit, ...filters }: TasksQuery,
    by: Asker,
    { whoever = false }: { readonly whoever?: boolean } = {},
  ): Promise<TasksAnswer> {
    const tree = this.directory.units();
    const { units: seen, clearance } = by.actingFor ? sightOf(by.actingFor.roles, by.clearance, tree) : this.directory.sightOf(by);
    const below = this.below(unit);
    const units = seen === null ? (below ?? null) : (below ?? [...seen]).filter((one) => seen.has(one));
    const { items, nextCursor } = await listTasks(this.log.database, {
      ...{ ...filters, clearance, cursor, today: this.directory.date(), limit: Number(limit ?? pageSize) },
      units: whoever ? null : units,
    });
    const askers = askersFor(by, this.directory);
    return { items: items.map((item) => ({ ...item, actingFor: whoseTask(item, askers, tree)?.actingFor?.id ?? null })), nextCursor };
  }

  private async shown(id: string, state: RegisteredProcedure, revision: number, asOf: AsOfAnswer, by: Asker): Promise<ProcedureAnswer> {
    const { title, code, kind, group, field, owningUnit, classification = 'none', stage, suspended, definition, parts } = state;
    const { decision = null, document = null, abolition = null, review = null, offices, options } = effectiveValues(state);
    const may = allowed(state, await this.desk.contextOf(state, by));
    return {
      ...{
        id,
        title,
        code: code ?? null,
        kind,
        group: group ?? null,
        field,
        owningUnit,
        classification,
        stage,
        suspended,
        revision,
        definition,
        parts,
      },
      ...{ review, document, decision, abolition, offices: [...offices] },
      options: [...options],
      onTime: (await this.onTime.of(state, new Date(asOf.at))).map((fact) => ({ ...fact })),
      allowed: may.map(({ action, unmet }) => ({ action, unmet: [...unmet] })),
      asOf,
    };
  }

  /** @throws TooBusy */
  private inTurn<Result>(by: Person, read: () => Promise<Result>): Promise<Result> {
    // However many programs somebody has, they get one turn in each round.
    const [party = by.id] = programsOf(by);
    return this.pasts.take(party, async () => {
      // The embedded database answers without a turn of the event loop: one read after the other would keep out what comes meanwhile.
      await turn();
      return read();
    });
  }

  /** The log was read to its end, so the answer is at least as fresh as the view. */
  private seenUpTo(position: bigint): string {
    const viewed = BigInt(this.log.processors.asOf('register').position);
    return String(viewed > position ? viewed : position);
  }

  private named({ actor, ...item }: HistoryItem): HistoryAnswer['items'][number] {
    return { ...item, actor: this.shownActor(actor) };
  }

  private shownActor({ id, version, role, unit, onBehalfOf }: Actor): ActorAnswer {
    const name = this.directory.nameOf(id, version);
    if (onBehalfOf === undefined) return { id, name, role, unit };
    return { id, name, role, unit, onBehalfOf, onBehalfOfName: this.directory.person(onBehalfOf)?.name ?? null };
  }

  private below(unit: string | undefined): readonly string[] | undefined {
    return unit === undefined ? undefined : this.directory.units().subtree(unit.toLowerCase());
  }
}
