import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Directory } from '#identity';
import type { RegisteredProcedure } from '#procedures';
import { ClaimDesk } from '#worklist';
import { ProcedureDesk } from '#procedures/commands';
import { ActOnClaim } from '#worklist/commands';
import type { ClaimRequest } from '#worklist';
import type { Sent } from '#workflow';
import { AdministeredAnswer, wrong } from '../administration/administered.js';
import { TakesActingFor } from '../http/acting-for.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { Asking, HowSent } from '../http/sent.js';
import type { Asker } from '../http/sent.js';
import { NothingDto } from '../http/shape.js';
import { KnownProcedure } from '../procedures/known-procedure.js';
import { pageOf } from '../reading/page-of.js';
import { LongPageQuery, ReadQuery } from '../reading/reading.dto.js';
import { Views } from '../reading/views.js';
import { DueDates } from './due-dates.js';
import { AssignDto, ClaimsAnswer, ReleaseDto, WorkCountsAnswer, WorklistAnswer, WorklistQuery } from './worklist.dto.js';
import { Worklist } from './worklist.js';

const views = ['work', 'register', 'deadlines', 'tasks'] as const;

/** What waits for whom. */
@ApiTags('worklist')
@ApiBearerAuth()
@Controller('api/v1')
export class WorklistController {
  constructor(
    private readonly views: Views,
    private readonly work: Worklist,
    private readonly dueDates: DueDates,
  ) {}

  /** Work that waits, longest waiting first or by when it is due. */
  @Get('worklist')
  @Needs('read')
  @TakesActingFor()
  async list(@Query() query: WorklistQuery, @Asking() person: Asker): Promise<WorklistAnswer> {
    const asOf = await this.views.freshness(views, query);
    const { items, ...page } = await this.work.list(query, person);
    const due = await this.dueDates.of(items.map(({ id }) => id));
    return { ...page, items: items.map((item) => ({ ...item, due: due.get(item.id) ?? null })), asOf };
  }

  /** How much there is of each scope, and of what units are asked. */
  @Get('worklist/counts')
  @Needs('read')
  @TakesActingFor()
  async counts(@Query() query: ReadQuery, @Asking() person: Asker): Promise<WorkCountsAnswer> {
    const asOf = await this.views.freshness(views, query);
    return { ...(await this.work.counts(person)), asOf };
  }
}

/** Whose work a procedure is, until it comes to its next stage. It says who does it, and keeps nobody from acting. */
@ApiTags('worklist')
@ApiBearerAuth()
@Controller('api/v1/procedures/:id')
@UseGuards(KnownProcedure)
export class ClaimsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly claims: ClaimDesk,
    private readonly procedures: ProcedureDesk,
    private readonly directory: Directory,
    private readonly views: Views,
  ) {}

  /** Who has the work now, and who had it. */
  @Get('claims')
  @Needs('read')
  @TakesActingFor()
  async of(@Param('id') id: string, @Query() query: LongPageQuery, @Asking() person: Asker): Promise<ClaimsAnswer> {
    await this.views.upTo(query.minPosition, ['work']);
    const { items: all, holder, allowed } = await this.claims.of(id, await this.procedure(id), person);
    const { items, nextCursor } = pageOf('claims', all, ({ revision }) => String(revision), query);
    const name = (person: string): string | null => this.directory.person(person)?.name ?? null;
    return {
      items: items.map(({ type, data, recordedAt, metadata }) => {
        const { id: by, version, onBehalfOf = null } = metadata.actor;
        const reason = 'reason' in data ? (data.reason ?? null) : null;
        const { person, stage } = data;
        return {
          type,
          at: recordedAt,
          person,
          name: name(person),
          by,
          byName: this.directory.nameOf(by, version),
          onBehalfOf,
          onBehalfOfName: onBehalfOf === null ? null : name(onBehalfOf),
          stage,
          reason,
        };
      }),
      nextCursor,
      holder,
      allowed: [...allowed],
    };
  }

  /** Takes the work upon oneself; for whoever may do it now. */
  @Post('claim')
  @Needs('commands')
  @TakesActingFor()
  @HttpCode(200)
  async claim(@Param('id') id: string, @Body() _: NothingDto, @HowSent() sent: Sent): Promise<AdministeredAnswer> {
    return this.decide(id, { action: 'claim' }, sent);
  }

  /** Gives the work to somebody who may do it now, also for somebody else; for whoever may do it, and for authorities of the owning unit or above. */
  @Post('assign')
  @Needs('commands')
  @TakesActingFor()
  @HttpCode(200)
  async assign(@Param('id') id: string, @Body() { person, reason }: AssignDto, @HowSent() sent: Sent): Promise<AdministeredAnswer> {
    const assignee =
      (await this.directory.find(person.toLowerCase())) ?? wrong('person', 'is not a person that is known', 'không có người này');
    const standingIn = this.directory.mayActFor(assignee.id).map((actingFor) => ({ ...assignee, actingFor }));
    return this.decide(id, { action: 'assign', assignees: [assignee, ...standingIn], reason: reason.normalize('NFC') }, sent);
  }

  /** Gives the work back, or takes it from whoever has it. */
  @Post('release')
  @Needs('commands')
  @TakesActingFor()
  @HttpCode(200)
  async release(@Param('id') id: string, @Body() { reason }: ReleaseDto, @HowSent() sent: Sent): Promise<AdministeredAnswer> {
    return this.decide(id, { action: 'release', ...(reason !== undefined && { reason: reason.normalize('NFC') }) }, sent);
  }

  private async decide(id: string, request: ClaimRequest, sent: Sent): Promise<AdministeredAnswer> {
    return this.commands.execute(new ActOnClaim(id, await this.procedure(id), request, sent));
  }

  private async procedure(id: string): Promise<RegisteredProcedure> {
    const found = await this.procedures.findNewest(id);
    if (!found) throw new Problem('not-found');
    return found.state;
  }
}
