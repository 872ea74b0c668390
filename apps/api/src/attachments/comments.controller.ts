import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { EventStore } from '#event-store';
import { Directory } from '#identity';
import { readCursor, writeCursor } from '#processors';
import { commentsOf } from '#procedures';
import { CommentOnProcedure } from '#procedures/commands';
import type { Sent } from '#workflow';
import { Needs } from '../http/needs.js';
import { AdministeredAnswer } from '../administration/administered.js';
import { HowSent } from '../http/sent.js';
import { SeenProcedure } from '../procedures/known-procedure.js';
import { Views } from '../reading/views.js';
import { PageQuery } from '../reading/reading.dto.js';
import { shownActor } from '../reading/shown-actor.js';
import { CommentDto, CommentsAnswer } from './comments.dto.js';

const pageSize = 50;

/** What people say about a procedure besides acting on it. */
@ApiTags('attachments')
@ApiBearerAuth()
@Controller('api/v1/procedures/:id/comments')
@UseGuards(SeenProcedure)
export class CommentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly views: Views,
    private readonly store: EventStore,
    private readonly directory: Directory,
  ) {}

  /** What was said about it, oldest first. */
  @Get()
  @Needs('read')
  async list(@Param('id') id: string, @Query() query: PageQuery): Promise<CommentsAnswer> {
    const { minPosition, cursor, limit } = query;
    await this.views.upTo(minPosition, ['register']);
    const after = cursor === undefined ? undefined : Number(readCursor(cursor, 'comments', 1)[0]);
    const { items, next } = await commentsOf(this.store, id, { ...(after !== undefined && { after }), limit: Number(limit ?? pageSize) });
    return {
      items: items.map(({ actor, revision = null, attachments = [], ...comment }) => ({
        ...comment,
        author: shownActor(actor, this.directory),
        revision,
        attachments: [...attachments],
      })),
      nextCursor: next === null ? null : writeCursor(['comments', String(next)]),
    };
  }

  /** Says something about it. For whoever sees it and does more than audit. */
  @Post()
  @Needs('commands')
  async add(@Param('id') id: string, @Body() body: CommentDto, @HowSent() sent: Sent): Promise<AdministeredAnswer> {
    return this.commands.execute(new CommentOnProcedure(id, body, sent));
  }
}
