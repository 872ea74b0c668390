import { setTimeout as delay } from 'node:timers/promises';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BulkRuns } from '#bulk';
import type { BulkRun, BulkState } from '#bulk';
import { KeyReused } from '#event-store';
import type { Person } from '#identity';
import { readCursor, writeCursor } from '#processors';
import type { Sent } from '#workflow';
import { idIn } from '../administration/administered.js';
import { TakesActingFor } from '../http/acting-for.js';
import { newId } from '../http/must-administer.js';
import { isCovered, Needs } from '../http/needs.js';
import type { Scope } from '../http/needs.js';
import { languageOf, Problem, toldIn } from '../http/problem.js';
import { HowSent, SignedIn } from '../http/sent.js';
import { partiesOf } from '../http/shared-places.js';
import { entranceOf } from '../jobs/entrances.js';
import { LongPageQuery } from '../reading/reading.dto.js';
import { bodyOf } from './bulk-actions.js';
import { BulkRunner } from './bulk-runner.js';
import { BulkSelection } from './bulk-selection.js';
import { BulkAnswer, BulkDto } from './bulk.dto.js';

/** How long an answer waits for a preview. */
const previewMs = 20_000;
const againMs = 50;
/** How long an answer waits for what is in flight when a run is stopped. */
const stopMs = 5_000;
const pageSize = 200;
/** Of a column that holds a place. */
const lastPlace = 2_147_483_647;

/** One action over many procedures. */
@ApiTags('bulk')
@ApiBearerAuth()
@Controller('api/v1/bulk')
export class BulkController {
  constructor(
    private readonly runs: BulkRuns,
    private readonly runner: BulkRunner,
    private readonly selection: BulkSelection,
  ) {}

  /**
   * Says what would become of each procedure that is selected, or with `dryRun` false does it: each by the ordinary command of the caller, as
   * their rights are then. Answers 200 when a preview is done with, 202 while it or a run is worked on; `GET /bulk/{id}` says how far it has come.
   */
  @Post()
  @Needs('some-command')
  @TakesActingFor()
  @ApiOkResponse({ type: BulkAnswer })
  @HttpCode(202)
  async start(
    @Body() { action, body = {}, selection, reason, dryRun = true, expectedCount }: BulkDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<BulkAnswer> {
    mustCover(request, action);
    // What a filter finds is read.
    if (selection.filter) mustCover(request, 'read');
    const read = bodyOf(action, body, reason);
    const id = newId('bulk', sent, person);
    const known = await this.runs.find(id);
    const run =
      known ?? (await this.begin({ id, action, body: read, selection, reason, dryRun, expectedCount }, { request, sent, person }));
    if (run.requestHash !== sent.requestHash || run.person !== person.id) throw new KeyReused(id);
    this.runner.wake();
    if (run.dryRun) await this.looked(id);
    const answer = await this.shown(await this.own(id, person), request);
    if (answer.state !== 'running') reply.status(200);
    return answer;
  }

  /** How far a run of the caller has come, and its procedures page by page. */
  @Get(':id')
  @Needs('read')
  async one(
    @Param('id') id: string,
    @Query() query: LongPageQuery,
    @Req() request: FastifyRequest,
    @SignedIn() person: Person,
  ): Promise<BulkAnswer> {
    return this.shown(await this.own(id, person), request, query);
  }

  /** Begins nothing more of it until it is resumed. */
  @Post(':id/pause')
  @Needs('some-command')
  @HttpCode(200)
  pause(@Param('id') id: string, @Req() request: FastifyRequest, @SignedIn() person: Person): Promise<BulkAnswer> {
    return this.turn(id, { from: ['running'], to: 'paused' }, request, person);
  }

  /** Goes on with a run that was paused. */
  @Post(':id/resume')
  @Needs('some-command')
  @HttpCode(200)
  resume(@Param('id') id: string, @Req() request: FastifyRequest, @SignedIn() person: Person): Promise<BulkAnswer> {
    return this.turn(id, { from: ['paused'], to: 'running' }, request, person);
  }

  /** Ends a run where it is. What was done stays. */
  @Post(':id/cancel')
  @Needs('some-command')
  @HttpCode(200)
  cancel(@Param('id') id: string, @Req() request: FastifyRequest, @SignedIn() person: Person): Promise<BulkAnswer> {
    return this.turn(id, { from: ['running', 'paused'], to: 'cancelled' }, request, person);
  }

  /** Tries everything again that was not accepted, once the run has ended. */
  @Post(':id/retry')
  @Needs('some-command')
  @HttpCode(200)
  async retry(@Param('id') id: string, @Req() request: FastifyRequest, @SignedIn() person: Person): Promise<BulkAnswer> {
    const run = await this.own(id, person);
    mustCover(request, run.action);
    if (!(await this.runs.retry(run, entranceOf(request)))) throw new Problem('bulk-state');
    this.runner.wake();
    return this.shown(await this.own(id, person), request);
  }

  private async begin(wanted: Wanted, { request, sent, person }: By): Promise<BulkRun> {
    const { id, action, body, selection, reason = null, dryRun, expectedCount } = wanted;
    const procedures = await this.selection.of(selection, person);
    if (!dryRun && expectedCount !== procedures.length) {
      const detail = `The selection holds ${String(procedures.length)} procedures; expectedCount is ${String(expectedCount ?? 'missing')}.`;
      throw new Problem('count-changed', { detail });
    }
    const { requestHash, correlationId = id } = sent;
    const actingFor = request.actingFor?.id ?? null;
    const stage = selection.filter?.stage ?? null;
    const order = { id, person: person.id, actingFor, entrance: entranceOf(request), parties: partiesOf(person), requestHash, action, body, reason, stage, dryRun, correlationId }; // prettier-ignore
    return this.runs.begin(order, procedures);
  }

  /** Waits for a preview, on whichever process it is made. */
  private async looked(id: string): Promise<void> {
    for (const until = Date.now() + previewMs; Date.now() < until;) {
      await this.runner.settled(id, until - Date.now());
      if ((await this.runs.find(id))?.state !== 'running') return;
      await delay(againMs);
    }
  }

  private async turn(
    id: string,
    { from, to }: { readonly from: readonly BulkState[]; readonly to: 'paused' | 'running' | 'cancelled' },
    request: FastifyRequest,
    person: Person,
  ): Promise<BulkAnswer> {
    const run = await this.own(id, person);
    mustCover(request, run.action);
    // Whoever resumes it has it go on by what let them in now.
    const entrance = to === 'running' ? entranceOf(request) : undefined;
    if (run.state !== to && !(await this.runs.turn(run.id, from, to, entrance))) throw new Problem('bulk-state');
    if (to === 'running') this.runner.wake();
    else {
      this.runner.stop(run.id);
      await this.runner.settled(run.id, stopMs);
    }
    return this.shown(await this.own(id, person), request);
  }

  private async own(id: string, { id: person }: Person): Promise<BulkRun> {
    const run = await this.runs.find(idIn(id));
    if (run?.person !== person) throw new Problem('not-found');
    return run;
  }

  private async shown(run: BulkRun, { headers }: FastifyRequest, { cursor, limit }: LongPageQuery = {}): Promise<BulkAnswer> {
    const { id, action, state, dryRun, reason, count, madeAt, endedAt } = run;
    const after = cursor === undefined ? 0 : Math.min(Number(readCursor(cursor, 'bulk', 1)[0]), lastPlace);
    const most = Number(limit ?? pageSize);
    const items = await this.runs.items(id, after, most);
    const language = languageOf(headers['accept-language']);
    const last = items.at(-1)?.no ?? count;
    return {
      ...{ id, action, state, dryRun, reason, count },
      outcomes: [...(await this.runs.outcomes(id))],
      items: items.map(({ procedure, outcome, unmet }) => ({
        ...{ procedure, outcome },
        unmet: unmet.map((one) => ({ ...one, message: toldIn(language, one) })),
      })),
      nextCursor: last < count ? writeCursor(['bulk', String(last)]) : null,
      ...{ madeAt, endedAt },
    };
  }
}

interface Wanted extends Pick<BulkDto, 'action' | 'selection'> {
  readonly id: string;
  readonly body: object;
  readonly reason: string | undefined;
  readonly dryRun: boolean;
  readonly expectedCount: number | undefined;
}
interface By {
  readonly request: FastifyRequest;
  readonly sent: Sent;
  readonly person: Person;
}

/** @throws Problem for a key that does not cover the action, or reading */
function mustCover({ caller }: FastifyRequest, scope: string): void {
  if (caller?.scopes && !isCovered(scope as Scope, caller.scopes)) throw new Problem('out-of-scope');
}
