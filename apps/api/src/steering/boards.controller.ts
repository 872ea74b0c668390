import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Person } from '#identity';
import { listBoards } from '#programmes';
import { ActOnBoard } from '#programmes/commands';
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
import { BoardAnswer, BoardsAnswer, BoardsQuery, EstablishBoardDto } from './boards.dto.js';
import { ShownBoards } from './shown-boards.js';

const pageSize = 50;

/** Steering boards: who is on them, when they met, what they concluded, and what is asked of whom by when. */
@ApiTags('steering-boards')
@ApiBearerAuth()
@Controller('api/v1/steering-boards')
export class BoardsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly shown: ShownBoards,
    private readonly views: Views,
    private readonly settings: Settings,
  ) {}

  /** Boards of the caller's units or those below them, those that the caller is on, and those that ask something of their units; newest first. */
  @Get()
  @Needs('read')
  @TakesActingFor()
  async list(@Query() query: BoardsQuery, @Asking() by: Asker): Promise<BoardsAnswer> {
    const { state, overdue, cursor, limit } = query;
    const { asOf, sight, units } = await this.views.open(['steering-boards'], query, by);
    const page = await listBoards(this.settings.database, {
      ...{ sight, units, state, cursor, person: by.id, limit: Number(limit ?? pageSize), today: this.shown.boards.today() },
      overdue: overdue === undefined ? undefined : overdue === 'true',
    });
    const allowed = this.shown.boards.mayEstablish(by) ? ['establish-board'] : [];
    return { items: await this.shown.summaries(page.items), nextCursor: page.nextCursor, asOf, allowed };
  }

  /** A board, as far as it is the caller's to see. */
  @Get(':id')
  @Needs('read')
  @TakesActingFor()
  async read(
    @Param('id') id: string,
    @Query() { minPosition }: ReadQuery,
    @Asking() by: Asker,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BoardAnswer> {
    await this.views.upTo(minPosition, ['steering-boards']);
    const answer = await this.shown.answer(id, by);
    reply.header('etag', `"${String(answer.revision)}"`);
    return answer;
  }

  /** Establishes a board of a unit. For checkers and authorities of that unit. */
  @Post()
  @Needs('commands')
  @TakesActingFor()
  async establish(
    @Body() { title, unit, document: { number, date } }: EstablishBoardDto,
    @HowSent() sent: Sent,
    @SignedIn() person: Person,
  ): Promise<AdministeredAnswer> {
    const established = { title, unit: unit.toLowerCase(), document: { number, date } };
    const request = { action: 'establish-board', established } as const;
    return this.commands.execute(new ActOnBoard(newId('board', sent, person), request, null, sent));
  }
}
