import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Person } from '#identity';
import { listInspections } from '#programmes';
import { ActOnInspection } from '#programmes/commands';
import type { Sent } from '#workflow';
import { AdministeredAnswer } from '../administration/administered.js';
import { TakesActingFor } from '../http/acting-for.js';
import { newId } from '../http/must-administer.js';
import { Needs } from '../http/needs.js';
import { Asking, HowSent, SignedIn } from '../http/sent.js';
import type { Asker } from '../http/sent.js';
import { ReadQuery } from '../reading/reading.dto.js';
import { Views } from '../reading/views.js';
import { Settings } from '../settings.js';
import { AnnounceInspectionDto, InspectionAnswer, InspectionsAnswer, InspectionsQuery } from './inspections.dto.js';
import { ShownInspections } from './shown-inspections.js';

const pageSize = 50;

/** Inspections: who inspects whom, what was found, and what is asked of whom by when. */
@ApiTags('inspections')
@ApiBearerAuth()
@Controller('api/v1/inspections')
export class InspectionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly shown: ShownInspections,
    private readonly views: Views,
    private readonly settings: Settings,
  ) {}

  /** Inspections by the caller's units or those below them, of them, and those that ask something of them; newest first. */
  @Get()
  @Needs('read')
  @TakesActingFor()
  async list(@Query() query: InspectionsQuery, @Asking() by: Asker): Promise<InspectionsAnswer> {
    const { state, overdue, cursor, limit } = query;
    const { asOf, sight, units } = await this.views.open(['inspections'], query, by);
    const page = await listInspections(this.settings.database, {
      ...{ sight, units, state, cursor, limit: Number(limit ?? pageSize), today: this.shown.inspections.today() },
      overdue: overdue === undefined ? undefined : overdue === 'true',
    });
    const allowed = this.shown.inspections.mayAnnounce(by) ? ['announce-inspection'] : [];
    return { items: await this.shown.summaries(page.items), nextCursor: page.nextCursor, asOf, allowed };
  }

  /** An inspection, as far as it is the caller's to see. */
  @Get(':id')
  @Needs('read')
  @TakesActingFor()
  async read(
    @Param('id') id: string,
    @Query() { minPosition }: ReadQuery,
    @Asking() by: Asker,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InspectionAnswer> {
    // It is read from the log; how secret the procedures are that it names is read from the register.
    await this.views.upTo(minPosition, ['inspections', 'register']);
    const answer = await this.shown.answer(id, by);
    reply.header('etag', `"${String(answer.revision)}"`);
    return answer;
  }

  /** Announces an inspection. For checkers and authorities of the unit that inspects. */
  @Post()
  @Needs('commands')
  @TakesActingFor()
  async announce(
    @Body() { title, by, of, announcedOn }: AnnounceInspectionDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const announced = { title, by: by.toLowerCase(), of: of.toLowerCase(), announcedOn };
    const request = { action: 'announce-inspection', announced } as const;
    return this.commands.execute(new ActOnInspection(newId('inspection', sent, person), request, null, sent));
  }
}
