import { createHash, randomUUID } from 'node:crypto';
import type { CommandBus } from '@nestjs/cqrs';
import type { BulkRun, SettledItem } from '#bulk';
import { RevisionConflict, uuidv5 } from '#event-store';
import type { Unmet } from '#event-store';
import type { Files } from '#files';
import type { Directory } from '#identity';
import type { Logger } from '#platform';
import { hashesIn } from '#procedures';
import { ActOnProcedure } from '#procedures/commands';
import type { ActionBody, ActionOnProcedure, Found, ProcedureDesk } from '#procedures/commands';
import { problemOf } from '../http/problem-filter.js';
import { mostErrors, problems } from '../http/problem.js';
import type { Asker } from '../http/sent.js';
import type { SeenProcedure } from '../procedures/known-procedure.js';

type Outcome = Pick<SettledItem, 'outcome' | 'unmet'>;
type Request = Parameters<ProcedureDesk['unmetByAction']>[2];

interface On {
  readonly desk: ProcedureDesk;
  readonly files: Files;
  readonly directory: Directory;
  readonly commands: CommandBus;
}

/** How often it is looked at anew what others change meanwhile. */
const mostTries = 4;
const accepted: Outcome = { outcome: 'accepted', unmet: [] };
const notFound: Unmet = { code: 'not-found', message: 'There is no such procedure.' };
const leftStage: Unmet = { code: 'wrong-stage', message: 'It left the stage in which it was selected.' };
const noMore: Unmet = { code: 'not-authorised', message: 'Whoever ordered it is signed in no more, or is not known here any more.' };
const conflict: Unmet = { code: 'revision-conflict', message: 'Others were working on it; try again.' };

/**
 * Single items of a run: each is looked at first, so that a refusal stands in the record of the run and not in the log, and what nothing stands
 * against is sent as the ordinary command of whoever ordered it, under a key of its own, so that it is in the log once however often it is sent.
 */
export class BulkItems {
  constructor(
    private readonly on: On,
    private readonly seen: SeenProcedure,
    private readonly logger: Logger,
  ) {}

  /** What becomes of the item, or would where it is a preview. @param isIn Whether whoever ordered it may still enter. @throws outages */
  async settle(run: BulkRun, procedure: string, isIn: boolean): Promise<Outcome> {
    try {
      return await this.attempt(run, procedure, isIn);
    } catch (error) {
      const problem = problemOf(error);
      if (problem && (problem.status >= 500 || problem.status === 429)) throw error;
      if (problem) return refused(unmetOf(error));
      const id = randomUUID();
      this.logger.error({ err: error, id, bulk: run.id, procedure }, 'An item of a bulk run failed unexpectedly.');
      return refused([{ code: 'internal-error', message: `${problems['internal-error'].en} The log has it under ${id}.` }]);
    }
  }

  /** Whether it is in the log already, however the procedure stands now. @throws Unavailable */
  isAccepted(run: BulkRun, procedure: string): Promise<boolean> {
    return this.on.desk.hasAccepted(procedure, uuidv5(run.person, keyOf(run, procedure)));
  }

  private async attempt(run: BulkRun, procedure: string, isIn: boolean): Promise<Outcome> {
    for (let tries = 1; ; tries++) {
      const by = isIn ? this.asker(run) : null;
      const found = by && (await this.on.desk.find(procedure));
      const unmet = by ? await this.unmet(run, procedure, by, found) : [noMore];
      if (unmet.length > 0) {
        // What was sent before a process went down is not refused because it was done; and what is known may be behind.
        if (!run.dryRun && (await this.isAccepted(run, procedure))) return accepted;
        const newest = await this.on.desk.findNewest(procedure);
        if (newest?.revision === found?.revision || tries >= mostTries) return refused(unmet);
        continue;
      }
      if (!by || !found || run.dryRun) return accepted;
      try {
        await this.send(run, procedure, by, found);
        return accepted;
      } catch (error) {
        if (!(error instanceof RevisionConflict)) throw error;
        if (tries >= mostTries) return refused([conflict]);
      }
    }
  }

  /** Whoever ordered it, as they stand now; null where they are not known any more. */
  private asker({ person: id, actingFor }: BulkRun): Asker | null {
    const { directory } = this.on;
    const person = directory.person(id);
    return person ? { ...person, ...(actingFor !== null && { actingFor: directory.actingFor(actingFor, id) }) } : null;
  }

  private async unmet(run: BulkRun, procedure: string, by: Asker, found: Found | null): Promise<readonly Unmet[]> {
    const { desk, files, directory } = this.on;
    const person = directory.person(by.id);
    if (!found || !person || !(await this.seen.isSeen(procedure, person))) return [notFound];
    if (run.stage !== null && found.state.stage !== run.stage) return [leftStage];
    const hashes = hashesIn(run.body);
    const named = hashes.length === 0 ? [] : await files.named(procedure, hashes);
    try {
      return await desk.unmetByAction(procedure, found, { action: run.action, body: run.body } as Request, by, named);
    } catch (error) {
      const problem = problemOf(error);
      if (!problem || problem.status >= 500 || problem.status === 429) throw error;
      return unmetOf(error);
    }
  }

  private async send(run: BulkRun, procedure: string, by: Asker, { revision }: Found): Promise<void> {
    const idempotencyKey = keyOf(run, procedure);
    const requestHash = createHash('sha256').update(`bulk ${run.requestHash} ${procedure}`).digest('hex');
    const sent = { by, idempotencyKey, requestHash, correlationId: run.correlationId, ifMatch: revision, batch: run.id };
    const { action, body } = run as { readonly action: ActionOnProcedure; readonly body: ActionBody<ActionOnProcedure> };
    await this.on.commands.execute(new ActOnProcedure(procedure, action, body, sent));
  }
}

const keyOf = ({ id }: BulkRun, procedure: string): string => uuidv5(id, procedure);

const refused = (unmet: readonly Unmet[]): Outcome => ({ outcome: unmet[0]?.code ?? 'internal-error', unmet });

/** What a call would be refused with, as conditions. */
function unmetOf(error: unknown): readonly Unmet[] {
  const problem = problemOf(error);
  if (!problem) throw error;
  const { code, message, details } = problem;
  const { unmet = [], errors = [] } = details;
  if (unmet.length > 0) return unmet.map(({ code: which, message: said, path }) => ({ code: which, message: said, ...(path !== undefined && { path }) })); // prettier-ignore
  if (errors.length > 0) return errors.slice(0, mostErrors).map(({ path, message: said }) => ({ code, message: said, path }));
  return [{ code, message }];
}
