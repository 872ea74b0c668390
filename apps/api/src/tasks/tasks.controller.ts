import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { authorisingRole, refuseContent } from '#procedures';
import type { RegisteredProcedure } from '#procedures';
import { ProcedureDesk } from '#procedures/commands';
import type { InquiryRequest } from '#worklist';
import { ActOnInquiry } from '#worklist/commands';
import { isReferenceOnly, sightOf } from '#workflow';
import type { Sent } from '#workflow';
import { InquiryDesk, concerned, mayMeetObstacles, seesInquiry, speaksAt } from '#worklist';
import type { InquirySubject } from '#worklist';
import { AdministeredAnswer, idIn, wrong } from '../administration/administered.js';
import { TakesActingFor } from '../http/acting-for.js';
import { newId } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { Asking, HowSent, SignedIn, askersFor } from '../http/sent.js';
import type { Asker } from '../http/sent.js';
import { NothingDto } from '../http/shape.js';
import { KnownProcedure } from '../procedures/known-procedure.js';
import { Views } from '../reading/views.js';
import { PageQuery } from '../reading/reading.dto.js';
import { ShownTasks } from './shown-tasks.js';
import { AnswerTaskDto, CloseConsultationDto, ConsultDto, ObstacleDto, TasksAnswer, TasksQuery } from './tasks.dto.js';

const pageSize = 50;

/** Questions to units about procedures: assigned reviews, consultations and obstacles. */
@ApiTags('tasks')
@ApiBearerAuth()
@Controller('api/v1')
export class TasksController {
  constructor(
    private readonly commands: CommandBus,
    private readonly inquiries: InquiryDesk,
    private readonly procedures: ProcedureDesk,
    private readonly directory: Directory,
    private readonly views: Views,
    private readonly tasks: ShownTasks,
  ) {}

  /** What the caller's units, and those of whom they act for, are asked, and what these asked of others, oldest first. */
  @Get('tasks')
  @Needs('read')
  @TakesActingFor()
  async list(@Query() query: TasksQuery, @Asking() person: Asker): Promise<TasksAnswer> {
    const { cursor, limit, procedure, kind, state, side } = query;
    const { sight: own, units: below } = await this.views.open(['tasks', 'register'], query, person);
    const { actingFor } = person;
    const sight = actingFor ? sightOf(actingFor.roles, person.clearance, this.directory.units()) : own;
    const units = side === undefined ? concerned(sight, below) : this.spokenFor(person, below);
    const { clearance } = sight;
    return this.tasks.page({ units, side, procedure, kind, state, cursor, limit: Number(limit ?? pageSize), clearance }, person);
  }

  /** Who was asked about the procedure, and who has not answered. */
  @Get('procedures/:id/tasks')
  @Needs('read')
  @TakesActingFor()
  @UseGuards(KnownProcedure)
  async about(@Param('id') id: string, @Query() query: PageQuery, @Asking() person: Asker): Promise<TasksAnswer> {
    const { cursor, limit = '200' } = query;
    const { sight } = await this.views.open(['tasks', 'register'], query, person);
    const clearance = person.actingFor ? person.clearance : sight.clearance;
    return this.tasks.page({ units: null, procedure: id, cursor, limit: Number(limit), clearance }, person);
  }

  /** Asks units for an opinion by a day. For those who speak for the unit that owns the procedure. */
  @Post('procedures/:id/consultations')
  @Needs('commands')
  @TakesActingFor()
  @UseGuards(KnownProcedure)
  async consult(
    @Param('id') id: string,
    @Body() body: ConsultDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const state = await this.open(id, 'question');
    const { units, dueOn, remindBefore } = body;
    const remind = remindBefore === undefined ? {} : { remindBefore };
    const opened = { procedure: id, by: state.owningUnit, units, question: body.question.normalize('NFC'), dueOn, ...remind };
    const command = { action: 'consult', opened, today: this.inquiries.today() } as const;
    return this.decide(newId('consultation', sent, person), command, { procedure: id, state }, sent);
  }

  /** Says that a unit cannot apply the procedure as it stands; the unit that owns it must answer. For those who speak for the unit. */
  @Post('procedures/:id/obstacles')
  @Needs('commands')
  @TakesActingFor()
  @UseGuards(KnownProcedure)
  async obstacle(
    @Param('id') id: string,
    @Body() body: ObstacleDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const state = await this.open(id, 'description');
    const unit = body.unit?.toLowerCase() ?? this.inquiries.raiserOf(sent.by);
    const raised = { procedure: id, unit, lead: this.inquiries.leadOf(state.owningUnit), description: body.description.normalize('NFC') };
    const command = { action: 'raise-obstacle', raised, seen: mayMeetObstacles(this.directory.sightOf(person), state) } as const;
    return this.decide(newId('obstacle', sent, person), command, { procedure: id, state }, sent);
  }

  /** Answers for a unit that was asked, once. For those who speak for it. */
  @Post('tasks/:id/answer')
  @Needs('commands')
  @TakesActingFor()
  @HttpCode(200)
  async answer(
    @Param('id') id: string,
    @Body() body: AnswerTaskDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const { asked, state } = await this.seen(idIn(id), person);
    const { procedure, assigned, waiting } = asked;
    const unit = body.unit?.toLowerCase() ?? this.inquiries.answererOf(asked, sent.by);
    const answer = body.answer?.normalize('NFC');
    if (answer !== undefined) refuseContent(state.classification, 'answer');
    else if (!isReferenceOnly(state.classification)) wrong('answer', 'is required', 'chưa nhập');
    return this.decide(idIn(id), { action: 'answer', unit, answer, assigned, waiting }, { procedure, state }, sent);
  }

  /** Waits for no more opinions. For those who speak for the unit that asked. */
  @Post('tasks/:id/close')
  @Needs('commands')
  @TakesActingFor()
  @HttpCode(200)
  async close(
    @Param('id') id: string,
    @Body() { reason }: CloseConsultationDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const { asked, state } = await this.seen(idIn(id), person);
    const command = { action: 'close-consultation', reason: reason?.normalize('NFC') } as const;
    return this.decide(idIn(id), command, { procedure: asked.procedure, state }, sent);
  }

  /** Reminds the units that have not answered, once a day at most. For those who speak for the unit that asked, or may assign the review. */
  @Post('tasks/:id/remind')
  @Needs('commands')
  @TakesActingFor()
  @HttpCode(200)
  async remind(
    @Param('id') id: string,
    @Body() _: NothingDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const { asked, state } = await this.seen(idIn(id), person);
    const { procedure, assigned, waiting, dueOn } = asked;
    const assigner = assigned ? authorisingRole('assign-review', state, await this.procedures.contextOf(state, sent.by)) : null;
    const reminder = { action: 'remind', occasion: 'asked', today: this.inquiries.today(), dueOn, waiting, assigner } as const;
    return this.decide(idIn(id), reminder, { procedure, state }, sent);
  }

  /** Unit ids: for which the caller speaks, of those that are asked about. (Default: any) */
  private spokenFor(person: Asker, asked?: readonly string[]): readonly string[] {
    const roles = askersFor(person, this.directory).flatMap((one) => (one.actingFor ?? one).roles);
    const units = speaksAt(roles).flatMap((unit) => this.directory.units().subtree(unit));
    return [...new Set(units)].filter((unit) => asked?.includes(unit) ?? true);
  }

  private async decide(
    id: string,
    command: InquiryRequest,
    { procedure, state }: { readonly procedure: string; readonly state: RegisteredProcedure },
    sent: Sent,
  ): Promise<AdministeredAnswer> {
    const about = { procedure, ended: state.phase === 'ended', revision: state.records.length - 1 };
    return this.commands.execute(new ActOnInquiry(id, command, about, sent));
  }

  /** The procedure, where more than a reference may be held of it. */
  private async open(id: string, path: string): Promise<RegisteredProcedure> {
    const found = await this.procedures.findNewest(id);
    if (!found) throw new Problem('not-found');
    refuseContent(found.state.classification, path);
    return found.state;
  }

  /** What the task is about, for whoever is cleared for it and sees the procedure or is concerned. @throws Problem */
  private async seen(id: string, person: Person): Promise<{ readonly asked: InquirySubject; readonly state: RegisteredProcedure }> {
    const asked = await this.inquiries.find(id);
    const found = asked && (await this.procedures.findNewest(asked.procedure));
    if (!found) throw new Problem('not-found');
    const { state } = found;
    if (!seesInquiry(this.directory.sightOf(person), asked, state)) throw new Problem('not-found');
    return { asked, state };
  }
}
