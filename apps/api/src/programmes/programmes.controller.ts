import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { Programmes, listProgrammes, targetState } from '#programmes';
import type { Programme, ProgrammeRequest, TargetState } from '#programmes';
import { ActOnProgramme } from '#programmes/commands';
import type { Sent } from '#workflow';
import { AdministeredAnswer, idIn, unitIn, wrong } from '../administration/administered.js';
import { TakesActingFor } from '../http/acting-for.js';
import { newId } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { Asking, HowSent, SignedIn } from '../http/sent.js';
import type { Asker } from '../http/sent.js';
import { PageQuery, ReadQuery } from '../reading/reading.dto.js';
import { Views } from '../reading/views.js';
import { Settings } from '../settings.js';
import {
  MakeProgrammeDto,
  ProgrammeAnswer,
  ProgrammeReasonDto,
  ProgrammesAnswer,
  SetTargetDto,
  StateFigureDto,
  TargetAnswer,
  TargetSetAnswer,
} from './programmes.dto.js';

const pageSize = 50;

/** Programmes of simplification, and what is to be reached in them. */
@ApiTags('programmes')
@ApiBearerAuth()
@Controller('api/v1/programmes')
export class ProgrammesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly programmes: Programmes,
    private readonly directory: Directory,
    private readonly views: Views,
    private readonly settings: Settings,
  ) {}

  /** All programmes, newest first. */
  @Get()
  @Needs('read')
  @TakesActingFor()
  async list(@Query() { cursor, limit, minPosition }: PageQuery, @Asking() by: Asker): Promise<ProgrammesAnswer> {
    const asOf = await this.views.freshness(['programmes'], { minPosition });
    const { items, nextCursor } = await listProgrammes(this.settings.database, { cursor, limit: Number(limit ?? pageSize) });
    return {
      items: items.map(({ id, closed, targets, ...made }) => this.shown(id, { made, closed, targets }, by)),
      ...{ nextCursor, allowed: [...this.programmes.allowed(null, by)], asOf },
    };
  }

  /** A programme with its targets. */
  @Get(':id')
  @Needs('read')
  @TakesActingFor()
  async read(
    @Param('id') id: string,
    @Query() _: ReadQuery,
    @Asking() by: Asker,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProgrammeAnswer> {
    const { state, revision } = await this.known(idIn(id));
    reply.header('etag', `"${String(revision)}"`);
    return this.shown(idIn(id), state, by);
  }

  /** Begins a programme. For authorities of a service or of the ministry. */
  @Post()
  @Needs('commands')
  @TakesActingFor()
  async make(@Body() { code, title, from, to }: MakeProgrammeDto, @HowSent() sent: Sent, @SignedIn() person: Person): Promise<AdministeredAnswer> {
    return this.decide(newId('programme', sent, person), { action: 'make-programme', made: { code, title, from, to } }, sent);
  } // prettier-ignore

  /** Sets a target. For authorities of a service or of the ministry. */
  @Post(':id/targets')
  @Needs('commands')
  @TakesActingFor()
  @HttpCode(200)
  async setTarget(
    @Param('id') id: string,
    @Body() { metric, threshold, deadline, scope, baseline }: SetTargetDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<TargetSetAnswer> {
    await this.known(idIn(id));
    if (!(await this.programmes.isMeasured(metric))) wrong('metric', 'is not an indicator that is defined', 'không phải là chỉ số đã có');
    const { year, value } = baseline ?? {};
    const stated = year !== undefined ? { year } : value !== undefined ? { value } : undefined;
    const { kind, group, unit, field } = scope ?? {};
    const within = {
      ...(kind !== undefined && { kind }),
      ...(group !== undefined && { group }),
      ...(unit !== undefined && { unit: unitIn(this.directory, unit, 'scope.unit') }),
      ...(field !== undefined && { field }),
    };
    const target = { id: newId(`target of ${idIn(id)}`, sent, person), metric, threshold, deadline, scope: within };
    const set = { action: 'set-target', target: { ...target, ...(stated && { baseline: stated }) } } as const;
    return this.onTarget(idIn(id), target.id, set, sent);
  }

  /** Takes a target back; how it stood stays readable. For authorities of a service or of the ministry. */
  @Post(':id/targets/:target/withdraw')
  @Needs('commands')
  @TakesActingFor()
  @HttpCode(200)
  async withdrawTarget(
    @Param('id') id: string,
    @Param('target') named: string,
    @Body() { reason }: ProgrammeReasonDto,
    @HowSent() sent: Sent,
  ): Promise<TargetSetAnswer> {
    const { state } = await this.known(idIn(id));
    const target = idIn(named);
    if (!state.targets.some((one) => one.id === target)) throw new Problem('not-found');
    return this.onTarget(idIn(id), target, { action: 'withdraw-target', target, reason }, sent);
  }

  /** States what a paper says that a target stands at, beside what is reckoned. For authorities of a service or of the ministry. */
  @Post(':id/targets/:target/published-figure')
  @Needs('commands')
  @TakesActingFor()
  @HttpCode(200)
  async stateFigure(
    @Param('id') id: string,
    @Param('target') named: string,
    @Body() { value, document: { number, date } }: StateFigureDto,
    @HowSent() sent: Sent,
  ): Promise<TargetSetAnswer> {
    const { state } = await this.known(idIn(id));
    const target = idIn(named);
    if (!state.targets.some((one) => one.id === target)) throw new Problem('not-found');
    const figure = { value, document: { number, date } };
    return this.onTarget(idIn(id), target, { action: 'state-figure', target, figure, today: this.programmes.today() }, sent);
  }

  /** Ends a programme. For authorities of a service or of the ministry. */
  @Post(':id/close')
  @Needs('commands')
  @TakesActingFor()
  @HttpCode(200)
  async close(@Param('id') id: string, @Body() { reason }: ProgrammeReasonDto, @HowSent() sent: Sent): Promise<AdministeredAnswer> {
    await this.known(idIn(id));
    return this.decide(idIn(id), { action: 'close-programme', reason }, sent);
  }

  private async onTarget(id: string, target: string, request: ProgrammeRequest, sent: Sent): Promise<TargetSetAnswer> {
    const { revision, position, events } = await this.decide(id, request, sent);
    return { id, target, revision, position, events };
  }

  private decide(id: string, request: ProgrammeRequest, sent: Sent): Promise<AdministeredAnswer> {
    return this.commands.execute(new ActOnProgramme(id, request, sent));
  }

  private async known(id: string): Promise<NonNullable<Awaited<ReturnType<Programmes['find']>>>> {
    const found = await this.programmes.find(id);
    if (!found) throw new Problem('not-found');
    return found;
  }

  private shown(id: string, programme: Omit<Programme, 'stored'>, by: Asker): ProgrammeAnswer {
    const { made, closed, targets } = programme;
    return {
      ...{ id, ...made, state: closed ? 'closed' : 'open' },
      targets: targets.map((target) => targetAnswer(target, targetState(target, programme))),
      allowed: [...this.programmes.allowed(programme, by)],
    };
  }
}

export function targetAnswer(
  { id, metric, scope, threshold, deadline, baseline, published }: Programme['targets'][number],
  state: TargetState,
): TargetAnswer {
  return { ...{ id, state, metric, scope, threshold, deadline }, ...(baseline && { baseline }), ...(published && { published }) };
}
